"""`make licences`: the licence of each package that is installed, what needs the package, and
whether it may come along with ours.

The licences are those that the packages state, as pip-licenses reads them.
"""

import json
import subprocess
import sys
import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from packaging.utils import canonicalize_name
from tabulate import tabulate

from tests.crawling import ROOT
from tests.supply.needed import EXTRAS, TO_RUN, needed_here

TOOLS = ROOT / ".venv/supply"
"""Where the Makefile installs pip-licenses, apart from what it lists."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """What somebody who passes our program on has to know of a package."""

    name: str
    version: str
    licence: str
    """As it states it: one name, an SPDX expression, or several names apart by "; "."""
    needed_by: str
    """`run`, or the extras that bring it."""


def packages() -> list[Package]:
    """All that ours brings into this environment with any extra, by licence and name."""
    groups = {TO_RUN: needed_here()} | {extra: needed_here(extra) for extra in EXTRAS}
    stated = _stated(set().union(*groups.values()))
    found = [
        Package(
            name=str(each["Name"]),
            version=str(each["Version"]),
            licence=str(each["License"]),
            needed_by=TO_RUN if name in groups[TO_RUN] else _extras(name, groups),
        )
        for name, each in stated.items()
    ]
    return sorted(found, key=lambda each: (each.licence.lower(), each.name.lower()))


def _extras(name: str, groups: dict[str, set[str]]) -> str:
    """The extras that bring a package; `dev`, which has all the others, where it is alone."""
    others = [extra for extra in groups if name in groups[extra] and extra != "dev"]
    return ", ".join(others) or "dev"


def _stated(names: set[str]) -> dict[str, dict[str, str]]:
    """What pip-licenses tells of these packages, by canonical name. Raises KeyError for one that
    it does not find."""
    # Another spelling of this interpreter: with its own, pip-licenses lists what it stands on too.
    this = f"{Path(sys.executable).parent}/./{Path(sys.executable).name}"
    done = subprocess.run(
        [sys.executable, TOOLS / "piplicenses.py", "--python", this,
         "--format=json", "--with-system"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    told = {canonicalize_name(each["Name"]): each for each in json.loads(done.stdout)}
    return {name: told[name] for name in names}


def allowed() -> set[str]:
    """Every name of every licence that may come along."""
    table = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    return {name for each in table["licence"] for name in (each["spdx"], *each["names"])}


def is_allowed(licence: str, names: Collection[str]) -> bool:
    """Whether all that a package is under may come along, or one of those that it offers. An
    expression in brackets is not understood, so not allowed: a person has to read it."""
    return all(
        any(set(offered.split(" AND ")) <= set(names) for offered in each.split(" OR "))
        for each in licence.split("; ")
    )


def main() -> int:
    """Print the table. Returns 1 where a licence is not among those that may come along."""
    found = packages()
    print(
        tabulate(
            [(each.name, each.version, each.licence, each.needed_by) for each in found],
            headers=["package", "version", "licence", "needed by"],
            disable_numparse=True,
        )
    )
    names = allowed()
    strange = [each for each in found if not is_allowed(each.licence, names)]
    for each in strange:
        print(f"{each.name}: {each.licence}: not in licences.toml", file=sys.stderr)
    return 1 if strange else 0


if __name__ == "__main__":
    sys.exit(main())
