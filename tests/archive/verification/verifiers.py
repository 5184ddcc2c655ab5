"""Both verifiers, to be asked about any archive: ours, and archive/verify.py on its own."""

import subprocess
import sys
from pathlib import Path

from borneone_crawler.archive.verification import Finding, Verification
from tests.crawling import ROOT

STAND_ALONE = ROOT / "archive" / "verify.py"


def ours(path: Path, against: str | None = None) -> list[Finding]:
    """What `scrapy verify` finds, what was taken down in order included."""
    return list(Verification(path, path.parent / "warc", against).findings())


def theirs(path: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """Run where nothing but the standard library can be imported, and only by its path."""
    argv = [sys.executable, "-I", "-S", str(STAND_ALONE), str(path), *more]
    return subprocess.run(argv, capture_output=True, text=True, cwd="/", timeout=60)


def both(path: Path) -> list[str]:
    """Our faults as lines. Fails unless the other verifier agrees whether there are any, and
    names the same addresses."""
    faults = [finding for finding in ours(path) if finding.is_fault]
    done = theirs(path)
    lines = [str(finding) for finding in faults]
    assert (done.returncode, done.stderr) == (1 if faults else 0, ""), (lines, done)
    for url in {finding.url for finding in faults if finding.url}:
        assert any(line.startswith(url) for line in done.stdout.splitlines()), (url, done.stdout)
    return lines
