"""An archive with all that a reader may meet, served by a real Datasette."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from borneone_crawler.items import Image, Reference, Video
from tests.archive.conftest import SITE, Desk, reading
from tests.archive.marked import URL, store_marked
from tests.archive.takedown.test_withholding import take_down
from tests.desk.reading_room.served import Served, lay_out

HOSTILE = '<script>document.title = "hacked"</script><img src=x onerror=alert(1)>'

BRIDGE = f"{SITE}/jembatan-sungai-kapuas-dibuka/"
FLOOD = f"{SITE}/banjir-sungai-sambas-surut/"
CRAFTED = f"{SITE}/judul-jahat/"
UNDATED = f"{SITE}/tanpa-tanggal/"
TO_WITHHELD = "Wagub Dituduh"
"""The words of a link of another article's to the one that was taken down."""


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an archive: an article that was edited, one that means harm, one without a
    date, and one that was taken down."""
    folder = lay_out(tmp_path_factory.mktemp("reading-room") / "archive")
    desk = Desk(folder / "borneone.db")
    fill(desk)
    desk.archive.close()
    return folder


def fill(desk: Desk) -> None:
    local = ("Kota Pontianak", f"{SITE}/category/kota-pontianak/")
    picture = Image(
        url=f"{SITE}/wp-content/uploads/jembatan.jpg", caption="Jembatan baru", credit_text="Humas"
    )
    for headline in ("Jembatan Sungai Kapuas Dibuka", "Jembatan Sungai Kapuas Dibuka Hari Ini"):
        desk.store(
            BRIDGE, post_id=1, headline=headline, authors=["Rina Oktaviani"], sections=[local],
            date_published="2019-10-14T10:15:00+07:00", keywords=["Sungai Kapuas", "Jembatan"],
            article_body="Pontianak, BorneOneTV – Jembatan baru di atas sungai dibuka.\n\n"
            "“Kami menunggu sepuluh tahun,” kata warga.",
            article_body_html="<p>Pontianak, BorneOneTV – Jembatan baru di atas sungai dibuka.</p>"
            '<p>“Kami menunggu <em>sepuluh tahun</em>,” kata <a href="https://lain.example/">'
            "warga</a>.</p>",
            dateline="Pontianak, BorneOneTV", main_image=picture, images=[picture],
            read_also=[
                Reference(url=f"{SITE}/lain/", text="Baca yang lain"),
                Reference(url=f"{URL}?utm_source=wa", text=TO_WITHHELD),
                Reference(url="https://[lain/", text="Tautan rusak"),
            ],
            videos=[Video(url="https://youtu.be/a", provider="youtube", video_id="a")],
        )  # fmt: skip
    desk.store(
        FLOOD, post_id=2, headline="Banjir Sungai Sambas Surut", sections=[local],
        date_published="2020-01-02", keywords=["Sungai Sambas"], byline_initials="Lay",
        article_body="Sambas, BorneOneTV – Banjir surut.",
    )  # fmt: skip
    desk.store(
        CRAFTED, post_id=3, headline=f"Sungai {HOSTILE}\u202e", authors=[HOSTILE],
        sections=[(HOSTILE, f"{SITE}/category/jahat/")], keywords=[HOSTILE],
        date_published="2020-02-03T08:00:00+07:00", article_body=f"Sungai {HOSTILE}",
        article_body_html=f'<p>Sungai {HOSTILE} <a href="javascript:alert(1)">klik</a>\u202e</p>',
        images=[Image(url="javascript:alert(1)", caption=HOSTILE, credit_text=HOSTILE)],
    )  # fmt: skip
    undated = reading(
        UNDATED, post_id=4, headline="Tanpa Tanggal", date_published=None, sections=[local],
        byline_initials="*",
    )  # fmt: skip
    undated.flags.append("no date")
    desk.settle(UNDATED, reading=undated)
    take_down(desk, store_marked(desk))


@pytest.fixture(scope="session")
def served(filled: Path) -> Iterator[Served]:
    with Served(filled) as server:
        yield server
