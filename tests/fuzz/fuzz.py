"""The fuzzer as a program: python -m tests.fuzz.fuzz FOLDER [options of libFuzzer].

FOLDER takes the seeds and what is found on the way; an input that brings a reader down is written
to a file (-artifact_prefix=) and the program ends with a status that is not 0. Given a file in
place of FOLDER, it runs that one input again.
"""

import re
import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["borneone_crawler", "protego", "parsel", "w3lib"]):
    from borneone_crawler.cleaning import rules
    from tests.fuzz import targets

_WORDS = re.compile(rb"<[a-z]\w*|[a-z][\w-]{3,40}=?|\d{4}-\d\d-\d\dT[\d:]+")
_MOST_WORDS = 1_500


def dictionary() -> set[bytes]:
    """Words that mutations are made with: tags, attributes and class names of the fixtures, and
    what the rules know."""
    known = "\n".join(rule.example for rule in rules.load().all).encode()
    counted: dict[bytes, int] = {}
    for seed in [known, *targets.seeds()]:
        for word in set(_WORDS.findall(seed)):
            counted[word] = counted.get(word, 0) + 1
    return set(sorted(counted, key=lambda word: -counted[word])[:_MOST_WORDS])


def main(argv: list[str]) -> None:
    place = Path(argv[1])
    if place.is_dir():
        for number, seed in enumerate(targets.seeds()):
            (place / f"seed-{number:03}").write_bytes(seed)
        words = place.with_name(f"{place.name}.dict")
        words.write_text("".join(f'"{word.decode()}"\n' for word in sorted(dictionary())))
        argv = [*argv, f"-dict={words}"]
    atheris.Setup(argv, targets.run)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv)
