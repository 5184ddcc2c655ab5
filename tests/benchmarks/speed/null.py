"""The crawl that only fetches: Scrapy as `scrapy startproject` and `genspider` leave it.

Settings are those of the project template of Scrapy 2.19, but for the pause between requests,
which our own crawl is run without too. `scrapy runspider null.py -a urls=FILE`, an address a line.
"""

from pathlib import Path
from typing import Any, ClassVar

import scrapy


class NullSpider(scrapy.Spider):
    name = "null"
    custom_settings: ClassVar[dict[str, Any]] = {
        "ROBOTSTXT_OBEY": True,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "DOWNLOAD_DELAY": 0,
    }

    def __init__(self, urls: str, **arguments: str) -> None:
        super().__init__(**arguments)
        self.start_urls = Path(urls).read_text("utf-8").splitlines()

    def parse(self, response: scrapy.http.Response) -> None:
        pass
