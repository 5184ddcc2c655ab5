"""Promise 15: every package that is installed has its exact version, and no other is named."""

import re
from pathlib import Path

import pytest
from packaging.utils import canonicalize_name

from tests.crawling import ROOT
from tests.supply.needed import (
    EXTRAS,
    OURS,
    PROJECT,
    apart,
    installed,
    needed_anywhere,
    needed_here,
)

CONSTRAINTS = [ROOT / "constraints.txt", *sorted(ROOT.glob("tests/**/constraints.txt"))]


def lines_of(constraints: Path) -> list[str]:
    lines = constraints.read_text("utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


def pins_of(constraints: Path) -> dict[str, str]:
    pairs = (line.split("==") for line in lines_of(constraints))
    return {canonicalize_name(name): version for name, version in pairs}


PINS = pins_of(ROOT / "constraints.txt")

OF_PYTHON = {"pip"}
"""What sqlite-utils and Datasette ask for, and every virtual environment is made with."""


@pytest.mark.parametrize("path", CONSTRAINTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_each_pin_is_one_exact_version(path: Path) -> None:
    lines = lines_of(path)
    assert lines
    assert len(pins_of(path)) == len(lines)
    for line in lines:
        assert re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][0-9a-z.]*", line), line


def test_the_pins_stand_in_order() -> None:
    lines = lines_of(ROOT / "constraints.txt")
    assert sorted(lines, key=str.lower) == lines


def test_every_package_that_is_needed_has_the_version_that_is_pinned() -> None:
    there = installed()
    needed = needed_here("dev") - OF_PYTHON
    assert {"scrapy", "twisted", "datasette", "pytest"} <= needed
    assert {name: there[name].version for name in needed} == {
        name: PINS.get(name) for name in needed
    }


@pytest.mark.parametrize("folder", apart(), ids=lambda folder: str(folder.name))
def test_so_has_every_package_that_is_installed_apart(folder: Path) -> None:
    there = versions_in(folder)
    assert there == {name: PINS.get(name) for name in there}


def test_what_lists_and_audits_is_what_its_own_pins_say() -> None:
    there = versions_in(ROOT / ".venv/supply")
    assert there == pins_of(ROOT / "tests/supply/constraints.txt")


def versions_in(folder: Path) -> dict[str, str]:
    if not folder.exists():
        pytest.skip(f"make has not filled {folder.name} yet")
    return {name: each.version for name, each in installed(folder).items()}


def test_nothing_is_pinned_that_nobody_needs() -> None:
    ours = [*PROJECT["build-system"]["requires"], f"{OURS}[dev]"]
    needed = needed_anywhere(ours)
    for folder, names in apart().items():
        needed |= needed_anywhere(names, folder)
    assert set(PINS) - needed == set()


def test_every_extra_is_tried_here() -> None:
    """What `dev` leaves out would be neither pinned nor looked at."""
    for extra in EXTRAS:
        assert needed_here(extra) <= needed_here("dev"), extra
