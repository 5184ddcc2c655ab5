"""Which newsroom is meant: every spider is one, and its profile fills in what nobody set."""

import difflib
from dataclasses import replace

from scrapy.settings import BaseSettings
from scrapy.spiderloader import get_spider_loader

from borneone_crawler.site import BORNEONETV, Site
from borneone_crawler.statuses import Status, Stop
from borneone_crawler.urls import SiteUrls


def newsrooms(settings: BaseSettings) -> dict[str, Site]:
    """The profile of every newsroom that there is a spider for, by name."""
    loader = get_spider_loader(settings)
    spiders = map(loader.load, loader.list())
    return {spider.name: spider.site for spider in spiders if hasattr(spider, "site")}


def newsroom(settings: BaseSettings, name: str) -> Site:
    """The profile of one newsroom. Raises Stop USAGE when there is none of that name."""
    if name == BORNEONETV.name:
        return BORNEONETV  # without the spiders, which import all that a crawl needs
    known = newsrooms(settings)
    if name not in known:
        near = difflib.get_close_matches(name, known, n=1)
        hint = f"perhaps {near[0]!r} is meant" if near else ".venv/bin/scrapy list names them"
        raise Stop(Status.USAGE, f"there is no newsroom {name!r}; {hint}")
    return known[name]


def turn_to(settings: BaseSettings, site: Site) -> None:
    """Have the settings be those of one newsroom: what the owner's file says of it alone, then
    its profile. What the command line says stays."""
    settings.set("NEWSROOM", site.name, priority="spider")
    settings.setdict(settings.getdict("NEWSROOM_SETTINGS").get(site.name, {}), priority="spider")
    for name, value in (("BASE_URL", site.base_url), ("ARCHIVE_DB", site.archive)):
        if settings[name] is None:
            settings.set(name, value, priority="spider")


def placed(site: Site, base_url: str) -> Site:
    """The newsroom at another address. Raises Stop MISCONFIGURED when it is none."""
    try:
        SiteUrls(base_url)
    except ValueError as error:
        raise Stop(Status.MISCONFIGURED, f"base_url: {error}") from error
    return replace(site, base_url=base_url.rstrip("/"))
