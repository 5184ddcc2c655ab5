"""The owner's settings: every key explained, every mistake told."""

import re
import tomllib
from pathlib import Path

import pytest

from borneone_crawler.local import KEYS, local_settings
from borneone_crawler.statuses import Status, Stop

EXAMPLE = Path(__file__).parent.parent / "archive" / "local.example.toml"


def test_no_file_sets_nothing(tmp_path: Path) -> None:
    assert local_settings(tmp_path / "local.toml") == {}


def test_the_example_explains_every_key_and_is_right(tmp_path: Path) -> None:
    text = EXAMPLE.read_text("utf-8")
    keys = set(re.findall(r"^(?:# )?([a-z_]+) = ", text, re.MULTILINE))
    assert keys == set(KEYS)
    everything = tmp_path / "local.toml"
    lines = re.sub(r"^# (\[?[a-z_]+(?: = |\]$))", r"\1", text, flags=re.MULTILINE)
    everything.write_text(lines, "utf-8")
    settings = local_settings(everything)
    own = settings.pop("NEWSROOM_SETTINGS")
    assert settings.keys() | own["borneonetv"].keys() == {setting for setting, _ in KEYS.values()}
    assert own["mahakampos"] == {"BASE_URL": "https://mahakampos.example", "DOWNLOAD_DELAY": 2.0}
    assert set(tomllib.loads(text)) == {"base_url"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('base_ulr = "https://x.example"', "'base_url' is meant"),
        ('contcat = "a@b"', "'contact' is meant"),
        ("delay = 'fast'", "delay must be a number"),
        ("delay = true", "delay must be a number"),
        ("base_url = 3", "base_url must be a text"),
        ("max_requests = 1.5", "max_requests must be a whole number"),
        ("max_requests = -1", "local.toml: max_requests (MAX_REQUESTS) is a whole number from 0"),
        ("zzz = 1", "there are base_url, contact, delay"),
        ("base_url = ", "local.toml"),
        ("[mahakampos]\ndelya = 2", "'delay' is meant"),
        ("[mahakampos]\ndelay = -1", "delay (DOWNLOAD_DELAY) is a number of seconds"),
    ],
)
def test_a_mistake_is_told_with_what_may_be_meant(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "local.toml"
    path.write_text(text)
    with pytest.raises(Stop) as caught:
        local_settings(path)
    assert caught.value.status is Status.MISCONFIGURED
    assert said in str(caught.value)
