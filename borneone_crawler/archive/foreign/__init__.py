"""WARC files made by others: wget, the Internet Archive, Browsertrix; and how they come in."""

from borneone_crawler.archive.foreign.files import WarcFile, warc_files
from borneone_crawler.archive.foreign.importing import import_files
from borneone_crawler.archive.foreign.tally import Tally

__all__ = ["Tally", "WarcFile", "import_files", "warc_files"]
