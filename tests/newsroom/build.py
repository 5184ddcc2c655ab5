"""Writes the fixtures: `python -m tests.newsroom.build`, or build_generated() for a big site."""

import shutil
import tomllib
from pathlib import Path
from typing import Any

from tests.newsroom import machines
from tests.newsroom.archives import PER_PAGE
from tests.newsroom.compose import compose
from tests.newsroom.expect import article_of
from tests.newsroom.folder import FETCHED_AT, HTML, Folder
from tests.newsroom.invented import generated_newsroom
from tests.newsroom.listings import Listings
from tests.newsroom.model import ORIGIN, Newsroom, load
from tests.newsroom.refusals import write_refusals
from tests.newsroom.render import HERE, Press

Json = dict[str, Any]
FIXTURES = HERE.parents[1] / "fixtures"
_MADE = ("article_page", "not_an_article", "listing_page", "text_dump", "images", "newsroom")
_RSS = "application/rss+xml; charset=UTF-8"
_XML = "application/xml; charset=UTF-8"
_UNCACHED = {
    "Expires": "Wed, 11 Jan 1984 05:00:00 GMT",
    "Cache-Control": "no-cache, must-revalidate, max-age=0",
}


def build(root: Path = FIXTURES) -> None:
    """Write everything that is generated below fixtures/, the same bytes every time."""
    for name in _MADE:
        shutil.rmtree(root / name, ignore_errors=True)
    newsroom, folder = load(HERE), Folder(root)
    press = Press(newsroom)
    named = tomllib.loads((HERE / "listing_cases.toml").read_text("utf-8"))
    listings = Listings(folder, newsroom, press, {one["path"]: one for one in named["pages"]})
    _write_articles(folder, newsroom, press)
    listings.home()
    listings.sections()
    listings.tags()
    listings.authors()
    listings.neutral_case(named["neutral"])
    listings.past_the_end_case(named["past_the_end"])
    write_refusals(folder, press)
    _write_dump(folder, newsroom)
    _write_rest_of_site(folder, newsroom, press)


def build_generated(root: Path, count: int, seed: int) -> None:
    """Write a newsroom of `count` invented articles, in the format of fixtures/.

    The same seed gives the same bytes. About 45 KB and 3 ms an article; no archives of tags and
    authors, no texts in the REST API.
    """
    write_newsroom(root, generated_newsroom(load(HERE), count, seed))


def write_newsroom(root: Path, newsroom: Newsroom) -> None:
    """Write an invented newsroom, in the format of fixtures/."""
    folder, press = Folder(root), Press(newsroom)
    listings = Listings(folder, newsroom, press, {})
    _write_articles(folder, newsroom, press)
    listings.home()
    listings.sections()
    _write_rest_of_site(folder, newsroom, press, rest_content=False)


def _write_articles(folder: Folder, newsroom: Newsroom, press: Press) -> None:
    for post in newsroom.posts:
        here = Path("article_page", post.case)
        content = compose(post, newsroom)
        first, *parts = press.article(post, content)
        given: Json = {"url": post.url, "fetched_at": FETCHED_AT, "why": post.why}
        folder.write(here / "input.html", first)
        for number, page in enumerate(parts, start=2):
            file = f"input-{number}.html"
            folder.write(here / file, page)
            given.setdefault("parts", []).append({"url": f"{post.url}{number}/", "file": file})
        folder.write_json(here / "input.json", given)
        folder.write_json(here / "output.json", article_of(post, newsroom, content))
        folder.redirect(f"/?p={post.id}", post.path)
        for old in post.old_slugs:
            folder.redirect(f"/{old}/", post.path)


