"""Count on whom a statement stands: the claimants at the ends of its chains.

A chain runs from what an article itself says, through a claim that takes the stance, to one that
relays nothing. It counts unless it runs through a claim that was withdrawn. ``docs/origins.md``
tells what follows from this, and why.
"""

from collections import deque
from collections.abc import Collection, Iterator, Set
from dataclasses import dataclass

from sayso.analysis.network import Network
from sayso.analysis.walks import Circles, is_end, is_top, reach

Key = tuple[str, str]  # statement, stance


@dataclass(frozen=True)
class Sourcing:
    """How a statement is sourced at one stance. IRIs, in order.

    ``claims`` take the stance; ``claimants`` and ``works`` say it or pass it on; ``ends`` are the
    claims at the ends of the chains and ``origins`` who makes them, of whom ``unnamed`` have no
    name, and ``otherwise`` say something else there. ``chokepoints`` are the claimants and works
    on every chain, the nearest to the end first. ``circle`` are claims that come to rest on
    themselves, ``withdrawn`` those left out.
    """

    statement: str
    stance: str
    claims: tuple[str, ...]
    claimants: tuple[str, ...]
    works: tuple[str, ...]
    ends: tuple[str, ...]
    origins: tuple[str, ...]
    unnamed: tuple[str, ...]
    otherwise: tuple[str, ...]
    chokepoints: tuple[str, ...]
    circle: tuple[str, ...]
    withdrawn: tuple[str, ...]

    @property
    def key(self) -> Key:
        """What it is known by: statement and stance."""
        return self.statement, self.stance

    @property
    def most(self) -> int:
        """The number of independent origins if no two of them are one."""
        return len(self.origins)

    @property
    def fewest(self) -> int:
        """The number if the unnamed are each other, or among those who are named."""
        return max(len(self.origins) - len(self.unnamed), min(1, len(self.origins)))


@dataclass(frozen=True)
class Chains:
    """The chains of one statement at one stance.

    ``above`` are the claims from the tops to those that take the stance, ``below`` those from
    there to the ends; a claim may be both.
    """

    network: Network
    circles: Circles
    taking: frozenset[str]
    above: Set[str]
    below: Set[str]

    @classmethod
    def of(cls, network: Network, circles: Circles, key: Key) -> "Chains":
        """Find the chains that no withdrawn claim is on."""
        statement, stance = key
        stating = network.stating.get(statement, ())
        taking = [iri for iri in stating if network.says[iri].stance == stance]
        above = reach(taking, network.outer, network.withdrawn)
        if network.withdrawn:
            tops = [iri for iri in above if is_top(network, circles, iri)]
            others = reach(tops, network.inner, network.withdrawn)
            above &= others
        taken = frozenset(above.intersection(taking))
        return cls(network, circles, taken, above, reach(taken, network.inner, network.withdrawn))

    @property
    def ends(self) -> list[str]:
        """List the claims that relay nothing."""
        return sorted(iri for iri in self.below if is_end(self.network, iri))

    def chokepoints(self) -> tuple[str, ...]:
        """Find the claimants and works that are on every chain.

        A claimant may stand on each chain with another claim, so no single claim need dominate
        the ends. But what is on every chain is on the first one found: each of those is left
        out in turn, and where a chain remains, only what that one has, too, is still asked.
        """
        first = self._chain(None)
        asked = list(dict.fromkeys(label for iri in first or () for label in self._labels(iri)))
        found = []
        while asked:
            label = asked.pop(0)
            other = self._chain(label)
            if other is None:
                found.append(label)
            else:
                there = {one for iri in other for one in self._labels(iri)}
                asked = [one for one in asked if one in there]
        return tuple(found)

    def _labels(self, iri: str) -> tuple[str, ...]:
        say = self.network.says[iri]
        return (say.claimant, say.work) if say.work else (say.claimant,)

    def _chain(self, without: str | None) -> list[str] | None:
        """Find a shortest chain on which somebody or some work is not, from its end to its top."""
        starts = [(iri, False) for iri in self.ends if without not in self._labels(iri)]
        before: dict[tuple[str, bool], tuple[str, bool] | None] = dict.fromkeys(starts)
        waiting = deque(starts)
        while waiting:
            here = waiting.popleft()
            if here[1] and is_top(self.network, self.circles, here[0]):
                return _way(here, before)
            for there in self._upward(*here):
                if there not in before and without not in self._labels(there[0]):
                    before[there] = here
                    waiting.append(there)
        return None

    def _upward(self, iri: str, taken: bool) -> Iterator[tuple[str, bool]]:
        """Go one step up: below the stance, by a claim that takes it, and above it."""
        if not taken and iri in self.taking:
            yield iri, True
        within = self.above if taken else self.below
        for outer in sorted(self.network.outer(iri)):
            if outer in within:
                yield outer, taken


def _way(
    here: tuple[str, bool], before: dict[tuple[str, bool], tuple[str, bool] | None]
) -> list[str]:
    way: list[str] = []
    at: tuple[str, bool] | None = here
    while at is not None:
        way.append(at[0])
        at = before[at]
    return list(dict.fromkeys(reversed(way)))


def sourcing(network: Network, circles: Circles, key: Key) -> Sourcing | None:
    """Count the origins of a statement at one stance; None where nobody takes it any more."""
    chains = Chains.of(network, circles, key)
    if not chains.taking:
        return None
    says, ends = network.says, chains.ends
    origins = {says[iri].claimant for iri in ends}
    on = chains.above | chains.below
    return Sourcing(
        *key,
        claims=tuple(sorted(chains.taking)),
        claimants=_sorted(says[iri].claimant for iri in chains.above),
        works=_sorted(says[iri].work for iri in chains.above),
        ends=tuple(ends),
        origins=_sorted(origins),
        unnamed=_sorted(origins & network.unnamed),
        otherwise=_sorted(
            origins - {says[iri].claimant for iri in chains.taking.intersection(ends)}
        ),
        chokepoints=chains.chokepoints(),
        circle=_sorted(iri for iri in on if iri in circles),
        withdrawn=_withdrawn(network, chains, key),
    )


def _withdrawn(network: Network, chains: Chains, key: Key) -> tuple[str, ...]:
    """Find the withdrawn claims through which the stance came, or would have come."""
    if not network.withdrawn:
        return ()
    stating = network.stating.get(key[0], ())
    taking = [iri for iri in stating if network.says[iri].stance == key[1]]
    passing = reach(taking, network.outer) | reach(chains.taking, network.inner)
    return _sorted(passing & network.withdrawn)


def keys(network: Network, statements: Collection[str] | None = None) -> set[Key]:
    """List each stance that claims take on all or some statements."""
    known = network.stating if statements is None else statements
    return {
        (statement, stance)
        for statement in known
        for iri in network.stating.get(statement, ())
        if (stance := network.says[iri].stance)
    }


def _sorted(iris: Iterator[str] | Iterator[str | None] | Collection[str]) -> tuple[str, ...]:
    return tuple(sorted({iri for iri in iris if iri}))
