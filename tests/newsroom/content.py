"""What stands in one post: its printed pages, its text, and what a reader finds beside it."""

from dataclasses import dataclass, field

from tests.newsroom.model import Newsroom, Post


class NeedsHandError(ValueError):
    """A body whose text cannot be told from its blocks: write expect.article_body by hand."""


@dataclass
class Content:
    """The printed pages of one post, and what is in them beside the text."""

    post: Post
    newsroom: Newsroom
    pages: list[str] = field(default_factory=list)
    blocks: list[str] | None = field(default_factory=list)
    """None where the text must be written by hand."""
    images: list[dict[str, str | None]] = field(default_factory=list)
    videos: list[dict[str, str]] = field(default_factory=list)
    embeds: list[dict[str, str | None]] = field(default_factory=list)
    read_also: list[dict[str, str]] = field(default_factory=list)
    outlinks: list[dict[str, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The expected article_body. Raises NeedsHandError."""
        if "article_body" in self.post.expect:
            return str(self.post.expect["article_body"]).strip("\n")
        if self.blocks is None:
            raise NeedsHandError(self.post.case)
        return "\n\n".join(self.blocks)