def _write_dump(folder: Folder, newsroom: Newsroom) -> None:
    """The text of a real page as a naive scrape left it, and what is in it."""
    here, source = Path("text_dump/seed_article"), HERE / "text_dump"
    seed = next(post for post in newsroom.posts if post.case == "seed-article")
    article = article_of(seed, newsroom, compose(seed, newsroom))
    given = tomllib.loads((source / "seed_article.toml").read_text("utf-8"))
    given["known_sections"] = [section.name for section in newsroom.sections.values()]
    images = [
        {name: one[name] for name in ("caption", "credit_text")} for one in article["images"]
    ]
    names = ("headline", "byline_initials", "dateline", "article_section", "article_body")
    output = {name: article[name] for name in names}
    output |= {"date_published": None, "main_image": images[0], "images": images}
    folder.write_bytes(here / "input.txt", (source / "seed_article.txt").read_bytes())
    folder.write_json(here / "input.json", given)
    folder.write_json(here / "output.json", output)


def _write_rest_of_site(
    folder: Folder, newsroom: Newsroom, press: Press, *, rest_content: bool = True
) -> None:
    for page in newsroom.pages:
        file = f"newsroom/page/{page['slug']}.html"
        folder.write(file, press.static_page(page))
        folder.route(f"/{page['slug']}/", file)
        folder.redirect(f"/?p={page['id']}", f"/{page['slug']}/")
    folder.write("newsroom/not_found.html", press.not_found())
    folder.route("*", "newsroom/not_found.html", HTML, status=404, headers=_UNCACHED)
    _write_feeds(folder, newsroom, press)
    folder.write("newsroom/robots.txt", machines.robots())
    folder.route("/robots.txt", "newsroom/robots.txt", "text/plain; charset=utf-8")
    for path, text in machines.sitemaps(newsroom):
        folder.write(f"newsroom/sitemap{path}", text)
        folder.route(path, f"newsroom/sitemap{path}", _XML)
    folder.redirect("/sitemap.xml", "/wp-sitemap.xml", status=302)
    for path, value in machines.rest(newsroom, with_content=rest_content):
        file = f"newsroom/rest/{path.strip('/').replace('/', '-')}.json"
        folder.write_json(file, value)
        folder.route(path, file, "application/json; charset=UTF-8")
    _write_images(folder, newsroom)
    folder.write_routes()


def _write_feeds(folder: Folder, newsroom: Newsroom, press: Press) -> None:
    """All feeds of a site have the same validators, those of the post changed last."""
    validators = machines.validators(newsroom)
    listed = newsroom.listed
    for number in range(1, min(-(-len(listed) // PER_PAGE), 10) + 1):
        posts = listed[(number - 1) * PER_PAGE : number * PER_PAGE]
        file = f"newsroom/feed/{number}.xml"
        folder.write(file, press.feed("BorneOneTV", f"{ORIGIN}/feed/", posts))
        path = "/feed/" if number == 1 else f"/feed/?paged={number}"
        folder.route(path, file, _RSS, headers=validators)
    for section in newsroom.sections.values():
        path = f"{newsroom.section_path(section.slug)}feed/"
        file = f"newsroom/feed/category-{section.slug}.xml"
        newest = newsroom.posts_in(section.slug)[:PER_PAGE]
        folder.write(file, press.feed(f"{section.name} – BorneOneTV", ORIGIN + path, newest))
        folder.route(path, file, _RSS, headers=validators)


def _write_images(folder: Folder, newsroom: Newsroom) -> None:
    """Four small pictures stand in for every upload; images.json says which for which."""
    sources = sorted((HERE / "pictures").iterdir())
    scenes = [file.name for file in sources if file.suffix == ".jpg"]
    uploads = {f"{ORIGIN}/wp-content/uploads/2017/02/logo.png": "logo.png"}
    for post in newsroom.posts:
        for number, picture in enumerate(post.pictures.values()):
            uploads[post.upload(picture.name)] = scenes[(post.id + number) % len(scenes)]
    for file in sources:
        folder.write_bytes(f"images/{file.name}", file.read_bytes())
    folder.write_json("images/images.json", dict(sorted(uploads.items())))


if __name__ == "__main__":
    build()
