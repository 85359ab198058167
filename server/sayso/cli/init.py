"""`sayso init`: begin a data folder of one's own from a small example."""

from pathlib import Path
from shlex import quote

import click

from sayso.text.template import begin

_NEXT = """{folder}: a made-up report of a trial is here; look at it, then write over it. Next:
  sayso check --data {folder}
  sayso serve --data {folder}
  sayso tidy {record} --text {text}
"""


@click.command("init")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
def command(folder: Path) -> None:
    """Make DIR a data folder with a small fictional example, ready to be checked and served."""
    begun = begin(folder)
    record, text = (next(begun.glob(kind)) for kind in ("graph/articles/*.ttl", "texts/*.txt"))
    paths = {"folder": folder, "record": record, "text": text}
    click.echo(_NEXT.format_map({what: quote(str(path)) for what, path in paths.items()}), nl=False)
