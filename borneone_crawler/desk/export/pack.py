"""An evidence pack: articles with all that proves them, in a bag that standard tools check.

Whatever is proof goes by its own SHA-256: the digest that a citation, an entry of the ledger or
the record of an article names is the name of a file in the bag.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sqlite_utils import Database

from borneone_crawler.archive.articles.evidence import Captured, Entry, Evidence, SealedReading
from borneone_crawler.archive.articles.stored import (
    article_from,
    canonical_json,
    content_of,
    digest,
)
from borneone_crawler.archive.ledger import Head, Ledger
from borneone_crawler.desk.export.articles import Row
from borneone_crawler.desk.export.bagit import Bag
from borneone_crawler.desk.export.texts import path_of, text_of
from borneone_crawler.desk.plain import json_text, plain

_README = "pack.txt.j2"


@dataclass(slots=True)
class Packed:
    """What is in a pack, and what could not be had."""

    articles: int = 0
    lacking: Counter[str] = field(default_factory=Counter)
    """WARC files -> captures in them that are not to be had."""


def write_pack(
    database: Database,
    warc: Path,
    rows: Iterable[Row],
    folder: Path,
    *,
    now: datetime,
    software: str,
    whole_ledger: bool,
) -> Packed:
    """Pack articles into an empty folder; `warc` is where the archive's raw captures are.
    `whole_ledger` packs every entry, also of other articles. Raises Stop NO_ARCHIVE for a ledger
    that is not as it was sealed."""
    evidence, packed = Evidence(database, warc), Packed()
    with Bag(folder) as bag:
        for row in rows:
            _pack(row, evidence, bag, packed)
        if whole_ledger:
            for entry in evidence.entries():
                _entry(entry, bag)
        (archive,) = database.query("SELECT uuid, base_url FROM archive")
        head = Ledger(database, archive["uuid"], lambda: now).head
        said = {"archive": archive, "head": head, "packed": packed, "made": f"{now:%Y-%m-%d}"}
        bag.tag("README.txt", _readme(**said, has_whole_ledger=whole_ledger))
        bag.finish(_info(archive, head, packed, now, software))
    return packed


def _pack(row: Row, evidence: Evidence, bag: Bag, packed: Packed) -> None:
    """An article as it stands, and its proof."""
    record = row | {
        "readings": [_reading(one, bag) for one in evidence.readings(row["id"])],
        "captures": [_capture(one, bag) for one in evidence.captures(row["id"])],
        "ledger": [_entry(one, bag) for one in evidence.entries(row["id"])],
    }
    packed.articles += 1
    packed.lacking.update(one["file"] for one in record["captures"] if one["lacking"])
    path = f"articles/{path_of(row)}"
    bag.add(f"{path}.txt", text_of(row).encode())
    bag.add(f"{path}.json", f"{json_text(record)}\n".encode())


def _reading(reading: SealedReading, bag: Bag) -> dict[str, Any]:
    """What the record of its article says of a reading."""
    sealed = digest(reading.article)
    bag.add(f"readings/{sealed}.json", reading.article.encode())
    content = canonical_json(content_of(article_from(reading.article)))
    bag.add(f"contents/{digest(content)}.json", content.encode())
    if reading.dump is not None and reading.dump_text is not None:
        bag.add(f"dumps/{reading.dump}.txt", reading.dump_text)
    said = asdict(reading)
    del said["article"], said["dump_text"]
    return said | {"reading_digest": sealed}


def _entry(entry: Entry, bag: Bag) -> str:
    """The name of an entry's file: in order of name they follow one another, chain by chain."""
    chain = re.sub(r"[^0-9a-f]", "", entry.chain)[:8]
    name = f"ledger/{chain}-{entry.n:08}-{entry.digest}.txt"
    bag.add(name, entry.data)
    return name


def _capture(capture: Captured, bag: Bag) -> dict[str, Any]:
    """What the record of its article says of a capture."""
    place = capture.place
    if capture.record is not None:
        bag.add(f"captures/{place.digest}.warc.gz", capture.record)
    if capture.request is not None:
        bag.add(f"captures/{place.digest}-request.warc.gz", capture.request)
    said = asdict(capture)
    del said["place"], said["record"], said["request"]
    return asdict(place) | said


def _readme(**values: Any) -> str:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=False,  # noqa: S701 - plain text
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["plain"] = plain
    return environment.get_template(_README).render(**values)


def _info(
    archive: dict[str, str], head: Head, packed: Packed, now: datetime, software: str
) -> dict[str, str]:
    return {
        "Bag-Software-Agent": software,
        "Bagging-Date": f"{now:%Y-%m-%d}",
        "External-Description": f"{packed.articles} articles of {archive['base_url']}",
        "External-Identifier": f"urn:uuid:{archive['uuid']}",
        "Ledger-Head": f"{head.n} {head.digest}",
        "Captures-Lacking": str(packed.lacking.total()),
    }
