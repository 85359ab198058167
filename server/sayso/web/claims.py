"""Read claims with those through whom they came and those on whom they rest."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from sayso.analysis.model import Claim
from sayso.analysis.reading import Reader
from sayso.analysis.telling import in_words
from sayso.web.facts import Facts

Step = Callable[[str], list[str]]


@dataclass(frozen=True)
class Taken:
    """A claim, those through whom it is passed on, nearest first, and those on whom it rests.

    Where it is passed on in one line, ``straight``, each of them passes on the one before; else
    each claimant is named once, and the one who makes the claim not again.
    """

    claim: Claim
    passed_on: list[Claim]
    ends: list[Claim]
    straight: bool = True


@dataclass(frozen=True)
class Relays:
    """What passes on what, looked up where it is asked for."""

    facts: Facts

    def inward(self, iri: str) -> list[str]:
        """List the claims that a claim passes on."""
        return self.facts.iris(iri, "sayso:relays")

    def outward(self, iri: str) -> list[str]:
        """List the claims that pass on a claim."""
        return self.facts.subjects("sayso:relays", iri)

    def above(self, iri: str) -> list[str]:
        """List all that passes on a claim at any distance, the nearest first."""
        return walk(iri, self.outward)[1:]

    def below(self, iri: str) -> list[str]:
        """List all that a claim passes on at any distance, the nearest first."""
        return walk(iri, self.inward)[1:]

    def straight(self, iri: str) -> bool:
        """Say whether a claim is passed on in one line: each by one at most."""
        return all(len(self.outward(claim)) <= 1 for claim in walk(iri, self.outward))

    def ends(self, iri: str) -> list[str]:
        """List the claims that a chain comes to: those that pass on nothing."""
        return [claim for claim in walk(iri, self.inward) if not self.inward(claim)]


def walk(start: str, step: Step) -> list[str]:
    """List what is reached from a start, itself first, the nearest first, each once."""
    found = dict.fromkeys([start])
    waiting = [start]
    while waiting:
        reached = [there for here in waiting for there in step(here)]
        waiting = [there for there in dict.fromkeys(reached) if there not in found]
        found |= dict.fromkeys(waiting)
    return list(found)


def taken(facts: Facts, iris: Iterable[str]) -> list[Taken]:
    """Read claims, in the order given, with their chains; an end rests on itself and names none."""
    relays = Relays(facts)
    wanted = list(iris)
    above = {iri: relays.above(iri) for iri in wanted}
    ends = {iri: [end for end in relays.ends(iri) if end != iri] for iri in wanted}
    others = (iri for found in (above, ends) for listed in found.values() for iri in listed)
    claims = Reader(facts.claims).read({*wanted, *others})

    def known(listed: list[str]) -> list[Claim]:
        return [claims[iri] for iri in listed if iri in claims]

    return [
        Taken(
            claims[iri],
            through(claims[iri], known(above[iri]), straight=(line := relays.straight(iri))),
            once(known(ends[iri])),
            line,
        )
        for iri in wanted
        if iri in claims
    ]


def through(claim: Claim, passing: Iterable[Claim], *, straight: bool) -> list[Claim]:
    """Name those through whom a claim came: in a line all of them, else each claimant once."""
    if straight:
        return [next(group) for _, group in groupby(passing, key=lambda one: one.claimant)]
    return once(one for one in passing if one.claimant != claim.claimant)


def once(claims: Iterable[Claim]) -> list[Claim]:
    """Keep the first claim of each claimant."""
    found: dict[str, Claim] = {}
    for claim in claims:
        found.setdefault(claim.claimant.iri, claim)
    return list(found.values())


def innermost(facts: Facts, iris: Iterable[str]) -> list[str]:
    """Leave out the claims that only pass on another one of those found."""
    found = list(dict.fromkeys(iris))
    relays, among = Relays(facts), set(found)
    return [iri for iri in found if among.isdisjoint({*relays.below(iri)} - {iri})]


def words(text: str) -> list[str]:
    """Split what somebody typed into the words to look for."""
    return list(dict.fromkeys(text.casefold().split()))


def searched(claim: Claim) -> str:
    """Join all in which words are looked for: paraphrase, names, statement, work and date."""
    return " ".join(_told(claim)).casefold()


def _told(claim: Claim) -> Iterator[str]:
    yield from (claim.paraphrase or "", claim.claimant.label, claim.act.label)
    if claim.statement:
        yield from claim.statement.parts
    if claim.said_in:
        yield claim.said_in.label
    if claim.said_on:
        yield in_words(claim.said_on)
