"""Sites in which a crawler walks for ever."""

import itertools
import random
import re
from collections.abc import Callable
from dataclasses import dataclass

from tests.small_site import Answer, SmallSite


@dataclass(frozen=True)
class Trap:
    """How a site is made a trap, what the run's report says of it, and how many requests a run
    may make in it."""

    set: Callable[[SmallSite], None]
    named: str
    most: int = 150


def pagination(site: SmallSite, shown: Callable[[int], list[int]]) -> None:
    """A list whose every page has a next one."""

    def page(path: str) -> Answer | None:
        if (found := re.fullmatch(r"/category/berita/(?:page/(\d+)/)?", path)) is None:
            return None
        number = int(found[1] or 1)
        following = (
            f'<a class="next page-numbers" href="/category/berita/page/{number + 1}/">»</a>'
        )
        body = site.entries(shown(number)) + following
        return Answer(site.html("Berita", "archive category", body))

    site.invented = page


def repeated_pages(site: SmallSite) -> None:
    pagination(site, lambda _: [1, 2, 3])


def shuffled_pages(site: SmallSite) -> None:
    """Never the same articles twice in a row, but after page 15 none that is not known."""
    site.numbers = list(range(1, 31))
    pick = random.Random(7)
    pagination(
        site,
        lambda n: [n * 2 - 1, n * 2] if n <= 15 else pick.sample(site.numbers, 2),
    )


def linked(site: SmallSite, addresses: list[str]) -> None:
    """Have an article link to addresses in its text."""
    links = "".join(f'<p><a href="{address}">lihat</a></p>' for address in addresses)
    site.answers["/berita-1/"] = Answer(site.article(1, site.text(1) + links))


def calendar(site: SmallSite) -> None:
    """A page for every month there is, with nothing on it."""
    linked(site, [f"/agenda/{y}-{m}/" for y in range(1900, 2100) for m in range(1, 13)])
    empty = Answer(site.html("Agenda", "page", "<p>Tidak ada acara.</p>"))
    site.invented = lambda path: empty if path.startswith("/agenda/") else None


def session_ids(site: SmallSite) -> None:
    """Every link on every page has an id that no other link has, and no page has a canonical."""
    fresh = itertools.count(10_000)

    def decorated(html: str) -> Answer:
        return Answer(
            re.sub(r'(href="[^"]*/berita-\d+/)"', lambda m: f'{m[1]}?oturum={next(fresh)}"', html)
        )

    more = "".join(f'<p><a href="{site.origin}/berita-{n}/">lain</a></p>' for n in site.numbers)

    def page(path: str) -> Answer | None:
        if found := re.fullmatch(r"/berita-(\d+)/(?:\?oturum=\d+)?", path):
            number = int(found[1])
            return decorated(site.article(number, site.text(number) + more))
        return decorated(site.listing(1)) if path == "/category/berita/" else None

    site.invented = page


def facets(site: SmallSite) -> None:
    """Filters of a list that can be put together in a million ways."""

    def page(path: str) -> Answer | None:
        if not path.startswith("/category/berita/"):
            return None
        links = "".join(
            f'<nav><a href="{path}{"&" if "?" in path else "?"}saring{n}=ya">saring</a></nav>'
            for n in range(20)
        )
        return Answer(site.listing(1).replace("</main>", links + "</main>"))

    site.invented = page


def path_that_appends_to_itself(site: SmallSite) -> None:
    """A relative link that leads one folder deeper, to the same page."""

    def page(path: str) -> Answer | None:
        if found := re.fullmatch(r"/berita-(\d+)/(lagi/)*", path):
            number = int(found[1])
            return Answer(
                site.article(number, site.text(number) + '<p><a href="lagi/">lihat</a></p>')
            )
        return None

    site.invented = page


def many_links_by_number(site: SmallSite) -> None:
    linked(site, [f"/x-{number}/" for number in range(50_000)])


def many_links_by_word(site: SmallSite) -> None:
    words = ["".join(letters) for letters in itertools.product("abcdefghij", repeat=5)]
    linked(site, [f"/{word}/" for word in words[:50_000]])


def redirects_without_end(site: SmallSite) -> None:
    linked(site, ["/lanjut-1/"])

    def page(path: str) -> Answer | None:
        if found := re.fullmatch(r"/lanjut-(\d+)/", path):
            return Answer(status=302, headers={"Location": f"/lanjut-{int(found[1]) + 1}/"})
        return None

    site.invented = page


TRAPS = [
    Trap(repeated_pages, "repeats another page of its listing", 20),
    Trap(shuffled_pages, "show nothing else", 80),
    Trap(calendar, "pages like /agenda/#-#/ were no new articles", 230),
    Trap(session_ids, "pages like /berita-#/?oturum were no new articles", 230),
    Trap(facets, "facet of a listing", 20),
    Trap(path_that_appends_to_itself, "path repeats itself", 20),
    Trap(many_links_by_number, "pages like /x-#/ were no new articles", 230),
    Trap(many_links_by_word, "too many links on one page", 1_020),
    Trap(redirects_without_end, "pages like /lanjut-#/ were no new articles", 150),
]
