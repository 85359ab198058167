"""Break the real graph thousands of times, and say how often the check tells what is broken.

    PYTHONPATH=tests python -m mutants --count 5000
    PYTHONPATH=tests python -m mutants --count 1000 --engines

A mutant is told right where exactly the codes are told that it breaks. Exit status: 0 at least
99 of 100 mutants are told right and of no harmless one anything is told, 1 fewer. With
``--engines`` each mutant is validated by the fast engine and by pySHACL instead. Exit status: 0
they say the same of every one, 1 they do not.
"""

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context
from os import cpu_count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NoReturn, TypeVar

import click

from mutants.engines import Compared, compared
from mutants.files import FileMutant, file_mutants, told_of_files
from mutants.graph import real
from mutants.make import Mutant, mutants, told
from sayso.paths import DataFolder
from sayso.validation.cache import Cache
from sayso.validation.check import shapes_of
from sayso.validation.material import Material

ENOUGH = 0.99
# Other claims each time, so that there are enough of every kind.
SKIPPED = (0, 60, 120, 180, 240)
Kind = TypeVar("Kind", Mutant, FileMutant)
Made = TypeVar("Made")
Judged = tuple[Mutant | FileMutant, frozenset[str] | str]


@dataclass
class Score:
    """How many mutants were made of each kind, and how many of them were told right."""

    made: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)

    def count(self, judged: Iterable[Judged]) -> None:
        """Count what was told of some mutants; what could not be made at all is wrong, too."""
        for mutant, codes in judged:
            kind = mutant.name.partition(":")[0].partition(",")[0] if mutant.codes else "harmless"
            self.made[kind] += 1
            self.right[kind] += codes == mutant.codes
            if codes != mutant.codes:
                listed = codes if isinstance(codes, str) else ", ".join(sorted(codes)) or "nothing"
                self.wrong[f"{mutant.name.rpartition(',')[0] or mutant.name}: told {listed}"] += 1

    def whole(self, *, harmless: bool) -> tuple[int, int]:
        """Return how many were told right, and how many there are."""
        kinds = [kind for kind in self.made if (kind == "harmless") == harmless]
        return sum(self.right[kind] for kind in kinds), sum(self.made[kind] for kind in kinds)


def judged(telling: Callable[[Kind], frozenset[str]], mutant: Kind) -> Judged:
    """Return what is told of a mutant, in words where it is none."""
    try:
        return mutant, telling(mutant)
    except ValueError as error:
        return mutant, str(error)


def shared(judging: Callable[[Kind], Made], todo: Iterable[Kind]) -> Iterator[Made]:
    """Judge mutants on all cores."""
    with get_context("fork").Pool(cpu_count()) as pool:
        yield from pool.imap_unordered(judging, todo, chunksize=10)


@click.command()
@click.option("--count", default=5000, show_default=True, type=click.IntRange(min=100))
@click.option("--seed", default=1865, show_default=True)
@click.option("--engines", is_flag=True, help="Compare the engines on mutants of the graph.")
def main(count: int, seed: int, *, engines: bool) -> None:
    """Make mutants, check each, and count: a tenth of them harmless, a twentieth of files."""
    if engines:
        _compare(count, seed)
    score, share, shapes = Score(), count // len(SKIPPED), shapes_of(DataFolder())
    for graph, todo in _of_graph(share - share * 3 // 20, share // 10, seed):
        score.count(shared(partial(judged, partial(told, graph, shapes)), todo))
    with TemporaryDirectory() as room:
        cache = Cache(Path(room) / "check.sqlite")
        of_files = list(file_mutants(count - sum(score.made.values()), seed))
        score.count(shared(partial(judged, partial(told_of_files, cache)), of_files))
    _say(score)


def _of_graph(breaking: int, harmless: int, seed: int) -> Iterator[tuple[Material, list[Mutant]]]:
    """Yield the real graph, cut down in several ways, with so many mutants of each."""
    for number, skipped in enumerate(SKIPPED):
        graph = real(skipped)
        made = mutants(graph, "mutations", breaking, seed + number)
        yield graph, made + mutants(graph, "harmless", harmless, seed + number)


def _compare(count: int, seed: int) -> NoReturn:
    share, shapes = count // len(SKIPPED), shapes_of(DataFolder())
    found: list[Compared] = []
    for graph, todo in _of_graph(share - share // 10, share // 10, seed):
        found += shared(partial(compared, graph, shapes), todo)
    differing = [each for each in found if each.differing]
    for each in differing:
        click.echo(f"{each.mutant.name}: {'; '.join(each.differing)}")
    codes = {code for each in found for code in each.mutant.codes}
    results = sum(each.results for each in found)
    click.echo(
        f"Of {len(found) - len(differing)} of {len(found)} mutants, which break {len(codes)} "
        f"rules, shacl and pySHACL say the same: {results:,} results."
    )
    sys.exit(1 if differing or not results else 0)


def _say(score: Score) -> None:
    for kind in sorted(score.made):
        click.echo(f"{score.right[kind]:>5} of {score.made[kind]:>4}  {kind}")
    for what, times in score.wrong.most_common():
        click.echo(f"{times:>5} wrong: {what}")
    (right, made), (passed, harmless) = score.whole(harmless=False), score.whole(harmless=True)
    click.echo(
        f"{right} of {made} breakings told by exactly their codes, {len(score.made) - 1} codes;"
    )
    click.echo(f"of {passed} of {harmless} harmless changes nothing was told.")
    sys.exit(0 if right >= ENOUGH * made and passed == harmless else 1)


if __name__ == "__main__":
    main()
