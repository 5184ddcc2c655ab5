"""The promises to a hostile web, kept by us and by an ordinary Scrapy spider in the same run."""
