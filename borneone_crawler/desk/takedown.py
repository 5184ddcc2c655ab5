"""What a person is told when an article is taken down."""

from collections.abc import Iterator, Sequence

from sqlite_utils import Database

from borneone_crawler.archive.articles.finding import Found
from borneone_crawler.archive.ledger import Head
from borneone_crawler.archive.takedown.erasure import Erased
from borneone_crawler.archive.takedown.withholding import Withheld

_MENTIONS = {
    "links (table outlinks)": """
        SELECT count(*) FROM outlinks AS l JOIN articles AS a ON a.id = :article
        WHERE l.article_id <> :article AND instr(l.text, nullif(a.headline, ''))""",
    "texts that were cut off pages (table removals)": """
        SELECT count(*) FROM removals AS x
        JOIN readings AS r ON r.id = x.reading_id
        JOIN revisions AS v ON v.id = r.revision_id AND v.article_id <> :article
        JOIN articles AS a ON a.id = :article AND instr(x.text, nullif(a.headline, ''))""",
}


def refusal(article: Found, reason: str, *, undo: bool, erase: bool) -> str | None:
    """Why what is asked for cannot be done, if it cannot."""
    if undo:
        if erase or reason:
            return "--undo goes with neither --erase nor --reason"
        if article.taken_down_at is None:
            return f"{article.url} is not taken down"
        if article.erased_at is not None:
            return f"{article.url} was erased on {article.erased_at[:10]} and cannot be put back"
    elif article.taken_down_at is None and not reason.strip():
        return 'why? The reason is kept in the archive: --reason "…"'
    return None


def elsewhere(database: Database, article_id: int) -> list[str]:
    """Lines about what other articles have of this one's text, which a takedown leaves."""
    same = database.execute(
        """SELECT other.url FROM articles AS a
           JOIN articles AS other ON other.article_body = a.article_body AND other.id <> a.id
           WHERE a.id = ? AND a.article_body <> ''""",
        [article_id],
    )
    lines = [f"the same text also stands at {url}" for (url,) in same.fetchall()]
    for where, sql in _MENTIONS.items():
        (count,) = database.execute(sql, {"article": article_id}).fetchone()
        if count:
            lines.append(f"its headline stays in {count} {where} of other articles")
    return lines


def report(
    article: Found,
    reason: str,
    withheld: Withheld | None,
    erased: Erased | None,
    others: Sequence[str],
    head: Head,
) -> Iterator[str]:
    """What was done, and what it leaves to be done."""
    if withheld is not None:
        yield (
            f"taken down: {article.url} (article {article.id}: {withheld.revisions} revisions, "
            f"{withheld.readings} readings; {withheld.addresses} addresses and "
            f"{withheld.pictures} pictures are not asked for again)"
        )
    else:
        yield f"was taken down before: {article.url} ({article.reason})"
        if reason and reason != article.reason:
            yield "the reason given then stays; to give another, --undo it first"
    if erased is not None:
        yield f"erased: its text, its revisions and {erased.records} raw captures; digests stay"
        for file, captures in erased.missing.items():
            yield f"NOT erased: {captures} captures in {file}, which is not in the folder: put it there and type the same again"  # noqa: E501
        yield "copies that were made before (backups, exports, *.schema-* files) still have it"
    elif article.erased_at is None:
        yield "its text waits in the table withheld, its raw captures in warc/: --undo, or --erase"
    yield from others
    yield told(head)


def told(head: Head) -> str:
    """The ledger's head, to be noted elsewhere."""
    return f"ledger: {head.n} entries, head {head.digest}"
