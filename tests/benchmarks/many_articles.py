"""An archive of as many articles as wanted, with captures and a ledger, made without a crawl."""

import random
from pathlib import Path

from borneone_crawler.items import Kind
from tests.archive.conftest import SITE, Desk, reading

_VOCABULARY = """
warga kota Pontianak sungai Kapuas banjir pemerintah daerah gubernur wali sekolah pasar harga
beras jalan rusak perbaikan anggaran rapat dewan polisi sidang nelayan petani kebun sawit karet
hujan asap kabut puskesmas rumah sakit pelajar lomba festival budaya Dayak Melayu Tionghoa
"""
_SECTIONS = ("Berita", "Hukum & Kriminal", "Lifestyle", "Olahraga", "Kota Pontianak")
_AT_ONCE = 100


def make_archive(folder: Path, articles: int) -> Path:
    """Make it, the same each time, with 200 to 600 words an article. Returns its file."""
    chance = random.Random(1)
    words = _VOCABULARY.split()
    desk = Desk(folder / "borneone.db")
    for start in range(1, articles + 1, _AT_ONCE):
        for number in range(start, min(start + _AT_ONCE, articles + 1)):
            desk.archive.want(f"{SITE}/berita-nomor-{number}/")
        for due in desk.archive.claim(_AT_ONCE):
            number = int(due.url.rstrip("/").rpartition("-")[2])
            section = chance.choice(_SECTIONS)
            read = reading(
                due.url,
                post_id=number,
                headline=" ".join(chance.choices(words, k=7)),
                description=" ".join(chance.choices(words, k=20)),
                date_published=f"{2015 + number % 10}-{number % 12 + 1:02}-{number % 28 + 1:02}"
                "T10:15:00+07:00",
                authors=["Lay"],
                keywords=chance.sample(words, k=3),
                article_body="\n\n".join(
                    " ".join(chance.choices(words, k=chance.randint(40, 120))) for _ in range(5)
                ),
                sections=[(section, f"{SITE}/category/{section.split()[0].lower()}/")],
            )
            # Bytes that do not compress, as those of a page that came compressed.
            capture = desk.capture(due.url, chance.randbytes(6_000))
            assert due.kind is Kind.ARTICLE
            desk.archive.settle(due, desk.outcome(due, reading=read, capture=capture))
    desk.archive.db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    desk.archive.close()
    return desk.path
