"""What takes longer than it may is ended, and nothing else is."""

import re
import signal
import threading
import time

import pytest

from borneone_crawler.patience import TooSlow, patience


def busy(seconds: float) -> None:
    until = time.process_time() + seconds
    while time.process_time() < until:
        pass


def test_what_takes_too_long_is_named() -> None:
    said = r"^counting takes more than 0\.05 s$"
    with pytest.raises(TooSlow, match=said), patience(0.05, "counting"):
        busy(5)


def test_a_match_is_ended_in_its_middle() -> None:
    with pytest.raises(TooSlow), patience(0.05, "matching"):
        re.match(r"(?:a+)+b", "a" * 60)


def test_what_is_done_in_time_leaves_nothing_behind() -> None:
    with patience(0.05, "little"):
        pass
    assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0, 0)
    busy(0.1)
    with pytest.raises(KeyError), patience(0.05, "a mistake"):
        raise KeyError
    busy(0.1)


def nested() -> None:
    with patience(0.01, "inner"):
        busy(0.05)
    busy(5)


def test_within_another_block_the_outer_one_counts() -> None:
    with pytest.raises(TooSlow, match="outer"), patience(0.2, "outer"):
        nested()


def test_time_that_is_waited_does_not_count() -> None:
    with patience(0.05, "waiting"):
        time.sleep(0.2)


def test_in_another_thread_and_without_a_limit_it_takes_what_it_takes() -> None:
    with patience(0, "all of it"):
        busy(0.1)
    done = threading.Event()

    def elsewhere() -> None:
        with patience(0.01, "elsewhere"):
            busy(0.1)
        done.set()

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()
    assert done.is_set()
