"""Give findings the names that a person reads, for a text, for JSON and for a page."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import pyoxigraph as ox

from sayso.analysis.derivation import Derivation
from sayso.analysis.disputes import Dispute
from sayso.analysis.drift import Drift
from sayso.analysis.model import Claim, Named, Statement
from sayso.analysis.origins import Key, Sourcing
from sayso.analysis.reading import Reader
from sayso.analysis.telling import worded
from sayso.analysis.trees import Tree, tree_of
from sayso.store import ClaimStore
from sayso.vocabularies import BASE


@dataclass(frozen=True)
class NamedSourcing:
    """A sourcing with the names of all that it lists."""

    found: Sourcing
    words: str
    stance: Named
    works: list[Named]
    claimants: list[Named]
    origins: list[Named]
    chokepoints: list[Named]


@dataclass(frozen=True)
class NamedDispute:
    """A dispute with its sides."""

    found: Dispute
    kind: Named
    sides: list[NamedSourcing]


@dataclass(frozen=True)
class NamedDrift:
    """A drift with its two claims, and what changed in words."""

    found: Drift
    kind: Named
    retelling: Claim
    original: Claim
    before: str
    after: str


@dataclass(frozen=True)
class Findings:
    """Reads the names for what was derived."""

    claims: ClaimStore
    derived: Derivation
    reader: Reader = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "reader", Reader(self.claims))

    def sourcings(self, statement: str | None = None, works: int = 0) -> list[NamedSourcing]:
        """List the sourcings of one statement or of all, those in most works first.

        ``works`` leaves out what fewer works carry.
        """
        found = [
            sourcing
            for sourcing in self.derived.sourcings.values()
            if statement in {None, sourcing.statement} and len(sourcing.works) >= works
        ]
        words = self._words(sourcing.statement for sourcing in found)
        named = [self._sourcing(sourcing, words) for sourcing in found]
        return sorted(named, key=_by_works)

    def disputes(self, statement: str | None = None) -> list[NamedDispute]:
        """List the disputes about one statement or about all."""
        found = [
            dispute
            for dispute in self.derived.disputes
            if statement is None or statement in {side for side, _ in dispute.sides}
        ]
        words = self._words(side for dispute in found for side, _ in dispute.sides)
        return [
            NamedDispute(
                dispute,
                self._code("dispute", dispute.kind),
                [self._sourcing(self.derived.sourcings[side], words) for side in dispute.sides],
            )
            for dispute in found
        ]

    def drifts(self) -> list[NamedDrift]:
        """List the drifts, by what changed."""
        found = self.derived.drifts
        claims = self.reader.read(
            {iri for each in found for iri in (each.retelling, each.original)}
        )
        named = [
            NamedDrift(
                drift,
                self._code("drift", drift.kind),
                claims[drift.retelling],
                claims[drift.original],
                self._term(drift.before),
                self._term(drift.after),
            )
            for drift in found
        ]
        return sorted(named, key=lambda one: (one.kind.label, one.found))

    def tree(self, sourcing: Sourcing) -> Tree:
        """Read the chains of a sourcing."""
        return tree_of(self.reader, self.derived, sourcing)

    def named(self, iris: Iterable[str]) -> list[Named]:
        """Name some things, in their order."""
        return [self.reader.named(ox.NamedNode(iri)) for iri in iris]

    def _sourcing(self, found: Sourcing, words: dict[str, Statement]) -> NamedSourcing:
        statement = words.get(found.statement)
        return NamedSourcing(
            found,
            worded(statement) if statement else found.statement,
            stance=self.named([found.stance])[0],
            works=self.named(found.works),
            claimants=self.named(found.claimants),
            origins=self.named(found.origins),
            chokepoints=self.named(found.chokepoints),
        )

    def _words(self, statements: Iterable[str]) -> dict[str, Statement]:
        return self.reader.statements(set(statements))

    def _code(self, scheme: str, code: str) -> Named:
        return self.named([f"{BASE}code/{scheme}/{code}"])[0]

    def _term(self, term: str) -> str:
        [triple] = ox.parse(f"<x:s> <x:p> {term} .", format=ox.RdfFormat.TURTLE)
        end = triple.object
        if isinstance(end, ox.NamedNode | ox.Literal):
            return self.reader.named(end).label
        return str(end)


def _by_works(one: NamedSourcing) -> tuple[int, int, str, Key]:
    return -len(one.works), one.found.fewest, one.words, one.found.key
