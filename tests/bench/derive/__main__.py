"""Measure on generated graphs: ``python -m bench.derive --articles 1000 --articles 10000``.

All figures are CPU seconds of this process, so that what else the machine does counts little.
The peer is the stored question that counts origins in SPARQL, on the smallest graph: it finds
the range and the works, and neither chokepoints, disputes nor drifts.
"""

import resource
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TypeVar

import click
import pyoxigraph as ox

from bench.generate import Plan, write_folder
from bench.harness import WrongAnswerError, machine
from sayso.analysis.derivation import Derivation
from sayso.analysis.derived import graph_of, turtle
from sayso.analysis.network import Network
from sayso.analysis.questions import question
from sayso.paths import DataFolder
from sayso.store import ClaimStore
from sayso.store.load import FolderReader
from sayso.store.union import unite
from sayso.terms import SAYSO, prefixes

Made = TypeVar("Made")
CHANGES = 5  # articles that are changed, one after the other
HEADINGS = (
    "articles",
    "claims",
    "read",
    "derive",
    "write",
    "all",
    "per 1,000 claims",
    "again",
    "of all",
)
ROW = "{:>9} {:>9} {:>8} {:>8} {:>8} {:>8} {:>17} {:>8} {:>8}"


@dataclass(frozen=True)
class Costs:
    """The CPU seconds for a graph of some claims; ``again`` is for one changed article."""

    claims: int
    read: float
    derive: float
    write: float
    again: float

    @property
    def all(self) -> float:
        """The seconds of deriving everything."""
        return self.read + self.derive + self.write


@click.command()
@click.option(
    "--articles", "sizes", multiple=True, type=int, default=(250, 1000), show_default=True
)
@click.option("--check/--no-check", default=True, help="Compare with a full derivation at the end.")
@click.option("--peer/--no-peer", default=True, help="Ask the stored question, too.")
def main(sizes: Sequence[int], *, check: bool, peer: bool) -> None:
    """Measure deriving at some sizes, smallest first."""
    for what, value in machine().items():
        click.echo(f"{what + ':':<10} {value}")
    click.echo("CPU seconds of one process, in memory.\n")
    click.echo(ROW.format(*HEADINGS))
    for size in sorted(sizes):
        with tempfile.TemporaryDirectory() as work:
            store, base = _store(write_folder(Plan(size), Path(work)))
        costs = measured(store, base, check=check)
        click.echo(ROW.format(size, costs.claims, *_figures(costs)))
        if peer and size == min(sizes):
            click.echo(_peer(store, base, costs))


def measured(store: ox.Store, base: str, *, check: bool) -> Costs:
    """Derive all, then again after changes; raise WrongAnswerError where that is not the same."""
    read, network = _timed(lambda: Network.read(store))
    derive, found = _timed(lambda: Derivation.of(network))
    text, content = _timed(lambda: turtle(base, "1", found).encode())
    into = ox.Store()
    load, _ = _timed(
        lambda: into.bulk_load(content, format=ox.RdfFormat.TURTLE, to_graph=graph_of(base))
    )
    records = sorted({say.record for say in network.says.values() if say.record})
    step = max(1, len(records) // CHANGES)
    again = [_again(store, found, record) for record in records[::step][:CHANGES]]
    if check and turtle(base, "1", found) != turtle(base, "1", Derivation.of(Network.read(store))):
        raise WrongAnswerError("deriving again is not the same as deriving everything")
    return Costs(len(network.says), read, derive, text + load, median(again))


def _again(store: ox.Store, found: Derivation, record: str) -> float:
    """Let the first claims of an article be somebody else's, and derive what that changes."""
    graph, claimant = ox.NamedNode(record), ox.NamedNode(str(SAYSO.claimant))
    quads = list(store.quads_for_pattern(None, claimant, None, graph))[:10]
    for quad, other in zip(quads, reversed(quads), strict=True):
        store.remove(quad)
        store.add(ox.Quad(quad.subject, claimant, other.object, graph))
    seconds, _ = _timed(lambda: found.update(store, [record]))
    return seconds


def _peer(store: ox.Store, base: str, costs: Costs) -> str:
    unite(store)
    claims = ClaimStore(store, "1", prefixes(base), base)
    query = question("independent-origins").query
    seconds, _ = _timed(lambda: list(claims.queryable.query(query)))  # type: ignore[arg-type]
    ratio = costs.all / seconds
    told = f"the stored question in SPARQL: {seconds:.2f}; all of the above is {ratio:.2f} of it"
    return f"{'':>9} {told}"


def _store(folder: DataFolder) -> tuple[ox.Store, str]:
    """Load the files alone: what is implied and the union play no part here."""
    files, store = FolderReader(folder), ox.Store()
    for source in files.sources:
        files.take(store, source)
    return store, files.base


def _figures(costs: Costs) -> list[str]:
    per = 1000 * costs.all / costs.claims
    seconds = (costs.read, costs.derive, costs.write, costs.all)
    figures = [f"{one:.2f}" for one in seconds]
    return [*figures, f"{per:.4f}", f"{costs.again:.3f}", f"{costs.again / costs.all:.4f}"]


def _timed(make: Callable[[], Made]) -> tuple[float, Made]:
    before = _spent()
    made = make()
    return _spent() - before, made


def _spent() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    try:
        main()
    except WrongAnswerError as error:
        sys.exit(f"bench: {error}")
