#!/usr/bin/env python3
"""Proves an archive of borneone_crawler without that program: Python 3.11 is all it needs.

    python3 archive/verify.py archive/borneone.db [--warc DIR] [--against DIGEST]

Recomputes every digest as archive/README.md documents it under "Proof", and prints one line for
each article, reading, ledger entry or capture that is not what was once sealed; then what was
looked at, and the head of the ledger. The archive is only read, and may be written meanwhile.
Ends with 0 when nothing is wrong, 1 for findings, 66 when it is no archive, 64 for wrong usage.
"""

import argparse
import hashlib
import json
import re
import sqlite3
import sys
from collections import Counter, defaultdict
from pathlib import Path

APPLICATION_ID = int.from_bytes(b"BOne", "big")
ZEROS = "0" * 64
# What an entry of the ledger seals, which kinds take down, what counts as content, and what an
# article's row repeats.
ENTRY = (
    "chain", "n", "kind", "at", "url", "revision", "seen_at", "content_digest", "reading_digest",
    "capture_digests", "detail", "previous",
)  # fmt: skip
TAKEDOWNS = ("takedown", "restored", "erased")
CONTENT = (
    "headline", "description", "date_published", "authors", "editor", "article_section",
    "article_body",
)  # fmt: skip
COLUMNS = (
    "post_id", "headline", "description", "date_published", "editor", "byline_initials",
    "dateline", "article_body", "article_body_html", "word_count", "in_language",
)  # fmt: skip
# The tables around an article, and which of the reading's values each holds (role or kind first).
AROUND = {
    "keywords": "SELECT name FROM article_keywords JOIN keywords ON id = keyword_id",
    "people": "SELECT role, name FROM article_people JOIN people ON id = person_id",
    "images": "SELECT url, caption, credit_text FROM images",
    "videos": "SELECT url, provider, video_id FROM videos",
    "outlinks": "SELECT kind, url, text FROM outlinks",
}
ARTICLES = """SELECT a.*, t.at AS taken_down, t.reason, t.erased_at, t.digests
    FROM articles AS a LEFT JOIN takedowns AS t ON t.article_id = a.id ORDER BY a.id"""
READINGS = """SELECT r.*, v.n, v.seen_at, u.command, w.article AS withheld
    FROM revisions AS v JOIN readings AS r ON r.revision_id = v.id
    LEFT JOIN runs AS u ON u.id = v.run_id LEFT JOIN withheld AS w ON w.reading_id = r.id
    WHERE v.article_id = ? ORDER BY v.seen_at, v.n, r.id"""
MADE_FROM = """SELECT c.digest FROM reading_captures AS x JOIN captures AS c ON c.id = x.capture_id
    WHERE x.reading_id = ? ORDER BY x.part_number"""
MADE_FROM_DUMP = """SELECT d.sha256 FROM dumps AS d JOIN readings AS r ON r.dump_id = d.id
    WHERE r.id = ?"""
DUMPS = """SELECT d.*, a.url, t.article_id AS is_down, t.erased_at FROM dumps AS d
    LEFT JOIN articles AS a ON a.id = d.article_id
    LEFT JOIN takedowns AS t ON t.article_id = d.article_id ORDER BY d.id"""
SECTIONS = (
    "SELECT name FROM article_sections JOIN sections ON id = section_id WHERE article_id = ?"
)
CAPTURES = """SELECT c.*, coalesce(a.url, c.url) AS about FROM captures AS c
    LEFT JOIN urls AS u ON u.id = c.url_id LEFT JOIN articles AS a ON a.id = u.article_id"""

counted: Counter[str] = Counter()


def say(url, what, is_fault=True):
    """One finding: on one line, with nothing in it that a terminal would obey."""
    counted["findings"] += is_fault
    print("".join(c if c.isprintable() else ascii(c)[1:-1] for c in f"{url}: {what}"))


