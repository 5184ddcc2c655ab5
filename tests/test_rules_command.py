"""`scrapy rules`: what the rules took, and the lines that may need one, by the real command."""

import json
import subprocess
import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from borneone_crawler.cleaning import rules
from borneone_crawler.cleaning.lines import Known, matches
from borneone_crawler.cleaning.trial import objection
from borneone_crawler.desk.candidates import FEWEST, FEWEST_DAYS, Candidate, candidates_of
from borneone_crawler.desk.suggested import as_rules
from borneone_crawler.items import Removal
from borneone_crawler.statuses import Status
from tests.archive.conftest import SITE, Desk, reading
from tests.commanding import TREES
from tests.typed import run

FOLLOW = "Ikuti berita BorneOneTV di Google News"


def publish(desk: Desk, count: int, *lines: str, **fields: Any) -> None:
    """So many articles, one a day, each with text of its own and these lines below it."""
    held = desk.one("SELECT count(*) FROM articles")
    for n in range(held, held + count):
        day = date(2020, 1, 1) + timedelta(days=n)
        below = [line.replace("{n}", str(17 * n)) for line in lines]
        values = {
            "post_id": n + 1,
            "date_published": f"{day}T10:15:00+07:00",
            "article_body": "\n\n".join(
                [f"Isi berita {chr(97 + n % 26)}{chr(97 + n // 26)}.", *below]
            ),
        } | fields
        made = reading(f"{SITE}/berita-{n}/", **values)
        made.removals = [Removal(rule="ads", text="Promo"), Removal(rule="ads", text="Iklan")]
        if n % 2:
            made.removals.append(Removal(rule="lost caption", text="Video"))
        desk.settle(f"{SITE}/berita-{n}/", reading=made)


def found(desk: Desk, since: str | None = None) -> list[Candidate]:
    return candidates_of(desk.archive.db, rules.load(), since)


def texts(desk: Desk) -> list[str]:
    return [one.text for one in found(desk)]


def typed(desk: Desk, *more: str, **settings: Any) -> "subprocess.CompletedProcess[str]":
    return run(desk.path, "rules", *more, **settings)


def test_every_rule_is_told_with_what_it_took_and_where_last(desk: Desk) -> None:
    publish(desk, 12, FOLLOW)
    done = typed(desk)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert all(len(line) <= 80 for line in lines)
    assert lines[0] == "12 articles"
    assert lines[1].startswith("12 of them are not read by today's rules yet")
    at = next(n for n, line in enumerate(lines) if line.startswith("ads "))
    assert lines[at].split()[:4] == ["ads", "element", "12", "24"]
    assert lines[at + 1] == f"    {SITE}/berita-11/"
    (gone,) = [line for line in lines if line.startswith("lost caption")]
    assert gone.split()[-3:-1] == ["6", "6"]
    assert "(no rule)" in gone
    idle = " ".join(lines[lines.index("took nothing:") + 1 :])
    assert {"share-popup,", "comments,", "for-screen-readers"} <= set(idle.split())
    assert f"  {FOLLOW}" in lines


def test_as_json_every_rule_stands_once(desk: Desk, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(f'off = ["ads"]\n{TREES}', "utf-8")
    publish(desk, 2)
    done = typed(desk, "--json", OWN_RULES=own)
    told = json.loads(done.stdout)
    uses = {use["name"]: use for use in told["rules"]}
    assert len(uses) == len(told["rules"]) == len(rules.load().all) + 2
    assert uses["ads"]["origin"] == "off"
    assert (uses["ads"]["articles"], uses["ads"]["pieces"]) == (2, 4)
    assert uses["call-for-trees"] == {
        "name": "call-for-trees", "takes": "line", "origin": "own", "reason": "For a test.",
        "articles": 0, "pieces": 0, "last_at": None, "last_url": None,
    }  # fmt: skip
    assert uses["lost caption"]["origin"] == "reader"
    assert told["candidates"] == []


def test_since_leaves_older_articles_out(desk: Desk) -> None:
    publish(desk, 12, FOLLOW)
    told = json.loads(typed(desk, "--json", "--since", "2020-01-11").stdout)
    assert told["articles"] == 2
    assert [use["articles"] for use in told["rules"] if use["name"] == "ads"] == [2]
    assert told["candidates"] == []


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (["x"], "takes no 'x'"),
        (["--json", "--candidates"], "not both"),
        (["--since", "lately"], "'lately' is neither"),
    ],
)
def test_wrong_arguments_are_told(desk: Desk, more: list[str], words: str) -> None:
    done = typed(desk, *more)
    assert (done.returncode, done.stdout) == (Status.USAGE, "")
    assert words in done.stderr


