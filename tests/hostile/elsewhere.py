"""Sites that lead off their origin, through every channel and in every spelling."""

from tests.small_site import Answer, SmallSite


def lead_away(site: SmallSite, away: str) -> None:
    """By links, a next page, a redirect, base, Refresh and canonical."""
    port = away.rsplit(":", 1)[1]
    elsewhere = [
        away, f"http://localhost:{port}", f"http://2130706433:{port}",
        f"http://0x7f.1:{port}", f"http://[::ffff:127.0.0.1]:{port}", f"//127.0.0.1:{port}",
        f"http://{site.origin.removeprefix('http://')}@127.0.0.1:{port}",
        f"http://127.0.0.1:{port}\\@{site.origin.removeprefix('http://')}",
    ]  # fmt: skip
    links = "".join(
        f'<article class="post hentry"><h2><a href="{at}/berita-{n}/">x</a></h2></article>'
        for n, at in enumerate(elsewhere, start=50)
    )
    links += f'<a class="next page-numbers" href="{away}/category/berita/page/2/">n</a>'
    site.answers["/category/berita/"] = Answer(
        site.listing(1).replace("</main>", links + "</main>")
    )
    site.answers["/berita-1/"] = Answer(status=302, headers={"Location": f"{away}/berita-1/"})
    site.answers["/berita-2/"] = Answer(
        site.article(2).replace(
            "<head>",
            f'<head><base href="{away}/"><meta http-equiv="refresh" '
            f'content="0; url={away}/x/"><link rel="canonical" '
            f'href="{away}/berita-2/">',
        ),
        headers={"Refresh": f"0; url={away}/y/"},
    )


def show_things_elsewhere(site: SmallSite, away: str) -> None:
    """By sitemaps, entities, the feed, the REST API, pictures and players."""
    xml = f"<url><loc>{away}/berita-1/</loc></url>"
    outside = f'<!DOCTYPE urlset SYSTEM "{away}/x.dtd" [<!ENTITY x SYSTEM "{away}/x">]>'
    picture = (
        f'<figure><img src="{away}/a.jpg" srcset="{away}/b.jpg 2x, {away}/c.jpg 3x" '
        f'data-src="{away}/d.jpg"></figure><picture><source srcset="{away}/e.webp"></picture>'
        f'<iframe src="{away}/f/"></iframe><video poster="{away}/g.jpg" src="{away}/h.mp4">'
    )
    site.answers = {
        "/robots.txt": Answer(
            f"User-agent: *\nSitemap: {away}/sitemap.xml\nSitemap: {site.origin}/s.xml\n",
            content_type="text/plain",
        ),
        "/s.xml": Answer(
            f"{outside}<urlset>{xml}<url><loc>&x;</loc></url></urlset>",
            content_type="application/xml",
        ),
        "/feed/": Answer(
            f'<?xml version="1.0"?><rss version="2.0"><channel><item><link>{away}/berita-1/'
            f'</link><guid>{away}/?p=1</guid><enclosure url="{away}/i.mp3"/></item></channel>'
            "</rss>",
            content_type="application/rss+xml",
        ),
        "/wp-json/wp/v2/posts?_fields=id,link,date_gmt,modified_gmt&orderby=id&order=asc"
        "&per_page=100&page=1": Answer(
            f'[{{"id": 1, "link": "{away}/berita-1/", "date_gmt": "2019-10-02T03:15:00"}}]',
            headers={
                "X-WP-Total": "1",
                "X-WP-TotalPages": "1",
                "Link": f'<{away}/>; rel="next"',
            },
            content_type="application/json",
        ),
        "/berita-3/": Answer(
            site.article(3, site.text(3) + picture).replace(
                "<head>", f'<head><meta property="og:image" content="{away}/j.jpg">'
            )
        ),
    }


def spell_another_host(site: SmallSite, away: str) -> None:
    """By links and redirects whose host is written so that some take it for another."""
    port = away.rsplit(":", 1)[1]
    spelled = [
        f"http://127\u3002 0\u30020\u30021:{port}".replace(" ", ""), f"http://\uff11\uff12\uff17.0.0.1:{port}",
        f"http://\u24db\u24de\u24d2alhost:{port}", f"http://0177.0.0.1:{port}", f"http://127.1:{port}",
        f"http://017700000001:{port}", f"http:\\\\127.0.0.1:{port}", f"/\\127.0.0.1:{port}",
        f"///127.0.0.1:{port}", f"ht\ttp://127.0.0.1:{port}", f"http:127.0.0.1:{port}",
        f"{site.origin}@127.0.0.1:{port}", f"{site.origin}:80@127.0.0.1:{port}",
        f"{site.origin}\\@127.0.0.1:{port}", f"{site.origin}#@127.0.0.1:{port}",
    ]  # fmt: skip
    links = "".join(
        f'<article class="post hentry"><h2><a href="{at}/berita-{n}/">x</a></h2></article>'
        for n, at in enumerate(spelled, start=50)
    )
    site.answers["/category/berita/"] = Answer(
        site.listing(1).replace("</main>", links + "</main>")
    )
    for number, at in enumerate(spelled, start=1):
        site.numbers.append(number + 100)
        site.answers[f"/berita-{number + 100}/"] = Answer(
            status=302,
            headers={"Location": f"{at}/berita-{number + 100}/".encode().decode("latin-1")},
        )
