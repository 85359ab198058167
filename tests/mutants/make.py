"""Make mutants: an update of the graph, asked to change another of the nodes that it fits.

Each file under ``shapes/mutations`` breaks the rule of its name, and each under
``shapes/harmless`` none. Where there are several ways to do so, each stands below an empty line
and a comment that names it. Its query finds all that could be changed; a mutant takes one of them.
A line ``# And CODE where { … }`` says for what is chosen that another rule is broken as well.
"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, islice, zip_longest
from pathlib import Path

import pyoxigraph as ox
from rdflib import RDF

from sayso.terms import SAYSO, prefixes
from sayso.text.dates import days
from sayso.validation.check import Outcome, check
from sayso.validation.material import Material

SHAPES = Path(__file__).parent.parent / "shapes"
HEADS = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in prefixes().items())
NOWHERE = Path("nowhere")
_WAYS = re.compile(r"\n\n(?=# )")
_AND = re.compile(r"^# And ([a-z-]+) where (\{.*\})$", re.MULTILINE)
_NAME = re.compile(r"# (?!And )(.+)")
_CHOOSING = re.compile(r"SELECT\b.*?\bLIMIT 1\b", re.DOTALL)
_MOST = 60  # of one way: pairs of nodes are many


@dataclass(frozen=True)
class Mutant:
    """A change of the graph, and the codes that are to be told of it: these and no others."""

    name: str
    update: str
    codes: frozenset[str]


@dataclass(frozen=True)
class Way:
    """One way to break a rule, or to change what none forbids; ``besides`` are other rules."""

    name: str
    update: str
    codes: frozenset[str]
    besides: list[tuple[str, str]] = field(default_factory=list)

    def mutants(self, store: ox.Store, pick: random.Random | None) -> Iterator[Mutant]:
        """Yield a mutant of the first choice, or of some that are picked in any order."""
        choosing = _CHOOSING.search(self.update)
        if choosing is None:
            yield Mutant(self.name, HEADS + self.update, self._codes(store, ""))
            return
        every = choosing.group().removesuffix("LIMIT 1")
        rows = store.query(HEADS + (every if pick else choosing.group()))
        if not isinstance(rows, ox.QuerySolutions):
            raise TypeError(f"{self.name} chooses nothing")
        names = [f"?{variable.value}" for variable in rows.variables]
        found = list(rows)
        some = pick.sample(range(len(found)), min(len(found), _MOST)) if pick else range(len(found))
        for number in some:
            terms = " ".join("UNDEF" if term is None else str(term) for term in found[number])
            chosen = f"VALUES ({' '.join(names)}) {{ ({terms}) }}"
            other = self.update.replace(choosing.group(), chosen)
            yield Mutant(f"{self.name}, {number}", HEADS + other, self._codes(store, chosen))

    def _codes(self, store: ox.Store, chosen: str) -> frozenset[str]:
        asked = (
            code
            for code, where in self.besides
            if store.query(f"{HEADS}ASK {{ {chosen} {where[1:-1]} }}")
        )
        return self.codes | set(asked)


def ways(kind: str) -> list[Way]:
    """List the ways of a kind; none is a fault."""
    found = [way for path in sorted((SHAPES / kind).glob("*.ru")) for way in _of(path, kind)]
    if not found:
        raise FileNotFoundError(SHAPES / kind)
    return found


def _of(path: Path, kind: str) -> Iterator[Way]:
    codes = frozenset({path.stem} if kind == "mutations" else ())
    parts = _WAYS.split(path.read_text("utf-8").strip())
    for part in parts:
        named = _NAME.match(part)
        if len(parts) > 1 and named is None:
            raise ValueError(f"{path.name} has a way without a name")
        if len(_CHOOSING.findall(part)) > 1:
            raise ValueError(f"{path.name} chooses twice")
        name = f"{path.stem}: {named[1]}" if named else path.stem
        yield Way(name, part, codes, _AND.findall(part))


def mutants(graph: Material, kind: str, most: int, seed: int) -> list[Mutant]:
    """Make as many mutants as there are, or as are wanted: of each way by turns."""
    pick, store = random.Random(seed), stored(graph)
    by_turns = zip_longest(*(each.mutants(store, pick) for each in about(graph, ways(kind))))
    made = (each for each in chain.from_iterable(by_turns) if each is not None)
    return list(islice(made, most))


def first(graph: Material, way: Way) -> Mutant:
    """Make the mutant of what comes first of all that fits."""
    ((own),) = about(graph, [way])
    return next(own.mutants(stored(graph), None))


def about(graph: Material, given: list[Way]) -> list[Way]:
    """Name the record that has the text: many ways are about it."""
    (text,) = graph.graph.subjects(RDF.type, SAYSO.TextVersion)
    record = str(text).partition("#")[0]
    return [
        Way(each.name, each.update.replace("RECORD", record), each.codes, each.besides)
        for each in given
    ]


def mutated(graph: Material, update: str, shapes: Material) -> Outcome:
    """Check a graph after an update; raise ValueError where it changes nothing."""
    return check(changed(graph, update), shapes, NOWHERE, days)


def changed(graph: Material, update: str) -> Material:
    """Update a graph; raise ValueError where that changes nothing."""
    store = stored(graph)
    unchanged = set(store)
    store.update(update)
    if set(store) == unchanged:
        raise ValueError(f"nothing is changed by {update.removeprefix(HEADS)}")
    source, *others = graph.quads
    made = Material({source: list(store), **{other: [] for other in others}})
    # The files are as they were, so their lines need not be found again.
    vars(made)["places"] = graph.places
    return made


def told(graph: Material, shapes: Material, mutant: Mutant) -> frozenset[str]:
    """Return the codes that are told of a mutant; raise ValueError where nothing is changed."""
    outcome = mutated(graph, mutant.update, shapes)
    return frozenset(finding.code for finding in outcome.findings)


def stored(graph: Material) -> ox.Store:
    """Put the triples of a graph into a store of their own."""
    store = ox.Store()
    store.extend(ox.Quad(q.subject, q.predicate, q.object) for q in graph.triples)
    return store
