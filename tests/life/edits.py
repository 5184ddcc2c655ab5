"""What an editor can do to a post, each a function from the post to the post."""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from tests.newsroom.model import Post

_ENDINGS = (
    ", Warga Antusias",
    ", Ini Penjelasannya",
    ", Begini Kondisinya",
    ", Camat Angkat Bicara",
)
_NEWS = (
    "Hingga berita ini diturunkan, {number} petugas masih berada di lokasi.",
    "Data terbaru menyebutkan {number} kepala keluarga terdampak.",
    "Pemerintah setempat menyiapkan {number} juta rupiah untuk tahap berikutnya.",
    "Kegiatan itu akan dilanjutkan {number} hari lagi di tempat yang sama.",
)
_CORRECTION = (
    "RALAT: Sebelumnya tertulis {wrong} orang, yang benar {right} orang. Redaksi mohon maaf atas"
    " kekeliruan ini."
)
_SIGNATURE = " [Lay]"
_LONG_WORD = re.compile(r"\b[a-z]{7,}\b")


class Kind(StrEnum):
    """What kind of change it was."""

    PUBLISHED = "published"
    TYPO = "typo"
    """One letter put right."""
    HEADLINE = "headline"
    SUBSTANCE = "substance"
    """A paragraph more."""
    CORRECTION = "correction"
    """A paragraph at the end that begins "RALAT:"."""
    PICTURE = "picture"
    """Another picture above the text, with its caption."""
    CAPTION = "caption"
    NEW_SLUG = "new slug"
    MOVED = "moved"
    """To another section."""
    REDATED = "re-dated"
    """To some days before."""
    REPUBLISHED = "re-published"
    """Dated now, so that it comes up first again."""
    RELAUNCHED = "re-published with a new slug"
    PINNED = "pinned"
    UNPINNED = "unpinned"
    """Pinned to the top of the home page and no more: saved, and not a word of it changed."""
    DELETED = "deleted"
    RESTORED = "restored"


@dataclass(slots=True)
class Edit:
    """What the editors of one post have at hand."""

    number: int
    """Of the post."""
    sections: Sequence[str]
    chance: random.Random
    misspelt: tuple[str, str] = ("", "")
    """The word as it was published first, and as it should be."""

    def typo(self, post: Post, when: datetime) -> Post:
        return replace(post, body=post.body.replace(*self.misspelt, 1), modified=when)

    def headline(self, post: Post, when: datetime) -> Post:
        return replace(post, title=post.title + self.chance.choice(_ENDINGS), modified=when)

    def substance(self, post: Post, when: datetime) -> Post:
        """A paragraph more, before the last."""
        *above, last = post.body.split("\n\n")
        lines = [line.format(number=self.chance.randint(3, 99)) for line in _NEWS]
        more = " ".join(self.chance.sample(lines, 2))
        return replace(post, body="\n\n".join((*above, more, last)), modified=when)

    def correction(self, post: Post, when: datetime) -> Post:
        """A note below the text; the signature stays last."""
        wrong, right = self.chance.sample(range(10, 99), 2)
        note = _CORRECTION.format(wrong=wrong, right=right) + _SIGNATURE
        body = f"{post.body.removesuffix(_SIGNATURE)}\n\n{note}"
        return replace(post, body=body, modified=when)

    def picture(self, post: Post, when: datetime) -> Post | None:
        return self._exchange(post, when, name=f"foto-{self.number}-baru.jpg")

    def caption(self, post: Post, when: datetime) -> Post | None:
        return self._exchange(post, when, name=None)

    def new_slug(self, post: Post, when: datetime) -> Post:
        """A shorter one; WordPress remembers the old."""
        words = post.slug.split("-")[:4]
        slug = "-".join((*words, str(self.number)))
        return replace(post, slug=slug, old_slugs=(*post.old_slugs, post.slug), modified=when)

    def moved(self, post: Post, when: datetime) -> Post:
        others = [slug for slug in self.sections if slug not in post.sections]
        return replace(post, sections=(self.chance.choice(others),), modified=when)

    def redated(self, post: Post, when: datetime) -> Post:
        earlier = post.published - timedelta(hours=self.chance.randint(5, 90))
        return replace(post, published=earlier, uploaded=self._uploaded(post), modified=when)

    def republished(self, post: Post, when: datetime) -> Post:
        # Published and changed in the same second: to the theme it was never changed.
        return replace(post, published=when, uploaded=self._uploaded(post), modified=None)

    def relaunched(self, post: Post, when: datetime) -> Post:
        return self.republished(self.new_slug(post, when), when)

    def pinned(self, post: Post, when: datetime) -> Post:
        return replace(post, sticky=True, modified=when)

    def unpinned(self, post: Post, when: datetime) -> Post:
        return replace(post, sticky=False, modified=when)

    def restored(self, post: Post, when: datetime) -> Post:
        return replace(post, modified=when)

    def _exchange(self, post: Post, when: datetime, name: str | None) -> Post | None:
        """Another caption, and another picture if it has a name; None where there is none."""
        if post.lead is None:
            return None
        before = post.pictures[post.lead]
        caption = f"Suasana di lokasi, {when.day} hari bulan ini."
        after = replace(before, name=name or before.name, caption=caption)
        return replace(post, pictures={post.lead: after}, modified=when)

    @staticmethod
    def _uploaded(post: Post) -> datetime:
        return post.uploaded or post.published


EDITS: dict[Kind, Callable[[Edit, Post, datetime], Post | None]] = {
    Kind.TYPO: Edit.typo,
    Kind.HEADLINE: Edit.headline,
    Kind.SUBSTANCE: Edit.substance,
    Kind.CORRECTION: Edit.correction,
    Kind.PICTURE: Edit.picture,
    Kind.CAPTION: Edit.caption,
    Kind.NEW_SLUG: Edit.new_slug,
    Kind.MOVED: Edit.moved,
    Kind.REDATED: Edit.redated,
    Kind.REPUBLISHED: Edit.republished,
    Kind.RELAUNCHED: Edit.relaunched,
    Kind.PINNED: Edit.pinned,
    Kind.UNPINNED: Edit.unpinned,
    Kind.RESTORED: Edit.restored,
}
"""All but publishing and deleting. None is returned where there is nothing to edit."""


def misspelt(body: str, chance: random.Random) -> tuple[str, str]:
    """A word of the body with one letter wrong, and the word."""
    word = chance.choice(_LONG_WORD.findall(body))
    place = chance.randrange(1, len(word) - 1)
    letter = chance.choice([one for one in "aeiknrt" if one != word[place]])
    return word[:place] + letter + word[place + 1 :], word
