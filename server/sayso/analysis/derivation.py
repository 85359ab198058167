"""Derive from the claims on whom statements stand, what is disputed and where retellings drift.

Kept with the claims it came from, so that after a change only that is derived again which the
change can reach: along the chains upward and downward, and what stands beside these.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import Self, TypeVar

import pyoxigraph as ox

from sayso.analysis.disputes import Dispute, by_reading, by_stance, by_value
from sayso.analysis.drift import Drift, drifts
from sayso.analysis.network import Network, News, Words
from sayso.analysis.origins import Key, Sourcing, keys, sourcing
from sayso.analysis.walks import Circles, circles, reach

Group = tuple[str, str]  # subject and predicate
Name = TypeVar("Name")
Thing = TypeVar("Thing")


@dataclass
class Derivation:
    """All that is derived: sourcings by statement and stance, disputes, and drifts by retelling.

    The disputes are kept by what they are found at: a statement, or a subject and predicate.
    """

    network: Network
    circles: Circles = field(default_factory=dict)
    sourcings: dict[Key, Sourcing] = field(default_factory=dict)
    opposed: dict[str, Dispute] = field(default_factory=dict)
    competing: dict[Group, tuple[Dispute, ...]] = field(default_factory=dict)
    read: tuple[Dispute, ...] = ()
    drifting: dict[str, tuple[Drift, ...]] = field(default_factory=dict)
    groups: dict[Group, set[str]] = field(default_factory=lambda: defaultdict(set))

    @classmethod
    def of(cls, network: Network) -> Self:
        """Derive everything."""
        found = cls(network)
        found.circles = circles(network)
        found._group(network.statements)
        found._count(keys(network))
        found._oppose(network.stating)
        found._compete(found.groups)
        found._compare(network.says)
        return found

    @property
    def disputes(self) -> list[Dispute]:
        """All disputes, each once."""
        found = [*self.opposed.values(), *self.read]
        found += [dispute for group in self.competing.values() for dispute in group]
        return sorted(set(found), key=lambda dispute: (dispute.kind, dispute.sides))

    @property
    def drifts(self) -> list[Drift]:
        """All drifts."""
        return sorted(drift for several in self.drifting.values() for drift in several)

    def update(self, store: ox.Store, graphs: Collection[str]) -> None:
        """Derive again what changes of some named graphs can reach; ``store`` has them already.

        Where the words changed by which acts and predicates are understood, all is derived.
        """
        if Words.of(store) != self.network.words:
            self.__dict__ |= type(self).of(Network.read(store)).__dict__
            return
        news = self.network.news(store, graphs)
        before = Reached.of(self.network, news)
        old_groups = self._groups_of(before.statements | news.statements.keys())
        self._ungroup(news.statements)
        self.network.take(news)
        after = Reached.of(self.network, news)
        self._group(news.statements)
        self._again(before, after, news, old_groups)

    def _again(
        self, before: "Reached", after: "Reached", news: News, old_groups: set[Group]
    ) -> None:
        region = before.chains | after.chains
        self.circles = {iri: one for iri, one in self.circles.items() if iri not in region}
        self.circles |= circles(self.network, region & self.network.says.keys())
        self._count(before.keys | after.keys)
        statements = before.statements | after.statements | news.statements.keys()
        self._oppose(statements)
        self._compete(old_groups | self._groups_of(statements))
        self._compare(before.beside | after.beside)

    def _count(self, among: Iterable[Key]) -> None:
        for key in among:
            _set(self.sourcings, key, sourcing(self.network, self.circles, key))

    def _oppose(self, statements: Iterable[str]) -> None:
        for statement in statements:
            found = by_stance(self.sourcings, [statement])
            _set(self.opposed, statement, next(found, None))
        self.read = tuple(by_reading(self.network, self.sourcings, self.network.paired))

    def _compete(self, groups: Iterable[Group]) -> None:
        for group in groups:
            found = by_value(self.network, self.sourcings, self.groups.get(group, ()))
            _set(self.competing, group, tuple(found) or None)

    def _compare(self, claims: Iterable[str]) -> None:
        for iri in claims:
            _set(self.drifting, iri, drifts(self.network, iri) or None)

    def _group(self, statements: Iterable[str]) -> None:
        self._each_group(statements, lambda group, iri: self.groups[group].add(iri))

    def _ungroup(self, statements: Iterable[str]) -> None:
        self._each_group(statements, lambda group, iri: self.groups[group].discard(iri))

    def _groups_of(self, statements: Iterable[str]) -> set[Group]:
        found: set[Group] = set()
        self._each_group(statements, lambda group, _: found.add(group))
        return found

    def _each_group(self, statements: Iterable[str], do: Callable[[Group, str], object]) -> None:
        for iri in statements:
            part = self.network.statements.get(iri)
            if part and part.predicate in self.network.words.single:
                do((part.subject, part.predicate), iri)


@dataclass(frozen=True)
class Reached:
    """What a change can reach in a network: chains, statements and stances, and retellings."""

    chains: set[str]
    keys: set[Key]
    beside: set[str]

    @property
    def statements(self) -> set[str]:
        """The statements of those stances."""
        return {statement for statement, _ in self.keys}

    @classmethod
    def of(cls, network: Network, news: News) -> Self:
        """Follow the chains up and down from the claims that changed."""
        changed = {*news.says, *news.withdrawn}
        if news.unnamed:
            changed |= {i for i, say in network.says.items() if say.claimant in news.unnamed}
        chains = reach(changed, network.outer) | reach(changed, network.inner)
        says = (network.says[iri] for iri in chains if iri in network.says)
        found = {(say.statement, say.stance) for say in says if say.statement and say.stance}
        # A retelling is compared with what its record's reports pass on, one turn further.
        moved = changed.union(*(network.stating.get(s, ()) for s in news.statements))
        moved |= {i for i in network.paired if not moved.isdisjoint(network.says[i].restates)}
        return cls(chains, found, reach(reach(moved, network.outer), network.inner))


def _set(known: dict[Name, Thing], name: Name, thing: Thing | None) -> None:
    if thing is None:
        known.pop(name, None)
    else:
        known[name] = thing
