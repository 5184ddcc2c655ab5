"""What a browser may load and run on our pages: nothing but what this server gives it."""

from collections.abc import Awaitable, Callable
from typing import Any

from datasette.utils.asgi import Request

from borneone_crawler.desk.reading_room.language import listen

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
App = Callable[[dict[str, Any], Receive, Send], Awaitable[None]]

# Datasette's own pages have scripts and styles in them; Vega makes its formulas into functions.
_POLICY = (
    "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; "
    "script-src 'self' 'unsafe-inline'{more}; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'self'"
)
_OURS = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
)

_HEADERS = {
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "vary": "Cookie, Accept-Language",
}


def guarded(app: App) -> App:
    """The application, listening to the reader's language, and with these headers on each
    answer."""

    async def answer(scope: dict[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        listen(Request(scope, receive))
        said = _HEADERS | {"content-security-policy": policy(scope["path"])}

        async def sending(event: dict[str, Any]) -> None:
            if event["type"] == "http.response.start":
                headers = [pair for pair in event["headers"] if pair[0].lower() != b"vary"]
                headers += [(name.encode(), value.encode()) for name, value in said.items()]
                event = event | {"headers": headers}
            await send(event)

        await app(scope, receive, sending)

    return answer


def policy(path: str) -> str:
    """The Content-Security-Policy (https://www.w3.org/TR/CSP3/) of a page."""
    if path.startswith("/-/article/"):
        return _OURS
    return _POLICY.format(more=" 'unsafe-eval'" if path.startswith("/-/dashboards") else "")
