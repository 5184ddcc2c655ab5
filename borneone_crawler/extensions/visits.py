"""Which stored articles a run looks at again, by the owner's settings."""

from datetime import datetime

from scrapy.settings import BaseSettings

from borneone_crawler.archive.archive import Archive
from borneone_crawler.upkeep import revisits


def plan_visits(archive: Archive, settings: BaseSettings) -> None:
    """Plan when each article is looked at again that is not planned yet."""
    ages = _ages(settings)

    def plan(born: str, seen: str) -> tuple[datetime, float]:
        return revisits.next_visit(_moment(born), _moment(seen), ages)

    archive.plan_visits(ages, plan)


def want_visits(archive: Archive, settings: BaseSettings) -> None:
    """Have those asked for that are due, at most REVISITS of them."""
    plan_visits(archive, settings)
    most = settings.getint("REVISITS")
    due = [
        revisits.Visit(row_id=row_id, at=_moment(at), after=after)
        for after in revisits.intervals(_ages(settings))
        for row_id, at in archive.due_visits(after, most)
    ]
    now = archive.clock()
    archive.make_due([visit.row_id for visit in revisits.first(due, now, most)])


def _ages(settings: BaseSettings) -> list[float]:
    return [float(each) for each in settings.getlist("REVISIT_AGES")]


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.astimezone()
