"""Whom a citation names as an article's authors."""

from collections.abc import Sequence

from borneone_crawler.items import Article

# WordPress names the account that a post was typed in with.
_ACCOUNTS = frozenset({"admin", "administrator"})


def authors_of(article: Article, outlet_names: Sequence[str]) -> list[str]:
    """The authors' names as the page has them, else the reporter's sign-off; none where only the
    outlet itself, or the account of its site, is named."""
    nobody = _ACCOUNTS | {_folded(name) for name in outlet_names}
    for names in (article.authors, [article.byline_initials or ""]):
        if found := [name for name in dict.fromkeys(names) if _folded(name) not in {"", *nobody}]:
            return found
    return []


def _folded(name: str) -> str:
    return "".join(filter(str.isalnum, name.casefold()))
