"""The only room that knows SQLite and WARC: the frontier, the articles, the raw captures."""

from borneone_crawler.archive.archive import Archive, Part
from borneone_crawler.archive.frontier import Due
from borneone_crawler.archive.settle import Settled

__all__ = ["Archive", "Due", "Part", "Settled"]
