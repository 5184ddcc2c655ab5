"""One article as a page to read, quote and cite."""

from dataclasses import dataclass
from datetime import UTC, datetime

from markupsafe import Markup, escape
from sqlite_utils import Database

from borneone_crawler.cleaning.markup import sanitised
from borneone_crawler.desk.cite.citation import citation_of
from borneone_crawler.desk.cite.csl import items_of
from borneone_crawler.desk.cite.line import line_of
from borneone_crawler.desk.explain.words import flag_meaning
from borneone_crawler.desk.lookup import seek_article
from borneone_crawler.desk.plain import harmless, json_text
from borneone_crawler.desk.reading_room.owner import OWNER
from borneone_crawler.desk.show.sheet import Sheet, sheet_of
from borneone_crawler.desk.states import State
from borneone_crawler.desk.words import Words
from borneone_crawler.items import Article, Image, Reference
from borneone_crawler.statuses import Stop


class NotHeld(Exception):  # noqa: N818 - an answer, not a fault
    """There is nothing to show; says why by a key of words.toml."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """A state of the article in its history."""

    state: State
    what: str
    """Key of words.toml."""
    is_shown: bool

    @property
    def kinds(self) -> str | None:
        """Of the edit that led to it, in the archive's words."""
        return self.state.kinds

    @property
    def moment(self) -> str:
        """What to ask for to be shown it."""
        return f"{self.state.from_at[:19]}Z"


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlePage:
    """What the template shows."""

    sheet: Sheet
    outlet: str
    body: Markup
    source: str
    """The line that cites it."""
    history: list[Sighting]
    notes: list[str]
    """What a person should know of how it was read."""
    read_also: list[Reference]
    """Where "Baca juga" leads, without what was taken down here: its headline stands there."""

    @property
    def article(self) -> Article:
        return self.sheet.standing.article

    @property
    def pictures(self) -> list[Image]:
        """The main one first."""
        main = self.article.main_image
        others = [image for image in self.article.images if main is None or image.url != main.url]
        return others if main is None else [main, *others]

    @property
    def newer(self) -> bool:
        """Whether the newsroom has published another state since."""
        return self.sheet.standing.state.until_at is not None


def article_page(
    database: Database, article_id: int, as_of: str | None, words: Words
) -> ArticlePage:
    """An article, as it stands or as of a date. Raises NotHeld."""
    now, names = datetime.now(UTC), _outlet_of(database, article_id)
    try:
        sheet = sheet_of(database, article_id, as_of, now)
        citation = citation_of(database, article_id, as_of, now, names)
    except Stop as stop:
        raise NotHeld("no_such_state") from stop
    return ArticlePage(
        sheet=sheet,
        outlet=names[0],
        body=_body(sheet.standing.article),
        source=line_of(citation, words),
        history=_history(sheet),
        notes=[flag_meaning(flag, words) or flag for flag in sheet.standing.flags],
        read_also=[
            entry
            for entry in sheet.standing.article.read_also
            if not _is_taken_down(database, entry.url)
        ],
    )


def csl_json(database: Database, article_id: int, as_of: str | None) -> str:
    """Its citation for reference managers. Raises NotHeld."""
    now, names = datetime.now(UTC), _outlet_of(database, article_id)
    try:
        citation = citation_of(database, article_id, as_of, now, names)
    except Stop as stop:
        raise NotHeld("no_such_state") from stop
    return json_text(items_of(citation))


def number_of(database: Database, address: str) -> int:
    """The number of the article at an address, however that is spelled. Raises NotHeld."""
    found = seek_article(database, address)
    if found is None:
        raise NotHeld("no_such_address")
    return found


def _outlet_of(database: Database, article_id: int) -> list[str]:
    """The names of the outlet whose archive it is. Raises NotHeld for an article that is not in
    it, or was taken down."""
    found = database.execute(
        """SELECT archive.newsroom, t.article_id FROM archive, articles AS a
           LEFT JOIN takedowns AS t ON t.article_id = a.id WHERE a.id = ?""",
        [article_id],
    ).fetchone()
    if found is None:
        raise NotHeld("no_such_article")
    newsroom, taken_down = found
    if taken_down:
        raise NotHeld("taken_down")
    return list(OWNER.outlet_names(newsroom))


def _is_taken_down(database: Database, address: str) -> bool:
    """Whether an address, however it is spelled, is of an article that was taken down."""
    try:
        found = seek_article(database, address)
    except Stop:  # it is no address
        return False
    tombstone = "SELECT 1 FROM takedowns WHERE article_id = ?"
    return database.execute(tombstone, [found]).fetchone() is not None


def _body(article: Article) -> Markup:
    """The text with headings, lists and links, and nothing that a browser would load or run."""
    if html := sanitised(article.article_body_html):
        return Markup(harmless(html))  # noqa: S704
    blocks = filter(None, article.article_body.split("\n\n"))
    return Markup("\n").join(
        Markup("<p>{}</p>").format(_broken(harmless(block))) for block in blocks
    )


def _broken(block: str) -> Markup:
    return Markup("<br>").join(escape(line) for line in block.splitlines())


def _history(sheet: Sheet) -> list[Sighting]:
    standing = sheet.standing
    told: set[int] = set()
    history = []
    for state in standing.states:
        again = state.revision in told
        what = "seen_again" if again else "another_state" if told else "first_seen"
        told.add(state.revision)
        history.append(Sighting(state, what, is_shown=state == standing.state))
    return history
