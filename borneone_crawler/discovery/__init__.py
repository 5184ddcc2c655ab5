"""Where articles are found: listings, sitemaps, feeds, the REST inventory."""