def unlike(here, said):
    """The first place where a value is not what a reading says."""
    if not (isinstance(here, str) and isinstance(said, str)):
        return f"{str(here)[:80]!r} where its reading says {str(said)[:80]!r}"
    pairs = enumerate(zip(here, said, strict=False))
    at = next((n for n, (one, other) in pairs if one != other), min(len(here), len(said)))
    around = [f"“{'…' * (at > 24)}{text[max(0, at - 24) : at + 24]}…”" for text in (here, said)]
    return " where its reading says ".join(around)


def sha256(text):
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


def has_stale_log(path):
    """Whether the -wal file beside an archive is that of another file, in whose place a backup
    was put: no -wal file belongs to one whose header says that it is written without."""
    log = Path(f"{path.resolve()}-wal")
    if not log.is_file() or not log.stat().st_size:
        return False
    with path.open("rb") as file:
        return file.read(20)[18:] == b"\x01\x01"


def opened(path, alone=False):
    """The archive as it is at this moment; `alone` without the -wal file beside it. In a folder
    where SQLite may make no files of its own nobody else can be writing either, unless a -wal
    file says otherwise."""
    uri = f"{path.resolve().as_uri()}?mode=ro{'&immutable=1' * alone}"
    try:
        db = sqlite3.connect(uri, uri=True, isolation_level=None)
        db.execute("PRAGMA schema_version")
    except sqlite3.OperationalError:
        log = Path(f"{path}-wal")
        if not path.is_file() or (log.exists() and log.stat().st_size):
            raise
        db = sqlite3.connect(f"{uri}&immutable=1", uri=True, isolation_level=None)
    db.row_factory = sqlite3.Row
    db.text_factory = lambda data: data.decode("utf-8", "surrogateescape")
    db.execute("BEGIN")
    return db


def own_chain(db, path):
    """The archive's own chain; where nothing says which, the one that was written last."""
    if row := db.execute("SELECT uuid FROM archive").fetchone():
        return row[0]
    if row := db.execute("SELECT chain FROM ledger ORDER BY id DESC LIMIT 1").fetchone():
        say("the table archive", "missing: its row, which names the newsroom and the ledger")
        return row[0]
    return fail(66, f"{path} is the archive of no newsroom")


def read_chains(db, own):
    """Each chain of the ledger, checked: entries of this archive, and of those merged into it."""
    chains, merged = defaultdict(list), Counter({own: sys.maxsize})
    for entry in db.execute("SELECT * FROM ledger ORDER BY chain, n"):
        counted["ledger entries"] += 1
        of = "the ledger" if entry["chain"] == own else f"the chain {entry['chain']}"
        chain, name = chains[entry["chain"]], f"entry {entry['n']} of {of}"
        n, digest = (chain[-1]["n"], chain[-1]["digest"]) if chain else (0, ZEROS)
        if entry["n"] != n + 1:
            say(of, f"missing: entry {n + 1}" + f" to {entry['n'] - 1}" * (entry["n"] - n > 2))
        elif entry["previous"] != digest:
            say(entry["url"], f"changed: {name} does not follow on the one before it")
        values = ["" if entry[field] is None else str(entry[field]) for field in ENTRY]
        lines = "".join(f"{field}: {value}\n" for field, value in zip(ENTRY, values, strict=True))
        is_one = lines.count("\n") == len(ENTRY) and "\r" not in lines
        if sha256(lines) != entry["digest"] or not is_one:
            say(entry["url"], f"changed: {name} is not what was sealed")
        chain.append(entry)
    digests = {(e["chain"], str(e["n"]), e["digest"]) for chain in chains.values() for e in chain}
    merges = [e for chain in chains.values() for e in chain if e["kind"] == "merge"]
    # Where two files went on with one chain, the detail names the last entry that both have, then
    # the other's head: behind that entry, only one of the two is here.
    parted = {}
    for head in [(entry["detail"] or "").split(" ") for entry in merges]:
        if len(head) > 3:
            parted[head[0]] = min(parted.get(head[0], int(head[1])), int(head[1]))
    for entry in merges:
        head = tuple((entry["detail"] or "").split(" ")[:3])
        if head in digests:
            merged[head[0]] = max(merged[head[0]], int(head[1]))
        elif head[-1] != ZEROS and not (head[0] in parted and int(head[1]) > parted[head[0]]):
            say(entry["url"], f"missing: the chain that entry {entry['n']} merged, up to {head}")
    for name, chain in chains.items():
        if chain[-1]["n"] > merged[name]:
            say(name, f"added: this chain goes on behind entry {merged[name]}, the last merged")
    return chains


