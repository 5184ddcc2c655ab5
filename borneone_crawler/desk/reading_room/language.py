"""In which language a browser is answered: as its reader chose, else as the browser asks."""

import os
from contextvars import ContextVar

from datasette.utils.asgi import Request

from borneone_crawler.desk.words import LANGUAGES, Words, language_of, words_of

COOKIE = "language"

_language: ContextVar[str] = ContextVar("language")


def listen(request: Request) -> None:
    """Have all that is said from here on, until this request is answered, be in its language."""
    chosen = request.cookies.get(COOKIE)
    asked = preferred(request.headers.get("accept-language", ""))
    _language.set(chosen if chosen in LANGUAGES else asked or language_of(os.environ))


def words() -> Words:
    """The words for the request that is being answered; at the start of the server, those of its
    locale."""
    return words_of(_language.get(language_of(os.environ))).of("datasette")


def preferred(accepted: str) -> str | None:
    """The language of ours that an Accept-Language header (RFC 9110, 12.5.4) puts first; None
    where it names none of them."""
    weighed = sorted(map(_weighed, accepted.split(",")), key=lambda one: -one[0])
    return next((tag for weight, tag in weighed if weight > 0 and tag in LANGUAGES), None)


def _weighed(choice: str) -> tuple[float, str]:
    tag, *parameters = (part.strip() for part in choice.lower().split(";"))
    weight = next((text[2:] for text in parameters if text.startswith("q=")), "1")
    language = tag.partition("-")[0]
    try:
        return float(weight), {"in": "id"}.get(language, language)
    except ValueError:
        return 0.0, language
