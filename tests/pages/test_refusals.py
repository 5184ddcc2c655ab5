"""What is not an article, where the page says so in words alone."""

from borneone_crawler.pages.page import Page
from borneone_crawler.pages.refusals import refusal


def test_white_space_makes_no_long_page() -> None:
    html = f"<body><h1>Segera</h1><p>Situs ini sedang{' ' * 3_000}dalam pemeliharaan.</p></body>"
    page = Page.from_bytes("https://borneonetv.com/", html.encode())
    assert refusal(page) == "maintenance"
