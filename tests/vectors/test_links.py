"""Links as the WHATWG URL standard reads them: its own vectors, and Ada, the parser of Node.js."""

import json
import tomllib
from pathlib import Path
from typing import Any

import ada_url
from hypothesis import example, given
from hypothesis import strategies as st
from scrapy import Request

from borneone_crawler.urls import SiteUrls

HERE = Path(__file__).parent
VECTORS = [
    one
    for one in json.loads((HERE / "urltestdata.json").read_text("utf-8"))
    if isinstance(one, dict)  # and no comment
]
LIVE = SiteUrls("https://borneonetv.com")
PAGE = "https://borneonetv.com/category/daerah/"


def says(vector: dict[str, Any]) -> dict[str, Any] | None:
    """What the standard makes of a link: a vector with its parts, None for no http(s) URL."""
    is_web = vector.get("protocol") in {"http:", "https:"}
    return None if vector.get("failure") or not is_web else vector


def is_read_alike(vector: dict[str, Any]) -> bool:
    ours, standard = LIVE.absolute(vector["input"], vector["base"]), says(vector)
    if ours is None or standard is None:
        return ours is standard
    site = SiteUrls(f"{standard['protocol']}//{standard['host']}")
    return site.canonical(ours) == site.canonical(standard["href"])


def test_links_are_read_by_the_standard_but_for_what_is_listed() -> None:
    said = tomllib.loads((HERE / "url_differences.toml").read_text("utf-8"))["difference"]
    listed = [(link, page) for one in said for link, page in one["links"]]
    assert len(listed) == len(set(listed))
    found = {(one["input"], one["base"]) for one in VECTORS if not is_read_alike(one)}
    assert found - set(listed) == set(), "not listed"
    assert set(listed) - found == set(), "listed, and no difference any more"


def by_the_standard(link: str, page: str | None = None) -> ada_url.URL | None:
    try:
        return ada_url.URL(link, base=page)
    except ValueError:
        return None


def is_the_sites(hostname: str, site: SiteUrls) -> bool:
    """Whether a host, as the standard writes it, is the site's or its www twin."""
    own = ada_url.URL(site.home).hostname.removesuffix(".").removeprefix("www.")
    return hostname.removesuffix(".").removeprefix("www.") == own


def asked(site: SiteUrls, url: str) -> ada_url.URL:
    """What a connection is made to for a URL on the site."""
    return ada_url.URL(Request(site.canonical(url)).url)


def test_no_site_is_taken_for_another() -> None:
    origins = {
        f"{standard['protocol']}//{standard['host']}" for one in VECTORS if (standard := says(one))
    }
    sites = [SiteUrls(origin) for origin in sorted(origins)]
    pairs = 0
    for vector in VECTORS:
        ours, standard = LIVE.absolute(vector["input"], vector["base"]), says(vector)
        for site in sites if ours else ():
            if site.on_site(ours):
                assert standard is not None, ours
                assert is_the_sites(standard["hostname"], site), (ours, site.origin)
                assert asked(site, ours).origin == site.origin
                pairs += 1
    assert pairs > 100


PIECES = st.sampled_from(
    [
        "http:", "https:", "HTTPS:", "ftp:", "/", "//", "///", "\\", "\\\\", "@", ":", ":80",
        ":443", ":8443", "borneonetv.com", "BorneOneTV.com", "borneonetv", "www.", "evil.example",
        ".", "..", "com", "\t", "\n", " ", "\0", "\x7f", "%2e", "%2F", "%40", "%62", "%09", "。",
        "．", "ｂ", "K", "­", "‍", "ß", "?", "#", ";", "[", "]", "127.1", "a", "/slug/",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=9).map("".join))
@example("///evil.example/")
@example("\\\\evil.example/")
@example("https://evil.example\\@borneonetv.com/")
def test_what_is_on_the_site_is_on_it_by_the_standard(link: str) -> None:
    standard, ours = by_the_standard(link, PAGE), LIVE.absolute(link, PAGE)
    if ours is not None and LIVE.on_site(ours):
        assert standard is not None
        assert is_the_sites(standard.hostname, LIVE)
        assert asked(LIVE, ours).origin == LIVE.origin
    if LIVE.on_site(link):  # addresses of foreign captures are nobody's links
        alone = by_the_standard(link)
        assert alone is not None
        assert is_the_sites(alone.hostname, LIVE)
