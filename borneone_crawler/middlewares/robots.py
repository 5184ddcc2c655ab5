"""Obeys robots.txt."""

from urllib.parse import urlsplit

from scrapy import Request

from borneone_crawler.middlewares.verdicts import Refused
from borneone_crawler.robots import Robots


class ObeyRobots:
    """Refuses what robots.txt disallows, and everything until a policy is known.

    The preflight asks for the file and sets `policy`. Scrapy's own middleware takes a robots.txt
    that cannot be reached for leave to crawl everything; the RFC says the opposite.
    """

    def __init__(self) -> None:
        self.policy: Robots | None = None

    def process_request(self, request: Request) -> None:
        if request.meta.get("for_robots") or urlsplit(request.url).path == "/robots.txt":
            return
        if self.policy is None:
            raise Refused("robots.txt is not known")
        if not self.policy.allows(request.url):
            raise Refused("robots.txt")
