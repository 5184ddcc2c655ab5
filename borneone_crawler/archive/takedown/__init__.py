"""Taking an article down, putting it back, and destroying what was taken down."""
