"""Sites whose crawl ends in one way each."""

from collections.abc import Callable
from dataclasses import dataclass, field

from borneone_crawler.statuses import Status
from tests.hostile import wire
from tests.small_site import Answer, SmallSite


@dataclass(frozen=True)
class Outcome:
    """How a site is set, and what status and words its run ends with."""

    name: str
    set: Callable[[SmallSite], None]
    status: Status
    reason: str
    articles: int
    settings: dict[str, object] = field(default_factory=dict)


def as_it_is(site: SmallSite) -> None:
    pass


def empty(site: SmallSite) -> None:
    """The lists and every other page are there, and show nothing."""
    site.numbers = []


def forbidden(site: SmallSite) -> None:
    site.answers["/robots.txt"] = Answer("User-agent: *\nDisallow: /\n")


def blocked(site: SmallSite) -> None:
    """A guard in front of all but the home page and the lists."""
    refusal = Answer("Forbidden", status=403)
    site.invented = lambda path: refusal if path.startswith("/berita-") else None


def damaged(site: SmallSite) -> None:
    """Every article's page is cut short."""
    site.invented = lambda path: (
        wire.cut_gzip(site.article(1), 20) if path.startswith("/berita-") else None
    )


def down(site: SmallSite) -> None:
    site.answers["/"] = Answer(status=503)


def no_articles(site: SmallSite) -> None:
    """What the lists show is something else: a new design that nobody can read."""
    other = Answer(site.html("Berita", "page", "<p>Berita.</p>"))
    site.invented = lambda path: other if path.startswith("/berita-") else None


OUTCOMES = [
    Outcome("complete", as_it_is, Status.OK, "complete", 12),
    Outcome("partial", as_it_is, Status.OK, "the budget of 9 requests is used up", 2,
            {"MAX_REQUESTS": 9}),
    Outcome("empty", empty, Status.UNEXPECTED_PAGES, "shows an article", 0),
    Outcome("forbidden", forbidden, Status.FORBIDDEN, "robots.txt forbids", 0),
    Outcome("blocked", blocked, Status.FORBIDDEN, "pages in a row answered 403", 0),
    Outcome("damaged", damaged, Status.UNEXPECTED_PAGES, "12 of 17 pages give errors", 0),
    Outcome("down", down, Status.UNREACHABLE, "answers 503", 0),
    Outcome("not what it was", no_articles, Status.UNEXPECTED_PAGES, "no articles", 0),
]  # fmt: skip
