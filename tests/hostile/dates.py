"""Pages whose dates are wrong, or none."""

import json
from dataclasses import dataclass

from tests.small_site import Answer, SmallSite


@dataclass(frozen=True)
class Case:
    """What the page's <time> says, and its JSON-LD and meta, and the date that is right."""

    name: str
    time: str | None = None
    structured: str | None = None
    meta: str | None = None
    right: str | None = None


WHOLE = "2019-10-14T10:15:00+07:00"

CASES = [
    Case("zeros", time="0000-00-00T00:00:00+00:00"),
    Case("zeros beside a good one", time="0000-00-00 00:00:00", structured=WHOLE, right=WHOLE),
    Case("the far future", time="2199-01-01T00:00:00+07:00"),
    Case("the far future beside a good one", structured="9999-12-31", time=WHOLE, right=WHOLE),
    Case("the beginning of Unix time", time="1970-01-01T00:00:00+00:00"),
    Case("the year minus one of WordPress", time="-0001-11-30T00:00:00+00:00"),
    Case("no day of the calendar", time="2019-02-30T10:15:00+07:00"),
    Case("no date", time="kemarin"),
    Case("nothing at all"),
    Case("digits of another script", time="٢٠١٩-١٠-١٤T10:15:00+07:00"),
    Case("a number too large", time="99999999999999999999-10-14"),
    Case("all agree", time=WHOLE, structured=WHOLE, meta="2019-10-14T03:15:00+00:00", right=WHOLE),
]


def serve(site: SmallSite) -> None:
    """One article a case, its number the place of the case."""
    site.numbers = list(range(1, len(CASES) + 1))
    for number, case in enumerate(CASES, start=1):
        page = site.article(number)
        before, _, rest = page.partition("<time ")
        page = before + rest.partition("</time>")[2]
        if case.time is not None:
            shown = f'<time class="entry-date published" datetime="{case.time}">terbit</time>'
            page = page.replace('<span class="posted-on">', f'<span class="posted-on">{shown}')
        head = "<head>"
        if case.structured is not None:
            said = json.dumps({"@type": "NewsArticle", "datePublished": case.structured})
            head += f'<script type="application/ld+json">{said}</script>'
        if case.meta is not None:
            head += f'<meta property="article:published_time" content="{case.meta}">'
        site.answers[f"/berita-{number}/"] = Answer(page.replace("<head>", head))
