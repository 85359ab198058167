"""Make small claim graphs with answers that are known: by hand, or at random for Hypothesis."""

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

import pyoxigraph as ox
from hypothesis import strategies as st

from sayso.analysis.derivation import Derivation
from sayso.analysis.network import Network
from sayso.analysis.origins import Sourcing
from sayso.paths import HOME
from sayso.store import ClaimStore
from sayso.terms import BASE, VOCABULARIES

COURT = "https://court.example/"
SAYSO = VOCABULARIES["sayso"]
TYPE = ox.NamedNode(VOCABULARIES["rdf"] + "type")
LINKS = COURT + "graph/links"

Rename = Callable[[str], str]


@dataclass(frozen=True)
class Say:
    """A claim as a test writes it: ``r1#c1``; an unnamed claimant begins with ``~``."""

    name: str
    who: str
    act: str = "reports"
    states: str | None = None
    relays: tuple[str, ...] = ()
    work: str | None = None
    certainty: str = "unstated"
    withdrawn: bool = False
    restates: tuple[str, ...] = ()
    contradicts: tuple[str, ...] = ()

    @property
    def record(self) -> str:
        return self.name.partition("#")[0]


@dataclass(frozen=True)
class Fact:
    """A statement as a test writes it; the predicate ``size`` has one value at a time."""

    name: str
    subject: str = "tarts"
    predicate: str = "size"
    object: str | int = 1
    earliest: str | None = None
    latest: str | None = None
    place: str | None = None


def plainly(name: str) -> str:
    """Name things so that a failing test can be read."""
    return COURT + name


def hashed(salt: int) -> Rename:
    """Name the same things otherwise; what is inside a record stays inside."""

    def rename(name: str) -> str:
        head, hash_, tail = name.partition("#")
        mixed = [random.Random(f"{salt} {part}").randbytes(6).hex() for part in (head, tail)]
        return COURT + mixed[0] + (hash_ + mixed[1] if hash_ else "")

    return rename


def quads(
    says: Iterable[Say], facts: Iterable[Fact] = (), rename: Rename = plainly
) -> Iterator[ox.Quad]:
    """Write claims and statements; what runs from one record to another stands among the links."""
    for say in says:
        yield from _claim(say, rename)
    for fact in facts:
        yield from _statement(fact, rename)


def _claim(say: Say, rename: Rename) -> Iterator[ox.Quad]:
    iri, record = ox.NamedNode(rename(say.name)), ox.NamedNode(rename(say.record))
    who = ox.NamedNode(rename(f"{say.record}#{say.who}" if say.who[0] == "~" else say.who))

    def quad(name: str, value: str, graph: ox.NamedNode = record) -> ox.Quad:
        return ox.Quad(iri, ox.NamedNode(_named(name)), ox.NamedNode(value), graph)

    yield ox.Quad(iri, TYPE, ox.NamedNode(SAYSO + "Claim"), record)
    yield quad("sayso:claimant", who.value)
    yield quad("sayso:act", f"{BASE}code/act/{say.act}")
    yield quad("dcterms:isPartOf", record.value)
    if say.who[0] == "~":
        yield ox.Quad(who, TYPE, ox.NamedNode(SAYSO + "UnnamedSource"), record)
    if say.states:
        yield quad("sayso:states", rename(say.states))
        yield quad("sayso:certainty", f"{BASE}code/certainty/{say.certainty}")
    yield quad("sayso:saidIn", rename(say.work or f"work/{say.record}"))
    for inner in say.relays:
        here = inner.partition("#")[0] == say.record
        graph = record if here else ox.NamedNode(rename("graph/links"))
        yield quad("sayso:relays", rename(inner), graph)
    for other in say.restates:
        yield quad("sayso:restates", rename(other))
    for other in say.contradicts:
        yield quad("sayso:contradicts", rename(other))
    if say.withdrawn:
        yield quad("prov:wasInvalidatedBy", rename(say.name + "-withdrawal"))


