"""Validate with `shacl`, an engine in Rust, and tell its results in the nodes that were given.

The engine names blank nodes anew. Shapes without an IRI get one of their own before it sees
them, which no rule of SHACL looks at; of the data's blank nodes it is asked what it calls them,
where a result has one.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import pyoxigraph as ox
import shacl

from sayso.validation.results import Report
from sayso.validation.sets import SetQuery, set_queries
from sayso.validation.shape_terms import has_drafted_terms
from sayso.vocabularies import VOCABULARIES

_SH = VOCABULARIES["sh"]
_RDF = VOCABULARIES["rdf"]
_CONFORMS, _RESULT = ox.NamedNode(_SH + "conforms"), ox.NamedNode(_SH + "result")
_NAMED = "urn:x-sayso:blank:"
_LABEL = "urn:x-sayso:label"
# What these point to is a shape; what these list are shapes.
_OF_SHAPE = {_SH + name for name in ("property", "node", "not", "qualifiedValueShape")}
_OF_SHAPES = {_SH + name for name in ("and", "or", "xone")}
_TARGET = _SH + "target"
_SELECT = re.compile(r"\bSELECT\b", re.IGNORECASE)
_CLASSES = {_SH + "NodeShape", _SH + "PropertyShape"}
# Each labelled node is a result whose value is its label, since no literal is an IRI.
_ASKING = f"""
<urn:x-sayso:asking> a <{_SH}PropertyShape> ; <{_SH}targetSubjectsOf> <{_LABEL}> ;
    <{_SH}path> <{_LABEL}> ; <{_SH}nodeKind> <{_SH}IRI> ."""
# Appendix C takes what is called a property shape and has no path for a node shape.
_PATH = f"""
<urn:x-sayso:path> a <{_SH}PropertyShape> ; <{_SH}targetClass> <{_SH}PropertyShape> ;
    <{_SH}path> <{_SH}path> ; <{_SH}minCount> 1 ."""
Triples = Iterable[ox.Triple | ox.Quad]


class UnsuitableError(Exception):
    """The engine is not there, or cannot use these shapes; the reference may."""


@dataclass(frozen=True)
class Compiled:
    """Shapes that are ready to be used many times, and the queries that are asked apart."""

    text: str
    queries: tuple[SetQuery, ...]

    @classmethod
    def of(cls, shapes: Sequence[ox.Quad], *, known: bool = False) -> "Compiled":
        """Compile shapes; raise UnsuitableError where the engine cannot, or they are no shapes.

        Those that are ``known`` were compiled before.
        """
        if not known:
            cls._require_suitable(shapes)
        apart = set_queries(shapes)
        rest = _text(_with_named_shapes([each for each in shapes if each not in apart]))
        return cls(rest, tuple(apart.values()))

    @staticmethod
    def _require_suitable(shapes: Sequence[ox.Quad]) -> None:
        if has_drafted_terms(shapes):
            raise UnsuitableError("the engine knows terms of SHACL 1.2 that the reference does not")
        whole = _text(_with_named_shapes(shapes))
        faults = _engine_shapes(_meta_shapes()).validate_text(whole, "ntriples")
        if not faults.conforms:
            raise UnsuitableError("the shapes are not well formed")
        _engine_shapes(whole)
        if any(_SELECT.search(query, 1) for query in _queries(shapes)):
            raise UnsuitableError("a query within a query has to hand on $this (section 5.3.2)")

    def validate(self, data: Sequence[ox.Quad]) -> Report:
        """Validate triples; raise UnsuitableError where a query fails on them."""
        text = _text(data)
        told = self._told(lambda shapes: shapes.validate_text(text, "ntriples"))
        names = self._names(text, data) if told.has_blank_nodes else {}
        store = ox.Store()
        store.bulk_extend(ox.Quad(*quad.triple) for quad in data)
        return self._whole(told, names, store)

    def validate_turtle(self, text: str) -> Report:
        """Validate a text of Turtle, in which blank nodes have other names than its own."""
        told = self._told(lambda shapes: shapes.validate_turtle(text, base=_SH))
        store = ox.Store()
        store.load(text, ox.RdfFormat.TURTLE)
        return self._whole(told, {}, store)

    def validate_file(self, path: Path) -> Report:
        """Validate a file of Turtle, in which blank nodes have other names than its own."""
        with ThreadPoolExecutor(1) as beside:
            telling = beside.submit(self._told, lambda shapes: shapes.validate_file(str(path)))
            store = ox.Store()
            store.bulk_load(path=path, format=ox.RdfFormat.TURTLE)
            return self._whole(telling.result(), {}, store)

    def _told(self, validated: Callable[["shacl.Shapes"], "shacl.Report"]) -> Report:
        try:
            lines = validated(_engine_shapes(self.text)).serialize("ntriples")
        except ValueError as error:
            raise UnsuitableError(str(error)) from error
        return Report.of_quads(ox.parse(lines, format=ox.RdfFormat.N_TRIPLES))

    def _whole(self, told: Report, names: Mapping[str, ox.BlankNode], store: ox.Store) -> Report:
        """Put the report together: of what the engine told, and of what the queries select."""
        root = ox.BlankNode()
        by_engine = list(_renamed(told, names, root))
        by_queries = [each for query in self.queries for each in query.results(store, root)]
        found = [*by_engine, *by_queries]
        conforms = ox.Literal(not any(each.predicate == _RESULT for each in found))
        heading = (
            ox.Triple(root, ox.NamedNode(_RDF + "type"), ox.NamedNode(_SH + "ValidationReport")),
            ox.Triple(root, _CONFORMS, conforms),
        )
        return Report((*heading, *found))

    def _names(self, text: str, data: Triples) -> Mapping[str, ox.BlankNode]:
        """Ask the engine what it calls each blank node of a text; it numbers them as they come.

        The shapes are the same but for one that asks, so that their nodes take as many numbers.
        """
        nodes = dict.fromkeys(n for t in data for n in (t.subject, t.object))
        blank = [node for node in nodes if isinstance(node, ox.BlankNode)]
        label = ox.NamedNode(_LABEL)
        labels = _text(ox.Triple(node, label, ox.Literal(node.value)) for node in blank)
        asking = _engine_shapes(self.text + _turtle(_ASKING))
        found = asking.validate_text(text + labels, "ntriples").results
        return {
            each.focus_node.removeprefix("_:"): ox.BlankNode(each.value_plain)
            for each in found
            if each.source_shape == "<urn:x-sayso:asking>" and each.value_plain
        }


@lru_cache(maxsize=8)
def _engine_shapes(text: str) -> "shacl.Shapes":
    try:
        return shacl.Shapes.from_text(text, "ntriples")
    except ValueError as error:
        raise UnsuitableError(str(error)) from error


@lru_cache(maxsize=1)
def _meta_shapes() -> str:
    """Return the W3C's shapes of shapes (SHACL, appendix C), which come with pySHACL."""
    found = find_spec("pyshacl")
    if found is None or found.origin is None:
        raise UnsuitableError("pySHACL is not there")
    path = Path(found.origin).parent / "assets" / "shacl-shacl.ttl"
    return _turtle(path.read_bytes()) + _turtle(_PATH)


