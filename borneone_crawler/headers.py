"""Response headers as text."""

from scrapy.http import Response
from w3lib.url import safe_url_string


def location_of(response: Response) -> str | None:
    """Where a redirect points, with whatever is not ASCII in it escaped byte for byte."""
    value = response.headers.get("Location")
    return safe_url_string(value) if value else None


def header(response: Response, name: str) -> str | None:
    """The first value of a header, byte for byte as Latin-1 (RFC 9110 section 5.5), or None."""
    value = response.headers.get(name)
    return value.decode("latin-1").strip() if value is not None else None
