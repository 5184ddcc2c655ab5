"""The report's texts in the language of who reads it."""

import tomllib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

_FILE = Path(__file__).with_name("words.toml")
LANGUAGES = ("id", "en")


class Words:
    """The texts in one language, by their keys."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._texts: dict[str, Any] = tomllib.loads(_FILE.read_text("utf-8"))[language]

    def say(self, key: str, **values: object) -> str:
        """The text of a key, filled in; numbers as the language writes them."""
        written = {
            name: self.number(value) if isinstance(value, int) else value
            for name, value in values.items()
        }
        text: str = self._texts[key]
        return text.format(**written)

    def known(self, prefix: str, word: str) -> str:
        """The text of a word that the archive uses; itself where there is none."""
        return str(self._texts.get(f"{prefix}_{word}", word))

    def number(self, number: int) -> str:
        return f"{number:,}".replace(",", self._texts["thousands"])

    def month(self, month: str) -> str:
        """ "2019-10" in words: "Oktober 2019"."""
        return f"{self._texts['months'][int(month[5:7]) - 1]} {month[:4]}"

    def short_months(self) -> list[str]:
        return [name[:3] for name in self._texts["months"]]

    def day(self, day: str) -> str:
        """ "2019-10-14" in words: "14 Oktober 2019"."""
        return f"{int(day[8:10])} {self.month(day)}"

    def moment(self, at: datetime, zone: ZoneInfo) -> str:
        """A moment in the newsroom's time: "14 Oktober 2019 10.15 WIB"."""
        there = at.astimezone(zone)
        clock = f"{there:%H.%M %Z}" if self.language == "id" else f"{there:%H:%M %Z}"
        return f"{self.day(there.date().isoformat())} {clock}"


def language_of(environment: Mapping[str, str]) -> str:
    """The language of the person at a shell, by the locale it has (POSIX, 8.2): Indonesian where
    it says so, else English."""
    said = next(
        (value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := environment.get(name))),
        "",
    )
    return "id" if said.partition("_")[0].partition(".")[0].lower() in {"id", "in"} else "en"
