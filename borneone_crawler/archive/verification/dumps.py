"""Whether every text dump is still the bytes that were taken in."""

import hashlib
import sqlite3
from collections.abc import Iterator

from borneone_crawler.archive.verification.findings import Checked, Finding, Kind

_DUMPS = """
SELECT
    d.name, d.sha256, coalesce(d.text, d.withheld) AS bytes, d.text IS NULL AS is_away, a.url,
    t.article_id IS NOT NULL AS is_down, t.erased_at IS NOT NULL AS is_erased
FROM dumps AS d
LEFT JOIN articles AS a ON a.id = d.article_id
LEFT JOIN takedowns AS t ON t.article_id = d.article_id
ORDER BY d.id
"""


def dumps(db: sqlite3.Connection, checked: Checked) -> Iterator[Finding]:
    """What is wrong with any of them. Those that readings were made from are sealed with these,
    by the same digest; others are compared with the digest in their own row alone."""
    for row in db.execute(_DUMPS):
        checked["text dumps"] += 1
        what = f"the text dump {row['name']}"
        if row["is_away"] != row["is_down"]:
            fault = "still shows its text" if row["is_down"] else "shows no text"
            yield Finding(Kind.CHANGED, f"{what} {fault}", row["url"])
        if row["bytes"] is None:
            if not row["is_erased"]:
                yield Finding(Kind.MISSING, f"the text of {what}", row["url"])
        elif hashlib.sha256(row["bytes"]).hexdigest() != row["sha256"]:
            yield Finding(Kind.CHANGED, f"{what} is not the bytes that were taken in", row["url"])
