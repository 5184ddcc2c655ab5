"""The one sequence from captured page(s) to a Reading: STEPS over a Draft.

Pipelines, reparse, explain, import and benchmarks all read this way.
"""

from borneone_crawler.items import NotAnArticle
from borneone_crawler.pages.page import Page
from borneone_crawler.pages.parts import current_part, parts_of
from borneone_crawler.pages.refusals import refusal
from borneone_crawler.reading.draft import NOT_THERE, PASSING, Draft
from borneone_crawler.reading.facts import begin
from borneone_crawler.reading.reader import Reader, finish, page_of, read
from borneone_crawler.reading.steps import CLEANING_STEPS, STEPS
from borneone_crawler.reading.text_dump import read_text

__all__ = [
    "CLEANING_STEPS",
    "NOT_THERE",
    "PASSING",
    "STEPS",
    "Draft",
    "NotAnArticle",
    "Page",
    "Reader",
    "begin",
    "current_part",
    "finish",
    "page_of",
    "parts_of",
    "read",
    "read_text",
    "refusal",
]
