"""`sayso verify`: compare records with the text that they were made from."""

import sys
from pathlib import Path

import click

from sayso.cli.options import data_option
from sayso.paths import DataFolder
from sayso.text.document import read_document
from sayso.text.report import as_json, as_text
from sayso.text.source import read_article
from sayso.text.verify import records_of, verify

_FILE = click.Path(path_type=Path)


@click.command("verify")
@click.argument("records", type=_FILE, nargs=-1, metavar="[RECORD]...")
@click.option("--text", "text_file", type=_FILE, required=True, help="The text to compare with.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="A text for people, or json for programs.",
)
@click.option("--all", "everything", is_flag=True, help="List what holds, too.")
@data_option
def command(
    records: tuple[Path, ...], text_file: Path, form: str, folder: DataFolder, *, everything: bool
) -> None:
    """Say of each span of a record whether its words still stand in a text, and where.

    Also whether every sentence is encoded or omitted for a reason, and whether the record
    copies the text. Without RECORD it is found by the text's hash. Exit 1 if not all holds.
    """
    text = read_article(text_file)
    given = [read_document(path, folder) for path in records]
    compared = [verify(document, text) for document in given or records_of(text, folder)]
    if form == "json":
        click.echo(as_json(compared), nl=False)
    else:
        for comparison in compared:
            click.echo(as_text(comparison, everything=everything), nl=False)
    sys.exit(0 if all(comparison.holds for comparison in compared) else 1)
