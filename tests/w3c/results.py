"""Compare what a server answers with what the W3C expects, blank nodes standing for any other."""

import csv
from collections import Counter
from collections.abc import Iterable
from io import StringIO
from pathlib import Path

import pyoxigraph as ox
from rdflib import Graph, Namespace
from rdflib.term import BNode, Literal, Node, URIRef

RS = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/result-set#")
Row = dict[str, ox.NamedNode | ox.BlankNode | ox.Literal]
Expected = bool | list[Row] | list[ox.Triple]
_RESULTS = {
    ".srx": ox.QueryResultsFormat.XML,
    ".srj": ox.QueryResultsFormat.JSON,
    ".tsv": ox.QueryResultsFormat.TSV,
}
_GRAPHS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".n3": ox.RdfFormat.TURTLE,
}
_FORMS = {".ttl": "turtle", ".rdf": "xml", ".n3": "turtle", ".nt": "nt"}


def accepted(result: Path) -> str:
    """Say in which format to ask, so that it can be compared with a file."""
    if result.suffix == ".csv":
        return "text/csv"
    if result.suffix == ".tsv":
        return "text/tab-separated-values"
    return "application/sparql-results+json, application/n-triples;q=0.9"


def same(result: Path, content: bytes, media_type: str, *, lax: bool) -> bool:
    """Say whether an answer is the expected one; a lax one may leave out repetitions."""
    if result.suffix == ".csv":
        return _cells(content.decode()) == _cells(result.read_text(encoding="utf-8"))
    expected = _expected(result)
    if media_type == "application/n-triples":
        found = [quad.triple for quad in ox.parse(content, format=ox.RdfFormat.N_TRIPLES)]
        return isinstance(expected, list) and _shape(found) == _shape(expected)
    form = _RESULTS[".tsv"] if result.suffix == ".tsv" else _RESULTS[".srj"]
    found_results = _read(ox.parse_query_results(content, format=form))
    if isinstance(found_results, bool) or isinstance(expected, bool):
        return found_results == expected
    return _shape(found_results, distinct=lax) == _shape(expected, distinct=lax)


def _cells(text: str) -> Counter[tuple[tuple[str, str], ...]]:
    """Read rows of CSV; the names of blank nodes and the order of columns do not count."""
    rows = list(csv.DictReader(StringIO(text)))
    return Counter(
        tuple(sorted((name, "_:" if cell.startswith("_:") else cell) for name, cell in row.items()))
        for row in rows
    )


def _expected(result: Path) -> Expected:
    if result.suffix in _RESULTS:
        content = result.read_bytes()
        return _read(ox.parse_query_results(content, format=_RESULTS[result.suffix]))
    graph = Graph().parse(result, format=_FORMS[result.suffix], publicID=result.as_uri())
    head = graph.value(predicate=URIRef(_TYPE), object=RS.ResultSet)
    if head is None:
        quads = ox.parse(path=result, format=_GRAPHS[result.suffix], base_iri=result.as_uri())
        return [quad.triple for quad in quads]
    boolean = graph.value(head, RS.boolean)
    if isinstance(boolean, Literal):
        return bool(boolean.toPython())
    return [_row(graph, node) for node in graph.objects(head, RS.solution)]


def _row(graph: Graph, solution: Node) -> Row:
    row = {}
    for binding in graph.objects(solution, RS.binding):
        value = graph.value(binding, RS.value)
        row[str(graph.value(binding, RS.variable))] = _term(value)
    return row


def _term(node: Node | None) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    if isinstance(node, URIRef):
        return ox.NamedNode(str(node))
    if isinstance(node, BNode):
        return ox.BlankNode(str(node))
    if isinstance(node, Literal) and node.language:
        return ox.Literal(str(node), language=node.language)
    datatype = node.datatype if isinstance(node, Literal) else None
    return ox.Literal(str(node), datatype=ox.NamedNode(str(datatype)) if datatype else None)


def _read(results: object) -> bool | list[Row]:
    if isinstance(results, ox.QueryBoolean):
        return bool(results)
    if not isinstance(results, ox.QuerySolutions):
        raise TypeError("these are no results")
    names = [variable.value for variable in results.variables]
    return [
        {name: term for name, term in zip(names, row, strict=True) if term is not None}
        for row in results
    ]


def _shape(found: Iterable[object], *, distinct: bool = False) -> set[str]:
    """Write rows or triples as a graph in canonical form; each row is a node of its own.

    They go through the engine, which keeps numbers by their values (01 as 1): that it may do so
    is no matter of the endpoint, so it is done to both sides.
    """
    dataset = ox.Store()
    seen = set()
    for number, item in enumerate(found):
        if isinstance(item, ox.Triple):
            dataset.add(ox.Quad(item.subject, item.predicate, item.object))
            continue
        if not isinstance(item, dict):
            raise TypeError("a row has names")
        key = frozenset(item.items())
        if distinct and key in seen:
            continue
        seen.add(key)
        row = ox.BlankNode(f"row{number}")
        dataset.add(ox.Quad(row, _IS_ROW, _IS_ROW))
        for name, term in item.items():
            dataset.add(ox.Quad(row, ox.NamedNode(f"urn:x-column:{name}"), term))
    canonical = ox.Dataset(dataset)
    canonical.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return {str(quad) for quad in canonical}


_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_IS_ROW = ox.NamedNode("urn:x-row")
