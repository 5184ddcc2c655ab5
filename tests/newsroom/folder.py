"""The folder a newsroom is written into, and the list of its routes."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote

Json = dict[str, Any]
HTML = "text/html; charset=UTF-8"
FETCHED_AT = "2024-06-03T02:00:00Z"


@dataclass
class Folder:
    """Writes files as UTF-8 with plain line ends, the same bytes every time."""

    root: Path
    routes: list[Json] = field(default_factory=list)

    def write(self, file: str | Path, text: str) -> None:
        self.write_bytes(file, text.encode())

    def write_bytes(self, file: str | Path, data: bytes) -> None:
        target = self.root / file
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)

    def write_json(self, file: str | Path, value: Any) -> None:
        self.write(file, json.dumps(value, ensure_ascii=False, indent=1) + "\n")

    def route(
        self,
        path: str,
        file: str | Path,
        content_type: str = HTML,
        *,
        status: int = 200,
        headers: dict[str, str] | None = None,
    ) -> None:
        """Answer a path (and query) with a file of the folder."""
        route = {
            "path": unquote(path),
            "file": str(file),
            "content_type": content_type,
            "status": status,
        }
        self.routes.append(route | ({"headers": headers} if headers else {}))

    def redirect(self, path: str, target: str, *, status: int = 301) -> None:
        self.routes.append({"path": path, "status": status, "redirect": target})

    def write_routes(self) -> None:
        lines = [json.dumps(route, ensure_ascii=False) for route in self.routes]
        self.write("newsroom/routes.json", "[\n" + ",\n".join(lines) + "\n]\n")
