"""Which version of the reader this is."""

import hashlib
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).parent.parent
_ROOMS = ("reading", "pages", "cleaning")
_MODULES = ("items.py", "site.py", "trees.py", "urls.py")


@cache
def reader_version(own_rules: str = "") -> str:
    """Digest of all that decides how a page is read: the readers' source, what it knows of the
    site and its addresses, the rules, and what the owner's own say (`Rules.own_says`)."""
    digest = hashlib.sha256()
    files = (path for room in _ROOMS for path in (_PACKAGE / room).iterdir())
    readers = sorted(path for path in files if path.suffix in {".py", ".toml"})
    modules = [_PACKAGE / name for name in _MODULES]
    for path in (*readers, *modules):
        digest.update(
            f"{path.parent.name}/{path.name}".encode() + b"\0" + path.read_bytes() + b"\0"
        )
    digest.update(own_rules.encode())
    return digest.hexdigest()[:12]
