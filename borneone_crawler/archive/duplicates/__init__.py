"""Articles that are one story twice: a press release printed again, a corrected copy."""
