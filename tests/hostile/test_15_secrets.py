"""Promise 15: no password ends up where others read."""

import os
import re
import shutil
import subprocess
from base64 import b64encode
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from borneone_crawler.doctor.checks import Verdict
from borneone_crawler.doctor.secrets import scrapyd
from tests.crawling import ROOT, Crawl
from tests.hostile.traced import needs_strace
from tests.shards.machine import MANY
from tests.small_site import Answer, SmallSite

SECRET = "geheim"


def test_the_password_for_a_proxy_is_in_no_file_of_the_archive(
    site: SmallSite, crawl: Crawl
) -> None:
    port = site.origin.rsplit(":", 1)[1]
    site.origin = crawl.origin = "http://newsroom.example"

    def fetched(address: str) -> Answer | None:
        """What a proxy answers: it is asked for whole addresses."""
        away = not address.startswith(f"{site.origin}/")
        return None if away else site.answer(address.removeprefix(site.origin))

    site.invented = fetched
    proxy = {"http_proxy": f"http://user:{SECRET}@127.0.0.1:{port}", "no_proxy": ""}
    done = subprocess.run(crawl.argv(), cwd=ROOT, env=os.environ | proxy)
    assert done.returncode == 0
    token = b64encode(f"user:{SECRET}".encode()).decode()
    assert {each.headers["Proxy-Authorization"] for each in site.asked} == {f"Basic {token}"}
    assert crawl.one("SELECT count(*) FROM articles") == 3
    requests = 0
    for path in crawl.warc_files():
        with path.open("rb") as file:
            for record in ArchiveIterator(file):
                if record.rec_type == "request":
                    requests += 1
                    names = {name.lower() for name, _ in record.http_headers.headers}
                    assert "user-agent" in names
                    assert not {name for name in names if "authorization" in name}
    assert requests == len(site.asked)
    for path in crawl.archive.parent.rglob("*"):
        if path.is_file():
            held = path.read_bytes()
            assert SECRET.encode() not in held, path
            assert token.encode() not in held, path


@pytest.fixture
def careless(tmp_path: Path) -> Path:
    """A folder in which everybody may read what the README's lines write to."""
    (tmp_path / "archive/scrapyd").mkdir(parents=True)
    shutil.copy(ROOT / "archive/scrapyd.example.conf", tmp_path / "archive")
    shutil.copy(ROOT / "archive/scrapyd.example.conf", tmp_path / "scrapyd.conf")
    (tmp_path / ".netrc").touch()
    for path in tmp_path.rglob("*"):
        path.chmod(0o777 if path.is_dir() else 0o666)
    return tmp_path


@needs_strace
def test_scrapyd_s_password_is_never_open_to_other_users(careless: Path) -> None:
    """In no file, and on no command line: those are everybody's to read while the command runs."""
    (lines,) = re.findall(r"^\(umask.*?netrc\)$", MANY, re.MULTILINE | re.DOTALL)
    trace = careless / "trace"
    subprocess.run(
        ["strace", "-f", "-qq", "-s", "9999", "-e", "trace=execve", "-o", trace,
         "bash", "-euc", f"umask 000\n{lines}"],
        cwd=careless, env=os.environ | {"HOME": str(careless)}, check=True,
    )  # fmt: skip
    (secret,) = re.findall(r"^password = (\S+)$", (careless / "scrapyd.conf").read_text(), re.M)
    assert len(secret) == 64
    assert secret in (careless / ".netrc").read_text()
    begun = trace.read_text()
    assert "scrapyd.example.conf" in begun
    assert secret not in begun
    for name, mode in {"scrapyd.conf": 0o600, ".netrc": 0o600, "archive/scrapyd": 0o700}.items():
        assert oct((careless / name).stat().st_mode & 0o777) == oct(mode), name


def test_the_doctor_tells_of_a_password_that_others_read(careless: Path) -> None:
    conf, state = careless / "scrapyd.conf", careless / "archive/scrapyd"

    def told() -> tuple[Verdict, str]:
        (check,) = scrapyd(careless)
        return check.verdict, f"{check.said}. {check.mend}"

    assert told() == (
        Verdict.MEND, f"{conf} is open to others (mode 666). chmod 600 {conf}"
    )  # fmt: skip
    conf.chmod(0o600)
    verdict, said = told()
    assert verdict is Verdict.MEND
    assert "sets no password" in said
    conf.write_text(conf.read_text().replace("password =", f"password = {SECRET}"))
    assert told() == (
        Verdict.MEND, f"{state} is open to others (mode 777). chmod 700 {state}"
    )  # fmt: skip
    state.chmod(0o700)
    assert told()[0] is Verdict.OK
    conf.write_text("no section")
    assert told()[0] is Verdict.MEND
    conf.unlink()
    assert not list(scrapyd(careless))
