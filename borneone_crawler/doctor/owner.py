"""The owner's settings and rules: right, and with a way to be reached."""

from collections.abc import Iterator
from pathlib import Path

from scrapy.settings import BaseSettings

from borneone_crawler.archive.searching.words import words
from borneone_crawler.doctor.checks import Check, mend, ok
from borneone_crawler.local import check_all, own_rules, own_words
from borneone_crawler.newsrooms import newsroom
from borneone_crawler.reading import Reader
from borneone_crawler.statuses import Stop
from borneone_crawler.urls import SiteUrls


def owner(settings: BaseSettings) -> Iterator[Check]:
    """`settings` first; only where that is well the others can be relied on."""
    path = Path(settings["PROJECT_DIR"], "archive", "local.toml")
    explained = "Correct it; archive/local.example.toml explains every key"
    try:
        check_all(settings)
        SiteUrls(settings["BASE_URL"])
    except Stop as stop:
        yield mend("settings", str(stop), explained)
        return
    except ValueError as error:
        yield mend("settings", f"base_url: {error}", explained)
        return
    yield ok("settings", f"{path} is right" if path.exists() else f"built in, there is no {path}")
    if contact := settings["CONTACT"]:
        yield ok("contact", f"the site's people are told {contact}")
    else:
        yield mend(
            "contact", "the site's people cannot see who asks", "Set contact in archive/local.toml"
        )
    yield _rules(settings)
    yield _words(settings)


def _rules(settings: BaseSettings) -> Check:
    own = own_rules(settings)
    try:
        Reader(newsroom(settings, settings["NEWSROOM"]), own).check()
    except Stop as stop:
        return mend("rules", str(stop), "Correct it; archive/rules.example.toml shows how")
    return ok("rules", f"{own} is right" if own else "built in, none of your own")


def _words(settings: BaseSettings) -> Check:
    own = own_words(settings)
    try:
        words(own)
    except Stop as stop:
        return mend("words", str(stop), "Correct it; archive/words.example.toml shows how")
    return ok("words", f"{own} is right" if own else "built in, none of your own")
