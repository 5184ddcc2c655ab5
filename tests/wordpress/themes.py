"""The themes in which the site is crawled, and what each of them shows of a post."""

import shutil
from dataclasses import dataclass
from pathlib import Path

DEBIAN = Path("/usr/share/wordpress/wp-content/themes")
OWN = Path(__file__).resolve().parent / "theme"
LISTINGS = "listings"


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme; the rest says what it prints beside what all of them do."""

    name: str
    reader: str
    """The layout of pages/ that is to read it."""
    lead_caption: bool = True
    """The caption of the picture above the text."""
    lead_video: bool = False
    """A video in place of that picture."""
    named_people: bool = False
    """Writer and editor, below the text."""
    part_links: bool = True
    """Links to further pages of a post that is not made of blocks."""
    sources: str = "all"
    """LISTINGS where the site has neither sitemap nor feed, nor a REST API for strangers."""


_OF_BLOCKS = [
    Theme(name, "block theme", lead_caption=False, part_links=False)
    for name in ("twentytwentytwo", "twentytwentyfour", "twentytwentyfive")
]
# The newsroom's own, in two versions; one is crawled by its listings alone.
_KABAR = Theme("kabar", "wpberita", lead_video=True, named_people=True)
_KABAR_NEWER = Theme(
    "kabar-baru", "wpberita-newer", lead_video=True, named_people=True, sources=LISTINGS
)
# Debian gives each theme a package of its own; newer releases drop older ones.
_DEBIANS = [Theme("twentytwentyone", "neutral"), *_OF_BLOCKS]


def themes() -> list[Theme]:
    """Ours, and the first two of Debian's."""
    return [_KABAR, _KABAR_NEWER, *debians()[:2]]


def debians() -> list[Theme]:
    """Those of Debian's packages that are installed."""
    return [theme for theme in _DEBIANS if (DEBIAN / theme.name).is_dir()]


def install_own(folder: Path) -> None:
    """Puts ours beside the themes in a folder of WordPress's."""
    for theme in (_KABAR, _KABAR_NEWER):
        shutil.copytree(OWN / theme.name, folder / theme.name)
