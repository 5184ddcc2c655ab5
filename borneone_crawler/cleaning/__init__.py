"""What is taken off a page before its text is stored: rules as data, and what applies them."""
