"""Articles whose every field is written against who keeps and shows it."""

import json
import re
from html import escape

from tests.small_site import Answer, SmallSite

EVIL = (
    '=HYPERLINK("http://jahat.example")<script>alert(1)</script>\'); DROP TABLE articles; --'
    "\x1b]0;judul\x07\x1b[31m\u202emoc.tahaj\u2066\u009b2J &lt;img src=x onerror=alert(1)&gt;"
)
"""Markup, SQL, a formula, and what speaks to a terminal."""

SPEAKING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What no terminal should see, and no table: control characters, overrides and half characters."""


def serve(site: SmallSite) -> None:
    """Article 1 is hostile in every field, 2 has 5 MB of text, 3 pictures and links with names
    that lead out of their folder, 4 an address of 3,000 characters, 5 half characters."""
    site.numbers = [1, 2, 3, 4, 5]
    said = escape(EVIL)
    structured = json.dumps(
        {"@type": "NewsArticle", "author": {"@type": "Person", "name": EVIL}, "keywords": EVIL}
    ).replace("</", "<\\/")
    page = site.article(1, f"<p>{said}</p>{site.text(1)}").replace("Berita nomor 1", said)
    page = page.replace('rel="category tag">Berita<', f'rel="category tag">{said}<')
    page = page.replace(
        "<head>",
        f'<head><script type="application/ld+json">{structured}</script>'
        f'<meta name="description" content="{said}">',
    )
    site.answers["/berita-1/"] = Answer(page)
    site.answers["/berita-2/"] = Answer(site.article(2, site.text(2) * 45_000))
    outside = "../../../../" * 4 + "etc/jahat"
    site.answers["/berita-3/"] = Answer(
        site.article(
            3,
            f'{site.text(3)}<figure><img src="/wp-content/uploads/{outside}.jpg"></figure>'
            f'<p><a href="/..%2f..%2f..%2fetc%2fjahat/">a</a> <a href="{outside}/">b</a></p>',
        )
    )
    long = f"/{'panjang-' * 375}/"
    site.answers[long] = Answer(site.article(4))
    site.answers["/berita-4/"] = Answer(
        site.article(4, f'{site.text(4)}<p><a href="{long}">a</a></p>')
    )
    broken = json.dumps({"@type": "NewsArticle", "headline": "\ud83d setengah \x00"})
    site.answers["/berita-5/"] = Answer(
        site.article(5, f"<p>&#xD83D; &#0; \x00 Warga.</p>{site.text(5)}").replace(
            "<head>", f'<head><script type="application/ld+json">{broken}</script>'
        )
    )
