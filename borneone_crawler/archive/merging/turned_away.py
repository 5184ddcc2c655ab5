"""Which rules turned links away, in either of two archives."""

import json

from borneone_crawler.archive.archive import Archive
from borneone_crawler.archive.frontier.frontier import SAMPLES_KEPT
from borneone_crawler.archive.merging.report import Merged


def take_in_turned_away(archive: Archive, merged: Merged) -> None:
    """The larger count of each rule, since both may have met the same links. Transactions are the
    caller's."""
    held = {row["rule"]: row for row in archive.db.query("SELECT * FROM main.never_asked")}
    for row in list(archive.db.query("SELECT * FROM other.never_asked")):
        ours = held.get(row["rule"], row | {"links": 0, "samples": "[]"})
        samples = dict.fromkeys(json.loads(ours["samples"]) + json.loads(row["samples"]))
        made = {
            "rule": row["rule"],
            "links": max(ours["links"], row["links"]),
            "samples": json.dumps(list(samples)[:SAMPLES_KEPT]),
            "last_met_at": max(ours["last_met_at"], row["last_met_at"]),
        }
        if made != ours:
            merged.turned_away += 1
            archive.db.execute(
                """INSERT INTO never_asked (rule, links, samples, last_met_at)
                   VALUES (:rule, :links, :samples, :last_met_at)
                   ON CONFLICT (rule) DO UPDATE SET links = excluded.links,
                       samples = excluded.samples, last_met_at = excluded.last_met_at""",
                made,
            )
