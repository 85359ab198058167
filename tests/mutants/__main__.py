"""Break the real graph thousands of times, and say how often the check tells what is broken.

    PYTHONPATH=tests python -m mutants --count 5000

Exit status: 0 at least 99 of 100 mutants are told by exactly the right code and no harmless one is
told, 1 fewer.
"""

import sys
from collections import Counter
from multiprocessing import get_context
from os import cpu_count

import click

from mutants.graph import real
from mutants.make import Mutant, mutants, told
from sayso.paths import DataFolder
from sayso.validation.check import shapes_of
from sayso.validation.material import Material

ENOUGH = 0.99
# Other claims each time, so that there are enough of every kind.
SKIPPED = (0, 60, 120, 180, 240)


class Judge:
    """Checks mutants of one graph, in one process."""

    def __init__(self, graph: Material) -> None:
        self.graph, self.shapes = graph, shapes_of(DataFolder())

    def __call__(self, mutant: Mutant) -> tuple[Mutant, frozenset[str] | None]:
        """Return the codes that are told of a mutant, if it is one."""
        return mutant, told(self.graph, mutant, self.shapes)


@click.command()
@click.option("--count", default=5000, show_default=True, type=click.IntRange(min=100))
@click.option("--seed", default=1865, show_default=True)
def main(count: int, seed: int) -> None:
    """Make mutants, a tenth of them harmless, check each, and count."""
    right: Counter[str] = Counter()
    made: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for number, skipped in enumerate(SKIPPED):
        graph = real(skipped)
        share = count // len(SKIPPED)
        todo = mutants(graph, "mutations", share - share // 10, seed + number)
        todo += mutants(graph, "harmless", share - len(todo), seed + number)
        with get_context("fork").Pool(cpu_count()) as pool:
            for mutant, codes in pool.imap_unordered(Judge(graph), todo, chunksize=10):
                if codes is None:
                    continue
                kind = "broken" if mutant.codes else "harmless"
                made[kind] += 1
                right[kind] += mutant.is_told_by(codes)
                if not mutant.is_told_by(codes):
                    name, listed = mutant.name.partition(",")[0], ", ".join(sorted(codes))
                    wrong[f"{name}: told {listed or 'nothing'}"] += 1
    for kind in sorted(made):
        click.echo(f"{kind:<9} {right[kind]} of {made[kind]} told as what they are")
    for what, times in wrong.most_common():
        click.echo(f"{times:>5} {what}")
    passed = right["broken"] >= ENOUGH * made["broken"] and right["harmless"] == made["harmless"]
    sys.exit(0 if passed else 1)


if __name__ == "__main__":
    main()
