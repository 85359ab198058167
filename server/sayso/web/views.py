"""Gather what each kind of page shows."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

import pyoxigraph as ox

from sayso.analysis.model import Claim, Named
from sayso.analysis.reading import Reader, natural
from sayso.web.bars import bars, counted
from sayso.web.claim import told
from sayso.web.claims import taken
from sayso.web.facts import Facts, Link, Term
from sayso.web.findings import counted as sourced
from sayso.web.ontology import documented
from sayso.web.parts import other_parts
from sayso.web.record import Wanted, shown
from sayso.web.schema_org import record
from sayso.web.site import Site

_MOST = 200  # things listed on one page; the page says when there are more
_MOST_PARTS = 2000
_MOST_CLAIMS = 60  # of one kind on the page of a thing; the search has all
_STANCES = ("affirms", "rejects", "withholds")


@dataclass(frozen=True)
class View:
    """A page: its template, its title, and what the template fills in."""

    template: str
    title: str
    facts: dict[str, Any] = field(default_factory=dict)


def view(site: Site, iri: str, given: Mapping[str, str]) -> View:
    """Choose and fill the page of an IRI by what it is, and by the fields of a form on it."""
    facts = site.facts
    if "#" in iri:
        return _claim(site, iri)
    if facts.is_a(iri, "sayso:Record"):
        return _record(site, iri, given)
    if facts.is_a(iri, "sayso:Referent"):
        return _entity(site, iri)
    makers: dict[str, Callable[[Facts, str], View]] = {
        "sayso:Statement": _statement,
        "owl:Ontology": _ontology,
    }
    for kind, make in makers.items():
        if facts.is_a(iri, kind):
            return make(facts, iri)
    graphs = site.catalogue.counts.graphs if iri == site.catalogue.iri else {}
    return _thing(facts, iri, [facts.link(name) for name in list(graphs)[:_MOST_PARTS]])


def _claim(site: Site, iri: str) -> View:
    found = told(site.facts, site.texts, iri)
    title = f"{found['claim'].claimant.label} {found['claim'].act.label}"
    return View("claim.html", title, {**found, "table": _table(site.facts, iri)})


def _record(site: Site, iri: str, given: Mapping[str, str]) -> View:
    facts = site.facts
    found = shown(facts, iri, Wanted.of(given))
    sentences = bars(facts, iri)
    return View(
        "record.html",
        facts.label(iri),
        {
            **found,
            "bars": sentences,
            "counts": counted(sentences),
            "notes": not sentences,
            "article": [facts.link(work) for work in facts.iris(iri, "dcterms:source")],
            "schema_org": record(facts, iri, facts.label(iri), found["own"]),
            "text": site.texts.marked(facts, iri),
            "parts": other_parts(facts, iri),
            "table": _table(facts, iri),
            "made": [
                (facts.addresses.fragment(maker), _table(facts, maker))
                for maker in facts.iris(iri, "prov:wasGeneratedBy")
            ],
        },
    )


def _statement(facts: Facts, iri: str) -> View:
    found = taken(facts, facts.subjects("sayso:states", iri))
    by_stance = {
        stance: [one for one in found if one.claim.stance and one.claim.stance.code == stance]
        for stance in _STANCES
    }
    title = " · ".join(facts.parts(iri)) or facts.addresses.name(iri)
    return View(
        "statement.html",
        title,
        {
            "stances": by_stance,
            "table": _table(facts, iri),
            "all": found,
            "sourced": sourced(facts, iri),
        },
    )


def _entity(site: Site, iri: str) -> View:
    facts = site.facts
    reader = Reader(facts.claims)
    shown: dict[str, Any] = {}
    for name, role in (("about", "entity"), ("saying", "speaker"), ("inside", "work")):
        found, total = site.search.of_thing(role, iri, _MOST_CLAIMS)
        claims = reader.read(found)
        shown[name] = (by_act if name == "saying" else by_speaker)(claims.values())
        shown[f"{name}_total"], shown[f"{name}_shown"] = total, len(claims)
    return View(
        "entity.html",
        facts.label(iri),
        {
            **shown,
            "event": facts.is_a(iri, "sayso:ClaimedEvent"),
            "unnamed": facts.is_a(iri, "sayso:UnnamedSource"),
            "names": [name for name in _names(facts, iri) if name != facts.label(iri)],
            "same": [facts.link(one) for one in facts.iris(iri, "schema:sameAs")],
            "records": [facts.link(r) for r in facts.subjects("dcterms:source", iri)],
            "table": _table(facts, iri),
        },
    )


def _names(facts: Facts, iri: str) -> list[str]:
    return [facts.link(term).text for term in facts.values(iri, "skos:altLabel")]


def _ontology(facts: Facts, iri: str) -> View:
    shown = {
        "kinds": documented(facts, iri),
        "version": facts.value(iri, "owl:versionInfo"),
        "description": facts.value(iri, "dcterms:description"),
        "prefix": facts.value(iri, "vann:preferredNamespacePrefix"),
        "changed": facts.value(iri, "dcterms:modified"),
        "citation": facts.value(iri, "dcterms:bibliographicCitation"),
        "others": [facts.link(one) for one in facts.iris(iri, "rdfs:seeAlso")],
    }
    return View("ontology.html", facts.label(iri), {**shown, "table": _table(facts, iri)})


def _thing(facts: Facts, iri: str, graphs: list[Link]) -> View:
    pointing = _pointing(facts, iri)
    return View(
        "thing.html",
        facts.label(iri),
        {
            "table": _table(facts, iri),
            "pointing": [(words, links[:_MOST]) for words, links in pointing],
            "more": any(len(links) > _MOST for _, links in pointing),
            "parts": _parts(facts, iri),
            "graphs": graphs,
        },
    )


def _parts(facts: Facts, iri: str) -> list[Link]:
    """List what a named graph speaks of."""
    quads = facts.claims.store.quads_for_pattern(None, None, None, ox.NamedNode(iri))
    subjects = {quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)}
    return [facts.link(subject) for subject in sorted(subjects, key=natural)[:_MOST_PARTS]]


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


def by_speaker(claims: Iterable[Claim]) -> list[tuple[Named, list[Claim]]]:
    """Group claims by who makes them, in the order of the names."""
    return _grouped(claims, lambda claim: claim.claimant)


def by_act(claims: Iterable[Claim]) -> list[tuple[Named, list[Claim]]]:
    """Group claims by what is done in them: asserted, denied, passed on."""
    return _grouped(claims, lambda claim: claim.act)


def _grouped(
    claims: Iterable[Claim], key: Callable[[Claim], Named]
) -> list[tuple[Named, list[Claim]]]:
    def by_name(claim: Claim) -> tuple[str, str]:
        return key(claim).label.casefold(), key(claim).iri

    groups = groupby(sorted(claims, key=by_name), key=key)
    return [(named, list(group)) for named, group in groups]
