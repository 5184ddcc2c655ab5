"""Promise 15: no password ends up where others read."""

import os
import subprocess
from base64 import b64encode

from warcio.archiveiterator import ArchiveIterator

from tests.crawling import ROOT, Crawl
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
