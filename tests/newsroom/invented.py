"""Invents news by the thousand: the same seed writes the same newsroom."""

import random
import tomllib
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from tests.newsroom.model import WIB, Newsroom, Picture, Post

_FIRST_ID = 20_000
_START = datetime(2017, 2, 1, 7, 0, tzinfo=WIB)
_SPAN = timedelta(days=7 * 365)

_DATA = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
_WORDS: dict[str, list[str]] = _DATA["words"]


def generated_newsroom(model: Newsroom, count: int, seed: int) -> Newsroom:
    """A newsroom of `count` posts with the sections, authors and pages of another."""
    chance = random.Random(seed)
    sections = [slug for slug, section in model.sections.items() if section.in_menu]
    sections.remove("opini")
    step = _SPAN / max(count, 1)
    posts = [
        _post(number, _START + number * step, chance, sections, list(model.authors))
        for number in range(count)
    ]
    return replace(model, posts=tuple(reversed(posts)))


def _post(
    number: int, at: datetime, chance: random.Random, sections: list[str], authors: list[str]
) -> Post:
    title = _say(chance.choice(_DATA["titles"]), chance).title()
    slug = "-".join("".join(c if c.isalnum() else " " for c in title.lower()).split())
    place = chance.choice(_WORDS["place"])
    paragraphs = [
        " ".join(
            _say(chance.choice(_DATA["sentences"]), chance) for _ in range(chance.randint(1, 4))
        )
        for _ in range(chance.randint(3, 12))
    ]
    paragraphs[0] = f"{place}, BorneOneTV - {paragraphs[0]}"
    paragraphs[-1] += " [Lay]"
    published = at.replace(microsecond=0)
    modified = published + timedelta(hours=5) if chance.random() < 0.2 else None
    lead = Picture(
        name=f"foto-{number}.jpg",
        caption=_say("{who} {name} di {spot}.", chance),
        credit_line="Foto: BorneOneTV/Lay",
        credit_text="BorneOneTV/Lay",
    )
    return Post(
        case=f"post-{number:06}",
        why="One of many: a post of a generated newsroom.",
        id=_FIRST_ID + number * 10,
        slug=f"{slug}-{number}",
        title=title,
        published=published,
        modified=modified,
        author=chance.choice(authors),
        sections=tuple(dict.fromkeys(chance.choices(sections, k=chance.choice((1, 1, 2))))),
        plugins=tuple(p for p in ("jetpack", "yoast", "ads") if chance.random() < 0.5),
        body="\n\n".join(paragraphs),
        lead="lead" if chance.random() < 0.8 else None,
        pictures={"lead": lead},
        dateline=f"{place}, BorneOneTV",
        byline_initials="Lay",
    )


def _say(pattern: str, chance: random.Random) -> str:
    words = {name: chance.choice(choices) for name, choices in _WORDS.items()}
    text = pattern.format(**words, number=chance.randint(12, 990))
    return text[0].upper() + text[1:]
