"""What somebody wants explained: the captures of an article, or pages saved on the disk."""

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlite_utils import Database

from borneone_crawler.archive.captures.pages import CapturedPages
from borneone_crawler.archive.reparsing.selection import select
from borneone_crawler.archive.warc.folder import CaptureStore
from borneone_crawler.desk.explain.dump import explain_dump
from borneone_crawler.desk.explain.explanation import Explanation
from borneone_crawler.desk.explain.pages import explain_pages
from borneone_crawler.desk.lookup import find_article, seek_article, seek_page
from borneone_crawler.items import RawPage
from borneone_crawler.reading import Reader
from borneone_crawler.site import Site
from borneone_crawler.statuses import Status, Stop
from borneone_crawler.urls import SiteUrls

_REVISION = """
SELECT v.n, v.seen_at, v.reading_id,
    (SELECT count(*) FROM revisions WHERE article_id = v.article_id) AS of
FROM revisions AS v
WHERE v.article_id = :article AND CASE
    WHEN :n IS NULL THEN v.id = (SELECT revision_id FROM articles WHERE id = :article)
    ELSE v.n = :n
END
"""

_FILE = re.compile(r"\.(?:html?|txt)$", re.IGNORECASE)

_CAPTURES = "SELECT capture_id FROM reading_captures WHERE reading_id = ? ORDER BY part_number"


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """Pages in order, or a text dump, and what they are."""

    pages: Sequence[RawPage] = ()
    text: str = ""
    sections: Sequence[str] = ()
    """Of a dump: the section names that its first line may glue together."""
    about: dict[str, Any] = field(default_factory=dict)

    def explain(self, reader: Reader) -> Explanation:
        """How it is read today."""
        if self.pages:
            said = explain_pages(self.pages, reader)
        else:
            said = explain_dump(self.text, self.sections, reader)
        said.about, said.time_zone = self.about, reader.site.time_zone
        return said


def of_archive(database: Database, warc_dir: Path, address: str, n: int | None) -> Material:
    """The captures of an article in its nth revision, by default the one it shows, or the newest
    capture of a page that is none. Raises Stop USAGE, and NO_ARCHIVE for a lost capture."""
    (archive,) = database.query("SELECT uuid FROM archive")
    raw_pages = CapturedPages(database, CaptureStore(warc_dir, archive["uuid"], ""))
    article = seek_article(database, address)
    if article is None and n is None and (page := seek_page(database, address)) is not None:
        unread = select(database, "", url_id=page).pages
        if not unread:
            raise Stop(Status.USAGE, f"no page is held of {address}")
        return Material(pages=raw_pages([unread[0].capture_id]), about={"page": unread[0].url})
    article = find_article(database, address)
    if database.execute("SELECT 1 FROM takedowns WHERE article_id = ?", [article]).fetchone():
        raise Stop(Status.USAGE, f"{address} was taken down here; it is not read")
    rows = list(database.query(_REVISION, {"article": article, "n": n}))
    if not rows:
        raise Stop(Status.USAGE, f"article {article} has no revision {n}")
    captures = [row[0] for row in database.execute(_CAPTURES, [rows[0]["reading_id"]]).fetchall()]
    if not captures:
        raise Stop(
            Status.USAGE,
            f"this state of article {article} is known from a text dump alone: save the column "
            "text of its row in the table dumps as a .txt, and have that explained",
        )
    about = {
        "article": article,
        "revision": rows[0]["n"],
        "revisions": rows[0]["of"],
        "seen_at": rows[0]["seen_at"],
    }
    return Material(pages=raw_pages(captures), about=about)


def files_of(args: Sequence[str]) -> list[Path]:
    """The files that arguments name, if all of them do; a number is an article's. Raises Stop
    USAGE where one can only be a file's name, and there is none."""
    files = []
    for arg in args:
        with suppress(OSError, ValueError):  # an address may be too long for a file's name
            if not arg.isdecimal() and Path(arg).is_file():
                files.append(Path(arg))
            elif _FILE.search(arg) and "://" not in arg:
                raise Stop(Status.USAGE, f"there is no file {arg}")
    return files if len(files) == len(args) else []


def of_files(
    paths: Sequence[Path], site: Site, *, url: str | None = None, sections: Sequence[str] = ()
) -> Material:
    """Saved pages, in order, as if the first had been at `url`; a `.txt` is a text dump. Raises
    Stop USAGE for what cannot be read."""
    try:
        bodies = [path.read_bytes() for path in paths]
    except OSError as error:
        raise Stop(Status.USAGE, f"cannot read {error.filename}: {error.strerror}") from error
    about = {"file": ", ".join(path.name for path in paths)}
    if paths[0].suffix.lower() == ".txt":
        if len(paths) > 1:
            raise Stop(Status.USAGE, "one text dump at a time")
        text = bodies[0].decode("utf-8-sig", "replace").replace("\0", "")
        return Material(text=text, sections=[one.strip() for one in sections], about=about)
    address = SiteUrls(site.base_url).absolute(
        url or f"/{quote(paths[0].stem)}/", f"{site.base_url}/"
    )
    if address is None:
        raise Stop(Status.USAGE, f"--url {url} is no address")
    further = [f"{address.rstrip('/')}/{n}/" for n in range(2, len(paths) + 1)]
    pages = [
        # Nobody knows when it was captured: "2 jam lalu" stays unread.
        RawPage(url=one, body=body, content_type=None, fetched_at="")
        for one, body in zip([address, *further], bodies, strict=True)
    ]
    return Material(pages=pages, about=about)


def sections_of(database: Database) -> list[str]:
    """The names of the sections that an archive knows."""
    return [row["name"] for row in database.query("SELECT name FROM sections ORDER BY id")]