def _queries(shapes: Sequence[ox.Quad]) -> Iterator[str]:
    """Yield the queries that shapes give, each from its first keyword on."""
    for quad in shapes:
        value = quad.object
        if quad.predicate.value == _SH + "select" and isinstance(value, ox.Literal):
            found = _SELECT.search(value.value)
            yield value.value[found.start() :] if found else ""


def _with_named_shapes(triples: Sequence[ox.Quad]) -> Iterator[ox.Triple]:
    unnamed = set(_unnamed_shapes(triples))

    def named(term: ox.NamedNode | ox.BlankNode) -> ox.NamedNode | ox.BlankNode:
        return ox.NamedNode(_NAMED + term.value) if term in unnamed else term

    for triple in triples:
        subject, value = triple.subject, triple.object
        if isinstance(subject, ox.Triple) or isinstance(value, ox.Triple):
            raise UnsuitableError("a triple stands for a node")
        other = value if isinstance(value, ox.Literal) else named(value)
        yield ox.Triple(named(subject), triple.predicate, other)


def _unnamed_shapes(triples: Sequence[ox.Quad]) -> Iterator[ox.BlankNode]:
    """Find the blank nodes that SHACL takes for shapes (section 2); paths and lists are none."""
    firsts: dict[object, object] = _objects(triples, _RDF + "first")
    rests: dict[object, object] = _objects(triples, _RDF + "rest")
    for triple in triples:
        predicate = triple.predicate.value
        value: object = triple.object
        if isinstance(triple.subject, ox.BlankNode) and _is_said_of_shapes(predicate, value):
            yield triple.subject
        listed: list[object] = [value] if predicate in _OF_SHAPE else []
        seen: set[object] = set()
        while predicate in _OF_SHAPES and value in firsts and value not in seen:
            seen.add(value)
            listed.append(firsts[value])
            value = rests.get(value, value)
        yield from (each for each in listed if isinstance(each, ox.BlankNode))


def _objects(triples: Sequence[ox.Quad], predicate: str) -> dict[object, object]:
    return {t.subject: t.object for t in triples if t.predicate.value == predicate}


def _is_said_of_shapes(predicate: str, value: object) -> bool:
    typed = predicate == _RDF + "type" and isinstance(value, ox.NamedNode)
    is_class = isinstance(value, ox.NamedNode) and value.value in _CLASSES
    return (typed and is_class) or predicate == _SH + "path" or predicate.startswith(_TARGET)


def _renamed(
    report: Report, names: Mapping[str, ox.BlankNode], root: ox.BlankNode
) -> Iterator[ox.Triple]:
    """Yield what is told of results; nodes get their own names, those that were added new ones."""
    added: dict[str, ox.BlankNode] = {}
    roots = {each.subject for each in report.triples if each.predicate == _CONFORMS}

    def renamed(term: object) -> ox.NamedNode | ox.BlankNode:
        if isinstance(term, ox.BlankNode):
            return names.get(term.value) or added.setdefault(term.value, ox.BlankNode())
        if isinstance(term, ox.NamedNode):
            own = term.value.startswith(_NAMED)
            return ox.BlankNode(term.value.removeprefix(_NAMED)) if own else term
        raise TypeError(f"{term} is no node")

    for triple in report.triples:
        value = triple.object
        other = value if isinstance(value, ox.Literal) else renamed(value)
        if triple.subject not in roots:
            yield ox.Triple(renamed(triple.subject), triple.predicate, other)
        elif triple.predicate == _RESULT:
            yield ox.Triple(root, _RESULT, other)


def _text(triples: Triples) -> str:
    plain = (t.triple if isinstance(t, ox.Quad) else t for t in triples)
    return (ox.serialize(plain, format=ox.RdfFormat.N_TRIPLES) or b"").decode()


def _turtle(text: str | bytes) -> str:
    return _text(ox.parse(text, format=ox.RdfFormat.TURTLE))
