"""Promise 15: what the program imports it asks for by name, and it asks for nothing else."""

import ast
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.crawling import ROOT
from tests.supply.needed import EXTRAS, OURS, PROJECT

ASKED_FOR = PROJECT["project"]["dependencies"]
OPTIONAL = PROJECT["project"]["optional-dependencies"]

NOT_IMPORTED = {
    "datasette-dashboards": "a plug-in of Datasette's, which loads it",
    "scrapyd": "a program of its own, which runs ours",
}
"""What is asked for all the same, and why."""

NEWER = {"compression"}
"""Modules of the standard library of Python 3.14, which older ones are spared."""


def named(requirements: list[str]) -> set[str]:
    return {canonicalize_name(Requirement(line).name) for line in requirements}


def modules(path: Path) -> Iterator[str]:
    """The top-level modules that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def imported() -> set[str]:
    """Canonical names of the packages that the program imports. Raises KeyError for a module of
    nobody's."""
    paths = [*ROOT.glob("borneone_crawler/**/*.py"), *ROOT.glob("archive/**/*.py")]
    names = {name.partition(".")[0] for path in paths for name in modules(path)}
    names -= sys.stdlib_module_names | NEWER | {"borneone_crawler"}
    owners = packages_distributions()
    # Several packages may share a namespace (backports, zope): any that is asked for will do.
    found = {name: {canonicalize_name(each) for each in owners[name]} for name in names}
    asked_for = named([*ASKED_FOR, *(line for extra in EXTRAS for line in OPTIONAL[extra])])
    return {name for each in found.values() for name in (each & asked_for or each)}


def test_what_is_imported_is_asked_for_and_what_is_asked_for_is_imported() -> None:
    run, extras = named(ASKED_FOR), [extra for extra in EXTRAS if extra != "dev"]
    for_people = run.union(*(named(OPTIONAL[extra]) for extra in extras))
    assert imported() - for_people == set()
    assert for_people - imported() == set(NOT_IMPORTED)
    assert run - imported() == set()


def test_the_tests_try_every_extra() -> None:
    (ours,) = [r for r in map(Requirement, OPTIONAL["dev"]) if r.name == OURS]
    assert ours.extras == set(EXTRAS) - {"dev"}
