"""An article on a terminal: facts, text, what belongs to it, history in short, neighbours."""

from collections.abc import Iterable, Iterator

from borneone_crawler.desk.explain.words import flag_meaning
from borneone_crawler.desk.show.neighbours import Alike, Neighbour
from borneone_crawler.desk.show.sheet import Sheet
from borneone_crawler.desk.show.wrapping import blocks, wrapped
from borneone_crawler.desk.states import Standing
from borneone_crawler.desk.times import local
from borneone_crawler.desk.words import words_of
from borneone_crawler.items import Article, Image, Reference

_BOLD, _DIM, _YELLOW, _PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[33m", "\x1b[0m"
_LABEL = 14
_MOST_ALIKE = 5


def lines_of(sheet: Sheet, *, width: int | None, colour: bool = False) -> Iterator[str]:
    """The whole of it, line by line, no wider than `width`; None leaves each paragraph on one
    line."""

    def tinted(lines: Iterable[str], tint: str) -> Iterator[str]:
        return (f"{tint}{line}{_PLAIN}" if colour and line else line for line in lines)

    standing, article = sheet.standing, sheet.standing.article
    yield from tinted(wrapped(article.headline or "(no headline)", width), _BOLD)
    yield from tinted(wrapped(article.url, width), _DIM)
    yield ""
    for label, value in (*_published(standing), *_known(standing)):
        if value:
            yield from _labelled(label, value, width)
    for flag in standing.flags:
        meaning = flag_meaning(flag, words_of("en"))
        said = f"{flag}: {meaning}" if meaning else flag
        yield from tinted(_labelled("flag", said, width), _YELLOW)
    yield ""
    yield from blocks(article.article_body, width)
    for title, entries in (*_beside_the_text(article), *_around(sheet)):
        if entries:
            yield ""
            yield from tinted([title], _BOLD)
        for entry in entries:
            yield from wrapped(entry, width, hanging=4)


def _labelled(label: str, value: str, width: int | None) -> Iterator[str]:
    first, *more = wrapped(value, width and width - _LABEL)
    yield f"{label:<{_LABEL}}{first}"
    yield from (" " * _LABEL + line for line in more)


def _published(standing: Standing) -> Iterator[tuple[str, str | None]]:
    """What the page says of the article."""
    article, zone = standing.article, standing.time_zone
    words = words_of(article.in_language)

    def dated(text: str | None) -> str | None:
        return words.published(text, zone) if text else None

    yield "published", dated(article.date_published) or "without a date"
    yield "changed", dated(article.date_modified)
    yield "by", ", ".join(article.authors)
    yield "editor", article.editor
    yield "signed", article.byline_initials
    yield "dateline", article.dateline
    yield "sections", ", ".join(article.article_section)
    yield "keywords", ", ".join(article.keywords)


def _known(standing: Standing) -> Iterator[tuple[str, str | None]]:
    """What the archive knows of it; an earlier state was not the one that was seen last."""
    zone = standing.time_zone
    if standing.as_of:
        yield "as of", f"{local(standing.as_of, zone)}, the newest state known by then"
    yield "article", str(standing.id)
    yield "revision", f"{standing.state.revision} of {standing.revisions}, {_since(standing)}"
    yield "first seen", local(standing.states[0].from_at, zone)
    if standing.state.until_at is None:
        yield "last seen", local(standing.last_seen_at, zone)
    if standing.gone_at:
        yield "gone", f"found to be gone {local(standing.gone_at, zone)}; the text stays here"
    if standing.redirected_to:
        yield "now leads to", standing.redirected_to


def _since(standing: Standing) -> str:
    """From when until when the state was the newest known, and who says so."""
    state, zone = standing.state, standing.time_zone
    said = f"seen from {local(state.from_at, zone)}"
    if state.until_at:
        said += f" until {local(state.until_at, zone)}"
    if state.dump:
        return (
            f"{said}, at the latest: only a text dump tells of it, without a date ({state.dump})"
        )
    return f"{said}, as {state.origin} has it" if state.origin else said


def _beside_the_text(article: Article) -> Iterator[tuple[str, list[str]]]:
    """What the page shows with the text."""
    yield "Pictures", [f"- {_picture(image)}" for image in article.images]
    yield "Videos", [f"- {video.url}" for video in article.videos]
    yield "Posts shown in it", [f"- {_reference(post)}" for post in article.embeds]
    yield "Read also", [f"- {_reference(link)}" for link in article.read_also]


def _picture(image: Image) -> str:
    credit = f"({image.credit_text})" if image.credit_text else None
    return " ".join(filter(None, (image.caption, credit, image.url)))


def _reference(reference: Reference) -> str:
    return f"{reference.text}: {reference.url}" if reference.text else reference.url


def _around(sheet: Sheet) -> Iterator[tuple[str, list[str]]]:
    """Its history in short, and its neighbours today."""
    standing, beside = sheet.standing, sheet.neighbours
    history = f"History (word by word: scrapy history {standing.id})"
    yield history, list(_states(standing))
    by_date = [("before it", beside.previous), ("after it", beside.next)]
    neighbours = [f"- {where}: {_neighbour(other)}" for where, other in by_date if other]
    shown = beside.alike[:_MOST_ALIKE]
    neighbours += [f"- {_likeness(other)}: {_neighbour(other)}" for other in shown]
    if more := len(beside.alike) - len(shown):
        neighbours.append(f"- and {more} more with this text")
    yield "Neighbours", neighbours


def _states(standing: Standing) -> Iterator[str]:
    told: set[int] = set()
    for state in standing.states:
        if state.revision in told:
            what = "seen again"
        else:
            what = state.kinds or ("another state" if told else "first seen")
        told.add(state.revision)
        mark = " (shown here)" if state == standing.state and len(standing.states) > 1 else ""
        at = local(state.from_at, standing.time_zone)
        yield f"- {at} revision {state.revision}: {what}{mark}"


def _likeness(other: Alike) -> str:
    if other.is_same:
        return "the same text"
    return f"nearly the same text ({other.share:.0%})"


def _neighbour(other: Neighbour) -> str:
    day = other.date_published[:10] if other.date_published else "no date"
    return f"{other.headline or '(no headline)'} ({day}, article {other.id})"
