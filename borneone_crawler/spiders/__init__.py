"""Scrapy spiders: one a newsroom, each a name and a Site."""
