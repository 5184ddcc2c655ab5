"""Raw captures as the archive keeps books of them: their rows, and what a crash left of them."""
