"""Articles: which one a page is, its states, their readings, and what it shows now."""
