"""Run the benchmarks, all or those named, and print a table."""

import pkgutil
import sys
import tempfile
from importlib import import_module
from pathlib import Path

import click

import bench
from bench.harness import Comparison, Setting, Timing, WrongAnswerError, machine, measure
from sayso.paths import HOME, DataFolder

MODULES = {m.name for m in pkgutil.iter_modules(bench.__path__) if not m.ispkg}
NAMES = sorted(MODULES - {"__main__", "harness"})
HEADINGS = ("", "runs", "median s", "fastest s", "slowest s", "ratio")
ROW = "{:<28} {:>5} {:>9} {:>10} {:>10} {:>7}"


@click.command()
@click.argument("names", nargs=-1, type=click.Choice(NAMES))
@click.option("--runs", default=5, show_default=True, type=click.IntRange(min=1))
@click.option("--data", default=HOME, type=click.Path(path_type=Path), help="A data folder.")
def main(names: tuple[str, ...], runs: int, data: Path) -> None:
    """Measure sayso beside its peers."""
    for what, value in machine().items():
        click.echo(f"{what + ':':<10} {value}")
    click.echo("Each number is of a whole process; a ratio below 1 says that sayso was faster.\n")
    click.echo(ROW.format(*HEADINGS))
    with tempfile.TemporaryDirectory() as work:
        setting = Setting(DataFolder(data), Path(work), runs)
        for name in names or NAMES:
            comparison: Comparison = import_module(f"bench.{name}").compare(setting)
            _report(comparison, *measure(comparison, runs))


def _report(comparison: Comparison, ours: Timing, theirs: Timing) -> None:
    click.echo(comparison.title)
    for timing in (ours, theirs):
        seconds = (timing.median, min(timing.seconds), max(timing.seconds))
        figures = [f"{figure:.2f}" for figure in seconds]
        ratio = f"{ours.median / theirs.median:.2f}" if timing is ours else ""
        click.echo(ROW.format(f"  {timing.name}", len(timing.seconds), *figures, ratio))


if __name__ == "__main__":
    try:
        main()
    except WrongAnswerError as error:
        sys.exit(f"bench: {error}")
