"""The same pages by others: what fetching, reading and finding them takes there."""

import shutil
from pathlib import Path
from statistics import median

import pytest

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

_ARTICLES = "SELECT url FROM articles ORDER BY id"


@pytest.mark.bench
@pytest.mark.skipif(not PYTHON.exists(), reason="the others are installed by make bench")
def test_nobody_who_reads_is_faster(tmp_path: Path) -> None:
    build(tmp_path / "newsroom", ARTICLES)
    jobs: dict[str, list[Job]] = {name: [] for name in DOES}
    brought = dict.fromkeys(DOES, ARTICLES)
    for number in range(TIMES):
        with served(tmp_path / "newsroom") as origin:
            made, job = crawl(tmp_path / str(number), origin)
            jobs["borneone_crawler"].append(job)
            urls = [url for (url,) in made.rows(_ARTICLES)]
            assert len(urls) == ARTICLES
            jobs["null"].append(fetch(tmp_path, urls))
            jobs["wget"].append(wget(tmp_path))
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
    assert brought["newspaper4k"] == brought["trafilatura"] == ARTICLES
    assert cpu["borneone_crawler"] < min(cpu["newspaper4k"], cpu["trafilatura-crawler"])


def wget(folder: Path) -> Job:
    """Fetch the addresses that were listed for the null spider, and keep nothing but the WARC."""
    argv = ["wget", "--quiet", "--delete-after", "--directory-prefix", folder / "wget"]
    argv += ["--input-file", folder / "urls.txt", "--warc-file", folder / "wget"]
    job = run(argv, cwd=folder, output=folder / "wget.txt")
    shutil.rmtree(folder / "wget", ignore_errors=True)
    (folder / "wget.warc.gz").unlink()
    return job
