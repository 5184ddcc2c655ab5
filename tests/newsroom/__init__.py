"""Renders the fixture newsroom: posts in, pages as WordPress prints them and truths out."""
