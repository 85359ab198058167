"""Hold what counting needs of all claims: who says what of which statement, and relays whom.

Read in a few passes over the store and kept, so that after a change only what some named
graphs say anew is read again. A claim, a statement or a period is read from all graphs, each
property once: of two values, which only a faulty graph has, the first in order counts.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple, TypeVar

import pyoxigraph as ox

from sayso.vocabularies import VOCABULARIES

_SAYSO = VOCABULARIES["sayso"]
_ONE = {
    "claimant": _SAYSO + "claimant",
    "act": _SAYSO + "act",
    "certainty": _SAYSO + "certainty",
    "states": _SAYSO + "states",
    "said_in": _SAYSO + "saidIn",
    "part_of": VOCABULARIES["dcterms"] + "isPartOf",
    "subject": _SAYSO + "subject",
    "predicate": _SAYSO + "predicate",
    "object": _SAYSO + "object",
    "date": _SAYSO + "eventDate",
    "place": VOCABULARIES["schema"] + "contentLocation",
    "earliest": _SAYSO + "earliest",
    "latest": _SAYSO + "latest",
}
_MANY = {
    "relays": _SAYSO + "relays",
    "restates": _SAYSO + "restates",
    "contradicts": _SAYSO + "contradicts",
    "withdrawn": VOCABULARIES["prov"] + "wasInvalidatedBy",
}
_UNNAMED_SOURCE, _STANCE, _SINGLE = (
    ox.NamedNode(_SAYSO + name) for name in ("UnnamedSource", "stance", "singleValued")
)
_UNNAMED = f"?s a {_UNNAMED_SOURCE} BIND({_UNNAMED_SOURCE} AS ?o)"
# The properties and classes of all that is read.
READ = frozenset(
    {
        *(ox.NamedNode(iri) for iri in (*_ONE.values(), *_MANY.values())),
        _UNNAMED_SOURCE,
        _STANCE,
        _SINGLE,
    }
)
Value = TypeVar("Value")
_TSV = ox.QueryResultsFormat.TSV


Days = tuple[str | None, str | None]  # the first and the last, None where it is open


class Say(NamedTuple):
    """A claim without its words."""

    claimant: str
    stance: str | None
    certainty: str | None
    statement: str | None
    work: str | None
    record: str | None
    relays: tuple[str, ...]
    restates: tuple[str, ...]
    contradicts: tuple[str, ...]


class Stated(NamedTuple):
    """The parts of a statement; the object as Turtle writes it, days as yyyy-mm-dd."""

    subject: str
    predicate: str
    object: str
    place: str | None
    date: str | None
    earliest: str | None
    latest: str | None

    @property
    def core(self) -> tuple[str, str, str]:
        """What is stated, whenever and wherever."""
        return self.subject, self.predicate, self.object


@dataclass(frozen=True)
class Words:
    """What the ontology says of acts and predicates."""

    stances: dict[str, str]
    single: frozenset[str]

    @classmethod
    def of(cls, store: ox.Store) -> "Words":
        """Read the stance of each act, and the predicates that have one value at a time."""
        stances: dict[str, str] = {}
        for _, act, stance in _rows(store, f"?s {_STANCE} ?o"):
            stances[act] = min(_bare(stance), stances.get(act, _bare(stance)))
        single = {s for _, s, value in _rows(store, f"?s {_SINGLE} ?o") if value == "true"}
        return cls(stances, frozenset(single))


@dataclass
class Network:
    """All claims and what they relay, in both directions; ``touched`` is what graphs speak of."""

    words: Words
    says: dict[str, Say] = field(default_factory=dict)
    statements: dict[str, Stated] = field(default_factory=dict)
    periods: dict[str, Days] = field(default_factory=dict)
    unnamed: set[str] = field(default_factory=set)
    withdrawn: set[str] = field(default_factory=set)
    outward: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    stating: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    paired: set[str] = field(default_factory=set)  # those that restate or contradict another
    touched: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    @classmethod
    def read(cls, store: ox.Store) -> "Network":
        """Read all of a store, from its named graphs."""
        found = cls(Words.of(store))
        facts = Facts.read(store, found.touched)
        found.periods = facts.periods()
        found.unnamed |= facts.unnamed
        found.withdrawn |= facts.many["withdrawn"].keys()
        for iri in facts.one["claimant"]:
            found._put(iri, facts.say(iri, found.words))
        for iri in facts.one["predicate"]:
            stated = facts.stated(iri, found.periods)
            if stated:
                found.statements[iri] = stated
        return found

    def news(self, store: ox.Store, graphs: Collection[str]) -> "News":
        """Read again of whom some graphs speak or spoke; nothing is changed yet."""
        spoken = {graph: subjects(store, graph) for graph in graphs}
        asked = set().union(*spoken.values(), *(self._of(graph) for graph in graphs))
        facts = Facts.read(store, defaultdict(set), asked)
        fresh = facts.periods()
        periods = {iri: fresh.get(iri) for iri in asked if fresh.get(iri) != self.periods.get(iri)}
        redated = {s for s, part in self.statements.items() if periods and part.date in periods}
        if redated - asked:
            facts = Facts.read(store, defaultdict(set), asked | redated)
        known = {**self.periods, **periods}
        says = {iri: facts.say(iri, self.words) for iri in asked}
        stated = {iri: facts.stated(iri, known) for iri in asked | redated}
        return News(
            spoken=spoken,
            says={iri: say for iri, say in says.items() if say != self.says.get(iri)},
            statements={s: part for s, part in stated.items() if part != self.statements.get(s)},
            periods=periods,
            unnamed={iri for iri in asked if (iri in facts.unnamed) != (iri in self.unnamed)},
            withdrawn={
                iri for iri in asked if (iri in facts.many["withdrawn"]) != (iri in self.withdrawn)
            },
        )

    def take(self, news: "News") -> None:
        """Change what has changed."""
        for iri, say in news.says.items():
            self._put(iri, say)
        _replace(self.statements, news.statements)
        _replace(self.periods, news.periods)
        self.unnamed ^= news.unnamed
        self.withdrawn ^= news.withdrawn
        for graph, spoken in news.spoken.items():
            self.touched[graph] = {iri for iri in spoken if not iri.startswith(graph)}

    def _of(self, graph: str) -> set[str]:
        """Find of whom a graph spoke; it may speak of anybody, and does of those inside it."""
        known = (self.says, self.statements, self.periods, self.unnamed, self.withdrawn)
        inside = {iri for each in known for iri in each if iri.startswith(graph)}
        return inside | self.touched.get(graph, set())

    def _put(self, iri: str, say: Say | None) -> None:
        """Let a claim be this one from now on, or none."""
        before = self.says.pop(iri, None)
        if before:
            self.paired.discard(iri)
            self.stating[before.statement or ""].discard(iri)
            for inner in before.relays:
                self.outward[inner].discard(iri)
        if say:
            self.says[iri] = say
            for inner in say.relays:
                self.outward[inner].add(iri)
            if say.statement:
                self.stating[say.statement].add(iri)
            if say.restates or say.contradicts:
                self.paired.add(iri)

    def inner(self, iri: str) -> tuple[str, ...]:
        """List what a claim relays; what is no claim relays nothing."""
        say = self.says.get(iri)
        return tuple(inner for inner in say.relays if inner in self.says) if say else ()

    def outer(self, iri: str) -> Collection[str]:
        """List the claims that relay a claim."""
        return self.outward.get(iri, ())

    def with_withdrawn(self) -> "Network":
        """Show the same claims as if none had been withdrawn."""
        return replace(self, withdrawn=set())


@dataclass(frozen=True)
class News:
    """What is otherwise than it was; None stands for what is no longer there.

    ``unnamed`` and ``withdrawn`` are those who became so, or no longer are.
    """

    spoken: dict[str, set[str]]
    says: dict[str, Say | None]
    statements: dict[str, Stated | None]
    periods: dict[str, Days | None]
    unnamed: set[str]
    withdrawn: set[str]


@dataclass
class Facts:
    """What some or all subjects have of the properties that count."""

    one: dict[str, dict[str, str]]
    many: dict[str, dict[str, set[str]]]
    unnamed: set[str]

    @classmethod
    def read(
        cls, store: ox.Store, touched: dict[str, set[str]], only: Iterable[str] | None = None
    ) -> "Facts":
        """Read the properties of all subjects, or of some; note who is spoken of elsewhere.

        ``touched`` gets the subjects of each graph, but for those inside the graph's own IRI.
        """
        values = "" if only is None else _values(only)
        facts = cls({}, {}, set())
        for name, predicate in _ONE.items():
            found: dict[str, str] = {}
            facts.one[name] = found
            for graph, s, o in _rows(store, f"{values} ?s <{predicate}> ?o"):
                term = o if name == "object" else _bare(o)
                found[s] = term if s not in found else min(term, found[s])
                if not s.startswith(graph):
                    touched[graph].add(s)
        for name, predicate in _MANY.items():
            several: defaultdict[str, set[str]] = defaultdict(set)
            facts.many[name] = several
            for graph, s, o in _rows(store, f"{values} ?s <{predicate}> ?o"):
                several[s].add(_bare(o))
                if not s.startswith(graph):
                    touched[graph].add(s)
        for graph, s, _ in _rows(store, f"{values} {_UNNAMED}"):
            facts.unnamed.add(s)
            if not s.startswith(graph):
                touched[graph].add(s)
        return facts

    def say(self, iri: str, words: Words) -> Say | None:
        """Put a claim together; None where nobody makes it."""
        one, many = self.one, self.many
        claimant = one["claimant"].get(iri)
        if claimant is None:
            return None
        return Say(
            claimant,
            words.stances.get(one["act"].get(iri, "")),
            one["certainty"].get(iri),
            one["states"].get(iri),
            one["said_in"].get(iri),
            one["part_of"].get(iri),
            _sorted(many["relays"].get(iri)),
            _sorted(many["restates"].get(iri)),
            _sorted(many["contradicts"].get(iri)),
        )

    def periods(self) -> dict[str, Days]:
        """Put the first and the last day of each period together."""
        earliest, latest = self.one["earliest"], self.one["latest"]
        return {
            iri: (_day(earliest.get(iri)), _day(latest.get(iri)))
            for iri in earliest.keys() | latest.keys()
        }

    def stated(self, iri: str, periods: Mapping[str, Days | None]) -> Stated | None:
        """Put a statement together; None where a part is missing."""
        one = self.one
        subject, predicate, object_ = (
            one[name].get(iri) for name in ("subject", "predicate", "object")
        )
        if subject is None or predicate is None or object_ is None:
            return None
        date = one["date"].get(iri)
        days = periods.get(date or "") or (None, None)
        return Stated(subject, predicate, object_, one["place"].get(iri), date, *days)


def subjects(store: ox.Store, graph: str) -> set[str]:
    """Find of whom a named graph says anything."""
    pattern = f"VALUES ?g {{ {ox.NamedNode(graph)} }} ?s ?p ?any BIND(?p AS ?o)"
    return {s for _, s, _ in _rows(store, pattern)}


def _rows(store: ox.Store, pattern: str) -> Iterator[tuple[str, str, str]]:
    """Find graph and subject as bare IRIs, and the object as Turtle writes it.

    The engine's own table is read by lines, in half the time that its terms would take.
    """
    solutions = store.query(f"SELECT ?g ?s ?o WHERE {{ GRAPH ?g {{ {pattern} }} }}")
    if not isinstance(solutions, ox.QuerySolutions):
        raise TypeError("only a SELECT query has rows")
    table = (solutions.serialize(format=_TSV) or b"").decode()
    for line in table.split("\n")[1:-1]:
        graph, s, o = line.split("\t")
        if s[0] == "<":
            yield graph[1:-1], s[1:-1], o


def _replace(known: MutableMapping[str, Value], changed: Mapping[str, Value | None]) -> None:
    for iri, value in changed.items():
        if value is None:
            known.pop(iri, None)
        else:
            known[iri] = value


def _values(iris: Iterable[str]) -> str:
    return f"VALUES ?s {{ {' '.join(str(ox.NamedNode(iri)) for iri in sorted(iris))} }}"


def _bare(term: str) -> str:
    return term[1:-1] if term[0] == "<" else term


def _sorted(several: set[str] | None) -> tuple[str, ...]:
    return tuple(sorted(several)) if several else ()


def _day(literal: str | None) -> str | None:
    """Read yyyy-mm-dd from an xsd:date as Turtle writes it."""
    return literal.split('"')[1] if literal and '"' in literal else literal
