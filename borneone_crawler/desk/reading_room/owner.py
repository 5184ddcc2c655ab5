"""What the owner of this machine has said, and the desk cannot know of itself."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from borneone_crawler.site import BORNEONETV, Site


@dataclass
class Owner:
    """Who serves the archives."""

    sites: dict[str, Site] = field(default_factory=dict)
    """The newsrooms there are spiders for, by name."""
    own_words: Path | None = None
    """The file of synonyms of one's own."""

    def introduce(self, sites: Iterable[Site], own_words: Path | None) -> None:
        """Take down what the settings say."""
        self.sites |= {site.name: site for site in sites}
        self.own_words = own_words

    def outlet_names(self, newsroom: str) -> Sequence[str]:
        """What a newsroom is called in print; its short name where there is no spider for it."""
        return self.sites[newsroom].outlet_names if newsroom in self.sites else (newsroom,)


OWNER = Owner({BORNEONETV.name: BORNEONETV})
