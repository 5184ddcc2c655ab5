"""Reading captures again with today's reader: what would change, and changing it."""
