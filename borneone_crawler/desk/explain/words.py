"""The words that an explanation uses, on a terminal and on a page alike."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from borneone_crawler.cleaning.dump import UNKNOWN_SECTIONS
from borneone_crawler.desk.explain.explanation import Explanation
from borneone_crawler.desk.times import local

REASONS = {
    "listing": "a page that lists articles, as a section's or an author's does",
    "not found page": "it says in words that there is nothing here",
    "static page": "a page of the site that is no news, as the imprint is",
    "password protected": "WordPress asks for a password before it shows the text",
    "attachment page": "a page that WordPress makes for a picture or a file",
    "maintenance": "the site is being worked on: the page may be an article tomorrow",
    "login page": "it asks for a login: the page may be an article tomorrow",
    "script shell": "without a script it shows nothing: the page may be an article tomorrow",
    "empty body": "where the text should be there is neither text nor picture nor player",
    "not html": "it is no HTML, whatever it calls itself",
    "part of another article": "a further page of an article, to be read with its first page",
}
"""Why a page is no article, as the reader says it -> in a sentence."""

FLAGS = {
    "no text": "pictures or players, and no text with them",
    "no headline": "nothing on the page is a headline",
    "no date": "nothing on the page says when it was published",
    "date without time of day": "only the day is known",
    "date in the future": "it is dated after it was captured",
    "declares a wrong charset": "the page calls its charset something that it is not",
    "garbled characters": "characters came out wrong, by a charset that is not the page's",
    "asks for a login": "there is a place to log in where the text should be",
    "unusual share removed": "much more went than on other pages: look at what did",
    "unknown layout": "a theme that nobody knows, read by what WordPress and HTML say",
    "text dump": "plain text: nothing shows what was a link, a caption or a heading",
}
"""Flags of a reading -> what each means."""


NO_RULE = {
    "lost caption": (
        "Words below a player, or a picture without an address: the article has no field for them."
    ),
    UNKNOWN_SECTIONS: "Above the headline, and no names of sections that are known here.",
}
"""Removals that no rule makes -> why."""


def flag_meaning(flag: str) -> str:
    """What a flag means; a date that could not be read is part of its flag."""
    if flag.startswith("unreadable date: "):
        return "the page gives this as a date, and it is none"
    return FLAGS.get(flag, "")


WHERE = {True: "in the text", False: "around it"}
"""Where a removal was made."""


def origin_of(said: Explanation) -> str:
    """Where the pages came from."""
    about = said.about
    if "file" in about:
        return f"file {about['file']}"
    if "page" in about:
        return "a page of the archive that is no article"
    return (
        f"article {about['article']}, revision {about['revision']} of {about['revisions']}, "
        f"captured {local(about['seen_at'], ZoneInfo(said.time_zone))}"
    )


def value_of(value: Any) -> str:
    """A field's value as a person reads it: parts of a list apart by "; "."""
    if isinstance(value, Mapping):
        return " · ".join(str(part) for part in value.values() if part)
    if isinstance(value, list):
        return "; ".join(value_of(one) for one in value)
    return str(value)


def counted(number: int, word: str) -> str:
    """ "1 block", "2 blocks"."""
    return f"{number} {word}{'s' * (number != 1)}"
