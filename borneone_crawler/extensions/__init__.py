"""Scrapy extensions, one a file: what lives as long as the run."""
