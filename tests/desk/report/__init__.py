"""The page that shows the newsroom and its archive."""
