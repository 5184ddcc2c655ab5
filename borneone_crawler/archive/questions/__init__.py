"""Questions in anybody's own SQL: reading alone, and only what is for readers."""
