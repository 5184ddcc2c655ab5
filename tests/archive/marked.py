"""An article whose every field holds a marker, among others, and where the marker stands."""

import gzip
import json
from pathlib import Path
from typing import Any

from borneone_crawler.items import Image, Kind, Link, Reference, Removal, Video
from tests.archive.conftest import SITE, Desk, reading

MARKER = "zqxrahasia"
"""Begins as no other word does: the index stores words without what they share with the one
before."""

URL = f"{SITE}/wagub/"
OTHER = f"{SITE}/lain/"
PICTURE = f"{SITE}/wp-content/uploads/foto.jpg"
SHARED = f"{SITE}/wp-content/uploads/kantor.jpg"


def store_marked(desk: Desk) -> int:
    """Store it in two states, with a redirect, another spelling, two pictures and captures of
    all, beside an article that shares names and a picture with it. Returns its number."""
    berita, khusus = f"{SITE}/category/berita/", f"{SITE}/category/berita/{MARKER}/"
    desk.settle(
        OTHER,
        reading=reading(
            OTHER, post_id=7, date_published="2019-01-01T00:00:00+07:00", article_body="Lain.",
            authors=["Redaksi"], keywords=["medsos"], images=[Image(url=SHARED)],
            sections=[("Berita", berita)],
        ),
        capture=desk.capture(OTHER),
        links=[Link(url=f"{URL}?utm_source=wa", kind=Kind.ARTICLE)],
    )  # fmt: skip
    desk.settle(
        f"{SITE}/?p=12", redirect_to=URL, http_status=301, capture=page(desk, f"{SITE}/?p=12", "")
    )
    for state in ("pertama", "kedua"):
        picture = Image(url=PICTURE, caption=f"Foto {MARKER}", credit_text=MARKER)
        made = reading(
            URL,
            headline=f"Judul {MARKER}", description=f"Ringkas {MARKER}",
            article_body=f"Pontianak – Isi {MARKER} {state}.\n\nBegitu.",
            article_body_html=f"<p>Isi {MARKER}</p>",
            authors=["Redaksi", f"Penulis {MARKER} {state}"], editor=f"Editor {MARKER}",
            byline_initials=MARKER, dateline=MARKER, keywords=["medsos", f"{MARKER} {state}"],
            sections=[("Berita", berita), (f"Khusus {MARKER}", khusus), (f"Tanpa {MARKER}", None)],
            main_image=picture, images=[picture, Image(url=SHARED, caption=MARKER)],
            videos=[Video(url="https://youtu.be/a", provider="youtube", video_id=MARKER)],
            outlinks=[Reference(url="https://example.com/", text=MARKER)],
            embeds=[Reference(url="https://x.com/a", text=MARKER)],
            comment_count=3,
        )  # fmt: skip
        made.removals.append(Removal(rule="share-label", text=f"Sebarkan {MARKER}"))
        made.removals.append(Removal(rule="related", text=f'Baca "{MARKER}" 😀'))
        made.flags.append(f"catatan {MARKER}")
        made.sources["headline"] = MARKER
        desk.settle(
            URL, reading=made, capture=page(desk, URL),
            links=[Link(url=at, kind=Kind.IMAGE) for at in (PICTURE, SHARED)],
        )  # fmt: skip
    # Seen once more: what is no content has moved, in the row but not in its reading.
    made.article.comment_count = 9
    desk.settle(URL, reading=made)
    for at in (PICTURE, SHARED):
        desk.archive.frontier.claimed.clear()
        desk.settle(at, capture=page(desk, at))
    (article_id,) = desk.rows("SELECT id FROM articles WHERE url = ?", URL)[0]
    return int(article_id)


def page(desk: Desk, url: str, text: str = MARKER) -> Any:
    return desk.capture(url, f"<html>{url} {text}</html>".encode())


def in_database(desk: Desk) -> int:
    """How often the marker stands in the raw bytes of the database and its log."""
    files = [desk.path, desk.path.with_name(f"{desk.path.name}-wal")]
    return sum(file.read_bytes().lower().count(MARKER.encode()) for file in files if file.exists())


def in_withheld(desk: Desk) -> int:
    """How often it stands in the rows of `withheld`."""
    text = "".join(str(row) for row in desk.rows("SELECT * FROM withheld"))
    return text.lower().count(MARKER)


def in_captures(desk: Desk) -> int:
    """How often it stands in the WARC files, with every compression undone."""
    folder = desk.archive.captures.folder
    return sum(
        gzip.decompress(file.read_bytes()).lower().count(MARKER.encode())
        for file in folder.iterdir()
    )


_BOOKKEEPING = ("takedowns", "withheld", "ledger", "runs", "_sqlite_migrations", "sqlite_sequence")
_NAMED = {
    "article_people": ("person_id", "people"),
    "article_keywords": ("keyword_id", "keywords"),
    "article_sections": ("section_id", "sections"),
}


def dump(desk: Desk) -> dict[str, list[str]]:
    """Every row of every table but the bookkeeping of takedowns; names without their numbers."""
    tables: dict[str, list[str]] = {}
    for table in desk.archive.db.table_names():
        if table in _BOOKKEEPING or table.startswith("articles_fts"):
            continue
        rows = list(desk.archive.db.query(f"SELECT * FROM {table}"))
        for row in rows:
            if table in _NAMED:
                column, names = _NAMED[table]
                row[column] = desk.one(f"SELECT name FROM {names} WHERE id = ?", row[column])
            if table in ("people", "keywords", "sections"):
                del row["id"]
            if row.get("parent_id"):
                row["parent_id"] = desk.one(
                    "SELECT name FROM sections WHERE id = ?", row["parent_id"]
                )
        tables[table] = sorted(json.dumps(row, sort_keys=True) for row in rows)
    vocabulary = (
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.words USING fts5vocab(main, articles_fts, row)"
    )
    desk.archive.db.execute(vocabulary)
    tables["words"] = [str(row) for row in desk.rows("SELECT term, doc, cnt FROM temp.words")]
    return tables


def paths(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())
