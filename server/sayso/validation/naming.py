"""Tell what a file names that is not its own: what others say of that, its check may look at.

A node whose IRI begins with that of a record is at home there. All other nodes may be described
in any file, and are known here by a number (see `number`), as is what is said of each.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import IntEnum

import pyoxigraph as ox

from sayso.validation.facts import is_own, number
from sayso.vocabularies import VOCABULARIES

_SAYSO, _PROV, _OA = (VOCABULARIES[name] for name in ("sayso", "prov", "oa"))
_DCTERMS = VOCABULARIES["dcterms"]
_TYPE = VOCABULARIES["rdf"] + "type"
_SUBCLASS = VOCABULARIES["rdfs"] + "subClassOf"
_RELAYS, _EVIDENCE = _SAYSO + "relays", _SAYSO + "evidence"
_CLAIM, _PREDICATE = _SAYSO + "Claim", _SAYSO + "Predicate"
_PART, _SOURCE = _DCTERMS + "isPartOf", _DCTERMS + "source"
_GENERATED, _USED = _PROV + "wasGeneratedBy", _PROV + "used"
# What rules follow backwards, to see whether anybody points to a node by it.
_BACKWARDS = (
    *(_PART, _SOURCE, _USED, _PROV + "wasInvalidatedBy", _SAYSO + "sentence"),
    *(_SAYSO + "states", _OA + "hasSelector", _OA + "hasSource"),
)
_OMITTED = _SAYSO + "omitted"
_LOOKING_BACK = {_SAYSO + name for name in ("Statement", "TextVersion", "TextSpan", "Withdrawal")}
_OF_NOTES = {_CLAIM, _EVIDENCE, _PART, _SOURCE, _GENERATED, _USED}


_AT_HOME = {*_OF_NOTES, _TYPE, _SUBCLASS}


@dataclass(frozen=True)
class Home:
    """What tells at home from abroad: where the IRIs of records begin, and the ontology's nodes."""

    records: str
    words: frozenset[str]

    def of(self, iri: str) -> str | None:
        """Return the record in which a node is at home, if it is in one."""
        return iri.partition("#")[0] if iri.startswith(self.records) else None


@dataclass(frozen=True)
class Link:
    """The check of one record needs another; ``relays`` where it needs also what that relays."""

    record: str
    other: str
    relays: bool = False


class About(IntEnum):
    """What a piece says something of: a node, one that is in a record, or only points to such."""

    NODE = 0
    RECORD = 1
    INWARDS = 2


@dataclass(frozen=True)
class Naming:
    """What one file names.

    ``names`` has, for the number of each node, the number of what the file says of it, or 0 where
    it only names it, and a bit for each way in which it points there. ``pieces`` are the lines of
    a shared file, by the number of what they are about, and how (see `About`). A record that
    ``leans`` has claims without evidence, which may be that of whoever relays them. Of an ``odd``
    file it is not known what its check looks at.
    """

    names: dict[int, tuple[int, int]] = field(default_factory=dict)
    links: frozenset[Link] = frozenset()
    pieces: dict[tuple[int, About], str] = field(default_factory=dict)
    leans: bool = False
    odd: bool = False

    @classmethod
    def of_record(cls, quads: Iterable[ox.Quad], graph: str, home: Home) -> "Naming":
        """Look at the triples of a record, which is a graph of its own."""
        found = _Found(home)
        inside = graph + "#"
        last, own, words = None, False, home.words
        # Each triple of a folder comes by here, so most are passed over as soon as can be.
        for quad in quads:
            subject, predicate, value = quad.subject, quad.predicate.value, quad.object
            if subject != last:
                last, name = subject, found.name(subject)
                own = name == graph or name.startswith(inside)
            if not own:
                found.abroad(quad, name)
            elif predicate in _AT_HOME:
                found.at_home(quad, name)
            if isinstance(value, ox.NamedNode):
                other = value.value
                if not (other.startswith(inside) or other in words or other == graph):
                    found.points(predicate, graph, other, relays=own)
            elif isinstance(value, ox.BlankNode):
                found.odd = True
        return found.naming(leans=found.leans(graph))

    @classmethod
    def of_shared(cls, quads: Iterable[ox.Quad], home: Home) -> "Naming":
        """Look at the triples of a file that records share."""
        found = _Found(home)
        for quad in quads:
            name, value = found.name(quad.subject), quad.object
            record = home.of(name)
            line = f"{quad.subject} {quad.predicate} {value} .\n"
            if record is None:
                found.abroad(quad, name)
                found.odd |= _is_looked_back_from(quad)
                found.pieces[number(name), About.NODE].append(line)
            else:
                found.odd |= quad.predicate.value == _TYPE
                found.pieces[number(record), About.RECORD].append(line)
            if isinstance(value, ox.NamedNode):
                other = home.of(value.value)
                if record is None:
                    found.points(quad.predicate.value, "", value.value)
                elif other is None:
                    found.odd |= value.value not in home.words
                elif other != record:
                    found.points(quad.predicate.value, record, value.value, relays=True)
                    found.pieces[number(other), About.INWARDS].append(line)
            elif isinstance(value, ox.BlankNode):
                found.odd = True
        return found.naming(leans=False)


