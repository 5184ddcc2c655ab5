"""An explanation as one page for a browser, which loads nothing and runs nothing."""

import hashlib
import unicodedata
from base64 import b64encode
from collections.abc import Sequence
from pathlib import Path

from borneone_crawler.desk.explain.explanation import Explanation
from borneone_crawler.statuses import Status, Stop


def write_html(said: Explanation, path: Path, inputs: Sequence[str] = ()) -> None:
    pass
