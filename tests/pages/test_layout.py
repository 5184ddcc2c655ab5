"""Fields of a page that no fixture has: how one layout reads them."""

import pytest

from borneone_crawler.pages.layout import Layout, pick
from borneone_crawler.pages.page import Page
from borneone_crawler.site import BORNEONETV
from borneone_crawler.urls import SiteUrls


@pytest.mark.parametrize(
    ("head", "headline"),
    [
        ("<title>Warga Kaget - BorneOneTV</title>", "Warga Kaget"),
        ("<title>Siapa Menang - ???</title>", "Siapa Menang - ???"),
        (
            '<title>Siapa Menang - ???</title><meta property="og:site_name" content="—">',
            "Siapa Menang - ???",
        ),
    ],
)
def test_only_the_outlet_s_name_is_cut_off_a_title(head: str, headline: str) -> None:
    html = f"<html><head>{head}</head><body><p>Satu.</p></body></html>"
    page = Page.from_bytes("https://borneonetv.com/warga/", html.encode())
    layout = Layout(page, SiteUrls(BORNEONETV.base_url), BORNEONETV)
    assert pick(layout.headline) == (headline, "title")
