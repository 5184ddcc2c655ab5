"""Response headers as text."""

from scrapy.http import Response


def header(response: Response, name: str) -> str | None:
    """The first value of a header, byte for byte as Latin-1 (RFC 9110 section 5.5), or None."""
    value = response.headers.get(name)
    return value.decode("latin-1").strip() if value is not None else None
