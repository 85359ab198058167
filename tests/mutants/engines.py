"""Hold the fast engine to pySHACL: of each mutant both say the same, in all that a result says."""

from collections import Counter
from dataclasses import dataclass

import pyoxigraph as ox

from mutants.make import Mutant, changed
from sayso.validation import reference
from sayso.validation.accelerator import Compiled
from sayso.validation.material import Material
from sayso.validation.results import Report, Result

Told = tuple[str, ...]


def said(report: Report) -> Counter[Told]:
    """Count the results, each by all that it says; a path is compared by its structure."""
    return Counter(_said(result, report) for result in report.results)


def _said(result: Result, report: Report) -> Told:
    terms = (result.focus, result.value, result.shape)
    # pySHACL leaves out the language of a message that a query gives.
    messages = sorted(message.value for message in result.messages)
    path = _path(result.path, report)
    return (*map(str, terms), path, result.component, result.severity, *messages)


def _path(path: object, report: Report) -> str:
    if not isinstance(path, ox.BlankNode):
        return str(path)
    steps = sorted(
        f"{t.predicate} {_path(t.object, report)}" for t in report.triples if t.subject == path
    )
    return f"[{'; '.join(steps)}]"


def by_both(data: Material, shapes: Material) -> tuple[Counter[Told], Counter[Told]]:
    """Return what the fast engine says, and what pySHACL does."""
    fast = Compiled.of(shapes.triples, known=True).validate(data.triples)
    return said(fast), said(reference.validate(data.graph, shapes.graph))


@dataclass(frozen=True)
class Compared:
    """How many results both engines tell of a mutant, and what only one of them does."""

    mutant: Mutant
    results: int
    differing: tuple[str, ...]


def compared(graph: Material, shapes: Material, mutant: Mutant) -> Compared:
    """Validate a mutant with both engines; raise ValueError where nothing is changed."""
    fast, slow = by_both(changed(graph, mutant.update), shapes)
    only = (("shacl", fast - slow), ("pySHACL", slow - fast))
    differing = (
        f"{times} times only {engine}: {' '.join(each)}"
        for engine, told in only
        for each, times in sorted(told.items())
    )
    return Compared(mutant, (fast & slow).total(), tuple(differing))
