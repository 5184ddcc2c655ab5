"""Proves an archive: every row, reading, capture and ledger entry is what was once written."""

from borneone_crawler.archive.verification.chains import Extension
from borneone_crawler.archive.verification.findings import Finding, Kind, printable
from borneone_crawler.archive.verification.verification import Verification

__all__ = ["Extension", "Finding", "Kind", "Verification", "printable"]
