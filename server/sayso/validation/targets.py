"""Find the shapes that check nothing: a misspelt target passes every graph in silence."""

from collections.abc import Container, Iterator
from typing import cast

from rdflib import RDF, RDFS, SH, Graph, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, OWL, PROV, SDO, SKOS, TIME, VOID
from rdflib.term import Node

from sayso.validation.finding import Finding
from sayso.validation.material import Material

IDLE = "shape-targets-nothing"
_SENTENCE = (
    "This shape looks at nothing, since {reason}; "
    "check the spelling of its target, or remove the shape."
)
_TARGETS = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.targetNode)
_KNOWN = cast(
    "tuple[Container[object], ...]",
    (DCAT, DCTERMS, FOAF, OWL, PROV, RDF, RDFS, SDO, SKOS, TIME, VOID),
)


def idle(shapes: Material, data: Graph) -> Iterator[Finding]:
    """Yield a finding for each shape without a target, and for each target that is no term.

    A folder need not hold an instance of everything: a class or property that the ontology
    or a standard vocabulary declares is a target, whether or not the data uses it.
    """
    for shape in sorted(set(_shapes(shapes.graph))):
        targets = [(t, o) for t in _TARGETS for o in shapes.graph.objects(shape, t)]
        if not targets and not _serves_another(shape, shapes.graph):
            yield _finding(shape, None, "it has no target", shapes)
        for kind, target in targets:
            if not _is_there(kind, target, data):
                yield _finding(shape, kind, f"nothing in the graph is {target}", shapes, target)


def _shapes(graph: Graph) -> Iterator[URIRef]:
    typed = (s for kind in (SH.NodeShape, SH.PropertyShape) for s in graph.subjects(RDF.type, kind))
    targeting = (s for target in _TARGETS for s in graph.subjects(target))
    for shape in (*typed, *targeting):
        off = graph.value(shape, SH.deactivated)
        if isinstance(shape, URIRef) and str(off) != "true":
            yield shape


def _serves_another(shape: URIRef, graph: Graph) -> bool:
    is_class = (shape, RDF.type, RDFS.Class) in graph
    return is_class or (None, None, shape) in graph


def _is_there(kind: URIRef, target: Node, data: Graph) -> bool:
    if kind == SH.targetNode:
        return (target, None, None) in data or (None, None, target) in data
    if kind == SH.targetClass:
        classes = data.transitive_subjects(RDFS.subClassOf, target)
        used = any((None, RDF.type, each) in data for each in classes)
    else:
        used = isinstance(target, URIRef) and (None, target, None) in data
    return used or (target, RDF.type, None) in data or any(target in known for known in _KNOWN)


def _finding(
    shape: URIRef,
    predicate: URIRef | None,
    reason: str,
    shapes: Material,
    target: Node | None = None,
) -> Finding:
    place = shapes.places.find(str(shape), predicate and str(predicate))
    return Finding.at(place, IDLE, _SENTENCE.format(reason=reason), focus=shape, value=target)
