"""Cut the real graph down: enough for every kind of claim, little enough for many checks."""

import pyoxigraph as ox
from rdflib import PROV, RDF, Graph, URIRef
from rdflib.term import Node

from sayso.paths import DataFolder
from sayso.store.files import base_iri, sources
from sayso.terms import OA, SAYSO
from sayso.validation.coverage import uncovered
from sayso.validation.material import Material

JOINED = (SAYSO.relays, SAYSO.supports, SAYSO.contradicts, SAYSO.qualifies, SAYSO.restates)
CLAIMS = 40


def real(skipped: int = 0) -> Material:
    """Read the real graph; of its claims keep some chains, whole, and all that these need.

    So many claims in the order of their IRIs are ``skipped`` first, as far as there are others.
    """
    folder = DataFolder()
    material = Material.read(sources(folder, base_iri(folder)))
    dropped = excluded(material, skipped)
    return Material({source: without(dropped, quads) for source, quads in material.quads.items()})


def without(dropped: set[Node], quads: list[ox.Quad]) -> list[ox.Quad]:
    names = {str(node) for node in dropped}
    return [q for q in quads if not {named(q.subject), named(q.object)} & names]


def named(term: object) -> str | None:
    return term.value if isinstance(term, ox.NamedNode) else None


def excluded(material: Material, skipped: int) -> set[Node]:
    """Name the claims of other chains, and what nothing but these refers to."""
    graph = material.graph
    claims = set(graph.subjects(RDF.type, SAYSO.Claim))
    kept: set[Node] = set()
    ordered = sorted(claims, key=str)
    for claim in ordered[skipped:] + ordered[:skipped]:
        if len(kept) < CLAIMS:
            kept |= joined(claim, graph)
    dropped = claims - kept
    for used_by in (SAYSO.states, SAYSO.evidence, PROV.wasInvalidatedBy):
        for node in set(graph.objects(None, used_by)):
            if not kept & set(graph.subjects(used_by, node)):
                dropped.add(node)
    rest = without(dropped, material.triples)
    dropped |= {URIRef(sentence.value) for _, sentence in uncovered(rest)}
    spans = set(graph.subjects(OA.hasSource)) - dropped
    return dropped | {
        place
        for place in graph.objects(None, OA.hasSelector)
        if not spans & set(graph.subjects(OA.hasSelector, place))
    }


def joined(claim: Node, graph: Graph) -> set[Node]:
    """Follow every link between claims, both ways."""
    found, waiting = {claim}, [claim]
    while waiting:
        at = waiting.pop()
        near = {o for link in JOINED for o in graph.objects(at, link)}
        near |= {s for link in JOINED for s in graph.subjects(link, at)}
        waiting += near - found
        found |= near
    return found
