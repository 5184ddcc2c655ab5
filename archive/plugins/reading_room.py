"""Hangs our pages, questions and words into Datasette (`datasette archive/`)."""

from scrapy.utils.project import get_project_settings

from borneone_crawler.desk.reading_room.hooks import *  # noqa: F403
from borneone_crawler.desk.reading_room.outlets import introduce
from borneone_crawler.newsrooms import newsrooms

introduce(newsrooms(get_project_settings()).values())
