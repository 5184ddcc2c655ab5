"""What newsrooms are called in print."""

from collections.abc import Iterable, Sequence

from borneone_crawler.site import BORNEONETV, Site

_sites = {BORNEONETV.name: BORNEONETV}


def introduce(sites: Iterable[Site]) -> None:
    """Make more newsrooms known by name: every spider is one, and spiders are not for the desk."""
    _sites.update((site.name, site) for site in sites)


def outlet_names(newsroom: str) -> Sequence[str]:
    """The names of a newsroom's outlet; its short name where there is no spider for it."""
    return _sites[newsroom].outlet_names if newsroom in _sites else (newsroom,)
