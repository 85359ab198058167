"""Answer `/provenance`: where a claim, a record or another IRI comes from, in PROV-O alone.

This is a provenance query service by direct HTTP (PROV-AQ, section 4.2): the IRI is ``target``.
"""

from collections.abc import Iterable, Iterator

import pyoxigraph as ox
from flask import Blueprint, request
from werkzeug.wrappers import Response as BaseResponse

from sayso.endpoint.negotiation import choose
from sayso.errors import NoTarget, UnknownIri
from sayso.store.export import declared, export_quads
from sayso.store.formats import GRAPH_FORMATS, JSON_LD
from sayso.store.framing import framed
from sayso.terms import VOCABULARIES
from sayso.web.claims import walk
from sayso.web.description import labels
from sayso.web.facts import Facts, named
from sayso.web.sending import negotiated
from sayso.web.site import Site

_PROV = VOCABULARIES["prov"]
_FOLLOWED = {
    *(named(f"prov:{name}") for name in ("wasDerivedFrom", "wasGeneratedBy", "used")),
    named("dcterms:isPartOf"),
    named("dcterms:isVersionOf"),
}
_TOLD = {*_FOLLOWED, *(named(f"dcterms:{name}") for name in ("source", "license", "creator"))}
_TYPE = named("rdf:type")


def provenance(site: Site) -> Blueprint:
    """Make the route of the provenance of any IRI."""
    blueprint = Blueprint("provenance", __name__)

    @blueprint.get("/provenance", endpoint="query")
    def answer() -> BaseResponse:
        target = request.args.get("target", "")
        if not target:
            raise NoTarget
        if not site.facts.has_page(target):
            raise UnknownIri(iri=target)
        form = choose(request.args.get("format"), request.headers.get("Accept"), GRAPH_FORMATS)
        quads = origin(site.facts, target)
        written = (
            framed(quads, target)
            if form is JSON_LD
            else export_quads(quads, form, declared(site.claims))
        )
        return negotiated(written, form, site.claims.version)

    return blueprint


def origin(facts: Facts, iri: str) -> list[ox.Quad]:
    """List what PROV-O tells of an IRI and of all that it comes from.

    What is no entity of PROV itself comes from the records that speak of it, and from the data set.
    """
    records = [graph for graph in _graphs(facts, iri) if facts.is_a(graph, "sayso:Record")]
    starts = dict.fromkeys([iri, *records, facts.claims.base + "dataset"])
    reached = dict.fromkeys(
        node for start in starts for node in walk(start, lambda one: [*_next(facts, one)])
    )
    found = {quad for node in reached for quad in _own(facts, node) if _is_told(quad)}
    return sorted({*found, *labels(facts, found)}, key=str)


def _graphs(facts: Facts, iri: str) -> Iterable[str]:
    quads = facts.claims.store.quads_for_pattern(ox.NamedNode(iri), None, None, None)
    return sorted(
        {str(q.graph_name.value) for q in quads if isinstance(q.graph_name, ox.NamedNode)}
    )


def _own(facts: Facts, iri: str) -> Iterator[ox.Quad]:
    return facts.claims.store.quads_for_pattern(ox.NamedNode(iri), None, None, None)


def _next(facts: Facts, iri: str) -> Iterator[str]:
    for quad in _own(facts, iri):
        if quad.predicate in _FOLLOWED and isinstance(quad.object, ox.NamedNode):
            yield quad.object.value


def _is_told(quad: ox.Quad) -> bool:
    if quad.predicate == _TYPE:
        return isinstance(quad.object, ox.NamedNode) and quad.object.value.startswith(_PROV)
    return quad.predicate in _TOLD or quad.predicate.value.startswith(_PROV)
