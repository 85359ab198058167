"""Arrange the claims of a record as ladders: from the newspaper's own claims inward."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from sayso.analysis.chains import Chain, Meeting, Step
from sayso.analysis.model import Claim
from sayso.analysis.reading import Reader, natural
from sayso.terms import SAYSO
from sayso.web.facts import Facts

Beside = list[tuple[str, list[str]]]

_PASSED = "passed on by"
_BESIDE = {
    str(SAYSO.supports): ("supports", "supported by"),
    str(SAYSO.contradicts): ("contradicts", "contradicted by"),
    str(SAYSO.qualifies): ("qualifies", "qualified by"),
    str(SAYSO.restates): ("restates", "restated by"),
}
_ORDER = (*(words for pair in _BESIDE.values() for words in pair), _PASSED)


@dataclass
class Rung:
    """A claim on a ladder and what it relays; ``told`` where it stands in full elsewhere."""

    claim: Claim
    told: bool
    circle: bool = False
    end: bool = False
    beside: Beside = field(default_factory=list)
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
    found = list(_forest([*outermost, *rest], claims, known))
    standing = beside(facts, known)
    for rung in rungs(found):
        if not rung.told:
            rung.beside = standing.get(rung.claim.iri, [])
    return found


def whole_ladder(chain: Chain) -> list[Rung]:
    """Arrange the chain of one claim, from the outermost claims down to the ends."""
    inward = {iri: chain.inward.get(iri, ()) for iri in chain.claims}
    told: set[str] = set()
    found: list[Rung] = []
    walk: list[Step] = []
    for step in chain.steps():
        if step.depth == 0 and walk:
            found.append(_tree(iter(walk), told, inward))
            walk = []
        walk.append(step)
    return [*found, _tree(iter(walk), told, inward)]


def rungs(found: Iterable[Rung]) -> Iterator[Rung]:
    """Yield every rung of some ladders, each before what it passes on."""
    for rung in found:
        yield rung
        yield from rungs(rung.inner)


def _forest(
    roots: Iterable[str],
    claims: Mapping[str, Claim],
    inward: Mapping[str, tuple[str, ...]],
) -> Iterator[Rung]:
    told: set[str] = set()
    for root in roots:
        if root not in told:
            chain = Chain(claims[root], claims, inward, {})
            yield _tree(chain.steps(), told, inward)


def _tree(steps: Iterator[Step], told: set[str], inward: Mapping[str, tuple[str, ...]]) -> Rung:
    path: list[Rung] = []
    skipped: int | None = None
    for step in steps:
        if skipped is not None and step.depth > skipped:
            continue
        skipped = None
        rung = _rung(step, told, inward)
        if rung.told:
            skipped = step.depth
        del path[step.depth :]
        if path:
            path[-1].inner.append(rung)
        path.append(rung)
    return path[0]


def _rung(step: Step, told: set[str], inward: Mapping[str, tuple[str, ...]]) -> Rung:
    iri = step.claim.iri
    again = iri in told or iri not in inward
    told.add(iri)
    if again:
        return Rung(step.claim, told=True, circle=step.meeting is Meeting.CIRCLE)
    return Rung(step.claim, told=False, end=not inward[iri])


def beside(facts: Facts, claims: Iterable[str]) -> dict[str, Beside]:
    """List what stands beside claims, by kind: what each supports, what retells it, and so on.

    A claim of the same record that passes one on stands on its ladder and not beside it.
    """
    found: dict[str, Beside] = {}
    for claim in claims:
        kinds = dict(_beside(facts, claim))
        if kinds:
            ordered = [(words, kinds[words]) for words in _ORDER if words in kinds]
            found[claim] = ordered
    return found


def _beside(facts: Facts, claim: str) -> Iterator[tuple[str, list[str]]]:
    for kind, (outward, inward) in _BESIDE.items():
        for words, others in (
            (outward, facts.iris(claim, kind)),
            (inward, facts.subjects(kind, claim)),
        ):
            if others:
                yield words, sorted(others, key=natural)
    record = claim.partition("#")[0] + "#"
    passing = [one for one in facts.subjects("sayso:relays", claim) if not one.startswith(record)]
    if passing:
        yield _PASSED, passing
