"""What a text says of itself at its ends: dateline, the reporter's sign-off, named people."""

import re
from collections.abc import Sequence

from borneone_crawler.pages.text import letters
from borneone_crawler.trees import fold

_DASH = re.compile(r"\s*(?:[–—]|--?)\s*")
_SPACED_DASH = re.compile(r"\s+(?:[–—]|--?)\s+|\s*[–—]\s*")
_LONGEST_DATELINE = 70

# A place: words that begin with a capital, as "Sungai Raya", "PONTIANAK", "Kubu Raya".
_PLACE = re.compile(r"(?:[A-Z][\w.'’]*)(?:[ -][A-Z][\w.'’]*){0,3}")
_PLACES = frozenset(
    """pontianak singkawang sambas bengkayang landak mempawah sanggau ketapang sintang melawi
    sekadau kapuashulu kayongutara kuburaya kubu sungairaya ngabang putussibau sukadana nangapinoh
    jakarta bandung surabaya semarang yogyakarta denpasar medan palembang makassar manado
    banjarmasin samarinda balikpapan palangkaraya tarakan kuching entikong sungaipinyuh tayan
    kalbar""".split()  # noqa: SIM905
)

_SIGN_OFF = re.compile(
    r"(?P<before>.*?)(?P<open>[\[(])\s*(?P<initials>[^\[\]()]{1,40}?)\s*[\])]\s*\.?$", re.DOTALL
)
_ENDS_SENTENCE = re.compile(r"[.!?…”\"’')\]*]\s*$")
_INITIALS = re.compile(r"(?=.*[^\W\d]|\*+$)[\w.*/,&+ -]+")
# Words in brackets at the end of a text that sign for nobody.
_NO_SIGN_OFF = frozenset({"bersambung", "selesai", "habis", "tamat", "foto", "istimewa", "video"})

_ROLES = {
    "penulis": "authors",
    "pewarta": "authors",
    "reporter": "authors",
    "wartawan": "authors",
    "oleh": "authors",
    "laporan": "authors",
    "editor": "editor",
    "penyunting": "editor",
}
_NAMED = re.compile(
    rf"(?:^|(?<=[\n|/;•]))\s*(?P<role>{'|'.join(_ROLES)})\s*[:;]\s*(?P<name>[^\n|;•/]{{2,60}}?)"
    rf"(?=\s*(?:$|[\n|;•/]|\b(?:{'|'.join(_ROLES)})\s*:))",
    re.IGNORECASE,
)
_BETWEEN_NAMES = " \xa0\n|/;•"
# The stop at the end of "H. Usman, M.Si." is the name's, not a sentence's.
_ENDS_IN_DEGREE = re.compile(r"\w\.\w+\.$")
_PARTICLES = frozenset({"bin", "binti", "dan", "van", "von", "de", "al", "el"})


def dateline_of(block: str, outlet_names: Sequence[str]) -> str | None:
    """What stands before the first dash of a text, if it is a place and perhaps an outlet.

    "Pontianak, BorneOneTV – Wakil Gubernur …" gives "Pontianak, BorneOneTV".
    """
    start = block[: _LONGEST_DATELINE + 5]
    # A page's own name for itself may be empty, or part of another: the longest first, so that
    # the order of a set decides nothing.
    outlets = sorted(filter(None, map(letters, outlet_names)), key=len, reverse=True)
    for dash in (_SPACED_DASH, _DASH):
        match = dash.search(start)
        if match is None or match.start() == 0:
            continue
        opening = start[: match.start()]
        named = next((name for name in outlets if name in letters(opening)), None)
        if named:
            rest = letters(opening).replace(named, "").removesuffix("com")
            words = re.sub(r"[(),/]", " ", opening).split()
            if len(words) <= 8 and (not rest or words[0][:1].isupper()):
                return opening.strip(" ")
        elif dash is _SPACED_DASH and _is_place(opening):
            return opening.strip(" ")
    return None


def _is_place(opening: str) -> bool:
    place = opening.split(",")[0].split("(")[0].strip(" /")
    if not _PLACE.fullmatch(place) or len(opening.split()) > 6:
        return False
    return letters(place) in _PLACES or (place.isupper() and len(place) > 3)


def initials_of(blocks: Sequence[str]) -> str | None:
    """The sign-off that closes a text: "Lay" of "[Lay]" or "(Lay)", "*" of "(*)".

    Brackets sign only behind the end of a sentence or on a line of their own, so that a closing
    "(KPU)" is no reporter. Lines that name writer and editor may follow.
    """
    for block in reversed(blocks[-4:]):
        if not _NAMED.sub("", block).strip(_BETWEEN_NAMES):
            continue
        match = _SIGN_OFF.fullmatch(block)
        if match is None:
            return None
        initials, before = fold(match["initials"]), match["before"]
        if not _INITIALS.fullmatch(initials) or letters(initials) in _NO_SIGN_OFF:
            return None
        if before.strip() and not _ENDS_SENTENCE.search(before):
            return None
        # Square brackets sign; round ones also explain, so there only what looks like initials.
        if match["open"] == "(" and (len(initials) > 20 or len(initials.split()) > 3):
            return None
        return initials
    return None


def named_people(text: str) -> dict[str, list[str]]:
    """The people a text names by role: "Penulis: Lay" and "Editor: Budi"."""
    named: dict[str, list[str]] = {}
    for match in _NAMED.finditer(text):
        names = named.setdefault(_ROLES[match["role"].lower()], [])
        name = match["name"].strip(" ,-")
        if not _ENDS_IN_DEGREE.search(name):
            name = name.rstrip(" .,-")
        if name and name not in names:
            names.append(name)
    return named


def typed_people(text: str) -> dict[str, list[str]]:
    """Like named_people, of text that somebody typed: "Editor: begitulah ia dipanggil." in it
    names nobody, for no name of several words begins one of them in lower case."""
    return {
        role: written
        for role, names in named_people(text).items()
        if (written := [name for name in names if _is_written_as_name(name)])
    }


def _is_written_as_name(name: str) -> bool:
    words = name.split()
    return len(words) == 1 or not any(
        word[:1].islower() and word not in _PARTICLES for word in words
    )
