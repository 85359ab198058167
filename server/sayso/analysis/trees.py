"""Gather all chains of a statement into one tree, for telling."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sayso.analysis.chains import Chain
from sayso.analysis.derivation import Derivation
from sayso.analysis.model import Claim, Named
from sayso.analysis.origins import Chains, Sourcing
from sayso.analysis.reading import Reader, natural

_NOBODY = Named("", "")


@dataclass(frozen=True)
class Tree(Chain):
    """The chains of a statement at one stance; asked about is none of their claims."""

    begins: tuple[str, ...] = ()

    def tops(self) -> list[Claim]:
        """List where the tree begins."""
        return [self.claims[iri] for iri in self.begins]


def tree_of(reader: Reader, found: Derivation, sourcing: Sourcing) -> Tree:
    """Read the chains that one sourcing counts."""
    network = found.network
    chains = Chains.of(network, found.circles, sourcing.key)
    claims = reader.read(chains.above | chains.below)
    inward = {iri: _among(network.inner(iri), claims) for iri in claims}
    outward = {iri: _among(network.outer(iri), claims) for iri in claims}
    return Tree(
        asked=Claim(sourcing.statement, "", _NOBODY, _NOBODY),
        claims=claims,
        inward={iri: ends for iri, ends in inward.items() if ends},
        outward={iri: ends for iri, ends in outward.items() if ends},
        begins=tuple(_begins(claims, inward, outward)),
    )


def _begins(
    claims: Mapping[str, Claim],
    inward: Mapping[str, tuple[str, ...]],
    outward: Mapping[str, tuple[str, ...]],
) -> list[str]:
    """Choose where to begin: with what nobody relays, then with what is left in circles."""
    found = [iri for iri in claims if not outward[iri]]
    met: set[str] = set()
    waiting = list(found)
    for left in [*found, *claims]:
        if left not in met and left not in found:
            found.append(left)
        waiting.append(left)
        while waiting:
            here = waiting.pop()
            if here not in met:
                met.add(here)
                waiting += inward[here]
    return found


def _among(iris: Iterable[str], claims: Mapping[str, Claim]) -> tuple[str, ...]:
    return tuple(sorted((iri for iri in iris if iri in claims), key=natural))
