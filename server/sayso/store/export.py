"""Write the store, one of its graphs, or some of its triples in each format, by the engine.

A format that cannot tell named graphs apart gets the union of them, each triple once.
"""

from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from sayso.store.formats import GraphFormat
from sayso.store.load import ClaimStore


def export(claims: ClaimStore, format_: GraphFormat) -> bytes:
    """Write the whole graph."""
    if format_.datasets:
        return _dumped(claims.store, format_, claims.prefixes)
    return _dumped(claims.queryable, format_, claims.prefixes, from_graph=ox.DefaultGraph())


def export_graph(claims: ClaimStore, graph: str, format_: GraphFormat) -> bytes:
    """Write one named graph; a format with named graphs keeps its name."""
    name = ox.NamedNode(graph)
    quads = claims.store.quads_for_pattern(None, None, None, name)
    return export_quads(quads, format_, claims.prefixes)


def export_quads(
    quads: Iterable[ox.Quad], format_: GraphFormat, prefixes: Mapping[str, str]
) -> bytes:
    """Write some quads, each triple once where the format has no named graphs."""
    part = ox.Store()
    part.extend(quads)
    if format_.datasets:
        return _dumped(part, format_, prefixes)
    union = ox.Store()
    union.extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in part)
    return _dumped(union, format_, prefixes, from_graph=ox.DefaultGraph())


def _dumped(
    store: ox.Store,
    format_: GraphFormat,
    prefixes: Mapping[str, str],
    from_graph: ox.DefaultGraph | None = None,
) -> bytes:
    used = dict(prefixes) if format_.suffix in {"ttl", "trig", "rdf"} else None
    content = store.dump(format=format_.engine, from_graph=from_graph, prefixes=used)
    return content or b""
