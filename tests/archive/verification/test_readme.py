"""archive/README.md documents the ledger to the byte: its examples are recomputed here."""

import hashlib
import importlib.util
import json
import re
from types import ModuleType

from borneone_crawler.archive.articles.stored import content_digest
from borneone_crawler.archive.ledger import FIELDS, FIRST, Event, digest_of, serialised
from borneone_crawler.items import Article, Image
from tests.crawling import ROOT
from tests.tampered import Tampered

PROOF = (ROOT / "archive" / "README.md").read_text("utf-8").partition("\n## Proof\n")[2]


def block(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", PROOF, re.DOTALL)
    assert found is not None
    return found[1]


def stated(what: str) -> str:
    found = re.search(rf"SHA-256 of {what}: `([0-9a-f]{{64}})`", PROOF)
    assert found is not None, what
    return found[1]


def stand_alone() -> ModuleType:
    spec = importlib.util.spec_from_file_location("verify", ROOT / "archive" / "verify.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_example_of_an_entry_has_the_digest_that_is_stated() -> None:
    lines = block("text")
    assert hashlib.sha256(lines.encode()).hexdigest() == stated("these lines")
    entry: dict[str, object] = dict(line.split(": ", 1) for line in lines.splitlines())
    assert tuple(entry) == FIELDS == stand_alone().ENTRY
    assert serialised(entry) == lines.encode()
    assert digest_of(entry) == stated("these lines")
    assert entry["previous"] == FIRST == stand_alone().ZEROS
    assert serialised(entry | {"detail": None}).count(b"\ndetail: \n") == 1


def test_the_example_of_content_has_the_digest_that_is_stated() -> None:
    text = block("json").rstrip("\n")
    assert hashlib.sha256(text.encode()).hexdigest() == stated("this object")
    content = json.loads(text)
    images = content.pop("images")
    article = Article(
        url="", images=[Image(url=at, caption=says, credit_text=by) for at, says, by in images],
        videos=[], **{name: value for name, value in content.items() if name != "videos"},
    )  # fmt: skip
    assert content_digest(article) == stated("this object")


def test_an_entry_can_be_recomputed_by_hand(tampered: Tampered) -> None:
    printed = tampered.one(block("sql")) + "\n"  # sqlite3 ends what it prints with a line feed
    digest = tampered.one("SELECT digest FROM ledger WHERE n = 1")
    assert hashlib.sha256(printed.encode()).hexdigest() == digest


def test_every_field_and_every_kind_is_explained() -> None:
    table = PROOF[PROOF.index("| line | holds |") :].partition("\n\n")[0]
    for name in (*FIELDS, *Event):
        assert f"`{name}`" in table, name
