"""Takes text dumps in: as the reading of an article that nothing else is held of, or beside it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from borneone_crawler.archive.archive import Archive
from borneone_crawler.archive.articles.articles import Effect
from borneone_crawler.archive.articles.sighting import Sighting
from borneone_crawler.archive.clock import stamp
from borneone_crawler.archive.dumps.files import TextFile
from borneone_crawler.archive.sqlite.database import explained
from borneone_crawler.items import Kind, Link, Reading, Role
from borneone_crawler.statuses import Status, Stop
from borneone_crawler.urls import Form

_LONGEST_HEADLINE = 500


class Fate(StrEnum):
    """What became of a file."""

    ARTICLE = "article"
    """It is the article at its address, until a page of that comes."""
    LINKED = "linked"
    """It is kept beside the article that it is of, and changes nothing of it."""
    KEPT = "kept"
    """It is kept until an article comes that it is of."""
    SEVERAL = "several"
    """It is kept, and of more than one article by its words."""
    HELD = "held"
    """Nothing: it is here already."""
    WITHHELD = "withheld"
    """Nothing: its article was taken down here."""
    REFUSED = "refused"
    """Nothing: it is no text of an article."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """One file, and what became of it."""

    name: str
    fate: Fate
    sha256: str | None = None
    """None of a file that was not read."""
    headline: str | None = None
    words: int = 0
    url: str | None = None
    """Address of the article that it is of."""
    why: str | None = None
    """Why it was refused."""


@dataclass(slots=True)
class TextImport:
    """Imports files into an archive, each in one transaction, within a run of it."""

    archive: Archive
    url: str | None = None
    """Address that a person says they are of."""
    done: list[Imported] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.url is None:
            return
        urls = self.archive.urls
        identity = urls.canonical(self.url)
        if not urls.on_site(identity) or urls.form(identity).form is not Form.ARTICLE:
            raise Stop(Status.USAGE, f"{self.url} is no address of an article of {urls.origin}")
        self.url = identity

    def take_in(self, files: Sequence[TextFile]) -> None:
        """Take files in. Raises Stop when the disk fails."""
        for file in files:
            with explained(self.archive.path), self.archive.db.atomic():
                self.done.append(self._take_in(file))
            self.archive.checkpoint()
        fates = [one.fate for one in self.done]
        self.archive.stats = {f"import/{fate}": fates.count(fate) for fate in dict.fromkeys(fates)}

    def _take_in(self, file: TextFile) -> Imported:
        dumps = self.archive.dumps
        held = dumps.held(file.sha256)
        if held is not None and held[1] is not None:
            return self._held_already(file, held[1])
        reading = dumps.read(file.text)
        article = reading.article
        if (why := _no_article(reading)) is not None:
            return Imported(name=file.name, fate=Fate.REFUSED, sha256=file.sha256, why=why)
        now = stamp(self.archive.clock())
        article_id = self._at_address()
        if article_id is not None and self._is_down(article_id):
            fate = Fate.WITHHELD
        else:
            dump_id = (
                held[0]
                if held is not None
                else dumps.keep(file, article.headline or "", now=now, run_id=self.archive.run_id)
            )
            if self.url is None:
                article_id = dumps.find_article_anew(dump_id)
                fate = Fate.LINKED if article_id is not None else self._unlinked(dump_id)
            else:
                fate = Fate.LINKED
                if article_id is None:
                    fate = Fate.ARTICLE
                    article_id = self._new_article(reading, dump_id, now)
                dumps.link(dump_id, article_id, "address")
        return Imported(
            name=file.name,
            fate=fate,
            sha256=file.sha256,
            headline=article.headline,
            words=article.word_count,
            url=self._address(article_id),
        )

    def _held_already(self, file: TextFile, article_id: int) -> Imported:
        url = self._address(article_id)
        if self.url is not None and self._at_address() != article_id:
            why = f"held already, as the text of {url}"
            return Imported(name=file.name, fate=Fate.REFUSED, sha256=file.sha256, why=why)
        return Imported(name=file.name, fate=Fate.HELD, sha256=file.sha256, url=url)

    def _new_article(self, reading: Reading, dump_id: int, now: str) -> int:
        """Make an article of a dump, at an address that is to be asked for like any other."""
        assert self.url is not None
        link = Link(url=self.url, kind=Kind.ARTICLE)
        added = self.archive.frontier.add(link, "", self.archive.run_id)
        if added is None:
            raise Stop(Status.USAGE, f"{self.url} is an address that is never asked for")
        sighting = Sighting(
            asked=self.url,
            known_as=None,
            claim=None,
            captures=(),
            seen_at=now,
            run_id=self.archive.run_id,
            now=now,
            dump_id=dump_id,
            is_live=False,
        )
        stored = self.archive.articles.store(reading, sighting)
        assert stored.effect is Effect.NEW
        self.archive.db.execute(
            "UPDATE urls SET article_id = ?, role = ? WHERE id = ?",
            [stored.article_id, Role.CANONICAL, added.row_id],
        )
        return stored.article_id

    def _at_address(self) -> int | None:
        """The article that stands at the address, or that it leads to."""
        row = self.archive.db.execute(
            """SELECT id FROM articles WHERE url = :url
               UNION ALL
               SELECT coalesce(u.article_id, target.article_id)
               FROM urls AS u LEFT JOIN urls AS target ON target.id = u.same_as
               WHERE u.url = :url AND coalesce(u.article_id, target.article_id) IS NOT NULL
               LIMIT 1""",
            {"url": self.url},
        ).fetchone()
        return int(row[0]) if row else None

    def _is_down(self, article_id: int) -> bool:
        row = self.archive.db.execute(
            "SELECT 1 FROM takedowns WHERE article_id = ?", [article_id]
        ).fetchone()
        return row is not None

    def _unlinked(self, dump_id: int) -> Fate:
        row = self.archive.db.execute("SELECT linked_by FROM dumps WHERE id = ?", [dump_id])
        return Fate.SEVERAL if row.fetchone()[0] == "several" else Fate.KEPT

    def _address(self, article_id: int | None) -> str | None:
        return None if article_id is None else self.archive.addresses.of(article_id)


def _no_article(reading: Reading) -> str | None:
    """Why a text is no article's; None when it may be one's."""
    headline = reading.article.headline
    if not headline or not reading.article.article_body:
        return "no text of an article: a headline and a paragraph are wanted"
    if len(headline) > _LONGEST_HEADLINE:
        return f"no text of an article: its first line has {len(headline)} characters"
    return None