def test_rules_that_cannot_be_used_are_told(desk: Desk, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(TREES.replace("reason ", "raeson "), "utf-8")
    done = typed(desk, OWN_RULES=own)
    assert (done.returncode, done.stdout) == (Status.MISCONFIGURED, "")
    assert "own.toml, rule 'call-for-trees': unknown key raeson" in done.stderr


def test_a_line_that_recurs_is_one_whatever_its_number_and_white_space(desk: Desk) -> None:
    publish(desk, 6, "Sudah {n} kali dibaca")
    publish(desk, 6, "Sudah  1.{n} kali\u00a0dibaca")
    (one,) = found(desk)
    assert (one.articles, one.of, one.place) == (12, 12, "last line")
    assert (one.first_published[:10], one.last_published[:10]) == ("2020-01-01", "2020-01-12")
    assert one.samples == [f"{SITE}/berita-{n}/" for n in (11, 10, 9)]


def test_what_only_some_months_had_is_found_among_the_articles_of_these_months(desk: Desk) -> None:
    publish(desk, 20)
    publish(desk, FEWEST, FOLLOW)
    publish(desk, 150)
    assert [(one.articles, one.of) for one in found(desk)] == [(FEWEST, FEWEST)]


def test_the_most_regular_line_comes_first(desk: Desk) -> None:
    for _ in range(12):
        publish(desk, 1, "Kronologi", FOLLOW)
        publish(desk, 3, FOLLOW)
    assert texts(desk) == [FOLLOW, "Kronologi"]


@pytest.mark.parametrize(
    ("count", "lines", "fields"),
    [
        (FEWEST - 1, ["Polisi memeriksa saksi."], {}),
        (12, ["* * *", "2 0 2 0"], {}),
        (12, ["[Lay]", "(Lay)"], {"byline_initials": "Lay"}),
        (12, ["Penulis: Ahmad", "Editor : Lay Ria"], {"authors": ["Ahmad"], "editor": "Lay Ria"}),
        (12, ["Pontianak, BorneOneTV"], {"dateline": "Pontianak, BorneOneTV"}),
        (12, [FOLLOW], {"date_published": "2020-01-01T10:15:00+07:00"}),
        (12, [FOLLOW], {"date_published": None}),
        (12, ["kata dia " * 80], {}),
    ],
    ids=["few", "signs", "initials", "names", "dateline", "one day", "no date", "long"],
)  # fmt: skip
def test_what_is_ordinary_is_not_proposed(
    desk: Desk, count: int, lines: list[str], fields: dict[str, Any]
) -> None:
    publish(desk, count, *lines, **fields)
    assert texts(desk) == []


def test_a_line_that_names_somebody_and_says_more_is_proposed(desk: Desk) -> None:
    publish(desk, 12, "Ikuti Lay Ria di Instagram", authors=["Lay Ria"])
    assert texts(desk) == ["Ikuti Lay Ria di Instagram"]


def test_a_stock_phrase_of_many_years_is_not_proposed(desk: Desk) -> None:
    for _ in range(FEWEST):
        publish(desk, 1, "Polisi memeriksa saksi.")
        publish(desk, 60)
    assert texts(desk) == []


def test_a_story_told_again_and_again_for_some_days_is_not_proposed(desk: Desk) -> None:
    for hour in range(12):
        day = f"2020-01-0{1 + hour % (FEWEST_DAYS - 1)}T10:15:00+07:00"
        publish(desk, 1, "Jembatan itu ditutup sejak Senin.", date_published=day)
    assert texts(desk) == []


def test_what_a_rule_of_today_takes_names_it(desk: Desk) -> None:
    publish(desk, 12, "Exit mobile version")
    assert [one.rule for one in found(desk)] == ["version-switch-text"]
    lines = typed(desk).stdout.splitlines()
    assert "  the rule version-switch-text takes it: scrapy reparse --all" in lines


def test_what_was_taken_down_is_not_looked_at(desk: Desk) -> None:
    publish(desk, FEWEST, FOLLOW)
    assert texts(desk) == [FOLLOW]
    desk.archive.db.execute(
        "INSERT INTO takedowns (article_id, url, at, reason, digests) "
        "SELECT id, url, '2020', 'r', '[]' FROM articles LIMIT 1"
    )
    assert texts(desk) == []


HOSTILE = [
    "Ikuti 'kami' di \"Google\" \\News {link} (klik) [di sini] 12.5%",
    "Baca\u00a0 selengkapnya\u202e di\x1b[31m sini \u00b7 1.204 kali",
    "1 kali",
    "Ikuti!",
    "IKUTI?",
]


def test_a_suggestion_takes_its_line_once_it_is_filled_in(desk: Desk, tmp_path: Path) -> None:
    publish(desk, 12, *HOSTILE)
    candidates = found(desk)
    assert {one.text for one in candidates} == set(HOSTILE)
    text = "\n".join(as_rules(candidates, rules.load()))
    assert all(char.isprintable() for char in text.replace("\n", ""))
    own = tmp_path / "own.toml"
    own.write_text(text, "utf-8")
    with pytest.raises(ValueError, match="keeps, reason is missing"):
        rules.load.__wrapped__(own)
    own.write_text(text.replace('""', '"Isi yang tetap."'), "utf-8")
    in_force = rules.load.__wrapped__(own)
    assert objection(in_force) is None
    assert len(in_force.own) == len(HOSTILE)
    for line in (*HOSTILE, HOSTILE[0].replace("12.5", "7")):
        assert matches([line], in_force, Known()), line


def test_the_command_writes_them_for_the_owner_s_file(desk: Desk) -> None:
    publish(desk, 12, FOLLOW, "Exit mobile version")
    done = typed(desk, "--candidates")
    assert done.returncode == 0
    (suggested,) = tomllib.loads(done.stdout)["rule"]
    assert suggested == {
        "name": "ikuti-berita-borneonetv-di-goo", "line": FOLLOW, "reason": "",
        "example": FOLLOW, "keeps": "",
    }  # fmt: skip
