"""Build a store on disk."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeElapsedColumn

from sayso.analysis.derived import deriving
from sayso.cli.options import data_option, one_source, rdf_options
from sayso.paths import DataFolder
from sayso.store.disk import Fill, Note, build, of_folder, of_rdf
from sayso.store.load import Seen
from sayso.store.rdf import rdf_files


@click.command("load")
@click.option(
    "--store",
    "place",
    type=click.Path(path_type=Path),
    metavar="DIR",
    required=True,
    help="Where the store is, or is to be made.",
)
@data_option
@rdf_options
def command(place: Path, folder: DataFolder, rdf: tuple[str, ...]) -> None:
    """Build a store on disk for `sayso serve --store`, from a data folder or RDF of any kind.

    What DIR holds of an earlier load is replaced when the new store is whole, and stays as it is
    where it does not come to that. The rules of claims are not checked: see `sayso check`.
    """
    one_source("--data", "--rdf")
    with _bar() as bar:
        made = _built(place, folder, rdf, bar)
    click.echo(f"{place}: version {made.version[:12]} is there; next: sayso serve --store {place}")


def _built(place: Path, folder: DataFolder, rdf: tuple[str, ...], bar: Progress) -> Note:
    fill: Fill
    if rdf:
        files = rdf_files(rdf)
        packed = any(file.gzipped for file in files)
        seen = _task(bar, "reading", None if packed else _size(file.path for file in files))
        fill = of_rdf(files, seen)
    else:
        fill = deriving(of_folder(folder, _task(bar, "reading", _size(iter(folder.files())))))
    return build(place, fill, _task(bar, "merging", None))


def _size(paths: Iterator[Path]) -> int:
    return sum(path.stat().st_size for path in paths if path.is_file())


def _task(bar: Progress, what: str, total: int | None) -> Seen:
    """Add a line to the bar, and return what moves it on."""
    task = bar.add_task(what, total=total)
    return lambda number: bar.advance(task, number)


@contextmanager
def _bar() -> Iterator[Progress]:
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        yield bar
