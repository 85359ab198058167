"""Make the union of all named graphs the default graph of a store of its own.

The engine can show the union itself (``use_default_graph_as_union``), but then a
triple that stands in two graphs comes twice, and ``FROM`` is ignored. The RDF merge
is a set (RDF 1.1 Semantics, section 4.1), so it is written out once, on loading.
"""

from collections.abc import Iterable

import pyoxigraph as ox


def with_union(store: ox.Store) -> ox.Store:
    """Copy a store; the copy's default graph holds the triples of all named graphs, each once."""
    copy = ox.Store()
    copy.bulk_extend(store)
    copy.bulk_extend(in_default_graph(store))
    return copy


def merged(
    store: ox.Store, default: Iterable[ox.NamedNode], named: Iterable[ox.NamedNode]
) -> ox.Store:
    """Build the data set whose default graph merges some graphs of a store (SPARQL 1.1, 13.2.1)."""
    data = ox.Store()
    for graph in default:
        data.extend(in_default_graph(store.quads_for_pattern(None, None, None, graph)))
    for graph in named:
        data.extend(store.quads_for_pattern(None, None, None, graph))
    return data


def in_default_graph(quads: Iterable[ox.Quad]) -> Iterable[ox.Quad]:
    """Yield the same triples in the default graph."""
    return (ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
