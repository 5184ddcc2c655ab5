"""Everything the doctor looks at, in order: from the machine out to the site."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from scrapy.settings import Settings

from borneone_crawler.archive.sqlite.lock import holder
from borneone_crawler.cli import newsroom_of
from borneone_crawler.doctor.checks import Check, Verdict, is_well, left
from borneone_crawler.doctor.held import held, quiet_until
from borneone_crawler.doctor.machine import places, versions
from borneone_crawler.doctor.owner import owner
from borneone_crawler.doctor.secrets import scrapyd
from borneone_crawler.extensions.clock import clock_from
from borneone_crawler.local import place
from borneone_crawler.logs import log_path
from borneone_crawler.statuses import Status, Stop
from borneone_crawler.urls import SiteUrls


def examine(settings: Settings, *, offline: bool) -> Iterator[Check]:
    """The checks one by one, as they are made. Raises Stop when the visit to the site is
    interrupted, and for a fault of ours."""
    yield versions()
    checks = list(owner(settings))
    yield from checks
    yield from scrapyd(Path(settings["PROJECT_DIR"]))
    path = place(settings, "ARCHIVE_DB")
    warc = place(settings, "WARC_DIR", default=path.parent / "warc")
    yield from places(path, warc, log_path(settings, settings["NEWSROOM"]))
    is_set = checks[0].verdict is Verdict.OK
    origin = SiteUrls(settings["BASE_URL"]).origin if is_set else None
    now = clock_from(settings)()
    patience = timedelta(seconds=settings.getfloat("ALARM_AFTER"))
    archive = list(held(path, origin, now, patience))
    yield from archive
    if offline:
        return
    if origin is None:
        yield left("site", "not asked before the settings are right")
    elif not is_well(check for check in archive if check.name == "archive"):
        yield left("site", "not asked before the archive is right")
    elif at_work := holder(path):
        yield left("site", f"not asked: process {at_work} is asking, and one at a time is enough")
    elif until := quiet_until(path, now):
        yield left(
            "site", f"not asked: it wants to be left alone until {until:%Y-%m-%d %H:%M} UTC"
        )
    else:
        yield from _site(settings)


def _site(settings: Settings) -> Iterator[Check]:
    from borneone_crawler.doctor.visit import visit

    try:
        site = newsroom_of(place(settings, "ARCHIVE_DB"), settings)
        # What a crawl would ask: the archive's own address counts once it holds something.
        made = visit(settings, replace(site, base_url=settings["BASE_URL"].rstrip("/")))
    except Stop as stop:
        if stop.status not in (Status.NO_ARCHIVE, Status.CANNOT_CREATE, Status.IO_ERROR):
            raise
        yield left("site", f"not asked: {stop}")
    else:
        yield from made.checks()
