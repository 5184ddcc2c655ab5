"""Pages for a browser: made of a folder's page.html.j2 and page.css, and written to disk."""

import hashlib
from base64 import b64encode
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from borneone_crawler.desk.placing import replaced_file
from borneone_crawler.desk.plain import brief, plain
from borneone_crawler.statuses import Status, Stop, is_of_the_disk

_BEGINS = "<!DOCTYPE html>"


def page_of(folder: Path, **values: Any) -> str:
    """The page. Every text in `values` is escaped; of styles only the folder's own is allowed."""
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"plain": plain, "brief": brief}
    environment.tests["web"] = is_web
    style = (folder / "page.css").read_text("utf-8")
    return environment.get_template("page.html.j2").render(
        style=Markup(style),  # noqa: S704 - our own file, no text of others
        style_digest=b64encode(hashlib.sha256(style.encode()).digest()).decode(),
        **values,
    )


def is_web(value: Any) -> bool:
    """Whether a value is an address that a browser may be sent to."""
    return isinstance(value, str) and value.startswith(("http://", "https://"))


def write_page(path: Path, html: str) -> None:
    """Write a page, also in the place of an earlier one, which stays until this one is whole.
    Raises Stop USAGE where something else is, CANNOT_CREATE, or IO_ERROR on a full disk."""
    try:
        if path.exists() and path.stat().st_size:
            with path.open("rb") as file:
                if file.read(len(_BEGINS)) != _BEGINS.encode():
                    raise Stop(Status.USAGE, f"{path} is there, and is no page of ours")
        if path.exists() and not path.is_file():  # a device
            path.write_text(html, encoding="utf-8", errors="replace")
            return
    except OSError as error:
        status = Status.IO_ERROR if is_of_the_disk(error) else Status.CANNOT_CREATE
        raise Stop(status, f"cannot write {path}: {error.strerror}") from error
    with replaced_file(path.resolve()) as partial:
        partial.write_text(html, encoding="utf-8", errors="replace")
