"""Takes another archive of the same newsroom in: its articles, captures, addresses and chains."""

from borneone_crawler.archive.merging.merge import merge
from borneone_crawler.archive.merging.places import refuse_itself, rehearsal
from borneone_crawler.archive.merging.report import Conflict, Fork, Merged

__all__ = ["Conflict", "Fork", "Merged", "merge", "refuse_itself", "rehearsal"]
