"""The owner's settings: archive/local.toml, read once and checked."""

import difflib
import math
import operator
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from scrapy.settings import BaseSettings

from borneone_crawler.discovery.pictures import CHOICES
from borneone_crawler.newsrooms import newsroom
from borneone_crawler.site import BORNEONETV
from borneone_crawler.statuses import Status, Stop

# Key in local.toml -> (Scrapy setting, types it may have).
KEYS: dict[str, tuple[str, tuple[type, ...]]] = {
    "base_url": ("BASE_URL", (str,)),
    "contact": ("CONTACT", (str,)),
    "delay": ("DOWNLOAD_DELAY", (int, float)),
    "archive": ("ARCHIVE_DB", (str,)),
    "warc_dir": ("WARC_DIR", (str,)),
    "log_dir": ("LOG_DIR", (str,)),
    "own_rules": ("OWN_RULES", (str,)),
    "own_words": ("OWN_WORDS", (str,)),
    "capture_images": ("CAPTURE_IMAGES", (str,)),
    "max_requests": ("MAX_REQUESTS", (int,)),
    "max_minutes": ("MAX_MINUTES", (int, float)),
    "revisits": ("REVISITS", (int,)),
    "deep_every": ("DEEP_EVERY", (int, float)),
    "retry_after_patience": ("RETRY_AFTER_PATIENCE", (int, float)),
}
OF_ONE = frozenset({"base_url", "archive"})
"""Keys that cannot hold for two newsrooms: outside of any table they are BorneOneTV's."""

LONGEST = 86_400
"""Seconds that any of the waits may be set to: a day."""

MOST = 1_000_000_000
"""What any of the numbers may be set to."""

_ROWS = {
    "RETRY_DELAYS": False,
    "LATER_DELAYS": False,
    "ABSENCE_DELAYS": False,
    "REVISIT_AGES": True,
}
"""Settings that are several numbers of seconds, and whether there is one and each is more than the
one before."""

_NUMBERS: dict[str, type[int | float]] = {
    "MAX_REQUESTS": int,
    "MAX_MINUTES": float,
    "REVISITS": int,
    "DEEP_EVERY": float,
}


def local_settings(path: Path) -> dict[str, Any]:
    """The Scrapy settings that the file sets for all newsrooms, and in NEWSROOM_SETTINGS, by
    name, those for one alone: its table of that name. None of these when there is no file.

    Raises Stop MISCONFIGURED on a file that cannot be read, a key that does not exist, or a
    value of the wrong type.
    """
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Stop(Status.MISCONFIGURED, f"{path}: {error}") from error
    of_one: dict[str, dict[str, Any]] = {BORNEONETV.name: {}}
    for_all: dict[str, Any] = {}
    for key, value in table.items():
        if isinstance(value, dict):
            of_one.setdefault(key, {}).update(
                _read(own, each, path) for own, each in value.items()
            )
        elif key in OF_ONE:
            of_one[BORNEONETV.name].update([_read(key, value, path)])
        else:
            for_all.update([_read(key, value, path)])
    for settings in (for_all, *of_one.values()):
        try:
            check(settings)
        except Stop as stop:
            raise Stop(stop.status, f"{path}: {stop}") from stop
    return for_all | {"NEWSROOM_SETTINGS": of_one}


def _read(key: str, value: object, path: Path) -> tuple[str, Any]:
    """The setting that a line of the file sets, and to what."""
    if key not in KEYS:
        near = difflib.get_close_matches(key, KEYS, n=1)
        hint = f"perhaps {near[0]!r} is meant" if near else f"there are {', '.join(KEYS)}"
        raise Stop(Status.MISCONFIGURED, f"{path}: there is no setting {key!r}; {hint}")
    setting, types = KEYS[key]
    if not isinstance(value, types) or isinstance(value, bool):
        kind = "text" if str in types else "number" if float in types else "whole number"
        raise Stop(Status.MISCONFIGURED, f"{path}: {key} must be a {kind}, not {value!r}")
    return setting, value


