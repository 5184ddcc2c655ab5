"""Articles, or the answer to a question, in files for other programs and for people."""
