"""`python -m tests.questions`: writes the answers and the columns in archive/README.md anew."""

import tempfile
from pathlib import Path

from tests.questions import readme
from tests.questions.archive import build


def main() -> None:
    """Look at the difference before it is committed."""
    with tempfile.TemporaryDirectory() as folder:
        asked = build(Path(folder))
        text = readme.with_answers(readme.PATH.read_text("utf-8"), asked.answer)
    readme.PATH.write_text(readme.with_columns(text), "utf-8")


if __name__ == "__main__":
    main()
