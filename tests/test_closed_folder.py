"""An archive in a folder that may not even be looked into: one line and a status, no traceback."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from borneone_crawler.statuses import Status
from tests import typed
from tests.archive.verification.test_conditions import by_rights
from tests.tampered import Tampered

READING = [
    ["runs"], ["show", "1"], ["search", "pohon"], ["report", "{}/report.html"], ["coverage"],
    ["backup", "{}/backup.db"], ["merge", "{}/closed/borneone.db"], ["export", "csv"],
    ["import-warc", "{}/none.warc"],
]  # fmt: skip


@pytest.fixture
def closed(tampered: Tampered, tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "closed"
    shutil.copytree(tampered.path.parent, folder)
    folder.chmod(0)
    if by_rights(["ls", str(folder)]).returncode == 0:
        pytest.skip("whoever runs the tests may look everywhere")
    yield folder
    folder.chmod(0o755)


@pytest.mark.parametrize("words", READING, ids=lambda words: str(words[0]))
def test_it_is_said_that_it_cannot_be_read(
    closed: Path, tampered: Tampered, words: list[str]
) -> None:
    argv = [word.format(closed.parent) for word in words]
    archive = closed / "borneone.db" if argv[0] != "merge" else tampered.path
    done = by_rights(typed.argv(archive, argv[0], *argv[1:]))
    assert (done.returncode, done.stdout) == (Status.NO_ARCHIVE, "")
    (line,) = done.stderr.splitlines()
    assert line.endswith(f"cannot read {closed / 'borneone.db'}: Permission denied")


def test_the_doctor_tells_what_cannot_be_written_and_read(closed: Path) -> None:
    done = by_rights(
        [
            *map(str, typed.argv(closed / "borneone.db", "doctor", "--offline")),
            "-s",
            "CONTACT=a@b.id",
        ]
    )
    assert (done.returncode, done.stderr) == (Status.FOUND, "")
    told = [line.split()[1] for line in done.stdout.splitlines() if line.startswith("mend")]
    assert told == ["archive-place:", "captures-place:", "log-place:", "archive:"]
