"""The help of every command ends with examples, and each can be typed as it stands."""

import re
import shlex
from pathlib import Path

import pytest
from scrapy.cmdline import ScrapyArgumentParser, _get_commands_from_module
from scrapy.commands import ScrapyCommand, ScrapyHelpFormatter
from scrapy.utils.project import get_project_settings

from borneone_crawler import commands
from borneone_crawler.examples import WithExamples
from tests import warm
from tests.crawling import ROOT

README = (ROOT / "README.md").read_text("utf-8")
OURS = _get_commands_from_module(commands.__name__, inproject=True)


def parser_of(name: str, command: ScrapyCommand, folder: Path) -> ScrapyArgumentParser:
    """The parser that Scrapy makes for a command, over settings of its own."""
    command.settings = get_project_settings()
    command.settings.set("LOG_FILE", str(folder / "log"), "cmdline")
    parser = ScrapyArgumentParser(
        prog="scrapy",
        formatter_class=ScrapyHelpFormatter,
        usage=f"scrapy {name} {command.syntax()}",
        conflict_handler="resolve",
        description=command.long_desc(),
    )
    command.add_options(parser)
    return parser


@pytest.mark.parametrize("name", OURS)
def test_the_help_ends_with_examples_whose_options_there_are(name: str, tmp_path: Path) -> None:
    command = OURS[name]
    assert isinstance(command, WithExamples)
    assert command.examples
    parser = parser_of(name, command, tmp_path)
    *_, above, examples = re.split(r"\n\n", parser.format_help().rstrip("\n"))
    title, line, *shown = examples.split("\n")
    assert (title, line) == ("Examples", "========")
    headings = re.findall(r"^(.+)\n(?:=+|-+)$", parser.format_help(), re.MULTILINE)
    assert headings == ["Usage", "Options", "Global Options", "Examples"]
    assert "Global Options" in above
    assert len(shown) == len(command.examples)
    for example in shown:
        program, named, *words = shlex.split(example, comments=True)
        assert (program, named) == ("scrapy", name)
        if ">" in words:
            words = words[: words.index(">")]
        opts, args = parser_of(name, command, tmp_path).parse_known_args(args=words)
        # As Scrapy does; an option that there is not, or a value that is none, ends it.
        command.process_options(args, opts)


@pytest.mark.parametrize("words", [["show", "1", "--since", "7d"], ["cite", "1", "--lang", "fr"]])
def test_an_example_with_an_option_that_there_is_not_would_be_found(
    words: list[str], tmp_path: Path
) -> None:
    name, *rest = words
    parser = parser_of(name, OURS[name], tmp_path)
    with pytest.raises(SystemExit):
        OURS[name].process_options(*reversed(parser.parse_known_args(args=rest)))


def test_the_real_help_is_this_one() -> None:
    done = warm.scrapy(["show", "-h"], ROOT, 60)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("  scrapy show 12 --json\n")


def test_the_readme_has_every_command_once_among_those_of_its_readers() -> None:
    start = README.index("## The commands\n")
    section = README[start : README.index("\n## ", start)]
    assert re.findall(r"^### (\w+)", section, re.M) == ["Run", "Read", "Mend"]
    named = re.findall(r"^\| `([a-z-]+)", section, re.M)
    assert sorted(named) == sorted(OURS)
