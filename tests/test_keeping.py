"""What a run keeps beside the text: pictures, revisit records, and what it turned away."""

import json
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from borneone_crawler.discovery import pictures
from borneone_crawler.statuses import Status
from tests.crawling import Crawl
from tests.small_site import Answer, SmallSite

JPEG = Answer(b"\xff\xd8\xff\xe0 foto", content_type="image/jpeg")
LEAD, SECOND = "/wp-content/uploads/lead.jpg", "/wp-content/uploads/dua.jpg"


def illustrated(site: SmallSite, number: int, lead: str = LEAD, second: str = SECOND) -> Answer:
    page = site.article(
        number,
        f'<p>Isi berita.</p><figure class="wp-caption"><img src="{second}">'
        "<figcaption>Foto kedua.</figcaption></figure><p>Sambungan. [Lay]</p>",
    )
    figure = f'<figure class="post-thumbnail"><img class="wp-post-image" src="{lead}"></figure>'
    return Answer(page.replace("</header>", f"</header>{figure}", 1))


def asked_pictures(site: SmallSite) -> list[str]:
    return [path for path in site.paths() if path.startswith("/wp-content/")]


def records(crawl: Crawl) -> list[tuple[str, str, str | None]]:
    found = []
    for path in crawl.warc_files():
        with path.open("rb") as file:
            found += [
                (record.rec_type, record.rec_headers.get_header("WARC-Target-URI") or "",
                 record.rec_headers.get_header("WARC-Profile"))
                for record in ArchiveIterator(file)
            ]  # fmt: skip
    return found


@pytest.mark.parametrize(
    ("choice", "kept"), [("none", []), ("lead", [LEAD]), ("all", [LEAD, SECOND])]
)
def test_pictures_are_kept_as_chosen_and_after_the_text(
    site: SmallSite, crawl: Crawl, choice: str, kept: list[str]
) -> None:
    site.answers |= {"/berita-1/": illustrated(site, 1), LEAD: JPEG, SECOND: JPEG}
    assert crawl.run(CAPTURE_IMAGES=choice) == 0
    assert asked_pictures(site) == kept
    assert crawl.rows("SELECT url, state FROM urls WHERE kind = 'image' ORDER BY id") == [
        (site.origin + path, "stored") for path in kept
    ]
    assert not kept or site.paths()[-1] == kept[-1]
    held = [uri for kind, uri, _ in records(crawl) if kind == "response"]
    assert set(held) >= {site.origin + path for path in kept}


def test_a_choice_of_pictures_that_does_not_exist_is_told(site: SmallSite, crawl: Crawl) -> None:
    assert crawl.run(CAPTURE_IMAGES="some") == Status.MISCONFIGURED
    assert "none, lead, all" in crawl.stderr


def test_a_picture_is_asked_for_once_and_only_on_the_site(site: SmallSite, crawl: Crawl) -> None:
    site.answers |= {
        "/berita-1/": illustrated(site, 1, second="https://lain.example/x.jpg"),
        "/berita-2/": illustrated(site, 2, second="//127.0.0.1:9/y.jpg"),
        LEAD: JPEG,
    }
    assert crawl.run(CAPTURE_IMAGES="all") == 0
    assert crawl.run("-a", f"url={site.origin}/berita-1/", CAPTURE_IMAGES="all") == 0
    assert asked_pictures(site) == [LEAD]
    samples = crawl.one("SELECT samples FROM never_asked WHERE rule = 'off the site'")
    assert json.loads(samples) == ["https://lain.example/x.jpg", "http://127.0.0.1:9/y.jpg"]


@pytest.mark.parametrize(
    ("answer", "state", "reason"),
    [
        (Answer("<html>Bukan gambar"), "skipped", "not a picture: text/html; charset=UTF-8"),
        (Answer(status=403), "skipped", "403"),
        (Answer(status=404), "gone", "404"),
        (Answer(b"x" * (pictures.MAX_BYTES + 1), content_type="image/png"), "failed", "too large"),
    ],
)
def test_a_picture_that_cannot_be_had_costs_nothing_else(
    site: SmallSite, crawl: Crawl, answer: Answer, state: str, reason: str
) -> None:
    site.numbers = list(range(1, 13))
    for number in site.numbers:
        path = f"/wp-content/uploads/{number}.jpg"
        site.answers[f"/berita-{number}/"] = illustrated(site, number, lead=path)
        site.answers[path] = answer
    assert crawl.run() == 0
    assert crawl.one("SELECT count(*) FROM articles") == 12
    rows = crawl.rows("SELECT DISTINCT state, reason FROM urls WHERE kind = 'image'")
    assert rows == [(state, reason)]


