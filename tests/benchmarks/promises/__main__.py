"""The whole benchmark: sets ours and an ordinary spider on each site, prints what they did."""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.promises.arrangements import ARRANGEMENTS
from tests.benchmarks.promises.crawlers import Ordinary, Ours
from tests.benchmarks.promises.figures import PROMISES, Row, measured
from tests.benchmarks.promises.recording import README, machine, recorded
from tests.benchmarks.promises.table import everything, summary


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.promises")
    parser.add_argument(
        "--only", type=int, nargs="+", choices=PROMISES, help="these promises alone"
    )
    parser.add_argument(
        "--record", action="store_true", help="write the figures into the README beside this"
    )
    options = parser.parse_args()
    if options.record and options.only:
        parser.error("only a whole run is recorded")
    began = time.monotonic()
    rows = _rows(options.only or PROMISES)
    took = (time.monotonic() - began) / 60
    figures = (
        f"{machine()}; {took:.0f} minutes.\n\n{summary(rows)}\n\n"
        f"Everything that was measured:\n\n{everything(rows)}"
    )
    print(figures)
    broken = [row for row in rows if not row.holds]
    for row in broken:
        print(f"Promise {row.promise} is not kept: {row.figure.what}", file=sys.stderr)
    if options.record and not broken:
        README.write_text(recorded(README.read_text("utf-8"), figures), "utf-8")
    return 1 if broken else 0


def _rows(promises: list[int] | dict[int, str]) -> list[Row]:
    rows = []
    with tempfile.TemporaryDirectory(prefix="promises-") as folder:
        crawlers = Ours(Path(folder)), Ordinary(Path(folder))
        for arrangement in ARRANGEMENTS:
            if arrangement.promise in promises:
                began = time.monotonic()
                rows += measured(arrangement, *crawlers)
                took = time.monotonic() - began
                print(f"{arrangement.measure.__name__}: {took:.0f} s", file=sys.stderr)
    return rows


if __name__ == "__main__":
    sys.exit(main())
