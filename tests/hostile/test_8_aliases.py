"""Promise 8: one article under all its addresses, and never two under one."""

import pytest

from tests.crawling import Crawl
from tests.hostile import aliases
from tests.hostile.aliases import canonical
from tests.small_site import Answer, SmallSite


def addresses(crawl: Crawl) -> dict[str, str]:
    """Headline -> address of all articles."""
    return dict(crawl.rows("SELECT headline, url FROM articles"))


@pytest.mark.parametrize("names_itself", [True, False])
def test_aliases_known_by_form_are_not_even_asked_for(
    site: SmallSite, crawl: Crawl, names_itself: bool
) -> None:
    aliases.serve(site, names_itself=names_itself)
    assert crawl.run() == 0
    assert addresses(crawl)["Berita nomor 1"] == f"{site.origin}/berita-1/"
    assert crawl.one("SELECT count(*) FROM articles") == 3
    assert [path for path in site.paths() if "berita-1" in path or "berita%2D1" in path] == [
        "/berita-1/"
    ]


def test_an_alias_that_only_its_page_can_tell_is_one_more_address(
    site: SmallSite, crawl: Crawl
) -> None:
    more = (
        f'<p><a href="{site.origin}/dibaca/berita-satu/">lihat</a> <a href="/?p=2">lihat</a></p>'
    )
    site.answers["/berita-3/"] = Answer(site.article(3, site.text(3) + more))
    site.answers["/dibaca/berita-satu/"] = canonical(site, 1, f"{site.origin}/berita-1/")
    site.answers["/?p=2"] = Answer(status=301, headers={"Location": f"{site.origin}/berita-2/"})
    assert crawl.run() == 0
    assert crawl.one("SELECT count(*) FROM articles") == 3
    for alias, number in (("/dibaca/berita-satu/", 1), ("/?p=2", 2)):
        url = crawl.one("SELECT url FROM addresses WHERE address = ?", f"{site.origin}{alias}")
        assert url == f"{site.origin}/berita-{number}/"


def test_a_canonical_that_lies_loses_nothing(site: SmallSite, crawl: Crawl) -> None:
    aliases.lie(site)
    assert crawl.run() == 0
    bodies = crawl.rows("SELECT article_body FROM articles")
    for number in site.numbers:
        said = sum(f"Warga nomor {number} " in body for (body,) in bodies)
        assert said == 1, number
    crawl.run()
    assert crawl.one("SELECT count(*) FROM articles") == 7


def test_a_slug_that_another_article_takes_over_merges_nothing(
    site: SmallSite, crawl: Crawl
) -> None:
    assert crawl.run() == 0
    # WordPress gave the old one's address away, and moved it to another.
    new = site.article(9).replace("Berita nomor 9", "Berita lain")
    site.answers["/berita-2/"] = Answer(new)
    moved = site.article(2)
    site.answers["/berita-2-lama/"] = Answer(moved)
    site.answers["/category/berita/"] = Answer(
        site.listing(1).replace(
            "<main>",
            '<main><article class="post hentry"><h2 class="entry-title">'
            f'<a href="{site.origin}/berita-2-lama/">Berita nomor 2</a></h2></article>',
        )
    )
    assert crawl.run("-a", "deep=1") == 0
    assert crawl.run("-a", f"url={site.origin}/berita-2/") == 0
    held = crawl.rows("SELECT article_body FROM articles")
    assert sum("Warga nomor 2 " in body for (body,) in held) == 1
    assert sum("Warga nomor 9 " in body for (body,) in held) == 1
    assert len(held) == 4


def test_a_slug_that_changes_doubles_nothing(site: SmallSite, crawl: Crawl) -> None:
    assert crawl.run() == 0
    address = f"{site.origin}/berita-dua-yang-baru/"
    site.answers["/berita-2/"] = Answer(status=301, headers={"Location": address})
    site.answers["/berita-dua-yang-baru/"] = canonical(site, 2, address)
    site.answers["/category/berita/"] = Answer(
        site.listing(1).replace(f"{site.origin}/berita-2/", address)
    )
    assert crawl.run("-a", "deep=1") == 0
    assert crawl.run("-a", f"url={site.origin}/berita-2/") == 0
    assert crawl.one("SELECT count(*) FROM articles") == 3
    assert crawl.one("SELECT count(*) FROM revisions") == 3
