"""Gather what each kind of page shows."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

import pyoxigraph as ox

from sayso.analysis.chains import Chain
from sayso.analysis.model import Claim, Named
from sayso.analysis.reading import Reader, natural
from sayso.web.facts import Facts, Link, Term
from sayso.web.ladder import Rung, ladders

_MOST = 200  # things listed on one page; the page says when there are more
_STANCES = ("affirms", "rejects", "withholds")


@dataclass(frozen=True)
class View:
    """A page: its template, its title, and what the template fills in."""

    template: str
    title: str
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Taken:
    """A claim that takes a stance, and those through whom it is passed on, nearest first."""

    claim: Claim
    passed_on: list[Claim]
    ends: list[Claim]


@dataclass(frozen=True)
class Part:
    """A node of a record that is no claim: its name there, some words, and its claims."""

    name: str
    words: str
    claims: list[Link]


def view(facts: Facts, iri: str) -> View:
    """Choose and fill the page of an IRI by what it is."""
    makers: dict[str, Callable[[Facts, str], View]] = {
        "sayso:Record": _record,
        "sayso:Statement": _statement,
        "sayso:Referent": _entity,
        "owl:Ontology": _ontology,
    }
    for kind, make in makers.items():
        if facts.is_a(iri, kind):
            return make(facts, iri)
    return _thing(facts, iri)


def _record(facts: Facts, iri: str) -> View:
    found = ladders(facts, iri)
    rungs = list(_all(found))
    claimants = {rung.claim.claimant for rung in rungs if not rung.told}
    return View(
        "record.html",
        facts.label(iri),
        {
            "ladders": found,
            "count": sum(not rung.told for rung in rungs),
            "claimants": sorted(claimants, key=lambda claimant: claimant.label.casefold()),
            "parts": _other_parts(facts, iri),
            "table": _table(facts, iri),
            "made": [
                (facts.addresses.fragment(maker), _table(facts, maker))
                for maker in facts.iris(iri, "prov:wasGeneratedBy")
            ],
        },
    )


def _other_parts(facts: Facts, record: str) -> list[Part]:
    """List what else has an IRI in the record: the text, its sentences and spans, the unnamed."""
    graph = ox.NamedNode(record)
    quads = facts.claims.store.quads_for_pattern(None, None, None, graph)
    inside = {quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)}
    shown = [
        iri
        for iri in sorted(inside, key=natural)
        if iri.startswith(record + "#")
        and not facts.is_a(iri, "sayso:Claim")
        and not facts.is_a(iri, "sayso:Encoding")
    ]
    return [_part(facts, iri) for iri in shown]


def _part(facts: Facts, iri: str) -> Part:
    selectors = [iri, *facts.iris(iri, "oa:hasSelector")]
    places = [
        f"characters {start} to {facts.value(selector, 'oa:end')}"
        for selector in selectors
        if (start := facts.value(selector, "oa:start"))
    ]
    words = [*places, *(facts.label(code) for code in facts.iris(iri, "sayso:omitted"))]
    label = facts.label(iri)
    name = facts.addresses.fragment(iri)
    words += [label] if label != name else []
    serves = [
        facts.link(subject)
        for predicate in ("sayso:evidence", "sayso:claimant")
        for subject in facts.subjects(predicate, iri)
    ]
    return Part(name, ", ".join(words), serves)


def _statement(facts: Facts, iri: str) -> View:
    claims = Reader(facts.claims).stating([iri])
    taken = [_taken(facts, claim) for claim in claims.values()]
    by_stance = {
        stance: [one for one in taken if one.claim.stance and one.claim.stance.code == stance]
        for stance in _STANCES
    }
    title = " · ".join(facts.parts(iri)) or facts.addresses.name(iri)
    return View(
        "statement.html", title, {"stances": by_stance, "table": _table(facts, iri), "all": taken}
    )


def _taken(facts: Facts, claim: Claim) -> Taken:
    chain = Chain.of(facts.claims, claim.iri)
    ends = [] if not chain.inward.get(claim.iri) else chain.ends()
    return Taken(claim, chain.above()[1:], ends)


def _entity(facts: Facts, iri: str) -> View:
    statements = {
        statement
        for predicate in ("sayso:subject", "sayso:object", "schema:contentLocation")
        for statement in facts.subjects(predicate, iri)
        if facts.is_a(statement, "sayso:Statement")
    }
    reader = Reader(facts.claims)
    about = reader.stating(statements)
    saying = reader.read(facts.subjects("sayso:claimant", iri)[:_MOST])
    inside = reader.read(facts.subjects("sayso:saidIn", iri)[:_MOST])
    return View(
        "entity.html",
        facts.label(iri),
        {
            "event": facts.is_a(iri, "sayso:ClaimedEvent"),
            "about": _by_speaker(about.values()),
            "saying": list(saying.values()),
            "inside": _by_speaker(inside.values()),
            "records": [facts.link(r) for r in facts.subjects("dcterms:source", iri)],
            "more": len(facts.subjects("sayso:claimant", iri)) > _MOST,
            "table": _table(facts, iri),
        },
    )


def _ontology(facts: Facts, iri: str) -> View:
    terms = [t for t in facts.subjects("rdfs:isDefinedBy", iri) if t.startswith(iri + "#")]
    listed = [(facts.link(term), _table(facts, term)) for term in terms]
    return View("ontology.html", facts.label(iri), {"terms": listed, "table": _table(facts, iri)})


def _thing(facts: Facts, iri: str) -> View:
    pointing = _pointing(facts, iri)
    return View(
        "thing.html",
        facts.label(iri),
        {
            "table": _table(facts, iri),
            "pointing": [(words, links[:_MOST]) for words, links in pointing],
            "more": any(len(links) > _MOST for _, links in pointing),
            "parts": _parts(facts, iri),
        },
    )


def _parts(facts: Facts, iri: str) -> list[Link]:
    """List what a named graph speaks of."""
    quads = facts.claims.store.quads_for_pattern(None, None, None, ox.NamedNode(iri))
    subjects = {quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)}
    return [facts.link(subject) for subject in sorted(subjects, key=natural)[:_MOST]]


def _pointing(facts: Facts, iri: str) -> list[tuple[Link, list[Link]]]:
    pairs = sorted(facts.pointing(iri), key=lambda pair: (pair[0], natural(pair[1])))
    return [
        (facts.link(predicate), [facts.link(subject) for _, subject in group])
        for predicate, group in groupby(pairs, key=lambda pair: pair[0])
    ]


def _table(facts: Facts, iri: str) -> list[tuple[Link, list[Link]]]:
    """List the predicates of a subject with their objects, as links."""
    pairs: dict[str, list[Term]] = {}
    for predicate, term in facts.facts(iri):
        pairs.setdefault(predicate, []).append(term)
    return [
        (facts.link(predicate), sorted(map(facts.link, terms), key=lambda link: natural(link.text)))
        for predicate, terms in sorted(pairs.items())
    ]


def _by_speaker(claims: Iterable[Claim]) -> list[tuple[Named, list[Claim]]]:
    def by_name(claim: Claim) -> tuple[str, str]:
        return claim.claimant.label.casefold(), claim.claimant.iri

    groups = groupby(sorted(claims, key=by_name), key=lambda claim: claim.claimant)
    return [(claimant, list(group)) for claimant, group in groups]


def _all(rungs: Iterable[Rung]) -> Iterable[Rung]:
    for rung in rungs:
        yield rung
        yield from _all(rung.inner)
