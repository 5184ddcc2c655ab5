"""Ten minutes of fuzzing in `make long`; the seeds and what must hold of them in every run."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.crawling import ROOT
from tests.fuzz import targets

ATHERIS = ROOT / ".venv" / "fuzz"
SECONDS = int(os.environ.get("FUZZ_SECONDS") or 600)


def test_the_fuzzer_begins_with_inputs_that_are_sound() -> None:
    seeds = list(targets.seeds())
    assert {seed[0] for seed in seeds} == set(range(len(targets.TARGETS)))
    small = len(targets.FOUND) + 10
    for seed in [*seeds[:-small:6], *seeds[-small:]]:
        targets.run(seed)


@pytest.mark.long
@pytest.mark.skipif(not ATHERIS.exists(), reason="atheris is not installed: make long does it")
def test_fuzzing_brings_no_reader_down(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    limits = [f"-max_total_time={SECONDS}", "-timeout=20", "-rss_limit_mb=1500", "-max_len=60000"]
    output = [f"-artifact_prefix={tmp_path}/found-", "-print_final_stats=1"]
    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzz.fuzz", str(corpus), *limits, *output],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ATHERIS)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, f"{done.stderr[-4000:]}\nthe input: {tmp_path}/found-*"
    print(*re.findall(r"(?m)^(?:Done .*|stat::.*)", done.stderr), sep="\n")
    reached = re.findall(r"cov: (\d+) ft: (\d+) corp: (\d+)", done.stderr)
    assert int(reached[-1][0]) > int(reached[0][0]), "it finds ways that no seed goes"
    print("reached: {} edges, {} features; {} inputs kept".format(*reached[-1]))
