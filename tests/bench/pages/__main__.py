"""Print how long pages take, on the graph of sayso and on a generated one.

Exits with 1 where the median page of a kind takes longer than it may.
"""

import sys
import tempfile
import time
from pathlib import Path

import click

from bench.generate import Plan, write_folder
from bench.harness import WrongAnswerError, machine
from bench.pages import LIMIT, measured, sampled
from sayso.paths import DataFolder
from sayso.store import load
from sayso.web import create_app
from sayso.web.ahead import Ahead

HEADINGS = ("", "pages", "median ms", "slowest ms", "ratio")
ROW = "{:<12} {:>6} {:>10} {:>11} {:>7}"


@click.command()
@click.option("--articles", default=1000, show_default=True, type=click.IntRange(1))
@click.option("--pages", "most", default=30, show_default=True, type=click.IntRange(1))
@click.option("--data", type=click.Path(path_type=Path), help="A generated folder that is there.")
def main(articles: int, most: int, data: Path | None) -> None:
    """Measure the pages in this process: milliseconds of the processor, each page once."""
    for what, value in machine().items():
        click.echo(f"{what + ':':<10} {value}")
    click.echo("The ratio is to the engine's DESCRIBE of the same IRI as Turtle.")
    slow = _report(DataFolder(), "the graph of sayso", most)
    with tempfile.TemporaryDirectory() as work:
        folder = DataFolder(data) if data else write_folder(Plan(articles), Path(work), None)
        slow |= _report(folder, f"{len(folder.records())} generated articles", most)
    if slow:
        sys.exit(f"bench: over {LIMIT} ms: {', '.join(sorted(slow))}")


def _report(folder: DataFolder, name: str, most: int) -> set[str]:
    """Print the table of one graph; return the kinds that are too slow."""
    claims = load(folder)
    start = time.process_time()
    ahead = Ahead(claims)
    index = ahead.index
    spent = time.process_time() - start
    size = len(index.connection.serialize()) / 2**20
    click.echo(f"\n{name}: indexed in {spent:.2f} s of the processor, {size:.1f} MiB")
    click.echo(ROW.format(*HEADINGS))
    client = create_app(claims, ahead=ahead).test_client()
    client.get("/")
    client.get("/download/")  # as the server does before it forks
    slow = set()
    for kind in sampled(claims, most):
        found = measured(client, claims, kind)
        ratio = f"{found.ratio:.1f}" if found.ratio else ""
        figures = (f"{found.median:.1f}", f"{max(found.ours):.1f}", ratio)
        click.echo(ROW.format(found.kind, len(found.ours), *figures))
        if found.median > LIMIT:
            slow.add(found.kind)
    return slow


if __name__ == "__main__":
    try:
        main()
    except WrongAnswerError as error:
        sys.exit(f"bench: {error}")
