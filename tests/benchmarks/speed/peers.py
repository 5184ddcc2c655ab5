"""What the other crawlers are run with, in their own environment: `peers.py NAME LIST`.

LIST holds an address a line, the home page first, then the articles. Prints how many articles were
brought, with a text and a headline. Each reads as its documentation recommends, in one process,
without pauses.
"""

import socket
import sys
from collections.abc import Callable, Iterable
from configparser import ConfigParser
from pathlib import Path


def newspaper4k(_home: str, articles: Iterable[str]) -> int:
    """Fetch and read each of the addresses."""
    from newspaper import Article

    texts = 0
    for url in articles:
        article = Article(url, language="id", fetch_images=False)
        article.download()
        article.parse()
        texts += bool(article.text and article.title)
    return texts


def trafilatura(_home: str, articles: Iterable[str]) -> int:
    """Fetch and read each of the addresses."""
    from trafilatura import bare_extraction, fetch_url

    config = _on_loopback()
    texts = 0
    for url in articles:
        page = fetch_url(url, config=config)
        read = page and bare_extraction(page, url=url, include_comments=False, with_metadata=True)
        texts += bool(read and read.text and read.title)
    return texts


def trafilatura_crawler(home: str, articles: Iterable[str]) -> int:
    """Find the addresses from the home page on, then fetch and read those that are articles: it is
    told which, so that what it finds beside them costs it nothing."""
    from trafilatura.spider import focused_crawler

    wanted = set(articles)
    _, known = focused_crawler(home, max_seen_urls=2 * len(wanted), config=_on_loopback())
    return trafilatura(home, wanted.intersection(known))


def _on_loopback() -> ConfigParser:
    from copy import deepcopy

    from trafilatura.settings import DEFAULT_CONFIG

    config = deepcopy(DEFAULT_CONFIG)
    config["DEFAULT"].update({"SLEEP_TIME": "0", "SSRF_PROTECTION": "off"})
    return config


PEERS: dict[str, Callable[[str, Iterable[str]], int]] = {
    "newspaper4k": newspaper4k,
    "trafilatura": trafilatura,
    "trafilatura-crawler": trafilatura_crawler,
}


def _stay_here() -> None:
    """Every name is this machine's."""
    look_up = socket.getaddrinfo
    socket.getaddrinfo = lambda _host, *more, **named: look_up("127.0.0.1", *more, **named)


if __name__ == "__main__":
    _stay_here()
    home, *addresses = Path(sys.argv[2]).read_text("utf-8").splitlines()
    print(PEERS[sys.argv[1]](home, addresses))
