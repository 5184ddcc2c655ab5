"""The spider of BorneOneTV."""

from borneone_crawler.site import BORNEONETV
from borneone_crawler.spiders.newsroom import NewsroomSpider


class BorneOneTVSpider(NewsroomSpider):
    """`scrapy crawl borneonetv`: bring the archive of BorneOneTV up to date."""

    name = BORNEONETV.name
    site = BORNEONETV
