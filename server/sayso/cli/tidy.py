"""`sayso tidy`: turn a draft record into its one tidy form."""

import sys
from pathlib import Path

import click

from sayso.cli.options import data_option
from sayso.paths import DataFolder
from sayso.text.document import read_document
from sayso.text.rewrite import replace
from sayso.text.source import read_article
from sayso.text.tidy import tidy

_FILE = click.Path(path_type=Path)


@click.command("tidy")
@click.argument("files", type=_FILE, nargs=-1, required=True, metavar="FILE...")
@click.option("--text", "text_file", type=_FILE, help="The text that the record was made from.")
@click.option("--check", is_flag=True, help="Change nothing; exit 1 if a file is not tidy.")
@data_option
def command(
    files: tuple[Path, ...], text_file: Path | None, folder: DataFolder, *, check: bool
) -> None:
    """Mint the IRIs, places, hashes and days of a record, and write it in one fixed order.

    A curator's draft may say `sayso:states [ … ]` for a statement, "2005-11" for a date and
    `sayso:evidence [ oa:exact "…" ]` for a place in the text. Files that are no records are
    only put in order. Comments stay with what they stand by.
    """
    text = read_article(text_file) if text_file else None
    untidy = 0
    for path in files:
        document = read_document(path, folder)
        before, after = document.content, tidy(document, text)
        if before == after:
            click.echo(f"{path}: tidy")
        elif check:
            untidy += 1
            call = f"sayso tidy {path}" + (f" --text {text_file}" if text_file else "")
            click.echo(f"{path}: not tidy; `{call}` would change it")
        else:
            replace(path, after)
            click.echo(f"{path}: tidied")
    sys.exit(1 if untidy else 0)
