"""Set say-sos side by side that cannot all hold. Which of them is right is not said.

By stance: some affirm what others reject. By value: of one subject, different values are
affirmed of what has only one at a time, for dates that meet. By reading: the encoder read two
claims as opposed where neither shows.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

from sayso.analysis.network import Network, Stated
from sayso.analysis.origins import Key, Sourcing
from sayso.vocabularies import VOCABULARIES

AFFIRMS, REJECTS = (VOCABULARIES["stance"] + name for name in ("affirms", "rejects"))
_FIRST, _LAST = "", "~"  # before and behind every day

Sourcings = Mapping[Key, Sourcing]


@dataclass(frozen=True)
class Dispute:
    """Two or more sourcings that stand against each other, and by what: a dispute's code."""

    kind: str
    sides: tuple[Key, ...]

    @property
    def name(self) -> str:
        """A name that depends on nothing but who stands against whom."""
        parts = "\n".join(part for side in (("", self.kind), *self.sides) for part in side)
        return f"{self.kind}-{sha256(parts.encode()).hexdigest()[:16]}"


def by_stance(sourcings: Sourcings, statements: Iterable[str]) -> Iterator[Dispute]:
    """Find the statements that some affirm and others reject."""
    for statement in statements:
        sides = ((statement, AFFIRMS), (statement, REJECTS))
        if all(side in sourcings for side in sides):
            yield Dispute("stance", sides)


def by_value(
    network: Network, sourcings: Sourcings, statements: Iterable[str]
) -> Iterator[Dispute]:
    """Find competing values among statements of one subject and predicate.

    Two places are two matters; a statement without a place may be about any.
    """
    held = [s for s in statements if s in network.statements and (s, AFFIRMS) in sourcings]
    by_place: defaultdict[str | None, list[str]] = defaultdict(list)
    for statement in sorted(held):
        by_place[network.statements[statement].place].append(statement)
    anywhere = by_place.pop(None, [])
    found = {}
    for placed in by_place.values() or [[]]:
        for group in _meeting(network, [*placed, *anywhere]):
            dispute = Dispute("value", tuple(sorted((each, AFFIRMS) for each in group)))
            found[dispute.name] = dispute
    yield from found.values()


def by_reading(network: Network, sourcings: Sourcings, claims: Iterable[str]) -> Iterator[Dispute]:
    """Find what the encoder read as opposed, seen from the first claim of each pair."""
    found = set()
    for iri in claims:
        for other in network.says[iri].contradicts:
            sides = tuple(sorted({_key(network, iri), _key(network, other)}))
            apart = len({statement for statement, _ in sides}) > 1
            if apart and all(side in sourcings for side in sides):
                found.add(Dispute("reading", sides))
    yield from found


def _key(network: Network, iri: str) -> Key:
    say = None if iri in network.withdrawn else network.says.get(iri)
    return (say.statement or "", say.stance or "") if say else ("", "")


def _meeting(network: Network, statements: Collection[str]) -> Iterator[list[str]]:
    """Group the statements that meet another value in time, each group as far as dates reach."""
    parts = {iri: network.statements[iri] for iri in statements}
    whole = _Days(parts.values())
    own: dict[str, _Days] = {}
    for value in {part.object for part in parts.values()}:
        own[value] = _Days(part for part in parts.values() if part.object == value)
    competing = [
        iri for iri, part in parts.items() if whole.meeting(part) > own[part.object].meeting(part)
    ]
    group: list[str] = []
    end = _FIRST
    for iri in sorted(competing, key=lambda one: (_from(parts[one]), one)):
        if group and _from(parts[iri]) > end:
            yield group
            group = []
        end = max(end, _to(parts[iri])) if group else _to(parts[iri])
        group.append(iri)
    if group:
        yield group


class _Days:
    """Counts how many of some statements have a date that meets a date."""

    def __init__(self, parts: Iterable[Stated]) -> None:
        held = list(parts)
        self._from = sorted(map(_from, held))
        self._to = sorted(map(_to, held))

    def meeting(self, part: Stated) -> int:
        ended = bisect_left(self._to, _from(part))
        not_begun = len(self._from) - bisect_right(self._from, _to(part))
        return len(self._from) - ended - not_begun


def _from(part: Stated) -> str:
    return part.earliest or _FIRST


def _to(part: Stated) -> str:
    return part.latest or _LAST
