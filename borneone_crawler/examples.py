"""Commands whose help ends with examples, as they are typed."""

import argparse
from typing import ClassVar

from scrapy.commands import ScrapyCommand, ScrapyHelpFormatter


class WithExamples(ScrapyCommand):
    """A command that says what may be typed behind its name."""

    examples: ClassVar[tuple[str, ...]] = ()
    """As a shell reads it; a comment says what it does, where it needs one."""

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        name = type(self).__module__.rpartition(".")[2]
        lines = [f"  scrapy {name} {example}".rstrip() for example in self.examples]
        parser.epilog = "\n".join(("Examples", "========", *lines))
        parser.formatter_class = _KeepingLines


class _KeepingLines(ScrapyHelpFormatter):
    """argparse fills every text anew; the lines of ours stay as they are."""

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return text if "\n" in text else super()._fill_text(text, width, indent)
