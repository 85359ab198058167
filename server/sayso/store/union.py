"""Merge some graphs of a store into the default graph of another, as a set."""

from collections.abc import Iterable

import pyoxigraph as ox


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
