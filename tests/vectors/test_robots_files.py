"""Files of robots.txt as RFC 9309 and Google read them."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from borneone_crawler import robots

SAID = tomllib.loads(Path(__file__).with_name("robots.toml").read_text("utf-8"))
DIFFERENCES = {(one["file"], one["agent"], one["path"]) for one in SAID.get("difference", ())}


def asked(file: dict[str, Any]) -> Iterator[tuple[str, str, bool]]:
    """(agent, path, whether it is allowed) of a file."""
    for verdict in ("allowed", "refused"):
        for agent, paths in file.get(verdict, {}).items():
            yield from ((agent, path, verdict == "allowed") for path in paths)


@pytest.mark.parametrize("file", SAID["file"], ids=lambda file: file["name"])
def test_a_file_is_read_as_it_was_meant(
    file: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    differs = set()
    for agent, path, allowed in asked(file):
        monkeypatch.setattr(robots, "PRODUCT_TOKEN", agent)
        policy = robots.Robots.from_answer(200, file["text"].encode())
        assert policy is not None
        if policy.allows("http://foo.bar" + path) is not allowed:
            differs.add((file["name"], agent, path))
    assert differs == {one for one in DIFFERENCES if one[0] == file["name"]}


def test_every_difference_is_of_a_vector_and_has_its_reason() -> None:
    vectors = {
        (file["name"], agent, path) for file in SAID["file"] for agent, path, _ in asked(file)
    }
    assert vectors >= DIFFERENCES
    assert len({file["name"] for file in SAID["file"]}) == len(SAID["file"])
    assert all(one["reason"].strip() for one in SAID.get("difference", ()))
