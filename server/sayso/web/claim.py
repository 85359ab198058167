"""Gather what the page of one claim shows: its chain, its places, and who says what beside it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from sayso.analysis.chains import Chain
from sayso.analysis.model import Claim, Named
from sayso.analysis.reading import Reader, natural
from sayso.analysis.telling import statements
from sayso.terms import VOCABULARIES
from sayso.web.claims import once, through
from sayso.web.facts import Facts, Link
from sayso.web.ladder import whole_ladder
from sayso.web.schema_org import claim_and_review
from sayso.web.texts import Texts

_BESIDE = {
    ("supports", True): "It supports",
    ("supports", False): "Supported by",
    ("contradicts", True): "It contradicts",
    ("contradicts", False): "Contradicted by",
    ("qualifies", True): "It qualifies",
    ("qualifies", False): "Qualified by",
    ("restates", True): "It restates",
    ("restates", False): "Restated by",
}
_STANCES = {
    "affirms": "Who stands by it",
    "rejects": "Who stands against it",
    "withholds": "Who looked and takes no side",
}
_NOTES = VOCABULARIES["method"] + "notes"
_QUERY = """# Who passes on this claim, and whom does it pass on?
SELECT ?claim ?who ?act ?paraphrase {
  { %(claim)s sayso:relays* ?claim } UNION { ?claim sayso:relays+ %(claim)s }
  ?claim sayso:claimant ?who ; sayso:act ?act .
  OPTIONAL { ?claim sayso:paraphrase ?paraphrase }
}
"""


@dataclass(frozen=True)
class Place:
    """A place of a claim in a text, and a link to it where the article's address is known."""

    iri: str
    start: int
    end: int
    href: str | None
    exact: bool


@dataclass(frozen=True)
class Encoded:
    """Who read a text, and when."""

    who: list[Link]
    when: str | None
    iri: str


def told(facts: Facts, texts: Texts, iri: str) -> dict[str, Any]:
    """Gather what the template shows of a claim."""
    reader = Reader(facts.claims)
    chain = Chain.of(facts.claims, iri)
    claim = chain.asked
    relations = reader.relations(iri)
    beside: dict[str, list[Claim]] = {}
    for one in relations:
        beside.setdefault(_BESIDE[one.kind, one.outward], []).append(one.other)
    return {
        "claim": claim,
        "ladder": whole_ladder(chain),
        "ends": once(one for one in chain.ends() if one.iri != iri),
        "straight": (straight := all(len(found) <= 1 for found in chain.outward.values())),
        "above": through(claim, chain.above()[1:], straight=straight),
        "placed": any(one.evidence for one in chain.above()),
        "places": list(_places(facts, texts, claim)),
        "article": _article(facts, claim.record),
        "notes": _notes(facts, claim.record),
        "beside": beside,
        "others": _others(reader, chain),
        "encoded": _encoded(facts, iri),
        "taken_back": _taken_back(facts, iri),
        "sparql": _QUERY % {"claim": _short(facts, iri)},
        "schema_org": claim_and_review(facts, claim, relations),
    }


def _taken_back(facts: Facts, iri: str) -> list[Link]:
    """List the dates on which a claim was withdrawn, as links."""
    acts = facts.iris(iri, "prov:wasInvalidatedBy")
    return [facts.link(date) for act in acts for date in facts.iris(act, "sayso:saidOn")]


def _places(facts: Facts, texts: Texts, claim: Claim) -> Iterable[Place]:
    for span in claim.evidence:
        address = _address(facts, facts.iris(span.text, "dcterms:isVersionOf"))
        fragment = texts.fragment(span.text, span.start, span.end)
        href = address.partition("#")[0] + fragment if address else None
        yield Place(span.iri, span.start, span.end, href, exact=bool(fragment))


def _notes(facts: Facts, record: Named | None) -> dict[str, str | None] | None:
    """Give the address of the work that a record was made from notes on; of others nothing."""
    made = facts.iris(record.iri, "prov:wasGeneratedBy") if record else []
    if not any(_NOTES in facts.iris(one, "dcterms:conformsTo") for one in made):
        return None
    return {
        "href": _address(facts, [work for one in made for work in facts.iris(one, "prov:used")])
    }


def _address(facts: Facts, works: Iterable[str]) -> str | None:
    found = (url for work in works for url in facts.iris(work, "schema:url"))
    return next((url for url in found if url.startswith(("https://", "http://"))), None)


def _article(facts: Facts, record: Named | None) -> Link | None:
    works = facts.iris(record.iri, "dcterms:source") if record else []
    return facts.link(works[0]) if works else None


def _others(reader: Reader, chain: Chain) -> list[tuple[Any, list[tuple[str, list[Claim]]]]]:
    """List, by statement and stance, the claims of others that are not in the chain."""
    found = []
    for statement in statements(chain):
        stating = reader.stating([statement.iri])
        others = [stating[iri] for iri in sorted(stating, key=natural) if iri not in chain.claims]
        by_stance = [
            (words, [one for one in others if one.stance and one.stance.code == code])
            for code, words in _STANCES.items()
        ]
        taken = [(words, claims) for words, claims in by_stance if claims]
        if taken:
            found.append((statement, taken))
    return found


def _encoded(facts: Facts, iri: str) -> list[Encoded]:
    return [
        Encoded(
            who=[facts.link(one) for one in facts.iris(act, "prov:wasAssociatedWith")],
            when=facts.value(act, "prov:endedAtTime"),
            iri=act,
        )
        for act in facts.iris(iri, "prov:wasGeneratedBy")
    ]


def _short(facts: Facts, iri: str) -> str:
    """Write a claim for a query: relative to the base, as the endpoint resolves it."""
    base = facts.claims.base
    return f"<{iri.removeprefix(base)}>" if iri.startswith(base) else str(ox.NamedNode(iri))
