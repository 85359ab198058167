"""Arrange the claims of a record as ladders: from the newspaper's own claims inward."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from sayso.analysis.chains import Chain, Meeting, Step
from sayso.analysis.model import Claim
from sayso.analysis.reading import Reader
from sayso.web.facts import Facts

_BESIDE = {
    "sayso:supports": ("supports", "supported by"),
    "sayso:contradicts": ("contradicts", "contradicted by"),
    "sayso:qualifies": ("qualifies", "qualified by"),
    "sayso:restates": ("restates", "restated by"),
}


@dataclass
class Rung:
    """A claim on a ladder and what it relays; ``told`` where it stands in full elsewhere."""

    claim: Claim
    told: bool
    circle: bool = False
    end: bool = False
    beside: list[tuple[str, list[str]]] = field(default_factory=list)
    inner: list["Rung"] = field(default_factory=list)


def ladders(facts: Facts, record: str) -> list[Rung]:
    """Arrange every claim of a record, each told once; claims of other records are only named.

    A ladder starts at what no claim of the record relays. Where claims rest on each other in a
    circle and so none is the outermost, the first of them starts one.
    """
    parts = facts.subjects("dcterms:isPartOf", record)
    own = [part for part in parts if facts.is_a(part, "sayso:Claim")]
    inward = {claim: tuple(facts.iris(claim, "sayso:relays")) for claim in own}
    others = {there for ends in inward.values() for there in ends}
    claims = Reader(facts.claims).read({*own, *others})
    known = {iri: tuple(there for there in ends if there in claims) for iri, ends in inward.items()}
    relayed = {there for ends in known.values() for there in ends}
    outermost = [claim for claim in own if claim in claims and claim not in relayed]
    rest = [claim for claim in own if claim in claims and claim in relayed]
    return list(_forest(facts, [*outermost, *rest], claims, known))


def _forest(
    facts: Facts,
    roots: Iterable[str],
    claims: Mapping[str, Claim],
    inward: dict[str, tuple[str, ...]],
) -> Iterator[Rung]:
    told: set[str] = set()
    for root in roots:
        if root not in told:
            chain = Chain(claims[root], claims, inward, {})
            yield _tree(facts, chain.steps(), told, inward)


def _tree(
    facts: Facts, steps: Iterator[Step], told: set[str], inward: dict[str, tuple[str, ...]]
) -> Rung:
    path: list[Rung] = []
    skipped: int | None = None
    for step in steps:
        if skipped is not None and step.depth > skipped:
            continue
        skipped = None
        rung = _rung(facts, step, told, inward)
        if rung.told:
            skipped = step.depth
        del path[step.depth :]
        if path:
            path[-1].inner.append(rung)
        path.append(rung)
    return path[0]


def _rung(facts: Facts, step: Step, told: set[str], inward: dict[str, tuple[str, ...]]) -> Rung:
    iri = step.claim.iri
    again = iri in told or iri not in inward
    told.add(iri)
    if again:
        return Rung(step.claim, told=True, circle=step.meeting is Meeting.CIRCLE)
    return Rung(step.claim, told=False, end=not inward[iri], beside=beside(facts, iri))


def beside(facts: Facts, iri: str) -> list[tuple[str, list[str]]]:
    """List what stands beside a claim, by kind: what it supports, what retells it, and so on."""
    found: list[tuple[str, list[str]]] = []
    for predicate, (out, back) in _BESIDE.items():
        found.append((out, facts.iris(iri, predicate)))
        found.append((back, facts.subjects(predicate, iri)))
    document = iri.partition("#")[0] + "#"
    passed = facts.subjects("sayso:relays", iri)
    found.append(("passed on by", [claim for claim in passed if not claim.startswith(document)]))
    return [(words, claims) for words, claims in found if claims]
