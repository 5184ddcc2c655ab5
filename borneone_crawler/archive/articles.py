"""Keeps an article: its current state, the revision it came with, and the reading that made it."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from sqlite_utils import Database

from borneone_crawler.archive.rows import insert
from borneone_crawler.archive.sections import Sections
from borneone_crawler.items import Article, Reading

# What makes two readings the same content. Never counters, ids, read_also, or date_modified
# alone: those change without the newsroom changing what it says.
_CONTENT = (
    "headline", "description", "date_published", "authors", "editor", "article_section",
    "article_body",
)  # fmt: skip

# Columns of `articles` that are taken from the Article as they are.
_COLUMNS = (
    "url", "post_id", "headline", "description", "date_published", "date_modified", "editor",
    "byline_initials", "dateline", "article_body", "article_body_html", "word_count",
    "in_language", "comment_count",
)  # fmt: skip


class Effect(StrEnum):
    """What storing a reading did."""

    NEW = "new"
    REVISED = "revised"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Stored:
    article_id: int
    effect: Effect


def content_digest(article: Article) -> str:
    """SHA-256, hexadecimal, of the canonical JSON of what counts as content.

    Canonical: keys sorted, no spaces, UTF-8 unescaped. Images count by URL, caption and credit,
    videos by URL.
    """
    content: dict[str, object] = {name: getattr(article, name) for name in _CONTENT}
    content["images"] = [[i.url, i.caption, i.credit_text] for i in article.images]
    content["videos"] = [video.url for video in article.videos]
    return hashlib.sha256(canonical_json(content).encode()).hexdigest()


def canonical_json(value: object) -> str:
    """JSON with sorted keys, no spaces and text unescaped."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


