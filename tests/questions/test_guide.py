"""What archive/PANDUAN.md has people type works as it stands, one line after another."""

import re
import shlex
import shutil
import subprocess
from contextlib import closing
from pathlib import Path

from borneone_crawler import demo
from borneone_crawler.archive.sqlite.database import open_readonly
from tests import warm
from tests.crawling import ROOT
from tests.newsroom.model import ORIGIN
from tests.questions.archive import Asked
from tests.typed import PATIENCE

GUIDE = (ROOT / "archive" / "PANDUAN.md").read_text("utf-8")
_BLOCK = re.compile(r"```(sh|sql)\n(.*?)```\n(?:\n```text\n(.*?)```)?", re.DOTALL)


def test_every_line_of_the_guide_can_be_typed(asked: Asked, tmp_path: Path) -> None:
    shutil.copy(ROOT / "scrapy.cfg", tmp_path)
    shutil.copytree(asked.path.parent, tmp_path / "archive")
    for kind, block, shown in _BLOCK.findall(GUIDE):
        if kind == "sql":
            assert asked.rows(block)[0], block
            continue
        said = [typed(line, asked, tmp_path) for line in block.splitlines()]
        if shown:
            assert "".join(said) == shown
    for made in ("salinan.db", "laporan.html", "berita.csv", "bukti/bagit.txt", "sebab.html"):
        assert (tmp_path / made).stat().st_size, made


def test_what_the_demo_says_in_the_end_can_be_typed(asked: Asked, tmp_path: Path) -> None:
    shutil.copy(ROOT / "scrapy.cfg", tmp_path)
    archive = Path("archive/demo/borneone.db")
    shutil.copytree(asked.path.parent, (tmp_path / archive).parent)
    with closing(open_readonly(tmp_path / archive)) as database:
        said = "\n".join(demo.shown(database, archive)).splitlines()
    lines = [line.strip() for line in said if line.startswith("  .venv/bin/scrapy")]
    assert [line.split()[1] for line in lines] == ["search", "show", "explain", "report"]
    for line in lines:
        assert typed(line, asked, tmp_path)
    assert (tmp_path / "archive/demo/laporan.html").stat().st_size
    link, _, browser = said[-1].strip().partition(" && ")
    subprocess.run(shlex.split(link), cwd=tmp_path, check=True)
    assert (tmp_path / "archive/demo.db").samefile(tmp_path / archive)
    assert browser == ".venv/bin/datasette archive/"


def typed(line: str, asked: Asked, folder: Path) -> str:
    """What a line says, typed in a folder with a project of ours in it."""
    program, *words = shlex.split(line.replace(ORIGIN, asked.origin), comments=True)
    if program == ".venv/bin/scrapy":
        done = warm.scrapy(words, folder, PATIENCE)
    else:
        done = subprocess.run([program, *words], cwd=folder, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, ""), line
    return done.stdout.replace(asked.origin, ORIGIN)


def test_the_guide_names_views_and_columns_that_exist(asked: Asked) -> None:
    _, columns = asked.rows("SELECT * FROM stories")
    named = set(re.findall(r"`([a-z]+_[a-z_]+)`", GUIDE)) - {"_at"}
    assert named
    assert named <= set(columns)


def test_the_guide_is_one_page() -> None:
    assert len(GUIDE.splitlines()) <= 130
