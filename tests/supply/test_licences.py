"""Promise 15: the licence of everything that comes along is known, and lets it come."""

import subprocess
import sys
import tomllib

import pytest
from packaging.licenses import canonicalize_license_expression

from tests.crawling import ROOT
from tests.supply import licences
from tests.supply.licences import Package, allowed, is_allowed, packages
from tests.supply.needed import EXTRAS, TO_RUN, installed, needed_here

pytestmark = pytest.mark.skipif(
    not licences.TOOLS.exists(), reason="make .venv/installed-supply has not been typed"
)


@pytest.fixture(scope="module")
def found() -> list[Package]:
    return packages()


def test_every_licence_may_come_along(found: list[Package]) -> None:
    strange = [(p.name, p.licence) for p in found if not is_allowed(p.licence, allowed())]
    assert strange == []


def test_every_package_is_listed_as_it_is_installed_here(found: list[Package]) -> None:
    needed = needed_here("dev")
    assert len(found) == len(needed)
    there = {each.metadata["Name"]: each.version for each in installed().values()}
    assert {p.name: p.version for p in found}.items() <= there.items()
    assert {name for p in found for name in p.needed_by.split(", ")} == {TO_RUN, *EXTRAS}
    by_name = {p.name: p.needed_by for p in found}
    assert by_name["Scrapy"] == TO_RUN
    assert by_name["setuptools"] == "datasette, scrapyd"
    assert by_name["pytest"] == "dev"


def test_no_licence_is_on_the_list_that_no_package_has(found: list[Package]) -> None:
    """A list that only grows would let something in some day that nobody thinks of."""
    for each in tomllib.loads((ROOT / "tests/supply/licences.toml").read_text())["licence"]:
        less = allowed() - {each["spdx"], *each["names"]}
        assert not all(is_allowed(p.licence, less) for p in found), each["spdx"]
        assert canonicalize_license_expression(each["spdx"]) == each["spdx"]
        assert each["asks"]


@pytest.mark.parametrize(
    ("licence", "may"),
    [
        ("MIT", True),
        ("GPL-3.0-only", False),
        ("UNKNOWN", False),
        ("", False),
        ("Apache-2.0 AND MIT", True),
        ("MIT AND GPL-3.0-only", False),
        ("GPL-3.0-only OR MIT", True),
        ("GPL-3.0-only OR AGPL-3.0-only", False),
        ("GPL-2.0-only AND MIT OR BSD-3-Clause", True),
        ("Apache Software License; MIT License", True),
        ("GNU General Public License v3 (GPLv3); MIT License", False),
        ("(MIT OR GPL-3.0-only) AND BSD-3-Clause", False),
        ("GPL-3.0-only WITH Classpath-exception-2.0", False),
    ],
)
def test_all_that_is_asked_for_must_be_on_the_list(licence: str, may: bool) -> None:
    assert is_allowed(licence, {"MIT", "MIT License", "Apache-2.0", "Apache Software License",
                                "BSD-3-Clause"}) is may  # fmt: skip


def test_the_command_lists_them_all(found: list[Package]) -> None:
    argv = [sys.executable, "-m", "tests.supply.licences"]
    done = subprocess.run(argv, cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    rows = [line.split()[0] for line in done.stdout.splitlines()[2:]]
    assert rows == [p.name for p in found]


def test_the_command_fails_over_a_strange_one_and_names_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    less = allowed() - {
        "LGPL-3.0-or-later",
        "GNU Lesser General Public License v3 or later (LGPLv3+)",
    }
    monkeypatch.setattr(licences, "allowed", lambda: less)
    assert licences.main() == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("pygal: GNU Lesser ")
