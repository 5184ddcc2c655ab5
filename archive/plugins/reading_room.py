"""Hangs our pages, questions and words into Datasette (`datasette archive/`)."""

from scrapy.utils.project import get_project_settings

from borneone_crawler.desk.reading_room.hooks import *  # noqa: F403
from borneone_crawler.desk.reading_room.owner import OWNER
from borneone_crawler.local import own_words
from borneone_crawler.newsrooms import newsrooms

settings = get_project_settings()
OWNER.introduce(newsrooms(settings).values(), own_words(settings))
