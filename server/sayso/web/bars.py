"""Show which sentences of a text gave rise to claims: by their places, without their words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from sayso.analysis.reading import natural
from sayso.store.queries import rows
from sayso.web.facts import Facts

_SENTENCES = """
SELECT DISTINCT ?sentence ?start ?end ?omitted WHERE {
  %s prov:wasGeneratedBy/prov:used ?text .
  ?text sayso:sentence ?sentence . ?sentence oa:hasSelector ?selector .
  ?selector oa:start ?start ; oa:end ?end .
  OPTIONAL { ?sentence sayso:omitted ?omitted }
} ORDER BY ?start ?sentence
"""
_PLACES = """
SELECT DISTINCT ?claim ?start ?end WHERE {
  ?claim dcterms:isPartOf %s ; sayso:evidence ?span .
  ?span oa:hasSelector ?selector . ?selector oa:start ?start ; oa:end ?end
}
"""
Place = tuple[int, int]


@dataclass(frozen=True)
class Bar:
    """A sentence: its number, place, length in per cent of the longest, and what became of it."""

    number: int
    name: str
    start: int
    end: int
    width: int
    claims: tuple[str, ...]
    omitted: str | None


def bars(facts: Facts, record: str) -> list[Bar]:
    """List the sentences of a record's text in reading order; one made from notes has none."""
    node = ox.NamedNode(record)
    found = rows(facts.claims, _SENTENCES % node)
    longest = max((end - start for start, end in map(_place, found)), default=0)
    claims = [(_place(row), row["claim"].value) for row in rows(facts.claims, _PLACES % node)]
    return [
        Bar(
            number=number,
            name=row["sentence"].value.partition("#")[2],
            start=(place := _place(row))[0],
            end=place[1],
            width=max(1, round(100 * (place[1] - place[0]) / max(longest, 1))),
            claims=_touching(claims, place),
            omitted=facts.label(row["omitted"].value) if "omitted" in row else None,
        )
        for number, row in enumerate(found, start=1)
    ]


def counted(found: list[Bar]) -> Mapping[str, int]:
    """Count the sentences that are covered, left out, or neither."""
    covered = sum(1 for bar in found if bar.claims)
    omitted = sum(1 for bar in found if bar.omitted and not bar.claims)
    return {"covered": covered, "omitted": omitted, "open": len(found) - covered - omitted}


def _touching(claims: Iterable[tuple[Place, str]], place: Place) -> tuple[str, ...]:
    (start, end) = place
    touching = {claim for (first, last), claim in claims if max(first, start) < min(last, end)}
    return tuple(sorted(touching, key=natural))


def _place(row: Mapping[str, ox.NamedNode | ox.Literal]) -> Place:
    return int(row["start"].value), int(row["end"].value)
