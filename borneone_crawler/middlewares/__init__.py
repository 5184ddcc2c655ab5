"""Scrapy downloader middlewares, one a file, in the order a request meets them."""
