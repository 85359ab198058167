"""Find where a retelling differs from what it retells, where both are in the graph.

A claim retells those that it relays, at any distance, and, where its record says whose article
it retells, what that article says. Compared is the nearest claim of the same: the step at which
something changed. Whether a change matters is for the reader to judge.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from sayso.analysis.network import Network, Say, Stated
from sayso.analysis.walks import reach


@dataclass(frozen=True, order=True)
class Drift:
    """A retelling, what it retells, what changed (a drift's code), and from what to what.

    Both are terms as Turtle writes them.
    """

    retelling: str
    original: str
    kind: str
    before: str
    after: str

    @property
    def name(self) -> str:
        """A name that depends on nothing but the two claims and what changed."""
        parts = "\n".join((self.retelling, self.original, self.kind))
        return f"{self.kind}-{sha256(parts.encode()).hexdigest()[:16]}"


Fits = Callable[[str], bool]


def drifts(network: Network, iri: str) -> tuple[Drift, ...]:
    """Find how a claim differs from what it retells; claims that were withdrawn are left out."""
    say = network.says.get(iri)
    if say is None or say.statement not in network.statements or iri in network.withdrawn:
        return ()
    found = Comparison(network, iri, say, network.statements[say.statement])
    return tuple(sorted({*found.along_the_chain(), *found.beside(), *found.again()}))


@dataclass(frozen=True)
class Comparison:
    """One claim beside others."""

    network: Network
    iri: str
    say: Say
    stated: Stated

    def along_the_chain(self) -> Iterator[Drift]:
        """Compare with what the claim relays."""
        inner = self.network.inner(self.iri)
        same = list(self._nearest(inner, self._is_same))
        for other in same:
            yield from self._manner(other)
        if not same:
            for other in self._nearest(inner, self._is_like):
                yield from self._matter(other)

    def beside(self) -> Iterator[Drift]:
        """Compare with what the article says that the claim's record retells."""
        retold = [o for each in self._reporting() for o in self._elsewhere(each)]
        if not retold:
            return
        same = list(self._nearest(retold, self._is_same))
        mine = list(self._nearest(retold, lambda o: self._is_same(o) and self._is_mine(o)))
        for other in mine:
            yield from self._manner(other)
        if same and not mine:
            for other in same:
                before = self.network.says[other].claimant
                yield self._drift(other, "speaker", f"<{before}>", f"<{self.say.claimant}>")
        if not same:
            for other in self._nearest(retold, lambda o: self._is_like(o) and self._is_mine(o)):
                yield from self._matter(other)

    def again(self) -> Iterator[Drift]:
        """Compare with what the same claimant said before in the same work."""
        for other in self.say.restates:
            if other in self.network.says and other not in self.network.withdrawn:
                yield from self._manner(other)

    def _manner(self, other: str) -> Iterator[Drift]:
        """Tell where the same is said with another certainty or stance."""
        then = self.network.says[other]
        for kind, before, after in (
            ("certainty", then.certainty, self.say.certainty),
            ("stance", then.stance, self.say.stance),
        ):
            if before and after and before != after:
                yield self._drift(other, kind, f"<{before}>", f"<{after}>")

    def _matter(self, other: str) -> Iterator[Drift]:
        """Tell where something else is said: another value, or of another subject."""
        then = self._stated(other)
        if then is None:
            return
        if then.subject == self.stated.subject:
            yield self._drift(other, "value", then.object, self.stated.object)
        else:
            yield self._drift(other, "subject", f"<{then.subject}>", f"<{self.stated.subject}>")

    def _drift(self, other: str, kind: str, before: str, after: str) -> Drift:
        return Drift(self.iri, other, kind, before, after)

    def _stated(self, iri: str) -> Stated | None:
        statement = self.network.says[iri].statement
        return self.network.statements.get(statement or "")

    def _is_same(self, iri: str) -> bool:
        """Say whether a claim is about the same, whenever and wherever that was."""
        then = self._stated(iri)
        return then is not None and then.core == self.stated.core

    def _is_like(self, iri: str) -> bool:
        """Say whether a claim is about nearly the same, and the record does not retell it too."""
        then = self._stated(iri)
        if then is None or then.predicate != self.stated.predicate:
            return False
        subject, object_ = then.subject == self.stated.subject, then.object == self.stated.object
        return subject != object_ and then.core not in self._retold()

    def _is_mine(self, iri: str) -> bool:
        """Say whether a claim's speaker is or may be this one: of two unnamed nobody knows."""
        theirs, mine = self.network.says[iri].claimant, self.say.claimant
        return theirs == mine or {theirs, mine} <= self.network.unnamed

    def _nearest(self, starts: Iterable[str], fits: Fits) -> Iterator[str]:
        """Walk inward, and on each way no farther than the first claim that fits."""
        waiting = deque(o for o in starts if self._may_enter(o))
        met = set(waiting)
        while waiting:
            here = waiting.popleft()
            if fits(here):
                yield here
                continue
            ahead = [o for o in self.network.inner(here) if o not in met and self._may_enter(o)]
            met.update(ahead)
            waiting += ahead

    def _may_enter(self, iri: str) -> bool:
        return iri != self.iri and iri not in self.network.withdrawn

    def _reporting(self) -> set[str]:
        """Find the claims of the record that pass this one on."""
        return reach([self.iri], self._outer_here, self.network.withdrawn) - {self.iri}

    def _outer_here(self, iri: str) -> list[str]:
        return [outer for outer in self.network.outer(iri) if self._is_here(outer)]

    def _inner_here(self, iri: str) -> list[str]:
        return [inner for inner in self.network.inner(iri) if self._is_here(inner)]

    def _is_here(self, iri: str) -> bool:
        return self.network.says[iri].record == self.say.record

    def _elsewhere(self, iri: str) -> list[str]:
        return [inner for inner in self.network.inner(iri) if not self._is_here(inner)]

    def _retold(self) -> set[tuple[str, str, str]]:
        """List what the record says under the same reports, this claim among it."""
        under = reach([*self._reporting(), self.iri], self._inner_here, self.network.withdrawn)
        parts = (self._stated(iri) for iri in under)
        return {part.core for part in parts if part}