class _Found:
    """What is found of a file, triple by triple."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self.odd = False
        self.named: dict[str, int] = {}
        self.said: dict[str, list[str]] = defaultdict(list)
        self.links: set[Link] = set()
        self.pieces: dict[tuple[int, About], list[str]] = defaultdict(list)
        self.own: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))

    def name(self, subject: ox.NamedNode | ox.BlankNode | ox.Triple) -> str:
        if isinstance(subject, ox.NamedNode):
            return subject.value
        self.odd = True
        return ""

    def at_home(self, quad: ox.Quad, name: str) -> None:
        """Take what a record says of a node of its own."""
        predicate, value = quad.predicate.value, quad.object
        if predicate in _OF_NOTES:
            self.own[predicate][name].add(getattr(value, "value", ""))
        elif predicate == _TYPE and isinstance(value, ox.NamedNode):
            if value.value == _CLAIM:
                self.own[_CLAIM][name].add("")
            self.odd |= value.value == _PREDICATE
        self.odd |= predicate == _SUBCLASS

    def abroad(self, quad: ox.Quad, name: str) -> None:
        """Take what a file says of a node that is not its own."""
        predicate, value = quad.predicate.value, quad.object
        if name not in self.said:
            self.odd |= self.home.of(name) is not None or name in self.home.words or is_own(name)
        self.odd |= predicate == _SUBCLASS
        self.odd |= predicate == _TYPE and getattr(value, "value", "") == _PREDICATE
        self.said[name].append(f"{predicate} {value}")

    def points(self, predicate: str, record: str, other: str, *, relays: bool = False) -> None:
        """Take that a record, or a node that is in none, points to something outside of it."""
        target = self.home.of(other)
        backwards = predicate in _BACKWARDS
        if target is None:
            if other not in self.home.words:
                bit = 1 << _BACKWARDS.index(predicate) if backwards else 0
                self.named[other] = self.named.get(other, 0) | bit
        elif not record:
            self.odd = True
        else:
            self.links.add(Link(record, target, relays and predicate == _RELAYS))
            if backwards:
                self.links.add(Link(target, record))

    def leans(self, graph: str) -> bool:
        """Say whether a claim has no evidence, and was not read from notes either."""
        bare = self.own[_CLAIM].keys() - self.own[_EVIDENCE].keys()
        works = self.own[_SOURCE][graph]
        notes = any(
            not works.isdisjoint(self.own[_USED][encoding])
            for encoding in self.own[_GENERATED][graph]
        )
        return any(not (notes and graph in self.own[_PART][claim]) for claim in bare)

    def naming(self, *, leans: bool) -> Naming:
        names = {
            number(name): (
                number("\n".join(sorted(self.said[name]))) if name in self.said else 0,
                self.named.get(name, 0),
            )
            for name in self.named.keys() | self.said.keys()
        }
        pieces = {key: "".join(sorted(lines)) for key, lines in self.pieces.items()}
        return Naming(names, frozenset(self.links), pieces, leans, self.odd)


def _is_looked_back_from(quad: ox.Quad) -> bool:
    """Say whether a rule looks who points to a node, of which shared files know nothing."""
    kind = quad.object.value if isinstance(quad.object, ox.NamedNode) else ""
    typed = quad.predicate.value == _TYPE and kind in _LOOKING_BACK
    return typed or quad.predicate.value == _OMITTED


def only_abroad(quads: Iterable[ox.Quad], home: Home) -> Iterator[ox.Quad]:
    """Leave out what a shared file says of nodes that are at home in a record."""
    for quad in quads:
        if isinstance(quad.subject, ox.NamedNode) and home.of(quad.subject.value) is None:
            yield quad
