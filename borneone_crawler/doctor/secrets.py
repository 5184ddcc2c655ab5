"""The one password that is given us to keep, scrapyd's: it is set, and nobody else can read it."""

import configparser
import stat
from collections.abc import Iterator
from pathlib import Path

from borneone_crawler.doctor.checks import Check, mend, ok

_OF_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def scrapyd(project: Path) -> Iterator[Check]:
    """One check where this folder is set up for scrapyd, none where it is not."""
    conf, state = project / "scrapyd.conf", project / "archive" / "scrapyd"
    if not conf.exists():
        return
    if (mode := _mode(conf)) & _OF_OTHERS:
        yield mend("scrapyd", f"{conf} is open to others (mode {mode:o})", f"chmod 600 {conf}")
    elif problem := _without_password(conf):
        yield mend("scrapyd", problem, "Set it up as README, Many newsrooms, has it")
    elif state.exists() and (mode := _mode(state)) & _OF_OTHERS:
        yield mend("scrapyd", f"{state} is open to others (mode {mode:o})", f"chmod 700 {state}")
    else:
        yield ok("scrapyd", "asks for a password that its owner alone can read")


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def _without_password(conf: Path) -> str | None:
    """What is wrong with the file, or None."""
    parser = configparser.RawConfigParser()
    try:
        parser.read_string(conf.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, configparser.Error) as error:
        return f"{conf}: {error}"
    # Scrapyd asks for none unless both are there.
    if all(parser.get("scrapyd", key, fallback="") for key in ("username", "password")):
        return None
    return f"{conf} sets no password: every user of this machine may run anything as its user"
