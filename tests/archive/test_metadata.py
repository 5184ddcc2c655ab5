"""archive/metadata.yaml is a dictionary of the archive: nothing missing, nothing invented."""

from pathlib import Path

import yaml

from tests.archive.conftest import Desk

METADATA = Path(__file__).parent.parent.parent / "archive" / "metadata.yaml"


def test_every_table_view_and_column_is_described(desk: Desk) -> None:
    described = yaml.safe_load(METADATA.read_text("utf-8"))["databases"]["borneone"]["tables"]
    there = {
        name: {column.name for column in desk.archive.db.table(name).columns}
        for name in desk.archive.db.table_names()
        if not name.startswith(("_sqlite", "articles_fts"))
    }
    there |= {
        view.name: {column.name for column in view.columns} for view in desk.archive.db.views
    }
    assert set(described) == set(there)
    for name, columns in there.items():
        assert described[name]["description"], name
        assert set(described[name]["columns"]) == columns, name
        assert all(described[name]["columns"].values()), name
