"""The ordinary spider: what someone who knows Scrapy writes for this newsroom in an hour.

It begins as `scrapy genspider -t crawl` leaves it, and knows the site's theme: which links lead to
articles, and where headline, text and date stand. Of good habits it has those that cost nothing:
it stays on the domain, follows lists alone, takes no page without headline or text for an article
and no date that is none. Everything else is Scrapy's.
"""

from datetime import datetime
from urllib.parse import urlsplit

from scrapy.linkextractors import LinkExtractor
from scrapy.spiders import CrawlSpider, Rule


class BorneOneTVSpider(CrawlSpider):
    name = "borneonetv"

    rules = (
        Rule(LinkExtractor(allow=r"/category/")),  # sections, and their next pages
        Rule(LinkExtractor(restrict_css="article h2"), callback="parse_article"),
    )

    def __init__(self, origin, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.start_urls = [f"{origin}/"]
        self.allowed_domains = [urlsplit(origin).hostname]

    def parse_article(self, response):
        headline = response.css("h1.entry-title").xpath("normalize-space()").get()
        paragraphs = response.css(".entry-content p").xpath("normalize-space()").getall()
        text = "\n\n".join(filter(None, paragraphs))
        if not headline or not text:
            self.logger.warning("No article: %s", response.url)
            return
        yield {
            "url": response.url,
            "headline": headline,
            "text": text,
            "date": parse_date(response.css("time.entry-date::attr(datetime)").get("")),
        }


def parse_date(written):
    try:
        return datetime.fromisoformat(written).isoformat()
    except ValueError:
        return None
