"""The archive: there, sound, of the right site, free, and kept up to date."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from sqlite_utils import Database

from borneone_crawler.archive.runs import last_good
from borneone_crawler.archive.sqlite.database import SCHEMA_VERSION, NotMadeYet, open_readonly
from borneone_crawler.archive.sqlite.lock import holder
from borneone_crawler.archive.sqlite.soundness import damage
from borneone_crawler.desk.runs import RUNNING, last_runs
from borneone_crawler.desk.times import span
from borneone_crawler.doctor.checks import Check, Verdict, left, mend, ok
from borneone_crawler.statuses import Stop

OFF_BY = timedelta(minutes=2)
"""How far a clock may have been set back since a run."""

SCHEDULE = "README, In cron or with systemd, has what starts it"
A_BACKUP = (
    "Unless the line says otherwise, put a backup in its place: README, Looking after the archive"
)


def held(path: Path, origin: str | None, now: datetime, patience: timedelta) -> Iterator[Check]:
    """`origin`: of the site that a crawl would ask, None where that is not known; `patience`: how
    long ago the last good crawl may have been."""
    try:
        database = open_readonly(path)
    except NotMadeYet:
        yield ok("archive", f"none yet; the first crawl makes {path}")
        yield left("runs", f"none yet. {SCHEDULE}")
        return
    except Stop as stop:
        yield mend("archive", str(stop), A_BACKUP)
        return
    try:
        file = _file(database, path, origin)
        yield file
        yield _lock(path)
        if file.verdict is Verdict.OK:
            yield from _runs(database, path, now, patience)
    finally:
        database.close()


def quiet_until(path: Path, now: datetime) -> datetime | None:
    """Until when the site asked to be left alone, as an archive that can be read remembers it;
    None when that is over, or nothing is known."""
    try:
        database = open_readonly(path)
    except Stop:
        return None
    try:
        (row,) = database.query("SELECT * FROM archive")
    finally:
        database.close()
    until = datetime.fromisoformat(text) if (text := row.get("quiet_until")) else None
    return until if until is not None and until > now else None


def _file(database: Database, path: Path, origin: str | None) -> Check:
    if found := damage(database):
        return mend("archive", f"{path} is damaged: {found}", A_BACKUP)
    (archive,) = database.query("SELECT base_url FROM archive")
    (articles,) = database.execute("SELECT count(*) FROM articles").fetchone()
    (schema,) = database.execute("PRAGMA user_version").fetchone()
    if articles and origin not in (None, archive["base_url"]):
        return mend(
            "archive",
            f"{path} is of {archive['base_url']}, base_url is {origin}",
            "Set base_url in archive/local.toml back, or archive to another file",
        )
    size = f"{articles:,} articles, {path.stat().st_size / 1e6:.1f} MB"
    if schema < SCHEMA_VERSION:
        size += f", of schema {schema}: the next crawl brings it up to {SCHEMA_VERSION}"
    return ok("archive", f"{path} is sound: {size}")


def _lock(path: Path) -> Check:
    at_work = holder(path)
    return ok("lock", f"process {at_work} is writing" if at_work else "nobody is writing")


def _runs(database: Database, path: Path, now: datetime, patience: timedelta) -> Iterator[Check]:
    (newest,) = database.execute(_NEWEST).fetchone()
    if newest and (then := datetime.fromisoformat(newest)) > now + OFF_BY:
        ahead = span((then - now).total_seconds())
        yield mend(
            "runs",
            f"it is {now:%Y-%m-%d %H:%M} UTC here, but a run was at {then:%Y-%m-%d %H:%M} UTC, "
            f"{ahead} later",
            "Set the machine's clock: timedatectl",
        )
        return
    good = last_good(database)
    ago = now - datetime.fromisoformat(good) if good else None
    said = (
        f"the last good crawl ended {span(ago.total_seconds())} ago"
        if ago is not None
        else "no crawl has come to a good end yet"
    )
    runs = last_runs(database, 1, at_work=lambda: holder(path) is not None, now=now)
    said += "".join(f"; run {run.number}, the last one: {run.word}" for run in runs)
    if (ago is not None and ago <= patience) or any(run.word == RUNNING for run in runs):
        yield ok("runs", said)
    elif newest and datetime.fromisoformat(newest) > now - patience:
        reason = "".join(f" ({run.reason})" for run in runs if run.reason)
        yield mend("runs", said + reason, "README has what to do for each status")
    else:
        yield mend("runs", said, f"Is it still started? {SCHEDULE}; scrapy runs tells the rest")


_NEWEST = "SELECT max(max(started_at), coalesce(max(finished_at), '')) FROM runs"
