"""What a text dump and an article have in common: the same story, the same words."""

from dataclasses import replace

from borneone_crawler.items import Article
from borneone_crawler.likeness import folded

_TELLING = 40
"""Characters, folded, from which on the beginning of a text tells it from others."""

_CREDIT = 60
"""Characters, folded, that a caption in a dump may have more than its picture's: the credit."""


def says_the_same(dump: Article, page: Article) -> bool:
    """Whether a dump is of just this state of a page: its headline and its text to the letter,
    but for typography and for lines of the page that are not its text (captions, pointers)."""
    if folded(dump.headline or "") != folded(page.headline or ""):
        return False
    text = folded(page.article_body)
    if folded(dump.article_body) == text:
        return True
    lines = filter(None, map(folded, dump.article_body.split("\n")))
    return "".join(line for line in lines if not _is_beside(line, page)) == text


def _is_beside(line: str, page: Article) -> bool:
    """Whether a line, folded, stands on the page beside its text."""
    captions = [folded(image.caption) for image in page.images if image.caption]
    if any(line.startswith(it) and len(line) <= len(it) + _CREDIT for it in captions):
        return True
    labels = [page.headline, page.date_published, *page.authors, *page.keywords]
    pointers = [link.text for link in page.read_also]
    return line in {folded(it) for it in (*labels, *pointers) if it}


def begins_alike(dump: Article, page: Article) -> bool:
    """Whether a dump may be of this page: the same headline, and the page's first paragraph
    stands in it, or its first ones where those are short. Two pages may both be so like it."""
    if not dump.headline or folded(dump.headline) != folded(page.headline or ""):
        return False
    beginning = ""
    for block in page.article_body.split("\n\n"):
        beginning += folded(block)
        if len(beginning) >= _TELLING:
            return beginning in folded(dump.article_body)
    return beginning != "" and beginning == folded(dump.article_body)


def comparable(
    before: Article, after: Article, *, of_dump: tuple[bool, bool]
) -> tuple[Article, Article]:
    """Two states of an article; where one of them alone is known from a text dump (`of_dump`
    says of each), in what a dump can say."""
    if of_dump == (True, False):
        return _as_far_as_it_says(before, after), after
    if of_dump == (False, True):
        return before, _as_far_as_it_says(after, before)
    return before, after


def _as_far_as_it_says(dump: Article, page: Article) -> Article:
    """A dump, made to be compared with a page: what it cannot say, such as a date, and what a
    careless copy may have changed is as the page has it."""
    spelled = {folded(block): block for block in page.article_body.split("\n\n")}
    lines = [(folded(line), line) for line in dump.article_body.split("\n\n")]
    headline = dump.headline or ""
    return replace(
        page,
        headline=page.headline if folded(headline) == folded(page.headline or "") else headline,
        article_body="\n\n".join(
            spelled.get(key, line) for key, line in lines if not _is_beside(key, page)
        ),
    )
