"""How a page was read: what became of each piece of its text, shown beside the clean article."""
