"""Asks a server on loopback for one address."""

from contextlib import closing
from http.client import HTTPConnection, HTTPResponse
from urllib.parse import urlsplit

from borneone_crawler.imitation.loopback import LoopbackServer


def ask(
    server: LoopbackServer, path: str, method: str = "GET", **headers: str
) -> tuple[HTTPResponse, bytes]:
    """The response and its body; `If_None_Match=…` is a header of the request."""
    with closing(HTTPConnection(urlsplit(server.origin).netloc, timeout=10)) as connection:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, headers=named)
        response = connection.getresponse()
        return response, response.read()
