"""Find the shapes that check nothing: a misspelt target passes every graph in silence."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph as ox

from sayso.validation.facts import Facts, number
from sayso.validation.finding import Finding
from sayso.validation.material import Material
from sayso.validation.shape_terms import strange_terms
from sayso.vocabularies import VOCABULARIES

IDLE = "shape-targets-nothing"
_SENTENCE = (
    "This shape looks at nothing, since {reason}; "
    "check the spelling of its target, or remove the shape."
)
_SH, _RDF, _RDFS = (VOCABULARIES[name] for name in ("sh", "rdf", "rdfs"))
_TYPE, _CLASS, _DEACTIVATED = _RDF + "type", _RDFS + "Class", _SH + "deactivated"
_NODE, _OF_CLASS = _SH + "targetNode", _SH + "targetClass"
_TARGETS = (_OF_CLASS, _SH + "targetSubjectsOf", _SH + "targetObjectsOf", _NODE)
_OWN_TARGET = _SH + "target"
_SHAPES = {_SH + "NodeShape", _SH + "PropertyShape"}
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Said = Mapping[str, Mapping[str, list[Term]]]


def idle(shapes: Material, data: Material) -> Iterator[Finding]:
    """Yield a finding for each shape without a target, and for each term or target that is none.

    A folder need not hold an instance of everything: a class or property that the ontology
    or a standard vocabulary declares is a target, whether or not the data uses it.
    """
    said = _said(shapes.triples)
    facts = list(data.facts.values())
    pointed_to = {str(quad.object) for quad in shapes.triples}
    for shape in sorted(_shapes(said)):
        targets = [(kind, each) for kind in _TARGETS for each in said[shape].get(kind, ())]
        is_class = any(_is(each, _CLASS) for each in said[shape].get(_TYPE, ()))
        if not targets and not is_class and f"<{shape}>" not in pointed_to:
            yield _finding(shape, None, "it has no target", shapes)
        for kind, target in targets:
            if not _is_there(kind, target, facts, data):
                name = target.value if isinstance(target, ox.NamedNode) else str(target)
                yield _finding(shape, kind, f"nothing in the graph is {name}", shapes, name)
    yield from strange_terms(shapes)


def looks_at(shapes: Material, file: Facts, others: Iterable[Facts]) -> bool:
    """Say whether some shape has a target in a file; ``others`` tell which class is under which."""
    facts = [file, *others]
    nodes = frozenset(map(number, file.untyped)) | file.typed
    return any(
        _looks_at(kind, getattr(target, "value", ""), file, nodes, facts)
        for kind, target in _all_targets(shapes.triples)
    )


def _all_targets(shapes: list[ox.Quad]) -> Iterator[tuple[str, object]]:
    """Yield all targets, those of shapes without a name and of shapes that are classes, too."""
    typed = {quad.subject for quad in shapes if _is_type_of(quad, _SHAPES)}
    for quad in shapes:
        if quad.predicate.value in (*_TARGETS, _OWN_TARGET):
            yield quad.predicate.value, quad.object
        elif quad.subject in typed and _is_type_of(quad, {_CLASS}):
            yield _OF_CLASS, quad.subject


def _is_type_of(quad: ox.Quad, classes: set[str]) -> bool:
    return quad.predicate.value == _TYPE and getattr(quad.object, "value", "") in classes


def _looks_at(
    kind: str, target: str, file: Facts, nodes: frozenset[int], facts: list[Facts]
) -> bool:
    if kind == _OF_CLASS:
        return not file.classes.isdisjoint(_below(target, facts))
    if kind == _NODE:
        return number(target) in nodes
    # What a target in SPARQL selects is not worked out here.
    return kind == _OWN_TARGET or target in file.predicates


def _said(quads: Iterable[ox.Quad]) -> Said:
    said: defaultdict[
        str, defaultdict[str, list[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]]
    ]
    said = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        if isinstance(quad.subject, ox.NamedNode):
            said[quad.subject.value][quad.predicate.value].append(quad.object)
    return said


def _shapes(said: Said) -> Iterator[str]:
    for name, about in said.items():
        typed = any(
            isinstance(t, ox.NamedNode) and t.value in _SHAPES for t in about.get(_TYPE, ())
        )
        targeting = any(kind in about for kind in _TARGETS)
        off = any(
            isinstance(t, ox.Literal) and t.value == "true" for t in about.get(_DEACTIVATED, ())
        )
        if (typed or targeting) and not off:
            yield name


def _is(term: object, iri: str) -> bool:
    return isinstance(term, ox.NamedNode) and term.value == iri


def _is_there(kind: str, target: object, facts: list[Facts], data: Material) -> bool:
    if kind == _NODE:
        return any(target in (quad.subject, quad.object) for quad in data.triples)
    if not isinstance(target, ox.NamedNode):
        return False
    name = target.value
    if kind == _OF_CLASS:
        classes = _below(name, facts)
        used = any(not classes.isdisjoint(each.classes) for each in facts)
    else:
        used = any(name in each.predicates for each in facts)
    numbered = number(name)
    return used or any(numbered in each.typed for each in facts) or _is_standard(name)


def _below(name: str, facts: list[Facts]) -> set[str]:
    """Return a class and all that are said to be under it."""
    pairs = [pair for each in facts for pair in each.subclasses]
    found, waiting = {name}, [name]
    while waiting:
        above = waiting.pop()
        below = {under for under, over in pairs if over == above} - found
        found |= below
        waiting += below
    return found


def _is_standard(name: str) -> bool:
    """Say whether a standard vocabulary has this term, by rdflib's copies of these."""
    from rdflib import RDF, RDFS, URIRef  # noqa: PLC0415 - takes longer than a whole check
    from rdflib.namespace import (  # noqa: PLC0415
        DCAT,
        DCTERMS,
        FOAF,
        OWL,
        PROV,
        SDO,
        SKOS,
        TIME,
        VOID,
    )

    known = (DCAT, DCTERMS, FOAF, OWL, PROV, RDF, RDFS, SDO, SKOS, TIME, VOID)
    return any(URIRef(name) in each for each in known)


def _finding(
    shape: str, predicate: str | None, reason: str, shapes: Material, target: str | None = None
) -> Finding:
    place = shapes.places.find(shape, predicate, target)
    return Finding.at(place, IDLE, _SENTENCE.format(reason=reason), focus=shape, value=target)
