"""Count which works rest on whose word: from a work to those at the ends of its chains.

What flows is a claim at an end, one behind which nobody further is named. It flows to every
work in which it is said or passed on; so what a newspaper takes from a report counts for both.
A claim that was withdrawn neither flows nor passes anything on.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from sayso.analysis.reading import natural
from sayso.store.data import ClaimStore
from sayso.store.queries import rows

_CLAIMS = """
SELECT ?claim ?who ?work ?unnamed WHERE {
  ?claim a sayso:Claim ; sayso:claimant ?who .
  OPTIONAL { ?claim sayso:saidIn ?work }
  OPTIONAL { ?who a ?kind FILTER(?kind = sayso:UnnamedSource) }
  BIND(BOUND(?kind) AS ?unnamed)
}
"""
_WITHDRAWN = "SELECT DISTINCT ?claim WHERE { ?claim prov:wasInvalidatedBy ?withdrawal }"
_LINKS = "SELECT DISTINCT ?outer ?inner WHERE { ?outer sayso:relays ?inner }"


@dataclass(frozen=True)
class Flow:
    """The claims of one claimant at the ends of chains that run through one work.

    ``own`` says that all of them are said in the work itself, ``unnamed`` that the claimant has
    no name.
    """

    work: str
    end: str
    claims: tuple[str, ...]
    own: bool = False
    unnamed: bool = False


@dataclass(frozen=True)
class _Said:
    who: str
    work: str | None
    unnamed: bool


def flows(claims: ClaimStore) -> list[Flow]:
    """Find every flow of a graph, the widest first; a chain that runs in a circle has no end."""
    withdrawn = {row["claim"].value for row in rows(claims, _WITHDRAWN)}
    said = {iri: claim for iri, claim in _said(claims).items() if iri not in withdrawn}
    inner: dict[str, list[str]] = defaultdict(list)
    for row in rows(claims, _LINKS):
        inner[row["outer"].value].append(row["inner"].value)
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for iri, claim in said.items():
        for end in ends(iri, inner, withdrawn) if claim.work else ():
            if end in said:
                found[claim.work or "", said[end].who].add(end)
    made = (_flow(work, end, listed, said) for (work, end), listed in found.items())
    return sorted(made, key=lambda flow: (-len(flow.claims), flow.work, flow.end))


def ends(
    claim: str, inner: Mapping[str, list[str]], without: Collection[str] = ()
) -> Iterator[str]:
    """Yield the claims that a chain comes to, not by way of some: those that pass on nothing."""
    met, waiting = {claim}, [claim]
    while waiting:
        here = waiting.pop()
        further = inner.get(here)
        if not further:
            yield here
            continue
        waiting += [there for there in further if there not in met and there not in without]
        met.update(further)


def _said(claims: ClaimStore) -> dict[str, _Said]:
    """Read who says each claim, and in which work; of several of either the first counts."""
    found: dict[str, _Said] = {}
    for row in rows(claims, _CLAIMS):
        work = row["work"].value if "work" in row else None
        one = _Said(row["who"].value, work, row["unnamed"].value == "true")
        known = found.setdefault(row["claim"].value, one)
        if (one.work or "", one.who) < (known.work or "", known.who):
            found[row["claim"].value] = one
    return found


def _flow(work: str, end: str, listed: Iterable[str], said: Mapping[str, _Said]) -> Flow:
    claims = tuple(sorted(listed, key=natural))
    own = all(said[claim].work == work for claim in claims)
    return Flow(work, end, claims, own, any(said[claim].unnamed for claim in claims))
