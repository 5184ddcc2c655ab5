"""Pages for a browser, written to disk and never over anything else."""

from pathlib import Path

from borneone_crawler.statuses import Status, Stop

_BEGINS = "<!DOCTYPE html>"


def write_page(path: Path, html: str) -> None:
    """Write a page, also in the place of an earlier one. Raises Stop USAGE where something else
    is, and CANNOT_CREATE."""
    try:
        if path.exists() and path.stat().st_size:
            with path.open("rb") as file:
                if file.read(len(_BEGINS)) != _BEGINS.encode():
                    raise Stop(Status.USAGE, f"{path} is there, and is no page of ours")
        path.write_text(html, encoding="utf-8", errors="replace")
    except OSError as error:
        raise Stop(Status.CANNOT_CREATE, f"cannot write {path}: {error.strerror}") from error
