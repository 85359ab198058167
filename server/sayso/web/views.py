"""Gather what each kind of page shows."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

import pyoxigraph as ox

from sayso.analysis.model import Claim, Named
from sayso.analysis.reading import Reader, natural
from sayso.web.claims import taken
from sayso.web.facts import Facts, Link, Term
from sayso.web.parts import other_parts
from sayso.web.record import Wanted, shown

_MOST = 200  # things listed on one page; the page says when there are more
_STANCES = ("affirms", "rejects", "withholds")


@dataclass(frozen=True)
class View:
    """A page: its template, its title, and what the template fills in."""

    template: str
    title: str
    facts: dict[str, Any] = field(default_factory=dict)


def view(facts: Facts, iri: str, given: Mapping[str, str]) -> View:
    """Choose and fill the page of an IRI by what it is, and by the fields of a form on it."""
    makers: dict[str, Callable[[Facts, str, Mapping[str, str]], View]] = {
        "sayso:Record": _record,
        "sayso:Statement": _statement,
        "sayso:Referent": _entity,
        "owl:Ontology": _ontology,
    }
    for kind, make in makers.items():
        if facts.is_a(iri, kind):
            return make(facts, iri, given)
    return _thing(facts, iri)


def _record(facts: Facts, iri: str, given: Mapping[str, str]) -> View:
    return View(
        "record.html",
        facts.label(iri),
        {
            **shown(facts, iri, Wanted.of(given)),
            "parts": other_parts(facts, iri),
            "table": _table(facts, iri),
            "made": [
                (facts.addresses.fragment(maker), _table(facts, maker))
                for maker in facts.iris(iri, "prov:wasGeneratedBy")
            ],
        },
    )


def _statement(facts: Facts, iri: str, _: Mapping[str, str]) -> View:
    found = taken(facts, facts.subjects("sayso:states", iri))
    by_stance = {
        stance: [one for one in found if one.claim.stance and one.claim.stance.code == stance]
        for stance in _STANCES
    }
    title = " · ".join(facts.parts(iri)) or facts.addresses.name(iri)
    return View(
        "statement.html", title, {"stances": by_stance, "table": _table(facts, iri), "all": found}
    )


def _entity(facts: Facts, iri: str, _: Mapping[str, str]) -> View:
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


def _ontology(facts: Facts, iri: str, _: Mapping[str, str]) -> View:
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
