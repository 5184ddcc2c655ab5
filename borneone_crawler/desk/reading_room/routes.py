"""The pages of our own beside Datasette's: articles, and the choice of a language."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from datasette.app import Datasette
from datasette.database import Database as Served
from datasette.utils.asgi import NotFound, Request, Response

from borneone_crawler.desk.reading_room.archives import articles_path, ask, files
from borneone_crawler.desk.reading_room.article import (
    ArticlePage,
    NotHeld,
    article_page,
    csl_json,
    number_of,
)
from borneone_crawler.desk.reading_room.language import COOKIE, words
from borneone_crawler.desk.words import LANGUAGES

_A_YEAR = 365 * 24 * 3600
_GONE = {"taken_down": HTTPStatus.GONE}


async def show_article(datasette: Datasette, request: Request) -> Response:
    """/-/article/ARCHIVE/NUMBER, also ?as_of=DATE."""
    served, number = _served(datasette, request), int(request.url_vars["number"])
    as_of, said = request.args.get("as_of"), words()
    try:
        page: ArticlePage = await ask(
            served, lambda database: article_page(database, number, as_of, said)
        )
    except NotHeld as reason:
        return await _not_held(datasette, request, str(reason))
    at = articles_path(datasette, served.name)
    values = {"page": page, "archive": served.name, "articles_path": at, "as_of": as_of}
    return Response.html(await datasette.render_template("article.html", values, request=request))


async def cite_article(datasette: Datasette, request: Request) -> Response:
    """/-/article/ARCHIVE/NUMBER.csl.json: for Zotero, pandoc and the like."""
    served, number = _served(datasette, request), int(request.url_vars["number"])
    as_of = request.args.get("as_of")
    try:
        text: str = await ask(served, lambda database: csl_json(database, number, as_of))
    except NotHeld as reason:
        return await _not_held(datasette, request, str(reason))
    return Response(
        text,
        content_type="application/vnd.citationstyles.csl+json; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{served.name}-{number}.json"'},
    )


async def find_article(datasette: Datasette, request: Request) -> Response:
    """/-/article/ARCHIVE?address=URL, however the address is spelled."""
    served, address = _served(datasette, request), request.args.get("address") or ""
    try:
        number: int = await ask(served, lambda database: number_of(database, address))
    except NotHeld as reason:
        return await _not_held(datasette, request, str(reason), address=address)
    return Response.redirect(f"{articles_path(datasette, served.name)}/{number}")


async def choose_language(request: Request) -> Response:
    """/-/language/LANGUAGE?back=PATH: remember it, and go on where one was."""
    language, back = request.url_vars["language"], request.args.get("back") or "/"
    if language not in LANGUAGES:
        raise NotFound(f"no such language: {language}")
    # Only to a path of this server: "//host" and "/\host" lead elsewhere.
    if not back.startswith("/") or back[1:2] in {"/", "\\"} or not back.isprintable():
        back = "/"
    response = Response.redirect(back)
    response.set_cookie(COOKIE, language, max_age=_A_YEAR, httponly=True, samesite="lax")
    return response


ROUTES: list[tuple[str, Callable[..., Any]]] = [
    (r"^/-/article/(?P<archive>[^/]+)/(?P<number>\d{1,18})$", show_article),
    (r"^/-/article/(?P<archive>[^/]+)/(?P<number>\d{1,18})\.csl\.json$", cite_article),
    (r"^/-/article/(?P<archive>[^/]+)$", find_article),
    (r"^/-/language/(?P<language>[a-z]+)$", choose_language),
]


def _served(datasette: Datasette, request: Request) -> Served:
    for name in files(datasette):
        served = datasette.get_database(name)
        if served.route == request.url_vars["archive"]:
            return served
    raise NotFound("no such archive")


async def _not_held(
    datasette: Datasette, request: Request, reason: str, **values: Any
) -> Response:
    page = await datasette.render_template(
        "notice.html", {"reason": reason, **values}, request=request
    )
    return Response.html(page, status=_GONE.get(reason, HTTPStatus.NOT_FOUND))
