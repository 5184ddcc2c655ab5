"""Words and dates in the reader's own language, from words.toml."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from borneone_crawler.desk.times import at_home

LANGUAGES = ("id", "en")
"""Those that words.toml speaks; the first is the newsroom's own."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language."""

    language: str
    _table: dict[str, Any]

    def say(self, key: str, **values: object) -> str:
        """The words under a key, with what its braces name filled in."""
        return str(self._table[key]).format(**values)

    def of(self, part: str) -> "Words":
        """The words of one part of the file beside those that all parts share."""
        return Words(self.language, self._table | self._table[part])

    def names(self, part: str) -> list[str]:
        """The keys of one part of the file, in its order."""
        return list(self._table[part])

    def listed(self, key: str) -> list[str]:
        """The words under a key that has several."""
        return list(self._table[key])

    def known(self, prefix: str, word: str) -> str:
        """What a word of the archive's own is called; itself where nothing says it."""
        return str(self._table.get(f"{prefix}_{word}", word))

    def known_each(self, prefix: str, several: str) -> str:
        """The same of several words apart by a comma."""
        return ", ".join(self.known(prefix, word) for word in several.split(", "))

    def meaning(self, table: str, word: str, otherwise: str = "") -> str:
        """What a table of this part says of a word of the archive's own."""
        return str(self._table.get(table, {}).get(word, otherwise))

    def number(self, number: int) -> str:
        """ "1.250"."""
        return f"{number:,}".replace(",", self._table["thousands"])

    def month(self, month: str) -> str:
        """ "2019-10" in words: "Oktober 2019"."""
        return f"{self._table['months'][int(month[5:7]) - 1]} {month[:4]}"

    def short_months(self) -> list[str]:
        """ "Jan", "Feb" …"""
        return [name[:3] for name in self._table["months"]]

    def day(self, day: date) -> str:
        """ "14 Oktober 2019"."""
        return self.say("day", **self._parts(day))

    def dated(self, day: str) -> str:
        """The same of "2019-10-14"; what is no day as it is."""
        try:
            return self.day(date.fromisoformat(day))
        except ValueError:
            return day

    def weekday(self, day: date) -> str:
        """ "Senin, 14 Oktober 2019"."""
        return self.say("weekday", **self._parts(day))

    def time(self, at: str, zone: ZoneInfo) -> str:
        """A time of the archive in the newsroom's own: "14 Oktober 2019 pukul 10.15 WIB"."""
        moment = at_home(at, zone)
        return self.say("time", **self._clock(moment, self.day(moment)))

    def published(self, text: str, zone: ZoneInfo) -> str:
        """A date of the newsroom with its weekday, and with the clock where a time of day is
        known: "Senin, 14 Oktober 2019 pukul 10.15 WIB (UTC+07:00)"; what is no date as it is."""
        try:
            moment = at_home(text, zone)
        except (ValueError, OverflowError):
            return text
        if len(text) == len("2019-10-14"):
            return self.weekday(moment)
        said = self.say("time", **self._clock(moment, self.weekday(moment)))
        return f"{said} (UTC{moment.isoformat()[-6:]})"

    def _parts(self, day: date) -> dict[str, object]:
        return {
            "weekday": self._table["days"][day.weekday()],
            "day": day.day,
            "month": self._table["months"][day.month - 1],
            "year": day.year,
        }

    def _clock(self, moment: datetime, day: str) -> dict[str, object]:
        return {
            "day": day,
            "hour": f"{moment:%H}",
            "minute": f"{moment:%M}",
            "zone": f"{moment:%Z}",
        }


@cache
def tables() -> dict[str, dict[str, Any]]:
    """What words.toml says, by language."""
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))


def language_of(environment: Mapping[str, str]) -> str:
    """The language of the person at a shell, by the locale it has (POSIX, 8.2): Indonesian where
    it says so, else English."""
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    said = next((value for name in names if (value := environment.get(name))), "")
    return "id" if re.split("[_.@]", said)[0].lower() in {"id", "in"} else "en"


def words_of(language: str | None) -> Words:
    """The words of a BCP 47 tag's language, or of the newsroom's own where it is another."""
    known = (language or "").partition("-")[0].lower()
    chosen = known if known in LANGUAGES else LANGUAGES[0]
    return Words(chosen, tables()[chosen])
