"""The same pages by others: what fetching, reading and finding them takes there."""

import re
import shutil
from pathlib import Path
from statistics import median

import pytest
from warcio.archiveiterator import ArchiveIterator

from tests.benchmarks.speed.jobs import Job, crawl, fetch, run
from tests.benchmarks.speed.newsroom import NAME, build, served
from tests.crawling import ROOT

ARTICLES = 1_000
TIMES = 3
PYTHON = ROOT / ".venv" / "peers" / "bin" / "python"
PEERS = Path(__file__).with_name("peers.py")

DOES = {
    "wget": "fetches, writes WARC",
    "null": "fetches",
    "newspaper4k": "fetches, reads",
    "trafilatura": "fetches, reads",
    "trafilatura-crawler": "finds, fetches, reads",
    "borneone_crawler": "finds, fetches, writes WARC, reads, cleans, archives",
}

_ANSWERED = re.compile(r"downloader/response_status_count/200': (\d+)")
_ARTICLES = "SELECT url FROM articles ORDER BY id"


@pytest.mark.bench
@pytest.mark.skipif(not PYTHON.exists(), reason="the others are installed by make bench")
def test_a_crawl_costs_less_than_others_that_find_or_read(tmp_path: Path) -> None:
    build(tmp_path / "newsroom", ARTICLES)
    jobs: dict[str, list[Job]] = {name: [] for name in DOES}
    brought = {"borneone_crawler": ARTICLES}
    for number in range(TIMES):
        with served(tmp_path / "newsroom") as origin:
            made, job = crawl(tmp_path / str(number), origin)
            jobs["borneone_crawler"].append(job)
            urls = [url for (url,) in made.rows(_ARTICLES)]
            assert len(urls) == ARTICLES
            jobs["null"].append(fetch(tmp_path, urls))
            (answered,) = _ANSWERED.findall((tmp_path / "null.txt").read_text())
            brought["null"] = int(answered) - 1  # robots.txt
            job, brought["wget"] = wget(tmp_path)
            jobs["wget"].append(job)
        with served(tmp_path / "newsroom", NAME) as named:
            listed = tmp_path / "named.txt"
            addresses = [f"{named}/", *(url.replace(origin, named, 1) for url in urls)]
            listed.write_text("\n".join(addresses) + "\n", "utf-8")
            for peer in ("newspaper4k", "trafilatura", "trafilatura-crawler"):
                output = tmp_path / f"{peer}.txt"
                jobs[peer].append(run([PYTHON, PEERS, peer, listed], cwd=tmp_path, output=output))
                brought[peer] = int(output.read_text().split()[-1])
    cpu = {name: median(job.cpu for job in each) / ARTICLES * 1e3 for name, each in jobs.items()}
    print("| | does | articles | ms of a processor an article | articles a second |")
    print("| --- | --- | ---: | ---: | ---: |")
    for name, does in DOES.items():
        pace = ARTICLES / median(job.wall for job in jobs[name])
        print(f"| {name} | {does} | {brought[name]:,} | {cpu[name]:.1f} | {pace:.0f} |")
    assert brought == dict.fromkeys(DOES, ARTICLES)
    assert cpu["borneone_crawler"] < min(cpu["newspaper4k"], cpu["trafilatura-crawler"])


def wget(folder: Path) -> tuple[Job, int]:
    """Fetch the addresses that were listed for the null spider. Returns how many pages are in the
    WARC, too, of which nothing is kept."""
    argv = ["wget", "--quiet", "--delete-after", "--directory-prefix", folder / "wget"]
    argv += ["--input-file", folder / "urls.txt", "--warc-file", folder / "wget"]
    job = run(argv, cwd=folder, output=folder / "wget.txt")
    shutil.rmtree(folder / "wget", ignore_errors=True)
    written = folder / "wget.warc.gz"
    with written.open("rb") as warc:
        pages = sum(record.rec_type == "response" for record in ArchiveIterator(warc))
    written.unlink()
    return job, pages
