"""How one page is read: layouts, structured data, dates; and what is not an article."""
