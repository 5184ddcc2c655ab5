"""Captions as newsrooms write them: what the picture shows, and whom it is credited to."""

import re

from borneone_crawler.trees import fold

_LABEL = r"(?:sumber\s+)?(?:foto|photo|gambar|kredit|credit|dok(?:umentasi)?\.?|ist(?:imewa)?\.?)"
_SPLITS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # "… (Foto: BorneOneTV/Lay)", "… [Dok. Humas]", "… (Istimewa)"
        rf"[(\[]\s*(?P<credit>{_LABEL}\b[^()\[\]]*)\s*[)\]]\s*\.?$",
        # "… . Foto: BorneOneTV/Lay", "FOTO/ANTARA"
        r"(?:^|(?<=[\s.,;!?”\"]))(?P<credit>(?:sumber\s+)?(?:foto|photo|gambar)\s*[:/]\s*[^.:]{2,60})\.?$",
        # "… . Foto, BorneOneTV/Lay": a comma credits only where a sentence of its own begins
        r"(?:^|(?<=[.!?)”\"]\s))(?P<credit>(?-i:F(?:oto|OTO))\s*,\s*[^.:]{2,60})\.?$",
        # "… . Dok. Humas Pemprov", "… – Istimewa"
        r"(?:^|(?<=[.!?)]\s)|(?<=[-–—|]\s))(?P<credit>(?:dok(?:umentasi)?\b\.?[\s:]*[^.]{2,50}|(?:foto\s+)?ist(?:imewa)?))\.?$",
    )
)
_NAMED = re.compile(
    r"^(?:sumber\s+)?(?:foto|photo|gambar|kredit|credit)\s*(?:by\b|oleh\b)?\s*[:,/]?\s*",
    re.IGNORECASE,
)


def split_credit(caption: str | None) -> tuple[str | None, str | None]:
    """A caption without its credit, and the credit without the word "Foto".

    "Wagub (14/10/2019). Foto, BorneOneTV/Lay" is ("Wagub (14/10/2019).", "BorneOneTV/Lay"); a
    caption that credits nobody keeps every character.
    """
    caption = fold(caption or "")
    for pattern in _SPLITS:
        match = pattern.search(caption)
        if match is None:
            continue
        credit = _NAMED.sub("", fold(match["credit"]), count=1) or fold(match["credit"])
        rest = fold(caption[: match.start()]).rstrip("-–—| ")
        return rest or None, credit
    return caption or None, None