def _statement(fact: Fact, rename: Rename) -> Iterator[ox.Quad]:
    iri, graph = ox.NamedNode(rename(fact.name)), ox.NamedNode(rename("graph/statements"))
    parts: dict[str, ox.NamedNode | ox.Literal] = {
        "sayso:subject": ox.NamedNode(rename(fact.subject)),
        "sayso:predicate": ox.NamedNode(BASE + "predicate/" + fact.predicate),
        "sayso:object": ox.Literal(fact.object)
        if isinstance(fact.object, int)
        else ox.NamedNode(rename(fact.object)),
    }
    if fact.place:
        parts["schema:contentLocation"] = ox.NamedNode(rename(fact.place))
    if fact.earliest or fact.latest:
        period = ox.NamedNode(rename(f"date/{fact.earliest}_{fact.latest}"))
        parts["sayso:eventDate"] = period
        for bound, day in (("earliest", fact.earliest), ("latest", fact.latest)):
            if day:
                date = ox.Literal(day, datatype=ox.NamedNode(VOCABULARIES["xsd"] + "date"))
                yield ox.Quad(period, ox.NamedNode(SAYSO + bound), date, graph)
    for name, value in parts.items():
        yield ox.Quad(iri, ox.NamedNode(_named(name)), value, graph)


def _named(name: str) -> str:
    prefix, _, local = name.partition(":")
    return VOCABULARIES[prefix] + local


@cache
def words() -> tuple[ox.Quad, ...]:
    """Read the acts and their stances, and make one predicate that has one value at a time."""
    graph = ox.NamedNode(BASE + "graph/ontology/codes")
    path = HOME / "ontology" / "codes.ttl"
    found = [ox.Quad(q.subject, q.predicate, q.object, graph) for q in ox.parse(path=path)]
    single, size = ox.NamedNode(SAYSO + "singleValued"), ox.NamedNode(BASE + "predicate/size")
    return (*found, ox.Quad(size, single, ox.Literal(True), graph))


def store_of(content: Iterable[ox.Quad]) -> ox.Store:
    """Put quads and the words into named graphs."""
    store = ox.Store()
    store.extend([*words(), *content])
    return store


def claims_of(says: Iterable[Say], facts: Iterable[Fact] = ()) -> ClaimStore:
    """Load claims as a data set."""
    return ClaimStore.of([*words(), *quads(says, facts)], COURT)


def derived(says: Iterable[Say], facts: Iterable[Fact] = ()) -> Derivation:
    """Derive all from some claims."""
    return Derivation.of(Network.read(store_of(quads(says, facts))))


def sourced(says: Iterable[Say], statement: str = "s", stance: str = "affirms") -> Sourcing | None:
    """Count the origins of one statement."""
    found = derived(says).sourcings
    return found.get((COURT + statement, VOCABULARIES["stance"] + stance))


def local(iris: Iterable[str]) -> list[str]:
    """Name things as the test wrote them."""
    return [iri.removeprefix(COURT) for iri in iris]


# ---------------------------------------------------------------- at random

_WHO = st.sampled_from(["hatter", "hare", "cook", "king", "~juror", "~guest"])
_ACTS = st.sampled_from(["asserts", "denies", "alleges", "findsNoEvidence"])
_FACTS = tuple(
    Fact(f"s{n}", subject, "size", value, *days)
    for n, (subject, value, days) in enumerate(
        [
            ("tarts", 8, (None, None)),
            ("tarts", 12, ("1865-11-01", "1865-11-30")),
            ("tarts", 12, ("1865-12-01", None)),
            ("pies", 8, ("1865-11-25", "1865-11-25")),
        ]
    )
)
FACTS = list(_FACTS)


@st.composite
def claim_graphs(draw: st.DrawFn, most: int = 12, *, loops: bool = True) -> list[Say]:
    """Draw some claims in a few records, which relay one another in any way, circles too."""
    count = draw(st.integers(1, most))
    names = [f"r{draw(st.integers(1, 4))}#c{n}" for n in range(count)]
    says = []
    for place, name in enumerate(names):
        known = names if loops else names[place + 1 :]
        relays = draw(st.lists(st.sampled_from(known), max_size=3, unique=True)) if known else []
        states = draw(st.none() | st.sampled_from([fact.name for fact in _FACTS]))
        says.append(
            Say(
                name,
                draw(_WHO),
                draw(_ACTS) if states else "reports",
                states,
                tuple(relays),
                draw(st.none() | st.sampled_from(["work/notebook", "work/report"])),
                draw(st.sampled_from(["certain", "probable", "unstated"])),
                withdrawn=draw(st.integers(0, 5)) == 0,
                restates=tuple(draw(st.lists(st.sampled_from(names), max_size=1))),
                contradicts=tuple(draw(st.lists(st.sampled_from(names), max_size=1))),
            )
        )
    return says


def withdrawn(says: Iterable[Say], by: Callable[[Say], bool]) -> list[Say]:
    """Withdraw the claims that a test chooses."""
    return [replace(say, withdrawn=True) if by(say) else say for say in says]
