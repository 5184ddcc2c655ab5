"""A newsroom that lives: sixty days of news, edits and accidents, told by the clock of a test."""
