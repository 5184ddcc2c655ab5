"""A bag: a folder that says of each file in it what its bytes are (RFC 8493)."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

_DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_MANIFEST = "manifest-sha256.txt"


class Bag:
    """A bag being filled, in an empty folder. What it holds stands on the disk alone."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._manifest = (folder / _MANIFEST).open("x", encoding="utf-8", newline="\n")
        self._tags: dict[str, str] = {}
        self.files = 0
        self.size = 0
        """Of the payload, in bytes."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: object, _trace: TracebackType | None
    ) -> None:
        self._manifest.close()

    def add(self, name: str, data: bytes) -> None:
        """Add a file to the payload, below data/; one that is there already stays as it is.
        `name` has nothing in it but what needs no escaping in a manifest."""
        path = self._folder / "data" / name
        if path.exists():
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        self._manifest.write(f"{hashlib.sha256(data).hexdigest()}  data/{name}\n")
        self.files += 1
        self.size += len(data)

    def tag(self, name: str, text: str) -> None:
        """Add a file that tells of the bag."""
        (self._folder / name).write_text(text, encoding="utf-8", newline="\n")
        self._tags[name] = hashlib.sha256(text.encode()).hexdigest()

    def finish(self, info: Mapping[str, str]) -> None:
        """Make it whole; `info` has no line ends in it."""
        (self._folder / "data").mkdir(exist_ok=True)
        self._manifest.close()
        with (self._folder / _MANIFEST).open("rb") as file:
            self._tags[_MANIFEST] = hashlib.file_digest(file, "sha256").hexdigest()
        info = {**info, "Payload-Oxum": f"{self.size}.{self.files}"}
        self.tag("bag-info.txt", "".join(f"{name}: {said}\n" for name, said in info.items()))
        self.tag("bagit.txt", _DECLARATION)
        lines = (f"{digest}  {name}\n" for name, digest in sorted(self._tags.items()))
        (self._folder / "tagmanifest-sha256.txt").write_text(
            "".join(lines), encoding="utf-8", newline="\n"
        )
