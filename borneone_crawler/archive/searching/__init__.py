"""Full-text search over the archive's index: words, and what stands for them."""

from borneone_crawler.archive.searching.filters import EVERYTHING, Filters, Unknown, named
from borneone_crawler.archive.searching.marked import Marked
from borneone_crawler.archive.searching.query import Meaningless
from borneone_crawler.archive.searching.search import ORDERS, Hit, Hits, found, hit, hits
from borneone_crawler.archive.searching.sought import Sought, sought

__all__ = [
    "EVERYTHING",
    "ORDERS",
    "Filters",
    "Hit",
    "Hits",
    "Marked",
    "Meaningless",
    "Sought",
    "Unknown",
    "found",
    "hit",
    "hits",
    "named",
    "sought",
]
