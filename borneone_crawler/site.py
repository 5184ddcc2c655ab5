"""What is particular to one newsroom: its address, names, clock and language."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A newsroom on WordPress: the profile that a spider of spiders/ carries.

    Address and archive can be changed without touching code: `base_url` and `archive` in
    archive/local.toml, or `-s BASE_URL=…` and `-s ARCHIVE_DB=…`.
    """

    name: str
    """Name of the spider and of the newsroom in logs, lower case."""

    outlet_names: tuple[str, ...]
    """Names by which the home page may call the outlet; only letters and digits count."""

    base_url: str
    """Origin of the site, scheme and host (and port where it is not the default)."""

    time_zone: str
    """IANA name of the zone in which the newsroom dates its articles."""

    in_language: str
    """BCP 47 tag of the language the articles are written in."""

    archive: str
    """Its archive's file, from the folder of scrapy.cfg; no two newsrooms share one."""

    category_bases: tuple[str, ...] = ("category",)
    """First path segments under which WordPress lists a category."""


BORNEONETV = Site(
    name="borneonetv",
    outlet_names=("BorneOneTV", "BorneOne TV", "Borne One TV"),
    # An assumption: the address is inferred from the outlet's name, and nobody could check it
    # against the live site. Every run therefore reads the home page first and stops, storing
    # nothing, when the page does not name the outlet.
    base_url="https://borneonetv.com",
    time_zone="Asia/Pontianak",
    in_language="id",
    archive="archive/borneone.db",
)
