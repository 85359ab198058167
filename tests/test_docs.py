"""What the documents show is what comes out, and nothing that can be used goes undescribed."""

import re
import shlex
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import click
import pyoxigraph as ox
import pytest
from flask import Flask

from sayso.cli import COMMANDS, group
from sayso.terms import BASE, prefixes

CHECKOUT = Path(__file__).resolve().parent.parent
PAGES = sorted([*CHECKOUT.glob("*.md"), *CHECKOUT.glob("[!.]*/*.md")])
FENCE = re.compile(r"^( *)```(\w+)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:)([^)#\s]+)")
WAIT = 60


@dataclass
class Example:
    """A command that a page shows, and the lines that it says come out."""

    page: str
    command: str
    output: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        """Name the test."""
        return f"{self.page}: {self.command[:40]}"


def blocks(language: str) -> list[tuple[Path, str]]:
    """List the code blocks in one language, each with its page."""
    found = [
        (page, match[3])
        for page in PAGES
        for match in FENCE.finditer(page.read_text(encoding="utf-8"))
        if match[2] == language
    ]
    assert found, f"no page has a block of {language}"
    return found


def pages_examples() -> list[list[Example]]:
    """List the examples of each page, in order: a later one may use what an earlier one made."""
    found: dict[Path, list[Example]] = {}
    for page, block in blocks("console"):
        found.setdefault(page, []).extend(examples(page, block))
    return list(found.values())


def examples(page: Path, block: str) -> list[Example]:
    """Find the commands after `$ `; one goes on in the next line while its quotation is open."""
    found: list[Example] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            found.append(Example(page.name, line[2:]))
        elif found and not complete(found[-1].command):
            found[-1].command += "\n" + line
        else:
            found[-1].output.append(line)
    return found


def complete(command: str) -> bool:
    try:
        shlex.split(command)
    except ValueError:
        return False
    return True


def pattern(lines: list[str]) -> str:
    """Make a regular expression of what is shown: `...` is any text, and alone any lines."""
    shown = "".join(f"{line}\n" for line in lines)
    shown = re.sub(r"^\.\.\.\n", "\0", shown, flags=re.MULTILINE)
    parts = (re.escape(part).replace(r"\.\.\.", ".*") for part in shown.split("\0"))
    return r"(?:.*\n)*".join(parts)


@pytest.mark.parametrize("shown", pages_examples(), ids=lambda shown: str(shown[0].page))
def test_what_a_page_shows_is_what_comes_out(shown: list[Example], tmp_path: Path) -> None:
    for example in shown:
        name, *arguments = shlex.split(example.command)
        assert name == "sayso", f"only sayso can be shown with its output: {example.command}"
        result = subprocess.run(
            [sys.executable, "-m", "sayso", *arguments],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=WAIT,
            check=False,
        )
        assert (result.returncode, result.stderr) == (0, "")
        assert re.fullmatch(pattern(example.output), result.stdout), result.stdout


@pytest.mark.parametrize(
    ("shown", "printed", "same"),
    [
        (["one"], "one\n", True),
        (["one"], "one\ntwo\n", False),
        (["one", "...", "four"], "one\ntwo\nthree\nfour\n", True),
        (["one", "...", "two"], "one\ntwo\n", True),
        (["one ... three"], "one two three\n", True),
        (["one ... three"], "one\nthree\n", False),
        (["a.c"], "abc\n", False),
    ],
)
def test_dots_stand_for_what_is_left_out(shown: list[str], printed: str, *, same: bool) -> None:
    assert bool(re.fullmatch(pattern(shown), printed)) is same


def test_the_commands_in_the_pages_can_be_called_like_that() -> None:
    lines = [line for _, block in blocks("sh") for line in block.splitlines()]
    calls = [shlex.split(line, comments=True) for line in lines if line.startswith("sayso ")]
    assert {name for _, name, *_ in calls} == set(COMMANDS)
    context = click.Context(group)
    for _, name, *arguments in calls:
        command = group.get_command(context, name)
        assert command is not None
        known = {option for parameter in command.params for option in parameter.opts}
        assert {argument for argument in arguments if argument.startswith("-")} <= known


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(CHECKOUT)))
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_and_each_of_its_options_is_described(name: str) -> None:
    command = group.get_command(click.Context(group), name)
    assert command is not None
    assert command.help
    section = sections("commands.md")[f"sayso {name}"]
    common = {"--data", "--help"}
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, parameter.name
            assert common & {*parameter.opts} or parameter.opts[-1] in section, parameter.opts


def test_no_command_is_described_that_does_not_exist() -> None:
    assert set(sections("commands.md")) == {f"sayso {name}" for name in COMMANDS}


def test_each_route_is_described(app: Flask) -> None:
    rules = {str(rule) for rule in app.url_map.iter_rules()}
    assert rules
    assert set(sections("routes.md")) >= rules


def sections(page: str) -> dict[str, str]:
    """Split a page at its headings of the second level; code marks in a heading do not count."""
    text = (CHECKOUT / "docs" / page).read_text(encoding="utf-8")
    _, *found = re.split(r"^## (.+)$", text, flags=re.MULTILINE)
    return {
        heading.replace("`", ""): body for heading, body in zip(*[iter(found)] * 2, strict=True)
    }


def test_turtle_in_the_pages_is_turtle() -> None:
    for page, block in blocks("turtle"):
        text = headed("@prefix {}: <{}> .", block)
        assert list(ox.parse(text, format=ox.RdfFormat.TURTLE, base_iri=BASE)), page


def test_sparql_in_the_pages_is_sparql() -> None:
    for _, block in blocks("sparql"):
        ox.Store().query(headed("PREFIX {}: <{}>", block))


def headed(form: str, block: str) -> str:
    """Put the prefixes of the project before a block that has none of its own."""
    return "\n".join([*(form.format(*pair) for pair in prefixes().items()), block])
