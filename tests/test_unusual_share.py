"""A reading that lost most of its text to rules says so; one that lost only furniture does not."""

from pathlib import Path

import pytest

from borneone_crawler import reading
from borneone_crawler.pages.page import Page
from borneone_crawler.site import BORNEONETV
from borneone_crawler.statuses import Status
from borneone_crawler.urls import SiteUrls
from tests.crawling import Crawl
from tests.small_site import Answer, SmallSite

FLAG = "unusual share removed"
URLS = SiteUrls(BORNEONETV.base_url, BORNEONETV.category_bases)
SENTENCES = [
    f"<p>Warga kampung nomor {n} menanam pohon bakau di tepi Sungai Kapuas bersama pelajar dari "
    "tiga sekolah, sejak pagi hingga siang hari, kata ketua panitia kegiatan itu.</p>"
    for n in range(1, 13)
]
STORY = "".join(SENTENCES)
BRIEF = SENTENCES[0]
RELATED = "".join(
    f'<li><a href="/berita-{n}/">Wakil gubernur membuka seminar tentang media sosial yang ke-{n}'
    "</a></li>"
    for n in range(40)
)
SCRIPT = f"<script>var iklan = '{'x' * 4000}';</script>"
CUTS_BY_LINE = r"""[[rule]]
name    = "sentences"
line    = 'Warga kampung nomor [^\n]+'
reason  = "A rule that is too wide."
example = "Warga kampung nomor 1 menanam."
keeps   = "Para warga menanam."
"""
CUTS_A_BOX = """[[rule]]
name    = "box"
element = ".isi"
reason  = "A class that the theme uses for the text too."
example = '<div class="isi">Promo</div>'
keeps   = "Isi."
"""


def flags(body: str, own_rules: Path | None = None, *, known: bool = True) -> list[str]:
    content = "entry-content" if known else "x1"
    html = (
        '<html lang="id"><head><title>Berita</title></head><body class="single single-post">'
        '<article class="post"><h1 class="entry-title">Berita</h1>'
        f'<div class="{content}"><img src="/a.jpg">{body}</div></article></body></html>'
    )
    page = Page.from_bytes("https://borneonetv.com/berita/", html.encode())
    return reading.read([page], URLS, BORNEONETV, own_rules=own_rules).flags


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path / "own.toml"


@pytest.mark.parametrize("heading", ["Tinggalkan Balasan", "Tinggalkan Komentar"])
def test_a_tail_that_begins_in_the_middle_of_a_story(heading: str) -> None:
    cut = f"{''.join(SENTENCES[:4])}<h3>{heading}</h3>{''.join(SENTENCES[4:])}"
    assert FLAG in flags(cut)


def test_a_tail_of_comments_below_a_story_is_usual() -> None:
    comments = "<h3>Tinggalkan Balasan</h3><p>Mantap, Pak Wagub!</p><p>Semoga lancar.</p>"
    assert FLAG not in flags(f"{STORY}{comments}")


@pytest.mark.parametrize("known", [True, False], ids=["known theme", "unknown theme"])
@pytest.mark.parametrize(
    "body",
    [
        STORY,
        BRIEF,
        f'{BRIEF}<div class="related-posts"><h3>Terkait</h3><ul>{RELATED}</ul></div>',
        f'{BRIEF}<div class="sharedaddy"><h3>Bagikan ini:</h3></div>{SCRIPT}',
        f'{BRIEF}<div class="code-block">{SCRIPT}</div>',
        f'<div class="related-posts"><ul>{RELATED}</ul></div>',
        f'<div class="code-block">{SCRIPT}</div>',
        f"{BRIEF}<p>Baca juga:</p><ul>{RELATED}</ul>",
        f"<p>Bagikan ini:</p><p>Facebook</p><p>WhatsApp</p>{BRIEF}<p>Dibaca: 12 kali</p>",
    ],
    ids=[
        "story",
        "brief",
        "related",
        "script",
        "advertising",
        "photo",
        "photo and script",
        "read also",
        "labels",
    ],
)
def test_furniture_is_usual_however_short_the_text_is(body: str, known: bool) -> None:
    assert FLAG not in flags(body, known=known)


def test_an_own_rule_that_takes_the_sentences(own: Path) -> None:
    own.write_text(CUTS_BY_LINE, "utf-8")
    assert FLAG in flags(f"{STORY}<p>Begitu.</p>", own)
    assert FLAG not in flags(f"{BRIEF}{'<p>Begitu kata dia.</p>' * 20}", own)


def test_an_own_rule_that_takes_the_box_of_the_text(own: Path) -> None:
    own.write_text(CUTS_A_BOX, "utf-8")
    assert FLAG in flags(f'<div class="isi">{STORY}</div><p>Begitu.</p>', own)
    assert FLAG not in flags(f'<div class="isi">{STORY}</div>{STORY}', own)


def test_a_run_whose_articles_lose_their_texts_ends_with_an_alarm(
    site: SmallSite, crawl: Crawl, own: Path
) -> None:
    own.write_text(CUTS_BY_LINE, "utf-8")
    site.numbers = list(range(1, 8))
    text = f"{STORY}<p>Begitu kata ketua panitia kegiatan itu kepada para wartawan di sana.</p>"
    for number in site.numbers:
        site.answers[f"/berita-{number}/"] = Answer(site.article(number, body=text))
    assert crawl.run(OWN_RULES=own) == Status.UNEXPECTED_PAGES
    assert f"7 of 7 articles: {FLAG}: {site.origin}/berita-" in crawl.stderr
    assert crawl.one("SELECT count(*) FROM articles WHERE instr(flags, ?)", FLAG) == 7
