"""Why a middleware of ours did not let a request through."""

from scrapy.exceptions import IgnoreRequest


class Refused(IgnoreRequest):  # noqa: N818 - a verdict, not an error
    """The URL must not be asked for; the message is the reason that is recorded."""


class Unasked(IgnoreRequest):  # noqa: N818
    """The request was not made, and nothing is known of its URL: it stays due."""
