"""Answers without measure."""

from itertools import pairwise

from tests.hostile import wire
from tests.small_site import Answer, SmallSite


def entity_bomb(root: str, origin: str) -> str:
    """Entities that nest until the last of them is some gigabytes."""
    entities = '<!ENTITY e0 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa">'
    for before, number in pairwise(range(10)):
        entities += f'<!ENTITY e{number} "{f"&e{before};" * 10}">'
    return (
        f'<?xml version="1.0"?><!DOCTYPE {root} [{entities}]><{root}><url><loc>{origin}/&e9;'
        f"</loc></url></{root}>"
    )


def pages(site: SmallSite) -> wire.Endless:
    """Article 1 never ends, 2 is a gzip bomb of 4 GiB, 3 nests its elements and 4 its JSON-LD
    100,000 deep, 5 has 50,000 links, 6 is as usual. Returns the first of them."""
    endless = wire.Endless(b"<p>Warga menanam pohon.</p>" * 2048)
    depth = 100_000
    structured = '{"a":' * depth + "1" + "}" * depth
    links = "".join(f'<a href="/x-{number}/">lihat</a> ' for number in range(50_000))
    site.numbers = list(range(1, 7))
    site.answers = {
        "/berita-1/": endless,
        "/berita-2/": wire.coded("gzip", wire.bomb(4)),
        "/berita-3/": Answer(site.article(3, site.text(3) + "<div>" * depth)),
        "/berita-4/": Answer(
            site.article(4, extra=f'<script type="application/ld+json">{structured}</script>')
        ),
        "/berita-5/": Answer(site.article(5, f"{site.text(5)}<p>{links}</p>")),
    }
    return endless


def lists(site: SmallSite) -> wire.Endless:
    """One sitemap never ends, one is a bomb of entities, one a gzip bomb of 1 GiB; and so is the
    feed. Returns the first of them."""
    endless = wire.Endless(b"<url><loc>x</loc></url>" * 2048, content_type="application/xml")
    # Entities are text, not addresses: what is named beside them is found.
    named = f"<url><loc>{site.origin}/berita-3/</loc></url></urlset>"
    bomb = entity_bomb("urlset", site.origin).replace("</urlset>", named)
    packed = wire.bomb(1, f"<urlset>{named}".encode())
    site.answers = {
        "/robots.txt": Answer(
            "User-agent: *\n" + "".join(f"Sitemap: {site.origin}/{n}.xml\n" for n in "abc"),
            content_type="text/plain",
        ),
        "/a.xml": endless,
        "/b.xml": Answer(bomb, content_type="application/xml"),
        "/c.xml": Answer(packed, content_type="application/gzip", length=len(packed)),
        "/feed/": Answer(entity_bomb("rss", site.origin), content_type="application/rss+xml"),
    }
    return endless
