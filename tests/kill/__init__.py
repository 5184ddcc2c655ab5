"""SIGKILL at any moment: the crawl that is restarted ends with the archive of one left alone."""
