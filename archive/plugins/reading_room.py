"""Hangs our pages, questions and words into Datasette (`datasette archive/`)."""

from contextlib import chdir
from pathlib import Path

from scrapy.utils.project import get_project_settings

from borneone_crawler.desk.reading_room.hooks import *  # noqa: F403
from borneone_crawler.desk.reading_room.owner import OWNER
from borneone_crawler.local import own_words
from borneone_crawler.newsrooms import newsrooms

# Those of the project that this file is in, wherever Datasette was started.
with chdir(Path(__file__).resolve().parent):
    settings = get_project_settings()
if settings["PROJECT_DIR"]:
    OWNER.introduce(newsrooms(settings).values(), own_words(settings))
