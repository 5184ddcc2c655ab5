"""What was found, on a terminal: the day, the headline, some of the text, the address."""

from collections.abc import Iterator

from borneone_crawler.archive.searching import Hit, Marked
from borneone_crawler.desk.plain import brief, plain
from borneone_crawler.desk.search.answer import Answer
from borneone_crawler.desk.show.wrapping import MOST_COLUMNS, wrapped

_BOLD, _DIM, _FOUND, _PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[1;33m", "\x1b[0m"
_INDENT = " " * 12
_MOST_FORMS = 12
_LONGEST_QUERY = 60


def lines_of(answer: Answer, *, width: int, colour: bool = False) -> Iterator[str]:
    """All of it for a person, line by line, no wider than `width` or than is easy to read."""
    width = min(width, MOST_COLUMNS)
    for article in answer.articles():
        yield from _article(article, width - len(_INDENT), colour=colour)
        yield ""
    yield from wrapped(_told(answer), width)
    for typed, others in answer.sought.widened.items():
        more = f" and {len(others) - _MOST_FORMS} more" * (len(others) > _MOST_FORMS)
        said = f"{brief(typed)}: also {', '.join(others[:_MOST_FORMS])}{more}"
        yield from _tinted(wrapped(said, width, hanging=4), _DIM * colour)


def row_of(article: Hit) -> str:
    """One article in a line for other programs: day, address, headline and some of the text, apart
    by tabs."""
    headline = article.headline.text if article.headline else ""
    cells = ((article.date_published or "")[:10], article.url, headline, article.snippet.text)
    return "\t".join(map(plain, cells))


def _article(article: Hit, width: int, *, colour: bool) -> Iterator[str]:
    headline = article.headline or Marked("(no headline)", [])
    lines = _marked(headline, width, _BOLD * colour, _FOUND * colour)
    day = plain(article.date_published or "no date")[:10]
    yield f"{day:<{len(_INDENT)}}{next(lines)}"
    gone = "  (gone from the site)" if article.gone_at else ""
    for line in (
        *lines,
        *_marked(article.snippet, width, "", _FOUND * colour),
        *_tinted([plain(article.url) + gone], _DIM * colour),
    ):
        yield _INDENT + line


def _marked(marked: Marked, width: int, tint: str, found: str) -> Iterator[str]:
    """A text on lines, the words that were searched for in another tint."""
    # White space is folded already, so that every character keeps its place.
    begin = 0
    for line in wrapped(marked.text, width):
        said, last = "", 0
        for place in marked.places:
            first, after = max(place[0] - begin, last), min(place[1] - begin, len(line))
            if first < after:
                said += _tint(line[last:first], tint) + _tint(line[first:after], found)
                last = after
        yield said + _tint(line[last:], tint)
        begin += len(line) + 1


def _tinted(lines: Iterator[str] | list[str], tint: str) -> Iterator[str]:
    return (_tint(line, tint) for line in lines)


def _tint(text: str, tint: str) -> str:
    return f"{tint}{text}{_PLAIN}" if tint and text else text


def _told(answer: Answer) -> str:
    total, shown = answer.hits.total, len(answer.hits.ids)
    asked = brief(answer.question.text, _LONGEST_QUERY)
    if not total:
        said = f"Nothing is found for {asked}"
    elif shown < total:
        said = f"{shown} of {total:,} articles with {asked}; --limit {total} shows all"
    else:
        said = f"{total:,} article{'s' * (total > 1)} with {asked}"
    if answer.hits.undated:
        said += f"; {answer.hits.undated:,} without a date left out"
    return f"{said}."
