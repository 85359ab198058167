"""Fill the page of a record: its outline, its ladders, or the claims that a reader asks for."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sayso.analysis.model import Claim, Named
from sayso.web.claims import Relays, Taken, innermost, searched, taken, words
from sayso.web.facts import Facts
from sayso.web.ladder import Rung, ladders, rungs

FIELDS = ("words", "claimant", "act", "end")


@dataclass(frozen=True)
class Wanted:
    """What a reader asks for: words, a claimant, an act, and whom it rests on in the end."""

    words: str = ""
    claimant: str = ""
    act: str = ""
    end: str = ""

    @classmethod
    def of(cls, given: Mapping[str, str]) -> "Wanted":
        """Read the fields of the form; what is not there is anything."""
        return cls(**{name: given.get(name, "").strip() for name in FIELDS})

    def __bool__(self) -> bool:
        """Say whether anything is asked for."""
        return any((self.words, self.claimant, self.act, self.end))


@dataclass(frozen=True)
class Reading:
    """The claims of a record on their ladders, and on whom each rests."""

    ladders: list[Rung]
    claims: dict[str, Claim]
    ends: dict[str, list[str]]

    @classmethod
    def of(cls, facts: Facts, record: str) -> "Reading":
        """Read the claims of a record, and those of other records that they rest on."""
        found = ladders(facts, record)
        claims = {rung.claim.iri: rung.claim for rung in rungs(found)}
        relays = Relays(facts)
        own = [rung.claim.iri for rung in rungs(found) if not rung.told]
        return cls(found, claims, {iri: relays.ends(iri) for iri in own})

    @property
    def own(self) -> list[Claim]:
        """The record's own claims, in the order of the ladders."""
        return [self.claims[iri] for iri in self.ends]

    @property
    def outline(self) -> list[tuple[Named, bool, int]]:
        """Those at the ends of the chains, with whether they are unnamed and their claims there."""
        ends = {end for found in self.ends.values() for end in found if end in self.claims}
        counted = Counter(
            (self.claims[end].claimant, self.claims[end].unnamed) for end in sorted(ends)
        )
        listed = sorted(counted.items(), key=lambda one: (-one[1], one[0][0].label.casefold()))
        return [(claimant, unnamed, number) for (claimant, unnamed), number in listed]

    def fitting(self, wanted: Wanted) -> list[str]:
        """Find the record's claims that a reader asks for."""
        return [claim.iri for claim in self.own if self._fits(claim, wanted)]

    def _fits(self, claim: Claim, wanted: Wanted) -> bool:
        text = searched(claim) if wanted.words else ""
        ends = (self.claims[end] for end in self.ends[claim.iri] if end in self.claims)
        return (
            all(word in text for word in words(wanted.words))
            and wanted.claimant in {"", claim.claimant.iri}
            and wanted.act in {"", claim.act.iri}
            and (not wanted.end or any(end.claimant.iri == wanted.end for end in ends))
        )


def shown(facts: Facts, record: str, wanted: Wanted) -> dict[str, Any]:
    """Gather what the page shows of the claims; what is asked for stands there without ladders."""
    reading = Reading.of(facts, record)
    own = reading.own
    return {
        "ladders": reading.ladders,
        "outline": reading.outline,
        "count": len(own),
        "own": [claim.iri for claim in own],
        "claimants": _sorted(claim.claimant for claim in own),
        "acts": _sorted(claim.act for claim in own),
        "wanted": wanted,
        "ending": _named(reading, wanted.end),
        "found": _found(facts, reading, wanted) if wanted else [],
    }


def _found(facts: Facts, reading: Reading, wanted: Wanted) -> list[Taken]:
    """Read the claims asked for; unless by speaker or act, without those that only pass one on."""
    found = reading.fitting(wanted)
    return taken(facts, found if wanted.claimant or wanted.act else innermost(facts, found))


def _named(reading: Reading, iri: str) -> Named | None:
    known = (claim.claimant for claim in reading.claims.values())
    return next((claimant for claimant in known if claimant.iri == iri), None)


def _sorted(named: Iterable[Named]) -> list[Named]:
    return sorted(set(named), key=lambda one: (one.label.casefold(), one.iri))
