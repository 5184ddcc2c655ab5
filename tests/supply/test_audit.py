"""Promise 15: `make audit` is content only when every pinned package was asked about."""

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.utils import canonicalize_name

from tests.crawling import ROOT
from tests.supply.index import Index
from tests.supply.licences import TOOLS
from tests.supply.test_pins import PINS

pytestmark = pytest.mark.skipif(
    not TOOLS.exists(), reason="make .venv/installed-supply has not been typed"
)

NOT_PASSED = "make: not passed: "

HOLE = {
    "id": "PYSEC-2026-1",
    "aliases": ["CVE-2026-0001"],
    "summary": "Anybody may do anything.",
    "details": "Anybody may do anything.",
    "fixed_in": ["999.1"],
    "withdrawn": None,
    "published": "2026-01-01T00:00:00Z",
}


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with Index(tmp_path) as index:
        yield index


def audit(index: Index, folder: Path, more: str = "") -> subprocess.CompletedProcess[str]:
    # Nothing is installed anew in the middle of the tests.
    there = ["--old-file=.venv/installed-supply"]
    options = f"AUDIT=--timeout 5 --cache-dir {folder / 'cache'} {more}"
    return subprocess.run(
        ["make", "--no-print-directory", *there, "audit", options],
        cwd=ROOT, env=os.environ | index.environment, capture_output=True, text=True,
    )  # fmt: skip


def test_nothing_known_of_any_is_well(index: Index, tmp_path: Path) -> None:
    done = audit(index, tmp_path)
    assert done.returncode == 0, done.stderr
    assert "No known vulnerabilities found" in done.stderr
    assert NOT_PASSED not in done.stderr
    assert dict(index.asked) == PINS
    assert len(index.asked) == len(PINS)


def test_a_hole_is_named_with_what_mends_it(index: Index, tmp_path: Path) -> None:
    index.holes["twisted"] = HOLE
    done = audit(index, tmp_path)
    assert done.returncode != 0
    (line,) = [line for line in done.stdout.splitlines() if line.startswith("twisted")]
    assert line.split()[:4] == ["twisted", PINS["twisted"], "PYSEC-2026-1", "999.1"]
    assert NOT_PASSED in done.stderr


def test_a_package_that_could_not_be_asked_about_is_not_well(index: Index, tmp_path: Path) -> None:
    index.unknown.add("twisted")
    done = audit(index, tmp_path)
    assert done.returncode != 0
    assert "twisted" in done.stderr
    assert "could not be audited" in done.stderr
    assert NOT_PASSED in done.stderr
    assert "No known vulnerabilities found" not in done.stdout + done.stderr


def test_an_index_that_cannot_be_reached_is_not_well(index: Index, tmp_path: Path) -> None:
    with Index(tmp_path) as gone:
        pass
    done = audit(gone, tmp_path)
    assert done.returncode != 0
    assert NOT_PASSED in done.stderr
    assert "No known vulnerabilities found" not in done.stdout + done.stderr


def test_a_bill_of_materials_comes_with_it(index: Index, tmp_path: Path) -> None:
    bill = tmp_path / "sbom.json"
    done = audit(index, tmp_path, f"--format cyclonedx-json --output {bill}")
    assert done.returncode == 0, done.stderr
    told = json.loads(bill.read_text("utf-8"))
    assert told["bomFormat"] == "CycloneDX"
    named = {canonicalize_name(each["name"]): each["version"] for each in told["components"]}
    assert named == PINS
