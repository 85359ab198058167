"""Gather from each file what the rules beyond SHACL look at, so that each is read once.

The facts of a file depend on nothing but its content and the name of its graph.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from hashlib import blake2b
from typing import Any

import pyoxigraph as ox

from sayso.validation.coverage import PREDICATES, uncovered
from sayso.vocabularies import BASE, VOCABULARIES

_SAYSO = VOCABULARIES["sayso"]
_OWN = (_SAYSO, BASE + "code/")
_TYPE = VOCABULARIES["rdf"] + "type"
_CLASSES = VOCABULARIES["rdfs"] + "subClassOf"
_CLAIM, _RECORD = _SAYSO + "Claim", _SAYSO + "Record"
_EDTF, _EARLIEST, _LATEST = (_SAYSO + name for name in ("edtf", "earliest", "latest"))
_DATES = {_EDTF, _EARLIEST, _LATEST}
_LOOKED_AT = {_TYPE, _CLASSES, *_DATES, *PREDICATES}


@dataclass(frozen=True)
class Facts:
    """What the rules need to know of one file; IRIs and literals as plain text.

    ``dates`` holds EDTF dates, first days and last days of each period. ``typed`` has a number
    for each node with a type (see `number`), ``scattered`` says that a text's sentences or
    places are described in a file that is not theirs, so that files must be looked at together.
    ``spaces`` are the namespaces that prefixes are declared for.
    """

    claims: int
    records: tuple[str, ...]
    typed: frozenset[int]
    untyped: tuple[str, ...]
    classes: frozenset[str]
    subclasses: tuple[tuple[str, str], ...]
    predicates: frozenset[str]
    known: frozenset[str]
    used: frozenset[str]
    dates: tuple[tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...]], ...]
    sentences: tuple[tuple[str, str], ...]
    scattered: bool
    spaces: tuple[str, ...] = ()

    @classmethod
    def of(cls, quads: Iterable[ox.Quad], graph: str, spaces: tuple[str, ...] = ()) -> "Facts":
        """Gather the facts of a file, whose graph has a name."""
        found = _Gathering(graph)
        found.take(quads)
        typed = found.typed.keys()
        own = {each for each in (*found.used, *found.predicates, *found.classes) if is_own(each)}
        return cls(
            claims=found.claims,
            records=tuple(found.records),
            typed=frozenset(map(number, typed)),
            untyped=tuple(each for each in found.subjects if each not in typed),
            classes=frozenset(found.classes),
            subclasses=tuple(found.subclasses),
            predicates=frozenset(found.predicates),
            known=frozenset(each for each in found.subjects if is_own(each)),
            used=frozenset(own),
            dates=tuple(_dates(found.dates)),
            sentences=tuple((code, node.value) for code, node in uncovered(found.places)),
            scattered=found.scattered,
            spaces=spaces,
        )

    def to_json(self) -> bytes:
        """Write the facts so that they can be kept."""
        said = {
            each.name: sorted(value) if isinstance(value, frozenset) else value
            for each in fields(self)
            for value in [getattr(self, each.name)]
        }
        return json.dumps(said, separators=(",", ":")).encode()

    @classmethod
    def from_json(cls, content: bytes) -> "Facts":
        """Read facts that were kept; the inverse of `to_json`."""
        said = {name: _tuples(value) for name, value in json.loads(content).items()}
        for name in ("typed", "classes", "predicates", "known", "used"):
            said[name] = frozenset(said[name])
        return cls(**said)


class _Gathering:
    """What is seen of a file, quad by quad."""

    def __init__(self, graph: str) -> None:
        self.graph = graph
        self.claims = 0
        self.records: dict[str, None] = {}
        self.typed: dict[str, None] = {}
        self.subjects: dict[str, None] = {}
        self.classes: set[str] = set()
        self.subclasses: list[tuple[str, str]] = []
        self.predicates: set[str] = set()
        self.used: set[str] = set()
        self.dates: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self.places: list[ox.Quad] = []
        self.scattered = False

    def take(self, quads: Iterable[ox.Quad]) -> None:
        """Take all quads; this is the one loop that each triple of a folder goes through."""
        last, named = None, False
        subjects, predicates, used = self.subjects, self.predicates, self.used
        for quad in quads:
            subject, predicate, value = quad.subject, quad.predicate.value, quad.object
            name = "" if isinstance(subject, ox.Triple) else subject.value
            if name != last:
                last, named = name, isinstance(subject, ox.NamedNode)
                if named:
                    subjects[name] = None
            predicates.add(predicate)
            if predicate in _LOOKED_AT:
                self._look(quad, name, named=named)
            elif isinstance(value, ox.NamedNode):
                used.add(value.value)
        used.update(subjects)

    def _look(self, quad: ox.Quad, name: str, *, named: bool) -> None:
        predicate, value = quad.predicate.value, quad.object
        other = value.value if isinstance(value, ox.NamedNode) else None
        if predicate == _TYPE:
            self.places.append(quad)
            if other is not None:
                self._type(name, other, named=named)
        elif other is not None:
            self.used.add(other)
            if predicate == _CLASSES:
                self.subclasses.append((name, other))
        elif predicate in _DATES and isinstance(value, ox.Literal):
            self.dates[name][predicate].add(value.value)
        if predicate in PREDICATES:
            self.places.append(quad)
            if not (named and name.startswith(self.graph)):
                self.scattered = True

    def _type(self, name: str, kind: str, *, named: bool) -> None:
        self.classes.add(kind)
        self.claims += kind == _CLAIM
        if kind == _RECORD:
            self.records[name] = None
        if named:
            self.typed[name] = None


def is_own(iri: str) -> bool:
    """Say whether an IRI should be one of the ontology's terms."""
    return iri.startswith(_OWN) and not iri.endswith(("#", "/"))


def number(iri: str) -> int:
    """Return a number for an IRI, which none of millions of others has."""
    return int.from_bytes(blake2b(iri.encode(), digest_size=8).digest(), "big", signed=True)


def _tuples(value: Any) -> Any:  # noqa: ANN401 - whatever JSON has
    return tuple(map(_tuples, value)) if isinstance(value, list) else value


def _dates(
    dates: dict[str, dict[str, set[str]]],
) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...]]]:
    for period, said in dates.items():
        written, first, last = (tuple(sorted(said[p])) for p in (_EDTF, _EARLIEST, _LATEST))
        yield period, written, first, last
