"""Promise 10: text is exact and inert, kept as it was published and harmless where it is shown."""

from tests.crawling import Crawl
from tests.hostile.states import state_of
from tests.small_site import Answer, SmallSite


def test_text_is_kept_as_published_and_its_html_is_inert(site: SmallSite, crawl: Crawl) -> None:
    site.answers["/berita-1/"] = Answer(
        site.article(
            1,
            body="<p>'); DROP TABLE articles; -- &lt;script&gt;alert(1)&lt;/script&gt; "
            "\x08\u202e</p>"
            '<p onclick="x()">Warga <b>menanam</b> <a href="javascript:alert(1)">pohon</a>.'
            '<script>alert(1)</script><img src=x onerror="alert(1)"></p>',
        )
    )
    assert crawl.run() == 0
    ((text, html),) = crawl.rows(
        "SELECT article_body, article_body_html FROM articles WHERE url LIKE '%berita-1/'"
    )
    assert text.startswith("'); DROP TABLE articles; -- <script>alert(1)</script>")
    assert "Warga menanam pohon." in text
    for word in ("onclick", "onerror", "javascript:", "<script"):
        assert word not in html
    assert crawl.one("SELECT count(*) FROM articles") == 3


def test_bytes_that_are_no_text_break_nothing(site: SmallSite, crawl: Crawl) -> None:
    site.answers["/berita-1/"] = Answer(bytes(range(256)) * 40)
    site.answers["/berita-2/"] = Answer(b"")
    site.answers["/berita-3/"] = Answer("<div>" * 50_000)
    assert crawl.run() == 0
    assert crawl.one("SELECT count(*) FROM articles") == 0
    assert all(state_of(crawl, number)[0] == "skipped" for number in (1, 2, 3))