class Articles:
    """Writes the tables around `articles`. Transactions are the caller's."""

    def __init__(self, database: Database, sections: Sections, reader_version: str) -> None:
        self._db = database
        self._sections = sections
        self._reader_version = reader_version

    def store(
        self,
        reading: Reading,
        captures: Sequence[int],
        *,
        asked: str,
        known_as: int | None,
        claim: str | None,
        run_id: int,
        now: str,
    ) -> Stored:
        """Store a reading as a new article, a new revision of one, or a sighting of the same.

        `asked` is the identity of the URL that was read, `known_as` the article it stood for
        before, `claim` the identity of the page's rel=canonical where it may be believed.
        """
        article = reading.article
        article_id = self._same_article(article, asked, known_as, claim)
        if article_id is None:
            article.url = asked
            return Stored(self._insert(reading, captures, run_id, now), Effect.NEW)
        # The page that names itself canonical gives the article its address.
        article.url = self._url_of(article_id)
        if claim == asked:
            article.url = self._free_url(asked, article_id, article.url)
        digest = content_digest(article)
        if digest == self._digest_of(article_id):
            self._see_again(article_id, article, now)
            return Stored(article_id, Effect.UNCHANGED)
        self._revise(article_id, reading, digest, captures, run_id, now)
        return Stored(article_id, Effect.REVISED)

    def _same_article(
        self, article: Article, asked: str, known_as: int | None, claim: str | None
    ) -> int | None:
        """The article in the archive that this page is, if it is one of them.

        The post id alone never decides (another post may have taken it after a move of the
        site), but an id that differs always does: a slug that was used again is another article.
        """
        row = self._db.execute(
            """SELECT id FROM articles
               WHERE (id = :known_as OR url = :asked)
                   AND (post_id IS NULL OR :post_id IS NULL OR post_id = :post_id)
               UNION ALL
               SELECT id FROM articles
               WHERE post_id = :post_id AND (url = :claim OR date_published = :date_published)
               LIMIT 1""",
            {
                "known_as": known_as,
                "asked": asked,
                "claim": claim,
                "post_id": article.post_id,
                "date_published": article.date_published,
            },
        ).fetchone()
        return int(row[0]) if row else None

    def _insert(self, reading: Reading, captures: Sequence[int], run_id: int, now: str) -> int:
        article = reading.article
        article.url = self._free_url(article.url, None, article.url)
        row = self._row(reading) | {
            "content_digest": content_digest(article),
            "first_seen_at": now,
            "last_seen_at": now,
        }
        article_id = insert(self._db, "articles", row)
        self._append_revision(article_id, reading, captures, run_id, now)
        self._write_parts(article_id, reading)
        return article_id

    def _revise(
        self,
        article_id: int,
        reading: Reading,
        digest: str,
        captures: Sequence[int],
        run_id: int,
        now: str,
    ) -> None:
        row = self._row(reading) | {"content_digest": digest, "last_seen_at": now}
        self._db.table("articles").update(article_id, row)
        self._append_revision(article_id, reading, captures, run_id, now)
        self._write_parts(article_id, reading)

    def _see_again(self, article_id: int, article: Article, now: str) -> None:
        """The same content: only what is not content may have moved. Writes no index."""
        self._db.execute(
            """UPDATE articles SET last_seen_at = ?, url = ?, comment_count = ?,
                   date_modified = coalesce(?, date_modified), gone_at = NULL
               WHERE id = ?""",
            [now, article.url, article.comment_count, article.date_modified, article_id],
        )

    def _row(self, reading: Reading) -> dict[str, object]:
        row: dict[str, object] = {name: getattr(reading.article, name) for name in _COLUMNS}
        return row | {"flags": canonical_json(reading.flags), "gone_at": None}

    def _append_revision(
        self, article_id: int, reading: Reading, captures: Sequence[int], run_id: int, now: str
    ) -> None:
        """Every state the newsroom published stays, the current one included."""
        n = self._db.execute(
            "SELECT count(*) + 1 FROM revisions WHERE article_id = ?", [article_id]
        ).fetchone()[0]
        revision = {"article_id": article_id, "n": n, "seen_at": now, "run_id": run_id}
        revision_id = insert(self._db, "revisions", revision)
        reading_id = insert(
            self._db,
            "readings",
            {
                "revision_id": revision_id,
                "reader_version": self._reader_version,
                "reader": reading.reader,
                "read_at": now,
                "run_id": run_id,
                "content_digest": content_digest(reading.article),
                "article": canonical_json(asdict(reading.article)),
                "sources": canonical_json(reading.sources),
                "flags": canonical_json(reading.flags),
            },
        )
        self._db.table("reading_captures").insert_all(
            {"reading_id": reading_id, "capture_id": capture, "part_number": number}
            for number, capture in enumerate(captures, start=1)
        )
        self._db.table("removals").insert_all(
            {"reading_id": reading_id, "position": position, "rule": it.rule, "text": it.text}
            for position, it in enumerate(reading.removals, start=1)
        )
        self._db.execute(
            "UPDATE articles SET revision_id = ?, reading_id = ? WHERE id = ?",
            [revision_id, reading_id, article_id],
        )

    def _write_parts(self, article_id: int, reading: Reading) -> None:
        """Sections, keywords, people, pictures, videos and links, as the article has them now."""
        article = reading.article
        for table in (
            "article_sections", "article_keywords", "article_people", "images", "videos",
            "outlinks",
        ):  # fmt: skip
            self._db.execute(f"DELETE FROM {table} WHERE article_id = ?", [article_id])  # noqa: S608
        for position, section_id in enumerate(self._sections.of(reading), start=1):
            self._link("article_sections", article_id, position, section_id=section_id)
        for position, name in enumerate(dict.fromkeys(article.keywords), start=1):
            keyword_id = self._named("keywords", name)
            self._link("article_keywords", article_id, position, keyword_id=keyword_id)
        people = {
            "author": article.authors,
            "editor": [article.editor] if article.editor else [],
            "initials": [article.byline_initials] if article.byline_initials else [],
        }
        for role, names in people.items():
            for position, name in enumerate(dict.fromkeys(names), start=1):
                person_id = self._named("people", name)
                self._link("article_people", article_id, position, person_id=person_id, role=role)
        main = article.main_image.url if article.main_image else None
        for position, image in enumerate(article.images, start=1):
            is_main = position == 1 and image.url == main
            self._link("images", article_id, position, **asdict(image), is_main=is_main)
        for position, video in enumerate(article.videos, start=1):
            self._link("videos", article_id, position, **asdict(video))
        for kind, references in (
            ("link", article.outlinks),
            ("read_also", article.read_also),
            ("embed", article.embeds),
        ):
            for position, reference in enumerate(references, start=1):
                self._link("outlinks", article_id, position, kind=kind, **asdict(reference))

    def _link(self, table: str, article_id: int, position: int, **values: object) -> None:
        row = {"article_id": article_id, "position": position} | values
        self._db.table(table).insert(row)

    def _named(self, table: str, name: str) -> int:
        row = self._db.execute(f"SELECT id FROM {table} WHERE name = ?", [name]).fetchone()  # noqa: S608
        return int(row[0]) if row else insert(self._db, table, {"name": name})

    def _url_of(self, article_id: int) -> str:
        row = self._db.execute("SELECT url FROM articles WHERE id = ?", [article_id]).fetchone()
        return str(row[0])

    def _digest_of(self, article_id: int) -> str:
        row = self._db.execute(
            "SELECT content_digest FROM articles WHERE id = ?", [article_id]
        ).fetchone()
        return str(row[0])

    def _free_url(self, wanted: str, article_id: int | None, otherwise: str) -> str:
        """`wanted`, unless another article stands there: then that one's address says so.

        A slug that was given to a new post belongs to the new one; the older article keeps its
        place under an address that WordPress gives every post, or under a mark of its own.
        """
        row = self._db.execute(
            "SELECT id, post_id FROM articles WHERE url = ?", [wanted]
        ).fetchone()
        if row is None or row[0] == article_id:
            return wanted
        if article_id is not None:
            return otherwise
        split = urlsplit(wanted)
        query = f"p={row[1]}" if row[1] is not None else f"earlier={row[0]}"
        path = "/" if row[1] is not None else split.path
        self._db.execute(
            "UPDATE articles SET url = ? WHERE id = ?",
            [f"{split.scheme}://{split.netloc}{path}?{query}", row[0]],
        )
        return wanted
