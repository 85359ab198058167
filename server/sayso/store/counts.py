"""Count what a store holds, by the engine (VoID, section 4.6)."""

from dataclasses import dataclass

import pyoxigraph as ox

_WHOLE = {
    "triples": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "entities": "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s a ?class FILTER(isIRI(?s)) }",
    "distinctSubjects": "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }",
    "distinctObjects": "SELECT (COUNT(DISTINCT ?o) AS ?n) { ?s ?p ?o }",
    "classes": "SELECT (COUNT(DISTINCT ?class) AS ?n) { ?s a ?class }",
    "properties": "SELECT (COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o }",
}
_GRAPHS = "SELECT ?graph (COUNT(*) AS ?n) { GRAPH ?graph { ?s ?p ?o } } GROUP BY ?graph"


@dataclass(frozen=True)
class Counts:
    """What is counted of a store's default graph and of its named ones.

    ``whole`` has the names of VoID's properties; ``graphs`` the triples of each named graph, by
    its IRI, in order.
    """

    whole: dict[str, int]
    graphs: dict[str, int]

    @classmethod
    def of(cls, default: ox.Store, named: ox.Store) -> "Counts":
        """Count; entities are the subjects that have an IRI and a class."""
        whole = {name: number(default, query) for name, query in _WHOLE.items()}
        return cls(whole, graph_sizes(named))


def graph_sizes(store: ox.Store) -> dict[str, int]:
    """Count the triples of each named graph."""
    found = {}
    for graph, size in _rows(store, _GRAPHS):
        if isinstance(graph, ox.NamedNode) and isinstance(size, ox.Literal):
            found[graph.value] = int(size.value)
    return dict(sorted(found.items()))


def number(store: ox.Store, query: str) -> int:
    """Return the number that a query finds, in one row."""
    ((found,),) = _rows(store, query)
    if not isinstance(found, ox.Literal):
        raise TypeError("a number is a literal")
    return int(found.value)


def _rows(store: ox.Store, query: str) -> list[list[object]]:
    rows = store.query(query)
    if not isinstance(rows, ox.QuerySolutions):
        raise TypeError("counts are rows")
    return [list(row) for row in rows]
