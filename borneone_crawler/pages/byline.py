"""Who wrote an article, by the line of date, sections and a name, whatever its markup."""

from collections.abc import Sequence

from lxml.etree import XPath, _Element

from borneone_crawler.pages.text import letters
from borneone_crawler.trees import fold

_WORDS = XPath(
    ".//text()[normalize-space()][not(parent::time or ancestor::a)]", smart_strings=False
)
# What such a line says beside date, name and links.
_LABELS = frozenset(
    "posted published on in by and at tag tags diterbitkan ditulis oleh pada di dan".split()  # noqa: SIM905
)
_LEVELS = 3
"""How far above the date the line's element is looked for."""
_LONGEST = 60
"""Characters of the longest name."""


def name_beside(
    times: Sequence[_Element], sections: Sequence[_Element], text: _Element
) -> list[str]:
    """The name that stands with the date and the links to the sections, outside the text.

    Believed only where nothing else stands there: two candidates, and nobody is named.
    """
    around_text = {text, *text.iterancestors()}
    around_sections = {above for link in sections for above in link.iterancestors()}
    for time in times:
        for above in list(time.iterancestors())[:_LEVELS]:
            if above in around_text:
                break
            if above in around_sections and (names := _names(above)):
                return names if _is_name(names) else []
    return []


def _names(line: _Element) -> list[str]:
    words = (fold(words) for words in _WORDS(line))
    return [one for one in words if (said := letters(one)) and said not in _LABELS]


def _is_name(found: Sequence[str]) -> bool:
    return len(found) == 1 and len(found[0]) <= _LONGEST and found[0][0].isalpha()
