"""What kind of edit led from one state of an article to the next, in an editor's words."""

import difflib
import re
from collections.abc import Iterator, Sequence
from enum import StrEnum

from borneone_crawler.archive.articles.stored import content_of
from borneone_crawler.items import Article


class EditKind(StrEnum):
    """What was edited; the weightiest first. An edit may be of several kinds."""

    CORRECTION = "correction"
    """The newsroom itself says that something was wrong."""
    SUBSTANCE = "substance"
    """The text says something else, more, or less."""
    HEADLINE = "headline"
    TYPO = "typo"
    """The text says the same: spelling, punctuation, white space."""
    IMAGES = "images"
    """Pictures, captions or credits."""
    VIDEOS = "videos"
    BYLINE = "byline"
    """Authors or editor."""
    DATE = "date"
    """The date of publication."""
    SECTION = "section"


_FIELDS = {
    "headline": EditKind.HEADLINE,
    "images": EditKind.IMAGES,
    "videos": EditKind.VIDEOS,
    "authors": EditKind.BYLINE,
    "editor": EditKind.BYLINE,
    "date_published": EditKind.DATE,
    "article_section": EditKind.SECTION,
}

# "Perbaikan jalan" and "Bupati beri klarifikasi" are news: only a label, or a sentence about this
# very text, is the newsroom speaking of itself.
_LABEL = (
    r"(?:ralat|koreksi|klarifikasi|perbaikan|pembetulan|hak jawab|catatan (?:redaksi|editor)"
    r"|update koreksi)"
)
_CORRECTS = re.compile(
    rf"^[*_\s]*{_LABEL}(?: (?:berita|redaksi|judul|foto))?\s*[:–—|]"
    rf"|^[*_\s]*[(\[]\s*{_LABEL}\b[^)\]]*[)\]]"
    rf"|[(\[]\s*{_LABEL}\s*[)\]]"
    r"|\b(?:berita|artikel|tulisan|naskah|judul|foto) ini (?:telah|sudah)"
    r" (?:diralat|dikoreksi|diperbaiki|diklarifikasi|mengalami (?:ralat|koreksi|perbaikan))"
    r"|\bredaksi (?:me)?mohon maaf\b|\bredaksi meminta maaf\b"
    r"|\bterdapat (?:kesalahan|kekeliruan) (?:penulisan|pengetikan|penyebutan|data|dalam berita)",
    re.IGNORECASE,
)

_WORD = re.compile(r"\w+")
_ALIKE = 0.7
"""How alike two words must be, as difflib measures it, to be one word spelled in two ways."""
_MOST_SLIPS = 12
"""Words spelled otherwise in one edit; who changes more of them rewrites."""
_TOO_LONG = 40_000
"""Words of a text beyond which it is not looked through word by word."""

# One letter makes another fact of these.
DECIDING = frozenset(
    _WORD.findall(
        """
        tidak tak bukan belum jangan tanpa
        nol satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas belas puluh
        ratus seratus ribu seribu juta sejuta miliar triliun persen pertama kedua ketiga
        senin selasa rabu kamis jumat sabtu minggu
        januari februari maret april mei juni juli agustus september oktober november desember
        """
    )
)


def kinds_of(before: Article, after: Article) -> list[EditKind]:
    """The kinds of an edit, the weightiest first; none where what counts as content is the
    same."""
    one, other = content_of(before), content_of(after)
    found = {kind for name, kind in _FIELDS.items() if one[name] != other[name]}
    # A description is mostly the text's beginning, cut off: it only counts alone.
    for name in ("article_body", "description"):
        old, new = getattr(before, name) or "", getattr(after, name) or ""
        if old != new:
            found.add(EditKind.TYPO if reads_the_same(old, new) else EditKind.SUBSTANCE)
            break
    if found & {EditKind.HEADLINE, EditKind.TYPO, EditKind.SUBSTANCE} and _corrects(before, after):
        found.add(EditKind.CORRECTION)
    return [kind for kind in EditKind if kind in found]


def reads_the_same(before: str, after: str) -> bool:
    """Whether two texts say the same to a reader: they differ in white space, punctuation, capital
    letters, or in a few words that are spelled otherwise, but in no number and no negation."""
    old, new = _WORD.findall(before.casefold()), _WORD.findall(after.casefold())
    if old == new:
        return True
    if max(len(old), len(new)) > _TOO_LONG:
        return False
    slips = 0
    for gone, added in _changes(old, new):
        slips += max(len(gone), len(added))
        if slips > _MOST_SLIPS or not _is_slip(gone, added):
            return False
    return True


def _changes(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[list[str], list[str]]]:
    """The runs of words that went and came in their place."""
    most = min(len(old), len(new))
    head = next((n for n in range(most) if old[n] != new[n]), most)
    tail = next((n for n in range(most - head) if old[-1 - n] != new[-1 - n]), most - head)
    a, b = old[head : len(old) - tail], new[head : len(new) - tail]
    if len(a) * len(b) > _TOO_LONG:
        yield list(a), list(b)
        return
    for tag, a1, a2, b1, b2 in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag != "equal":
            yield list(a[a1:a2]), list(b[b1:b2])


def _is_slip(gone: list[str], added: list[str]) -> bool:
    """Whether some words are others spelled otherwise."""
    if any(any(map(str.isdigit, word)) or word in DECIDING for word in (*gone, *added)):
        return False
    if "".join(gone) == "".join(added):
        return True  # "di tepi" and "ditepi"
    if len(gone) != len(added):
        return False
    return all(
        difflib.SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE
        for one, other in zip(gone, added, strict=True)
    )


def _corrects(before: Article, after: Article) -> bool:
    """Whether the newsroom says in words that were not there before that it corrects itself."""
    return bool(set(_corrections(after)) - set(_corrections(before)))


def _corrections(article: Article) -> Iterator[str]:
    for paragraph in (article.headline or "", *article.article_body.split("\n")):
        if _CORRECTS.search(paragraph):
            yield " ".join(paragraph.split())
