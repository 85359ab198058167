"""Make mutants: an update of the graph, asked to change another of the nodes that it fits.

Each file under ``shapes/mutations`` breaks the rule of its name, and each under
``shapes/harmless`` none. Its query finds all that it could change and takes the first; a mutant
takes another.
"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, zip_longest
from pathlib import Path

import pyoxigraph as ox
from rdflib import RDF

from sayso.terms import SAYSO, prefixes
from sayso.text.dates import days
from sayso.validation.check import Outcome, check
from sayso.validation.material import Material

SHAPES = Path(__file__).parent.parent / "shapes"
HEADS = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in prefixes().items())
_ALSO = re.compile(r"^# May break ([a-z-]+), too\.$", re.MULTILINE)
_MOST = 60  # of one update: pairs of nodes are many
NOWHERE = Path("nowhere")
# One choice among many; where two are made, the update is taken as it is.
_CHOOSING = re.compile(r"SELECT\b(?:(?!LIMIT 1\b).)*(?=LIMIT 1\b(?!.*LIMIT 1\b))", re.DOTALL)


@dataclass(frozen=True)
class Mutant:
    """A change of the graph, the codes that are to be told of it, and those that may be, too."""

    name: str
    update: str
    codes: frozenset[str]
    also: frozenset[str]

    def is_told_by(self, found: frozenset[str]) -> bool:
        """Say whether what was told is what is to be told."""
        return self.codes <= found <= self.codes | self.also


def updates(kind: str) -> list[Path]:
    """List the updates of a kind; none is a fault."""
    found = sorted((SHAPES / kind).glob("*.ru"))
    if not found:
        raise FileNotFoundError(SHAPES / kind)
    return found


def mutants(graph: Material, kind: str, most: int, seed: int) -> list[Mutant]:
    """Make as many mutants as there are, or as are wanted: of each update by turns."""
    store = _store(graph)
    pick = random.Random(seed)
    made = [list(_of(path, store, graph, kind, pick)) for path in updates(kind)]
    by_turns = chain.from_iterable(zip_longest(*made))
    return [each for each in by_turns if each is not None][:most]


def _of(
    path: Path, store: ox.Store, graph: Material, kind: str, pick: random.Random
) -> Iterator[Mutant]:
    text = HEADS + path.read_text("utf-8").replace("RECORD", record(graph))
    codes = frozenset({path.stem} if kind == "mutations" else ())
    also = frozenset(_ALSO.findall(text))
    choosing = _CHOOSING.search(text)
    if choosing is None:
        yield Mutant(path.stem, text, codes, also)
        return
    rows = store.query(HEADS + choosing.group())
    fitting = len(list(rows)) if isinstance(rows, ox.QuerySolutions) else 0
    for number in pick.sample(range(fitting), min(fitting, _MOST)):
        other = text.replace("LIMIT 1", f"LIMIT 1 OFFSET {number}")
        yield Mutant(f"{path.stem}, {number}", other, codes, also)


def record(graph: Material) -> str:
    """Name the record that has the text: most of the updates are about it."""
    (text,) = graph.graph.subjects(RDF.type, SAYSO.TextVersion)
    return str(text).partition("#")[0]


def mutated(graph: Material, update: str, shapes: Material) -> Outcome:
    """Check a graph after an update; raise ValueError where it changes nothing."""
    store = _store(graph)
    unchanged = set(store)
    store.update(update)
    if set(store) == unchanged:
        raise ValueError(f"nothing is changed by {update}")
    first, *others = graph.quads
    changed = Material({first: list(store), **{other: [] for other in others}})
    # The files are as they were, so their lines need not be found again.
    vars(changed)["places"] = graph.places
    return check(changed, shapes, NOWHERE, days)


def told(graph: Material, mutant: Mutant, shapes: Material) -> frozenset[str] | None:
    """Return the codes that are told of a mutant, None where it is none: nothing is changed."""
    try:
        outcome = mutated(graph, mutant.update, shapes)
    except ValueError:
        return None
    return frozenset(finding.code for finding in outcome.findings)


def _store(graph: Material) -> ox.Store:
    store = ox.Store()
    store.extend(ox.Quad(q.subject, q.predicate, q.object) for q in graph.triples)
    return store
