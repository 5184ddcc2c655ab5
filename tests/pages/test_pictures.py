"""Which addresses are of one picture."""

import pytest

from borneone_crawler import reading
from borneone_crawler.pages.page import Page
from borneone_crawler.pages.pictures import same_picture
from borneone_crawler.site import BORNEONETV
from borneone_crawler.urls import SiteUrls

URLS = SiteUrls(BORNEONETV.base_url, BORNEONETV.category_bases)
UPLOAD = "https://borneonetv.com/wp-content/uploads/kapuas.jpg"


@pytest.mark.parametrize(
    ("other", "is_same"),
    [
        ("/wp-content/uploads/kapuas-300x200.jpg?fit=1#a/b", True),
        ("http://[/kapuas.jpg", True),
        ("http://[", False),
        ("", False),
        ("https://borneonetv.com/wp-content/uploads/landak.jpg", False),
    ],
)
def test_sizes_of_one_upload_are_one_picture(other: str, *, is_same: bool) -> None:
    assert same_picture(other, UPLOAD) is is_same


def test_a_picture_whose_address_is_none_hides_no_other() -> None:
    html = (
        f'<head><meta property="og:image" content="{UPLOAD}"></head><body class="single-post">'
        '<article><h1>Kapuas</h1><img src="http://["><p>Sungai meluap.</p>'
        '<img src="/wp-content/uploads/kapuas-300x200.jpg"></article></body>'
    )
    page = Page.from_bytes("https://borneonetv.com/kapuas/", html.encode())
    article = reading.read([page], URLS, BORNEONETV).article
    assert article.main_image is not None
    assert same_picture(article.main_image.url, UPLOAD)
    assert article.article_body == "Sungai meluap."
