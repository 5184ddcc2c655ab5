"""Which pictures of an article are asked for."""

from borneone_crawler.items import Article, Kind, Link

CHOICES = ("none", "lead", "all")
"""What CAPTURE_IMAGES may say."""

MOST = 40
"""Pictures of one article that are asked for at the most."""

MAX_BYTES = 8 * 1024 * 1024
"""Size of the largest picture that is taken."""


def picture_links(article: Article, choice: str) -> list[Link]:
    """Links to the pictures to be kept; those on other hosts are turned away by the frontier.

    `choice` is one of CHOICES; "lead" is the picture that stands for the article.
    """
    wanted = {
        "none": [],
        "lead": [article.main_image] if article.main_image else article.images[:1],
        "all": article.images[:MOST],
    }[choice]
    return [Link(url=image.url, kind=Kind.IMAGE) for image in wanted]
