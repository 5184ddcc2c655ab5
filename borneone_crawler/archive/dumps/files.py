"""Reads files of plain text, and says of others why they are none."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

LARGEST = 1 << 20
"""Bytes of the largest text that is taken for one article's."""

# What no text has: control characters, but for tab, line ends and form feed.
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
_HTML = re.compile(r"\s*<(?:!doctype|html|\?xml|!--)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextFile:
    """One file as it stands."""

    name: str
    raw: bytes
    encoding: str
    """utf-8 or windows-1252."""

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.raw).hexdigest()

    @property
    def text(self) -> str:
        return decoded(self.raw, self.encoding)


def text_files(paths: Sequence[Path]) -> tuple[list[TextFile], list[tuple[str, str]]]:
    """The files that are texts; (name, why) of those that are none."""
    files, refused = [], []
    for path in paths:
        found = _text_file(path)
        if isinstance(found, TextFile):
            files.append(found)
        else:
            refused.append((str(path), found))
    return files, refused


def decoded(raw: bytes, encoding: str) -> str:
    """The text of a file, without its byte order mark."""
    return raw.decode(encoding).removeprefix("\ufeff")


def _text_file(path: Path) -> TextFile | str:
    """The file, or why it is none."""
    if not path.exists():
        return "not there"
    if not path.is_file():
        return "no file"
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except OSError as error:
        return f"not readable: {error.strerror}"
    if len(raw) > LARGEST:
        return f"larger than {LARGEST >> 20} MiB: no article's text"
    for encoding in ("utf-8", "windows-1252"):
        try:
            text = decoded(raw, encoding)
        except UnicodeDecodeError:
            continue
        if not text.strip():
            return "empty"
        if _NO_TEXT.search(text):
            return "no text"
        if _HTML.match(text):
            return "a page of HTML, not its text"
        return TextFile(name=path.name, raw=raw, encoding=encoding)
    return "no text"
