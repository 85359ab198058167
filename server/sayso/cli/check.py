"""Check the graph against the rules."""

import sys
from pathlib import Path

import click

from sayso.cli.options import data_option
from sayso.cli.watching import watching
from sayso.paths import DataFolder
from sayso.text.dates import days
from sayso.validation.cache import Cache
from sayso.validation.check import How, check_folder
from sayso.validation.engine import Engine
from sayso.validation.report import FORMATS


@click.command("check")
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@data_option
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    default="text",
    show_default=True,
    help="text for people, json for programs, turtle for the W3C validation report.",
)
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
def command(
    paths: tuple[Path, ...], folder: DataFolder, form: str, engine: Engine, *, no_cache: bool
) -> None:
    """Check the files PATH... against the rules, or the whole folder where none is named.

    A file is checked together with the rest of the folder; only what is found in it is
    shown. Exit status 0: no rule is broken, though there may be warnings. 1: a rule is
    broken. 2: something cannot be read.
    """
    with watching() as seen:
        how = How(engine, Cache(None) if no_cache else Cache.of_user(), seen)
        outcome = check_folder(folder, paths, days, how)
    click.echo(FORMATS[form](outcome, Path.cwd()), nl=False)
    for fault in outcome.unread:
        click.echo(f"sayso: {fault}", err=True)
    if outcome.unread:
        sys.exit(2)
    sys.exit(0 if outcome.conforms else 1)
