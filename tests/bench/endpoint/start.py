"""Measure how long servers take to load a graph and to answer: ``python -m bench.endpoint.start``.

All start in turn, every second round backwards, on the same quads: from the command to the
first answer, and for Oxigraph's store on disk until `oxigraph load` has ended, too.
"""

import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from shutil import rmtree
from statistics import median

import click

from bench.endpoint.servers import (
    Contestant,
    end_with_us,
    oxigraph_in_memory,
    oxigraph_on_disk,
    sayso,
    sayso_of_quads,
    started,
)
from bench.generate import Plan, generated
from bench.harness import WrongAnswerError, machine

Seconds = Mapping[str, Sequence[float]]
LOADED = "oxigraph load"


def starts(
    contestants: Sequence[Contestant], folder: Path, nquads: Path, work: Path, rounds: int
) -> Seconds:
    """Start each so often; return the seconds of all rounds, first to last."""
    seconds = defaultdict[str, list[float]](list)
    for round_ in range(rounds):
        for each in contestants if round_ % 2 == 0 else reversed(contestants):
            # A store that is there already would not be loaded.
            place = Path(tempfile.mkdtemp(dir=work))
            with started(each, folder, nquads, place) as running:
                seconds[each.name].append(running.times["answer"])
                if each.prepare:
                    seconds[LOADED].append(running.times["load"])
            rmtree(place)
    return seconds


def table(seconds: Seconds, peers: Sequence[str]) -> Iterator[str]:
    """Yield the lines: the median and slowest start, and each as a multiple of the peers'."""
    yield _row("seconds", "median", "slowest", *(f"to {peer}" for peer in peers))
    for name, all_ in seconds.items():
        ratios = (_ratio(all_, seconds[peer]) for peer in peers)
        yield _row(name, f"{median(all_):.1f}", f"{max(all_):.1f}", *ratios)


def _row(name: str, *figures: str) -> str:
    return f"{name:<20}" + "".join(f"{figure:>22}" for figure in figures)


def _ratio(ours: Sequence[float], theirs: Sequence[float]) -> str:
    return f"{median(one / other for one, other in zip(ours, theirs, strict=True)):.2f}"


@click.command()
@click.option("--articles", default=1000, show_default=True, help="About 990 quads each.")
@click.option("--rounds", default=3, show_default=True, type=click.IntRange(min=1))
@click.option("--work", type=click.Path(path_type=Path), help="Keep the data here, for next time.")
def main(articles: int, rounds: int, work: Path | None) -> None:
    """Measure the starts of sayso and of Oxigraph, in turn, on the same quads."""
    for what, value in machine().items():
        click.echo(f"{what + ':':<10} {value}")
    memory = oxigraph_in_memory()
    contestants = [sayso_of_quads(), sayso(), memory, oxigraph_on_disk()]
    with ExitStack() as stack:
        place = work or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder, nquads = generated(Plan(articles), place)
        click.echo(f"Data:      {articles} articles, {nquads.stat().st_size >> 20} MB of N-Quads\n")
        found = starts(contestants, folder, nquads, place, rounds)
    for line in table(found, [LOADED, memory.name]):
        click.echo(line)


if __name__ == "__main__":
    end_with_us()
    try:
        main()
    except WrongAnswerError as error:
        sys.exit(f"bench: {error}")
