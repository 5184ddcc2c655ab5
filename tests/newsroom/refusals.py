"""Pages that are no article, each with the reason why."""

import tomllib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.newsroom.folder import FETCHED_AT, Folder
from tests.newsroom.model import ORIGIN, Newsroom, Post
from tests.newsroom.render import HERE, Press

Json = dict[str, Any]


def write_refusals(folder: Folder, press: Press) -> None:
    """Write not_an_article/ as refusals.toml tells."""
    data = tomllib.loads((HERE / "refusals.toml").read_text("utf-8"))
    for case in data["cases"]:
        here = Path("not_an_article", case["name"])
        given: Json = {"url": ORIGIN + case["url"], "fetched_at": FETCHED_AT, "why": case["why"]}
        given |= {name: case[name] for name in ("status", "headers") if name in case}
        folder.write(here / "input.html", _page(case, press))
        folder.write_json(here / "input.json", given)
        folder.write_json(here / "output.json", {"reason": case["reason"]})


def _page(case: Json, press: Press) -> str:
    if "file" in case:
        file = HERE / "templates" / "not_an_article" / str(case["file"])
        return file.read_text("utf-8")
    makers: dict[str, Callable[[Json, Press], str]] = {
        "listing": _listing,
        "static page": _static_page,
        "not found page": lambda one, press: press.not_found(str(one["body_class"])),
        "password protected": _password,
        "attachment page": _attachment,
        "empty body": lambda one, press: press.article(_post(one, press.newsroom))[0],
    }
    return makers[str(case["reason"])](case, press)


def _listing(case: Json, press: Press) -> str:
    posts = list(press.newsroom.listed[:10])
    url = ORIGIN + case["url"]
    return press.listing(
        kind=case["kind"], slug=case["slug"], title=case["title"], url=url, page=1, pages=1,
        urls=[url], numbers=[1], pagination="numbers", entries=posts, nothing=False,
    )  # fmt: skip


def _static_page(case: Json, press: Press) -> str:
    return press.static_page(case["page"])


def _post(case: Json, newsroom: Newsroom) -> Post:
    model = next(post for post in newsroom.posts if not post.pictures)
    return replace(
        model, case=case["name"], id=case["id"], slug=case["url"].strip("/"), title=case["title"],
        body=case.get("body", ""), tags=(), plugins=tuple(case.get("plugins", ())), video=None,
        layout="wpberita", comments=(), writer=None, editor=None, source_url=None,
    )  # fmt: skip


def _password(case: Json, press: Press) -> str:
    return press.article(replace(_post(case, press.newsroom), comments_open=False, autop=False))[0]


def _attachment(case: Json, press: Press) -> str:
    """The theme prints an attachment with the markup of a post."""
    post = replace(_post(case, press.newsroom), sections=(), autop=False)
    page = press.article(post)[0]
    for old, new in (
        (
            f"post-template-default single single-post postid-{post.id} single-format-standard",
            (
                f"attachment attachment-template-default single single-attachment postid-{post.id}"
                f" attachmentid-{post.id} attachment-jpeg"
            ),
        ),
        (
            "post type-post status-publish format-standard",
            "attachment type-attachment status-inherit",
        ),
        (f"/wp-json/wp/v2/posts/{post.id}", f"/wp-json/wp/v2/media/{post.id}"),
    ):
        assert old in page, old
        page = page.replace(old, new)
    return page
