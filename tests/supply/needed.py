"""Which packages are needed, and for what: as each installed package says of itself."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, distributions
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.crawling import ROOT

OURS = "borneone-crawler"
TO_RUN = "run"
"""What we call the dependencies that are no extra's."""

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
EXTRAS: list[str] = list(PROJECT["project"]["optional-dependencies"])

_APART = re.compile(
    r"PIP_CONSTRAINT=constraints\.txt \$\(PIP\) install --upgrade --target (\.venv/\S+) (.+)$",
    re.MULTILINE,
)


def apart() -> dict[Path, list[str]]:
    """What the Makefile installs by constraints.txt into folders of their own: folder ->
    packages."""
    found = _APART.findall((ROOT / "Makefile").read_text("utf-8"))
    return {ROOT / folder: names.split() for folder, names in found}


def installed(*folders: Path) -> dict[str, Distribution]:
    """Canonical name -> package, in these folders, or in this environment."""
    there = distributions(path=[str(each) for each in folders]) if folders else distributions()
    found: dict[str, Distribution] = {}
    for each in there:
        found.setdefault(canonicalize_name(each.metadata["Name"]), each)
    return found


def needed_here(extra: str = "") -> set[str]:
    """Canonical names of all packages that ours brings into this environment, or that an extra of
    it does."""
    return _reached([f"{OURS}[{extra}]"], installed(), everywhere=False) - {OURS}


def needed_anywhere(requirements: Iterable[str], *folders: Path) -> set[str]:
    """The same of any requirements, whatever machine and Python they would be installed on."""
    return _reached(requirements, installed(*folders), everywhere=True) - {OURS}


def _reached(
    requirements: Iterable[str], there: dict[str, Distribution], *, everywhere: bool
) -> set[str]:
    waiting = [_named(Requirement(line)) for line in requirements]
    seen = set(waiting)
    while waiting:
        name, extras = waiting.pop()
        for each in _asked_for(there.get(name), extras, everywhere=everywhere):
            found = _named(each)
            if found not in seen:
                seen.add(found)
                waiting.append(found)
    return {name for name, _ in seen}


def _named(requirement: Requirement) -> tuple[str, frozenset[str]]:
    """The package, and which extras of it."""
    return canonicalize_name(requirement.name), frozenset(requirement.extras)


def _asked_for(
    package: Distribution | None, extras: frozenset[str], *, everywhere: bool
) -> Iterator[Requirement]:
    """What a package asks for with these extras; nothing where it is not installed."""
    for line in (package.requires or []) if package else []:
        requirement = Requirement(line)
        marker = requirement.marker
        is_for_here = marker is None or any(marker.evaluate({"extra": e}) for e in {"", *extras})
        if is_for_here or (everywhere and not _is_of_another_extra(line, extras)):
            yield requirement


def _is_of_another_extra(line: str, extras: frozenset[str]) -> bool:
    names = set(re.findall(r"""extra\s*==\s*["']([^"']+)["']""", line))
    return bool(names) and not names & extras
