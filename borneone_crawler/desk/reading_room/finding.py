"""What is searched for, as an expression of FTS5."""

from datasette.utils import escape_fts

NOTHING = '""'
"""Finds no article."""


def search_words(typed: str) -> str:
    """The words that somebody typed; phrases stand in quotation marks."""
    return escape_fts(typed) or NOTHING
