"""Check the graph against the rules."""

import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import click

from sayso.cli.options import data_option, one_source
from sayso.cli.watching import watching
from sayso.paths import DataFolder
from sayso.text.dates import days
from sayso.validation.baseline import read_baseline, write_baseline
from sayso.validation.cache import Cache
from sayso.validation.check import How, check_folder
from sayso.validation.engine import Engine
from sayso.validation.finding import Severity
from sayso.validation.outcome import Outcome
from sayso.validation.report import FORMATS, as_github, as_text
from sayso.validation.report.wording import beside_unread, number, shown

_FAIL_ON = {
    "violation": Severity.ERROR,
    "warning": Severity.WARNING,
    "info": Severity.INFO,
}
# Where a CI system has the repository, to whose root its annotations belong.
_ROOTS = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")
_FILE = click.Path(path_type=Path)


@click.command("check")
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=_FILE)
@data_option
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    default="text",
    show_default=True,
    help="text for people, github, sarif and junit for CI, json for programs, "
    "turtle and jsonld for the W3C validation report.",
)
@click.option(
    "--fail-on",
    type=click.Choice(list(_FAIL_ON)),
    default="violation",
    show_default=True,
    help="The least that fails the check.",
)
@click.option("--baseline", type=_FILE, metavar="FILE", help="Fail only for what is not in FILE.")
@click.option("--write-baseline", "written", type=_FILE, metavar="FILE", help="Write that FILE.")
@click.option("--max", "most", type=click.IntRange(1), help="Show so many and count the rest.")
@click.option("--explain", "code", metavar="CODE", help="Explain a rule, and check nothing.")
@click.option(
    "--engine",
    type=click.Choice(list(Engine), case_sensitive=False),
    default=Engine.AUTO,
    show_default=True,
    help="auto for the fastest that can use the shapes, pyshacl for the reference.",
)
@click.option(
    "--no-cache", is_flag=True, help="Check also what was checked before and has not changed."
)
@click.option(
    "--shapes",
    multiple=True,
    metavar="FILE",
    help="Check PATH... against these shapes instead: RDF of any kind, also patterns; - is "
    "standard input.",
)
def command(
    *,
    paths: tuple[Path, ...],
    folder: DataFolder,
    form: str,
    fail_on: str,
    baseline: Path | None,
    written: Path | None,
    most: int | None,
    code: str | None,
    engine: Engine,
    no_cache: bool,
    shapes: tuple[str, ...],
) -> None:
    """Check the files PATH... against the rules, or the whole folder where none is named.

    A file is checked together with the rest of the folder; only what is found in it is
    shown. With --shapes, PATH... is other people's data. Exit status 0: no rule is broken, though
    there may be warnings. 1: a rule is broken. 2: something cannot be read.
    """
    if most is not None and form not in ("text", "github"):
        raise click.UsageError(f"--max is for text and github; {form} is always whole")
    if code is not None:
        from sayso.validation.explain import explanation  # noqa: PLC0415 - for this alone

        click.echo(explanation(code, folder), nl=False)
        return
    root = _root()
    known = read_baseline(baseline) if baseline else None
    with watching() as seen:
        how = How(engine, Cache(None) if no_cache else Cache.of_user(), seen)
        if shapes:
            outcome = _of_anything(shapes, paths, how)
        else:
            outcome = check_folder(folder, paths, days, how)
    if written:
        write_baseline(written, outcome.findings, root)
        count = number(len(outcome.findings), "finding")
        click.echo(f"{written}: {count} written, which --baseline {written} lets pass.")
        return
    if known is not None:
        looked = {shown(path, root) for path in outcome.claims}
        known = [each for each in known if not paths or each.path in looked]
        outcome = outcome.against(known, root)
    outcome = outcome.failing_on(_FAIL_ON[fail_on])
    click.echo(_written(outcome, form, root, most), nl=False)
    for fault in outcome.unread:
        click.echo(f"sayso: {fault}", err=True)
    for told in beside_unread(outcome):
        click.echo(f"sayso: {told}", err=True)
    sys.exit(2 if outcome.unread else int(outcome.fails))


def _of_anything(shapes: Sequence[str], paths: Sequence[Path], how: How) -> Outcome:
    one_source("--data", "--shapes")
    if not paths:
        message = "--shapes needs the data that is to be checked: files, patterns, or - for stdin"
        raise click.UsageError(message)
    from sayso.validation.anything import check_files  # noqa: PLC0415 - for this alone

    return check_files(shapes, list(map(str, paths)), how, sys.stdin.buffer)


def _written(outcome: Outcome, form: str, root: Path, most: int | None) -> str:
    forms: dict[str, Callable[[Outcome, Path], str]] = {
        **FORMATS,
        "text": partial(as_text, colour=_in_colour(), most=most),
        "github": partial(as_github, most=most),
    }
    return forms[form](outcome, root)


def _in_colour() -> bool:
    """Say whether this is a terminal, and nobody has asked for no colour (no-color.org)."""
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return sys.stdout.isatty() and not plain


def _root() -> Path:
    """Return the folder that paths are told from: the repository's in CI, else where we are."""
    here = Path.cwd()
    given = (Path(os.environ[name]) for name in _ROOTS if os.environ.get(name))
    return next((root for root in given if here.is_relative_to(root)), here)
