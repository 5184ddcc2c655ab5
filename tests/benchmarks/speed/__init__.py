"""How fast a crawl is, against one that only fetches, and against other crawlers."""
