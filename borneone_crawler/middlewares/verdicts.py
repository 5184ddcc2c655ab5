"""Why a middleware of ours did not let a request through."""

from scrapy.exceptions import IgnoreRequest


class Refused(IgnoreRequest):
    """The URL must not be asked for; the message is the reason that is recorded."""


class Unasked(IgnoreRequest):
    """The request was not made, and nothing is known of its URL: it stays due."""
