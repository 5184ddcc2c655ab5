"""Copies what may be this newsroom's articles out of foreign WARC files into the archive's own."""

from collections.abc import Callable

from borneone_crawler.archive.archive import Archive
from borneone_crawler.archive.foreign.files import WarcFile
from borneone_crawler.archive.foreign.judge import ANOTHER_SITE, Judge, LeftOut
from borneone_crawler.archive.foreign.stream import Damage, Record, records
from borneone_crawler.archive.foreign.tally import FileTally, Tally
from borneone_crawler.archive.warc.records import IMPORTED_FROM, capture_of, member_of, record_in

Progress = Callable[[str, int, int], None]
"""Told now and then: of which file, or what is being done; how much of it; of how much in all."""

_EVERY = 100  # records
_LONGEST_INFO = 1 << 16  # bytes of a warcinfo that is copied

_VERBATIM = (
    "records stand as in the file they were copied from, their WARC headers included; only the "
    "gzip member around each is ours"
)


class Copier:
    """Copies records, each followed by its row in `captures`, which waits to be read."""

    def __init__(self, archive: Archive, judge: Judge, tally: Tally) -> None:
        self._archive = archive
        self._judge = judge
        self._tally = tally
        self._taken_down = {
            str(url)
            for (url,) in archive.db.execute(
                """SELECT url FROM takedowns UNION
                   SELECT u.url FROM urls AS u JOIN takedowns AS t ON t.article_id = u.article_id
                """
            ).fetchall()
        }

    def copy(self, source: WarcFile, progress: Progress) -> None:
        """Copy from one file all that is not held yet. Raises Stop when a disk fails."""
        tally = FileTally(name=source.name, sha256=source.sha256)
        self._tally.files.append(tally)
        about: Record | None = None
        with source.opened() as file:
            for number, one in enumerate(records(file, self._judge.is_of_interest)):
                if number % _EVERY == 0:
                    progress(source.name, one.offset, source.length)
                if isinstance(one, Damage):
                    tally.damaged(one.offset, one.why)
                    continue
                tally.records[_kind(one)] += 1
                if one.type == "warcinfo":
                    tally.software = tally.software or _software(one)
                    about = about or one
                elif one.type in ("response", "revisit"):
                    self._take(one, about, source, tally)
        progress(source.name, source.length, source.length)

    def _take(
        self, record: Record, about: Record | None, source: WarcFile, tally: FileTally
    ) -> None:
        try:
            if self._is_held(record):
                self._tally.pages += 1
                tally.held += 1
                return
            self._judge.check(record)
        except LeftOut as reason:
            self._tally.pages += reason.reason != ANOTHER_SITE
            self._tally.leave_out(reason.reason, reason.sample)
            return
        self._tally.pages += 1
        if not tally.copied:
            self._begin(about, source, tally)
        self._append(record, source)
        tally.copied += 1

    def _is_held(self, record: Record) -> bool:
        """Whether a record of the site was copied before. Raises LeftOut for a page of an article
        that was taken down here, held or not."""
        if record.block is None:
            return False
        url = record.fields["warc-target-uri"]
        if self._taken_down and self._judge.urls.canonical(url) in self._taken_down:
            raise LeftOut("taken down here", url)
        identity = record.fields.get("warc-record-id")
        return self._archive.capture_rows.id_of(identity) is not None

    def _begin(self, about: Record | None, source: WarcFile, tally: FileTally) -> None:
        """A file of our own for the copies from one source, whose warcinfo stands behind ours."""
        self._archive.captures.begin_file(
            **{
                IMPORTED_FROM: source.origin,
                "imported-sha256": source.sha256,
                "imported-software": tally.software or "unknown",
                "not-verbatim": _VERBATIM,
            }
        )
        if about is not None and about.block is not None and about.length <= _LONGEST_INFO:
            self._archive.captures.append([member_of(about.as_it_stands())])

    def _append(self, record: Record, source: WarcFile) -> None:
        """First the record, then its row: a kill between them leaves an orphan, which the next
        run adopts (Recovery), knowing by the file's warcinfo that it is a copy."""
        member = member_of(record.as_it_stands())
        name, offset = self._archive.captures.append([member])
        capture = capture_of(record_in(member), member, name, offset)
        with self._archive.db.atomic():
            self._archive.capture_rows.keep(
                capture,
                None,
                self._archive.run_id,
                waiting=True,
                origin=source.origin,
                is_revisit=record.type == "revisit",
            )
        self._archive.checkpoint()


def _kind(record: Record) -> str:
    known = ("warcinfo", "response", "request", "revisit", "metadata", "resource", "conversion")
    return record.type if record.type in known else "other"


def _software(record: Record) -> str | None:
    """What a warcinfo record says wrote the file."""
    for line in (record.block or b"").decode("utf-8", "replace").splitlines():
        name, _, value = line.partition(":")
        if name.strip().lower() == "software":
            return "".join(letter for letter in value.strip() if letter.isprintable())[:200]
    return None