def by_address(chain):
    """The entries about each article, by the address at which the chain leaves it. An address may
    pass on: `moved` says from where an article came, `new` that another one begins."""
    about = defaultdict(list)
    for entry in chain:
        url = entry["url"]
        if entry["kind"] in ("new", "moved") and url in about:
            about[f"{url} (before)"] = about.pop(url)
        if entry["kind"] == "moved":
            about[url] = about.pop(entry["detail"], [])
        if entry["kind"] != "merge":
            about[url].append(entry)
    return about


def seal(entry):
    """What tells the reading that an entry seals from all others."""
    return entry["reading_digest"], entry["content_digest"], entry["detail"]


def picture(url):
    """Its address without the query that asks for a size."""
    path = url.partition("?")[0]
    return path if re.search(r"\.(avif|bmp|gif|jpe?g|png|tiff?|webp)$", path, re.I) else url


def content_digest(article):
    """SHA-256 of what counts as content, as canonical JSON."""
    content = {name: article[name] for name in CONTENT}
    content["images"] = [
        [picture(i["url"]), i["caption"], i["credit_text"]] for i in article["images"]
    ]
    content["videos"] = [video["url"] for video in article["videos"]]
    return sha256(json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")))


def readings_of(db, row):
    """Every reading of an article, under what would seal it as it stands now."""
    held = defaultdict(list)
    for reading in db.execute(READINGS, [row["id"]]):
        counted["readings"] += 1
        text = reading["article"] if reading["withheld"] is None else reading["withheld"]
        try:
            content = content_digest(json.loads(text))
        except (ValueError, KeyError, TypeError, RecursionError):
            content = None
        if content != reading["content_digest"]:
            say(row["url"], f"changed: the content digest of revision {reading['n']}, or its text")
        held[sha256(text), content, reading["reader_version"]].append(reading)
    return held


def check_readings(db, row, held, entries, own):
    """Every reading is one that was sealed, and every one that was sealed is there."""
    seals, url = defaultdict(list), row["url"]
    for entry in entries:
        if entry["kind"] in ("new", "revision", "reading"):
            seals[seal(entry)].append(entry)
    if not seals:
        if not row["erased_at"]:  # in another archive: that one's ledger tells
            say(url, "added: the ledger knows of no such article")
        return seals
    for key, readings in held.items():
        for reading in readings[len(seals.get(key, ())) :]:
            say(url, f"changed or added: no entry seals this reading of revision {reading['n']}")
        for reading in readings if key in seals else ():
            is_of_dump = "dump_id" in reading.keys() and reading["dump_id"]  # noqa: SIM118
            sql = MADE_FROM_DUMP if is_of_dump else MADE_FROM
            made_from = " ".join(digest for (digest,) in db.execute(sql, [reading["id"]]))
            if reading["seen_at"] not in {entry["seen_at"] for entry in seals[key]}:
                say(url, f"changed: the date of revision {reading['n']} is not as sealed")
            if (made_from or None) not in {entry["capture_digests"] for entry in seals[key]}:
                say(url, f"changed: the captures of revision {reading['n']} are not as sealed")
    erased = {one["reading_digest"] for one in json.loads(row["digests"] or "[]")}
    for key, those in seals.items():
        states = sum(e["chain"] == own and e["kind"] != "reading" for e in those)
        if len(held.get(key, ())) < max(1, states) and not (row["erased_at"] and key[0] in erased):
            say(url, f"missing: revision {those[0]['revision']}, seen at {those[0]['seen_at']}")
    return seals


def check_marks(row, entries):
    """Gone and redirected as the ledger says last; after a merge, several chains may say."""
    gone, targets = False, {None}
    for entry in entries:
        if entry["kind"] == "back":
            gone, targets = False, {None}
        elif entry["kind"] == "redirected":
            targets = {entry["detail"]}
        elif entry["kind"] == "moved":
            targets.add(None)  # read at its new address, or only made room for another article
        gone = gone or entry["kind"] == "gone"
    as_said = bool(row["gone_at"]) == gone and row["redirected_to"] in targets
    if not as_said and len({entry["chain"] for entry in entries}) == 1:
        say(row["url"], "changed: whether it is gone or redirected; the ledger says otherwise")


def check_taken_down(db, row, held, entries, own):
    """What was taken down is withheld or erased, as the ledger says, and shows nothing. Another
    archive may have taken down what is not taken down here."""
    words = [e for e in entries if e["kind"] in TAKEDOWNS]
    words = [e for e in words if e["chain"] == own] or (words if row["taken_down"] else [])
    last = [e["kind"] for e in words][-1:]
    if bool(row["taken_down"]) != (bool(last) and last != ["restored"]):
        say(row["url"], f"changed: whether it is taken down; the ledger's last word is {last}")
    if row["taken_down"]:
        kind = "erased" if row["erased_at"] else "withheld"
        counted[kind] += 1
        since = f"at {row['erased_at']}" if row["erased_at"] else f"since {row['taken_down']}"
        say(row["url"], f"{kind} {since}: {row['reason']}", is_fault=False)
        around = [
            db.execute(f"{sql} WHERE article_id = ?", [row["id"]]) for sql in AROUND.values()
        ]
        bare = all(r["article"] == "{}" and r["withheld"] for rs in held.values() for r in rs)
        if not bare or any(row[name] for name in COLUMNS[1:]) or any(r.fetchone() for r in around):
            say(row["url"], "changed: taken down, but it still shows something, or lost its text")


def check_shown(db, row, reading):
    """The article's row, and the rows around it, say what the reading says. (Not compared are
    url, date_modified and comment_count: they are brought up to date without a new reading.)"""
    article, url = json.loads(reading["article"]), row["url"]
    for name in COLUMNS:
        if row[name] != article[name]:
            say(url, f"changed: {name}: {unlike(row[name], article[name])}")
    if (row["content_digest"], row["flags"]) != (reading["content_digest"], reading["flags"]):
        say(url, "changed: content_digest or flags are not those of its reading")
    people = [("author", name) for name in dict.fromkeys(article["authors"])]
    people += [("editor", article["editor"])] if article["editor"] else []
    people += [("initials", article["byline_initials"])] if article["byline_initials"] else []
    links = [("embed", "embeds"), ("link", "outlinks"), ("read_also", "read_also")]
    meant = {
        "keywords": [(name,) for name in dict.fromkeys(article["keywords"])],
        "people": people,
        "images": [(i["url"], i["caption"], i["credit_text"]) for i in article["images"]],
        "videos": [(v["url"], v["provider"], v["video_id"]) for v in article["videos"]],
        "outlinks": [(kind, o["url"], o["text"]) for kind, field in links for o in article[field]],
    }
    order = {"people": "role, position", "outlinks": "kind, position"}
    for table, sql in AROUND.items():
        ordered = f"{sql} WHERE article_id = ? ORDER BY {order.get(table, 'position')}"
        here = [tuple(one) for one in db.execute(ordered, [row["id"]])]
        if here != meant[table]:
            odd = [one for one in here if one not in meant[table]]
            gone = [one for one in meant[table] if one not in here]
            say(url, f"changed: its {table} {unlike(odd, gone)}")
    return article["article_section"]


def check_articles(db, chains, own):
    about = {name: by_address(chain) for name, chain in chains.items()}
    ours, others = about.pop(own, {}), about.values()
    answered, said, sections = set(), set(), []
    for row in db.execute(ARTICLES):
        counted["articles"] += 1
        held, entries = readings_of(db, row), ours.pop(row["url"], [])
        spellings = db.execute("SELECT url FROM urls WHERE article_id = ?", [row["id"]])
        known_as = {row["url"], *(e["url"] for e in entries), *(url for (url,) in spellings)}
        there = [e for chain in others for url in known_as for e in chain.get(url, ())]
        words = {e["chain"]: e["kind"] for e in there if e["kind"] in TAKEDOWNS}
        down = {chain for chain, kind in words.items() if kind != "restored"}
        for entry in there:
            if entry["reading_digest"] is None or seal(entry) in held:
                entries.append(entry)
                answered.add(entry["id"])
            elif row["taken_down"] or entry["chain"] in down:
                answered.add(entry["id"])
            elif entry["content_digest"] in {key[1] for key in held}:
                answered.add(entry["id"])  # the same content, in a reading that was not taken in
        seals = check_readings(db, row, held, entries, own)
        check_marks(row, entries)
        check_taken_down(db, row, held, entries, own)
        if row["taken_down"] or not seals or not held:
            continue
        newest = max((r for rs in held.values() for r in rs), key=lambda r: (r["seen_at"], r["n"]))
        crawled = newest["command"] == "crawl" or newest["seen_at"] == row["last_seen_at"]
        if crawled and newest["revision_id"] != row["revision_id"]:
            say(row["url"], f"changed: it does not show its newest state, revision {newest['n']}")
        shown = [(k, r) for k, rs in held.items() for r in rs if r["id"] == row["reading_id"]]
        if not shown or shown[0][1]["revision_id"] != row["revision_id"]:
            say(row["url"], "changed: it shows a reading that is not its own")
        elif shown[0][0] in seals and shown[0][1]["withheld"] is None:
            names = check_shown(db, row, shown[0][1])
            held_names = {name for (name,) in db.execute(SECTIONS, [row["id"]])}
            said.update(names)
            sections += [(name, row["url"]) for name in held_names.difference(names)]
    for name, url in sections:  # a section has its newest name, also for articles read before
        if name not in said:
            say(url, f"changed: its section is named {name}, as no reading says")
    for url, entries in ours.items():
        say(url, f"missing: the article, which the ledger knows since entry {entries[0]['n']}")
    for entry in [e for chain in others for entries in chain.values() for e in entries]:
        if entry["id"] not in answered:
            say(entry["url"], f"missing: what entry {entry['n']} of {entry['chain']} tells of")


def check_dumps(db):
    """Every text dump is the bytes that came in, and out of sight while its article is down."""
    if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'dumps'").fetchone():
        return  # an archive older than schema 5
    for row in db.execute(DUMPS):
        counted["text dumps"] += 1
        raw, what = row["withheld"] if row["text"] is None else row["text"], row["name"]
        if raw is None and not row["erased_at"]:
            say(row["url"], f"missing: the text of the dump {what}")
        elif raw is not None and hashlib.sha256(raw).hexdigest() != row["sha256"]:
            say(row["url"], f"changed: the text dump {what} is not the bytes that came in")
        if (row["text"] is None) != (row["is_down"] is not None):
            say(row["url"], f"changed: whether the text dump {what} is withheld with its article")


def check_captures(db, own, opened_again, folder):
    wrong, files = [], defaultdict(list)
    for row in db.execute(f"{CAPTURES} ORDER BY c.warc_file, c.warc_offset"):
        counted[f"captures dropped as {row['dropped']}" if row["dropped"] else "captures"] += 1
        if row["dropped"] == "lost":
            say(row["about"], f"missing: the capture of {row['fetched_at']}: {lost(row, own)}")
        elif not row["dropped"] and fault_of(row, folder):
            wrong.append(row["id"])
            files[row["warc_file"]].append(row["about"])
    for name, urls in files.items():
        if not (folder / Path(name).name).is_file():
            say(urls[0], f"missing: {name}, with this and {len(urls) - 1} more captures")
    later = opened_again()  # a crawl may just have written a file anew: the rows as they are now
    for row in [later.execute(f"{CAPTURES} WHERE c.id = ?", [key]).fetchone() for key in wrong]:
        there = row is not None and (folder / Path(row["warc_file"]).name).is_file()
        if there and not row["dropped"] and (fault := fault_of(row, folder)):
            place = f"{row['warc_file']} from byte {row['warc_offset']} on"
            say(row["about"], f"damaged: the capture of {row['fetched_at']} in {place}: {fault}")


def lost(row, own):
    """Why a capture is in no file."""
    if row["origin"] and own not in row["warc_file"]:
        return "it was not there when its archive was merged: merge that again with its captures"
    return "the disk lost it (a power cut)"


def fault_of(row, folder):
    """Why a capture's gzip member does not stand in its file byte for byte; None if it does."""
    start, length = row["warc_offset"], row["warc_length"]
    if start < 0 or length <= 0:
        return "its place in the file cannot be"
    try:
        with (folder / Path(row["warc_file"]).name).open("rb") as file:
            if start + length > (size := file.seek(0, 2)):
                return f"the file ends at byte {size}, before the capture does"
            file.seek(start)
            if hashlib.sha256(file.read(length)).hexdigest() == row["digest"]:
                return None
            return "the bytes in the file are not those that were captured"
    except OSError as error:
        return f"cannot be read: {error.strerror}"


def fail(status, message):
    print(f"verify.py: {message}", file=sys.stderr)
    sys.exit(status)


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.error = lambda message: fail(64, message)
    parser.add_argument("archive", type=Path)
    parser.add_argument("--warc", type=Path, metavar="DIR", help="default: warc/ beside it")
    parser.add_argument("--against", metavar="DIGEST", type=str.lower, help="an earlier head")
    given = parser.parse_args()
    if given.against:
        noted = re.fullmatch(r"(?:head: )?(?:\d+ )?([0-9a-f]{64})", given.against.strip())
        if noted is None:
            parser.error("--against wants a digest of 64 hexadecimal digits")
        given.against = noted[1]
    try:
        # Asked once, before it is open: closing a file takes away the locks that SQLite has on it.
        alone = given.archive.is_file() and has_stale_log(given.archive)
        if alone:
            print(f"{given.archive}-wal is of another file, and not read: move it away")
        db = opened(given.archive, alone)
        if db.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            fail(66, f"{given.archive} is not an archive")
        own = own_chain(db, given.archive)
        chains = read_chains(db, own)
        broken = counted["findings"]
        check_articles(db, chains, own)
        check_dumps(db)
        folder = given.warc or given.archive.parent / "warc"
        check_captures(db, own, lambda: opened(given.archive, alone), folder)
    except (sqlite3.Error, ValueError, LookupError, TypeError) as error:
        fail(66, f"{given.archive} is not an archive with a ledger, or is damaged: {error}")
    known = {entry["digest"] for chain in chains.values() for entry in chain} | {ZEROS}
    if given.against and given.against not in known:
        say(given.against, "not in the ledger: this archive does not go on from that head")
    elif given.against and broken:
        say(given.against, "in a broken ledger: that this archive goes on from it is not proved")
    elif given.against:
        print(f"goes on from: {given.against}")
    print(
        "looked at:", ", ".join(f"{n} {what}" for what, n in counted.items() if what != "findings")
    )
    print("findings:", counted["findings"] or "none")
    head = chains[own][-1] if chains[own] else {"n": 0, "digest": ZEROS}
    print(f"head: {head['n']} {head['digest']}")
    return 1 if counted["findings"] else 0


if __name__ == "__main__":
    sys.exit(main())
