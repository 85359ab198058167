"""Gather the triples that an IRI answers with."""

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from sayso.web.claims import Relays
from sayso.web.facts import Facts, named

_LABELS = ("skos:prefLabel", "rdfs:label", "dcterms:title")
_NEEDED = ("sayso:states", "sayso:saidOn", "sayso:eventDate")  # what a reader of a claim looks up


def describe(facts: Facts, iri: str) -> list[ox.Quad]:
    """List the quads of an IRI as subject, of the hash IRIs in its document, and of its graph.

    With them come the statements and periods that are pointed to, and the labels of all that is
    named, wherever they stand. A claim comes with its chain, both ways. What is no subject comes
    with what points to it.
    """
    store = facts.claims.store
    graph = ox.NamedNode(iri)
    quads = set(store.quads_for_pattern(None, None, None, graph))
    for subject in _document(facts, iri, quads):
        quads |= set(store.quads_for_pattern(subject, None, None, None))
    if "#" in iri and facts.is_a(iri, "sayso:Claim"):
        for node in _chain(facts, iri):
            quads |= set(store.quads_for_pattern(node, None, None, None))
    for _ in range(2):  # a claim leads to a statement, and that to a date
        for node in list(_pointed_to(quads)):
            quads |= set(store.quads_for_pattern(node, None, None, None))
    quads |= set(labels(facts, quads))
    return sorted(quads or store.quads_for_pattern(None, None, graph, None), key=str)


def _chain(facts: Facts, iri: str) -> Iterator[ox.NamedNode]:
    """Yield the claims that a claim passes on or is passed on by, and the places of each."""
    relays = Relays(facts)
    for claim in (*relays.above(iri), iri, *relays.below(iri)):
        yield ox.NamedNode(claim)
        for span in facts.iris(claim, "sayso:evidence"):
            yield ox.NamedNode(span)
            yield from map(ox.NamedNode, facts.iris(span, "oa:hasSelector"))


def _document(facts: Facts, iri: str, quads: Iterable[ox.Quad]) -> set[ox.NamedNode]:
    """Find the subjects whose IRIs, but for the part after the hash, are that of the document."""
    subjects = {quad.subject for quad in quads}
    subjects |= {ox.NamedNode(term) for term in facts.subjects("rdfs:isDefinedBy", iri)}
    start = iri + "#"
    inside = {s for s in subjects if isinstance(s, ox.NamedNode) and s.value.startswith(start)}
    return inside | {ox.NamedNode(iri)}


def _pointed_to(quads: Iterable[ox.Quad]) -> Iterator[ox.NamedNode]:
    predicates = {named(name) for name in _NEEDED}
    for quad in quads:
        if quad.predicate in predicates and isinstance(quad.object, ox.NamedNode):
            yield quad.object


def labels(facts: Facts, quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """Yield the labels of all that quads point to."""
    kind = named("rdf:type")
    nodes = {
        quad.object
        for quad in quads
        if isinstance(quad.object, ox.NamedNode) and quad.predicate != kind
    }
    for node in nodes:
        for name in _LABELS:
            yield from facts.claims.store.quads_for_pattern(node, named(name), None, None)
