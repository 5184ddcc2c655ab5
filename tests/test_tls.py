"""A certificate that nobody vouches for is no newsroom."""

import ssl
from pathlib import Path

import pytest

from borneone_crawler.statuses import Status
from tests.certificates import self_signed
from tests.crawling import Crawl
from tests.small_site import SmallSite


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    return self_signed(tmp_path, "localhost")


def test_a_certificate_of_one_s_own_is_refused(certificate: Path, tmp_path: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    site = SmallSite(tls=context)
    with site:
        crawl = Crawl(tmp_path / "archive", site.origin)
        assert crawl.run() == Status.UNREACHABLE
        assert site.asked == []
        assert "certificate" in crawl.stderr
        # The same server is good enough for who does not ask: the refusal is ours.
        assert crawl.run(DOWNLOAD_VERIFY_CERTIFICATES=False) == 0
