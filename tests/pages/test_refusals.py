"""What is not an article, where the page says so in words alone."""

import pytest

from borneone_crawler.pages.page import Page
from borneone_crawler.pages.refusals import refusal


def test_white_space_makes_no_long_page() -> None:
    html = f"<body><h1>Segera</h1><p>Situs ini sedang{' ' * 3_000}dalam pemeliharaan.</p></body>"
    page = Page.from_bytes("https://borneonetv.com/", html.encode())
    assert refusal(page) == "maintenance"


@pytest.mark.parametrize(
    ("says", "reason"),
    [
        ("Situs dalam <b>Mainten</b>ance.", "maintenance"),
        ("Sedang dalam<br>perbaikan.", "maintenance"),
        ("Sedang<i> pemeliharaan</i>.", "maintenance"),
        ("This site is Under<p>Construction</p>", "maintenance"),
        ("Briefly unavailable for work.", "maintenance"),
        ("<ul><li>Segera<li>kembali</ul>", "maintenance"),
        ("<b>COMING</b> SOON", "maintenance"),
        ("<noscript>Please enable JavaScript</noscript>", "script shell"),
        ("<b>Java</b>Script is required", "script shell"),
        ("Javascript is disabled", "script shell"),
        ("Aktifkan <p>javascript</p>", "script shell"),
        ("Just<br>a moment", "script shell"),
        ("Checking your <b>browser</b>", "script shell"),
        ("Memeriksa browser", "script shell"),
        ("<br><script>app()</script>", "script shell"),
        ("Segera<b>kembali</b>.", None),
        ("Warga menunggu kembalinya kapal.", None),
    ],
)
def test_a_short_page_says_it_anywhere_in_its_text(says: str, reason: str | None) -> None:
    page = Page.from_bytes("https://borneonetv.com/", f"<body>{says}</body>".encode())
    assert refusal(page) == reason
