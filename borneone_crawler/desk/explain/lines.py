"""An explanation in a few lines for a terminal: facts and sources, what went and why."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from borneone_crawler.desk.explain.explanation import Explanation
from borneone_crawler.desk.explain.fates import Fate
from borneone_crawler.desk.explain.words import (
    counted,
    flag_meaning,
    origin_of,
    refusal,
    value_of,
)
from borneone_crawler.desk.plain import brief, plain
from borneone_crawler.desk.times import local
from borneone_crawler.desk.words import words_of

_BOLD, _DIM, _RED, _YELLOW = "\x1b[1m", "\x1b[2m", "\x1b[31m", "\x1b[33m"
_PLAIN = "\x1b[0m"

_ENGLISH = words_of("en")
_WHERE = {True: "in the text", False: "around it"}
"""Where a removal was made."""

_VALUE, _WORDS = 58, 48
"""Characters that are shown of a field, and of what a rule took."""


def lines_of(said: Explanation, *, colour: bool = False) -> Iterator[str]:
    """The whole of it, line by line."""

    def tinted(text: str, tint: str) -> str:
        return f"{tint}{text}{_PLAIN}" if colour and text else text

    reading = said.reading
    if reading is None:
        reason = said.refused or ""
        yield tinted(f"no article: {plain(reason)}", _BOLD)
        yield refusal(reason, _ENGLISH)
    else:
        yield tinted(brief(reading.article.headline or "(no headline)", 200), _BOLD)
    yield plain(said.pages[0].url if reading is None else reading.article.url)
    reader = f"; layout {plain(reading.reader)}" if reading else ""
    zone = ZoneInfo(said.time_zone)
    origin = origin_of(said, _ENGLISH, lambda at: local(at, zone))
    yield tinted(f"{plain(origin)}{reader}; reader {said.reader_version}", _DIM)
    yield ""
    for name, value in said.seen.items():
        yield f"{name:<17} {brief(value, 120)}"
    for name, value, source in said.fields():
        line = f"{name:<17} {brief(value_of(value), _VALUE):<{_VALUE}}"
        raw = said.written.get(name)
        written = f", written {brief(raw, 40)!r}" if raw and raw != value else ""
        yield f"{line}  {tinted(brief(source or '', 40) + written, _DIM)}".rstrip()
    yield ""
    yield _counts(said)
    for in_text, where in _WHERE.items():
        rules = said.by_rule(in_text=in_text)
        if rules:
            yield f"removed {where}:"
        for rule, cuts in rules.items():
            words = next((cut.text for cut in cuts if cut.text), "(no words)")
            yield (
                f"  {tinted(f'{rule:<20}', _RED)} {len(cuts):>3}×  "
                f"{brief(words, _WORDS):<{_WORDS}}  {tinted(cuts[0].reason, _DIM)}"
            ).rstrip()
    for flag in reading.flags if reading else ():
        yield f"{tinted(f'flag: {brief(flag)}', _YELLOW)}  {flag_meaning(flag, _ENGLISH)}".rstrip()


def _counts(said: Explanation) -> str:
    if said.count(None):
        return f"{counted(said.count(None), _ENGLISH)} of text, none of it read"
    words = f" ({said.reading.article.word_count} words)" if said.reading else ""
    pages = f" of {len(said.pages)} pages" if len(said.pages) > 1 else ""
    lost = f"{said.count(Fate.LOST)} lost, " if said.count(Fate.LOST) else ""
    went = ", ".join(
        f"{sum(map(len, said.by_rule(in_text=in_text).values()))} removed {where}"
        for in_text, where in _WHERE.items()
    )
    return (
        f"{counted(said.count(Fate.KEPT), _ENGLISH)}{pages} kept{words}, "
        f"{said.count(Fate.MOVED)} read into fields, {went}, {lost}"
        f"{said.count(Fate.OUTSIDE)} outside the article's text"
    )