def check_all(settings: BaseSettings) -> None:
    """Refuse a mistake in the owner's file, and what no run could keep to. Raises Stop
    MISCONFIGURED."""
    if settings["LOCAL_ERROR"]:
        raise Stop(Status.MISCONFIGURED, settings["LOCAL_ERROR"])
    for name in settings.getdict("NEWSROOM_SETTINGS"):
        try:
            newsroom(settings, name)
        except Stop as stop:
            raise Stop(Status.MISCONFIGURED, f"archive/local.toml, [{name}]: {stop}") from stop
    check(settings)


def check(settings: Mapping[str, Any] | BaseSettings) -> None:
    """Refuse what no run could keep to. Raises Stop MISCONFIGURED."""
    for name in ("DOWNLOAD_DELAY", "READ_PATIENCE", "RETRY_AFTER_PATIENCE", "RUN_PATIENCE"):
        try:
            seconds = float(settings.get(name, 0))
        except ValueError:
            seconds = math.nan
        if not 0 <= seconds <= LONGEST:
            raise Stop(
                Status.MISCONFIGURED,
                f"{_named(name)} is a number of seconds from 0 to {LONGEST}, not "
                f"{settings.get(name)!r}",
            )
    for name, kind in _NUMBERS.items():
        try:
            number = kind(settings.get(name, 0))
        except ValueError:
            number = math.nan
        if not 0 <= number <= MOST:
            what = "a whole number" if kind is int else "a number"
            raise Stop(
                Status.MISCONFIGURED,
                f"{_named(name)} is {what} from 0 to {MOST:,}, not {settings.get(name)!r}",
            )
    for name, rises in _ROWS.items():
        row = settings.get(name, [1])
        if not _is_row(row, rises=rises):
            what = "one or more, each more than the one before" if rises else "any number of them"
            raise Stop(Status.MISCONFIGURED, f"{name} is numbers of seconds, {what}, not {row!r}")
    if (images := settings.get("CAPTURE_IMAGES", CHOICES[0])) not in CHOICES:
        raise Stop(
            Status.MISCONFIGURED, f"capture_images is one of {', '.join(CHOICES)}, not {images!r}"
        )
    contact = settings.get("CONTACT", "")
    if not (contact.isascii() and contact.isprintable()):
        raise Stop(Status.MISCONFIGURED, f"contact must be plain ASCII on one line: {contact!r}")


def _is_row(row: str | Sequence[object], *, rises: bool) -> bool:
    """Whether a setting is numbers of seconds."""
    words = row.split(",") if isinstance(row, str) else row
    try:
        seconds = [float(str(word)) for word in words if word != ""]
    except ValueError:
        return False
    if rises and not (seconds and all(map(operator.lt, [0.0, *seconds], seconds))):
        return False
    return all(0 <= each <= MOST for each in seconds)


def _named(setting: str) -> str:
    """A setting under the name that the owner's file has for it too."""
    keys = [key for key, (name, _) in KEYS.items() if name == setting]
    return f"{keys[0]} ({setting})" if keys else setting


def place(settings: BaseSettings, name: str, default: Path | None = None) -> Path:
    """A path from the settings; relative ones count from the folder of scrapy.cfg."""
    value = settings.get(name)
    if not value and default is not None:
        return default
    return Path(settings["PROJECT_DIR"], value)


def own_rules(settings: BaseSettings) -> Path | None:
    """The file of the owner's own boilerplate rules: OWN_RULES, whether it is there or not, or
    archive/rules.toml where that is there."""
    return _own(settings, "OWN_RULES", "rules.toml")


def own_words(settings: BaseSettings) -> Path | None:
    """The file of the owner's own synonyms for the search: OWN_WORDS, whether it is there or not,
    or archive/words.toml where that is there."""
    return _own(settings, "OWN_WORDS", "words.toml")


def _own(settings: BaseSettings, name: str, usual_name: str) -> Path | None:
    usual = Path(settings["PROJECT_DIR"], "archive", usual_name)
    if settings[name]:
        return place(settings, name)
    return usual if usual.exists() else None
