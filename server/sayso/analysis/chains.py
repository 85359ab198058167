"""Follow what relays what: from the outermost claim down to the ones who are said to know.

The path through the graph comes back as a set without order and may run in a circle, so
distances are counted here and every walk remembers where it has been.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

import pyoxigraph as ox

from sayso.analysis.model import Claim
from sayso.analysis.reading import Reader, natural
from sayso.store.data import ClaimStore
from sayso.store.queries import ask, rows

Edges = Mapping[str, tuple[str, ...]]

_LINKS = """
SELECT DISTINCT ?from ?to WHERE {
  { %(claim)s sayso:relays* ?from } UNION { ?to sayso:relays* %(claim)s }
  ?from sayso:relays ?to
}
"""

# The claims; their spans, statements, periods, records and withdrawals; those spans' selectors
# and texts, those statements' and withdrawals' periods; and the type and name of everything that
# any of these points to, but for the claims that stand beside the chain and not in it.
_SUBGRAPH = """
CONSTRUCT { ?node ?property ?value . ?value ?naming ?name } WHERE {
  %(claim)s (sayso:relays*)|(^sayso:relays*) ?claim .
  ?claim (sayso:evidence|sayso:states|sayso:saidOn|dcterms:isPartOf|prov:wasInvalidatedBy)?
         /(oa:hasSelector|oa:hasSource|sayso:eventDate|sayso:saidOn)? ?node .
  ?node ?property ?value
  FILTER(?property != sayso:sentence)
  OPTIONAL { VALUES ?naming { rdf:type skos:prefLabel rdfs:label } ?value ?naming ?name
             FILTER(?property NOT IN (rdf:type, sayso:supports, sayso:contradicts,
                                      sayso:qualifies, sayso:restates, dcterms:isReplacedBy)) }
}
"""


class Meeting(Enum):
    """How a walk comes upon a claim."""

    FIRST = "first"
    AGAIN = "again"  # told before, on another branch
    CIRCLE = "circle"  # the walk is still inside it: it comes to rest on itself


@dataclass(frozen=True)
class Step:
    """A claim as a walk from the outermost claims inward meets it."""

    claim: Claim
    depth: int
    meeting: Meeting


@dataclass(frozen=True)
class Chain:
    """The claim asked about, all that it relays and all that relays it, at any distance."""

    asked: Claim
    claims: Mapping[str, Claim]
    inward: Edges
    outward: Edges

    @classmethod
    def of(cls, claims: ClaimStore, iri: str) -> "Chain":
        """Read the chain of a claim; raise KeyError where the graph has no such claim."""
        links = rows(claims, _LINKS % {"claim": ox.NamedNode(iri)})
        pairs = [(row["from"].value, row["to"].value) for row in links]
        found = Reader(claims).read({iri, *(end for pair in pairs for end in pair)})
        known = [(outer, inner) for outer, inner in pairs if outer in found and inner in found]
        return cls(
            asked=found[iri],
            claims=found,
            inward=_edges(known),
            outward=_edges((inner, outer) for outer, inner in known),
        )

    def tops(self) -> list[Claim]:
        """List the outermost claims: what nobody relays, or the one asked about in a circle."""
        above = self.distances(self.outward)
        found = [self.claims[iri] for iri in above if not self.outward.get(iri)]
        return found or [self.asked]

    def ends(self) -> list[Claim]:
        """List the claims at the ends, the nearest first: those that relay nothing."""
        below = self.distances(self.inward)
        return [self.claims[iri] for iri in below if not self.inward.get(iri)]

    def below(self) -> list[Claim]:
        """List the claim asked about and all that it relays, by distance."""
        return [self.claims[iri] for iri in self.distances(self.inward)]

    def above(self) -> list[Claim]:
        """List the claim asked about and all that relays it, by distance."""
        return [self.claims[iri] for iri in self.distances(self.outward)]

    def distances(self, edges: Edges) -> dict[str, int]:
        """Count the steps from the claim asked about along some edges, the nearest first."""
        found = {self.asked.iri: 0}
        waiting = deque(found)
        while waiting:
            here = waiting.popleft()
            for there in edges.get(here, ()):
                if there not in found:
                    found[there] = found[here] + 1
                    waiting.append(there)
        return found

    def steps(self) -> Iterator[Step]:
        """Walk from the outermost claims inward, each claim's branches once."""
        met: set[str] = set()
        inside: list[str] = []
        waiting = [(top.iri, 0) for top in reversed(self.tops())]
        while waiting:
            iri, depth = waiting.pop()
            del inside[depth:]
            meeting = _meeting(iri, met, inside)
            yield Step(self.claims[iri], depth, meeting)
            if meeting is Meeting.FIRST:
                met.add(iri)
                inside.append(iri)
                waiting += [(there, depth + 1) for there in reversed(self.inward.get(iri, ()))]


def subgraph(claims: ClaimStore, iri: str) -> ox.QueryTriples:
    """Select the triples of a claim's chain, with its spans, statements, periods and names."""
    found = ask(claims, _SUBGRAPH % {"claim": ox.NamedNode(iri)})
    if not isinstance(found, ox.QueryTriples):
        raise TypeError("a CONSTRUCT query gives triples")
    return found


def _meeting(iri: str, met: set[str], inside: list[str]) -> Meeting:
    if iri in inside:
        return Meeting.CIRCLE
    return Meeting.AGAIN if iri in met else Meeting.FIRST


def _edges(pairs: Iterable[tuple[str, str]]) -> Edges:
    found: dict[str, set[str]] = defaultdict(set)
    for start, end in pairs:
        found[start].add(end)
    return {start: tuple(sorted(ends, key=natural)) for start, ends in found.items()}