def test_a_page_that_says_304_is_seen_again_and_kept_as_a_revisit(
    site: SmallSite, crawl: Crawl
) -> None:
    page = site.article(1)
    site.answers["/berita-1/"] = lambda before: (
        Answer(page, headers={"ETag": '"a1"', "Last-Modified": "Mon, 14 Oct 2019 03:15:00 GMT"})
        if before == 0
        else Answer(b"", status=304, content_type=None, headers={"ETag": '"a1"'}, length=0)
    )
    assert crawl.run() == 0
    first = crawl.one("SELECT last_seen_at FROM articles WHERE url LIKE '%berita-1/'")
    for _ in range(2):
        assert crawl.run("-a", f"url={site.origin}/berita-1/") == 0
    asked = [one for one in site.asked if one.path == "/berita-1/"]
    assert [one.headers.get("If-None-Match") for one in asked] == [None, '"a1"', '"a1"']
    assert asked[1].headers["If-Modified-Since"] == "Mon, 14 Oct 2019 03:15:00 GMT"
    assert crawl.one("SELECT last_seen_at FROM articles WHERE url LIKE '%berita-1/'") > first
    assert crawl.one("SELECT count(*) FROM revisions WHERE article_id = 1") == 1
    assert crawl.rows(
        """SELECT c.http_status, c.warc_type, o.http_status FROM captures AS c
           JOIN captures AS o ON o.id = c.refers_to WHERE c.url LIKE '%berita-1/'"""
    ) == [(304, "revisit", 200)] * 2  # fmt: skip
    profiles = [profile for kind, uri, profile in records(crawl)
                if kind == "revisit" and uri.endswith("berita-1/")]  # fmt: skip
    assert [profile.rsplit("/", 1)[1] for profile in profiles if profile] == [
        "server-not-modified"
    ] * 2


def test_the_same_bytes_again_are_a_revisit_of_the_first(site: SmallSite, crawl: Crawl) -> None:
    assert crawl.run() == 0
    assert crawl.run() == 0
    rows = crawl.rows(
        """SELECT u.kind, c.warc_type, c.http_status FROM captures AS c
           JOIN urls AS u ON u.id = c.url_id WHERE c.run_id = 2 ORDER BY c.id"""
    )
    assert rows == [(kind, "revisit", 200) for kind in ("robots", "home", "listing")]
    profiles = {profile for kind, _, profile in records(crawl) if kind == "revisit"}
    assert {str(profile).rsplit("/", 1)[1] for profile in profiles} == {"identical-payload-digest"}


def test_runs_go_on_with_one_file_that_names_the_archive(site: SmallSite, crawl: Crawl) -> None:
    for _ in range(3):
        assert crawl.run() == 0
    (path,) = crawl.warc_files()
    assert crawl.one("SELECT uuid FROM archive") in path.name
    kinds = [kind for kind, *_ in records(crawl)]
    assert kinds.count("warcinfo") == 1
    assert kinds.count("request") == len(site.asked)


def test_links_that_a_rule_turns_away_are_counted_with_samples(
    site: SmallSite, crawl: Crawl
) -> None:
    links = '<a href="/tag/banjir/">x</a><a href="/wp-content/uploads/a.pdf">y</a>'
    site.answers["/berita-1/"] = Answer(site.article(1, f"<p>Isi {links}</p>"))
    site.answers["/"] = Answer(site.home().replace("</nav>", '<a href="/author/lay/">z</a></nav>'))
    assert crawl.run() == 0
    rows = crawl.rows("SELECT rule, links, samples FROM never_asked ORDER BY rule")
    assert [(rule, links, json.loads(samples)) for rule, links, samples in rows] == [
        ("author archive", 1, [f"{site.origin}/author/lay/"]),
        ("file", 1, [f"{site.origin}/wp-content/uploads/a.pdf"]),
        ("tag archive", 1, [f"{site.origin}/tag/banjir/"]),
    ]
    assert not any(Path(path).suffix == ".pdf" for path in site.paths())
