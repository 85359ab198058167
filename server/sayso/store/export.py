"""Write the store, one of its graphs, or some of its triples in each format, by the engine.

A format that cannot tell named graphs apart gets the union of them, each triple once.
"""

import json
from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from sayso.store.formats import JSON_LD, GraphFormat
from sayso.store.load import ClaimStore

_WITH_PREFIXES = frozenset({"ttl", "trig", "rdf"})


def export(claims: ClaimStore, format_: GraphFormat) -> bytes:
    """Write the whole graph."""
    if format_.datasets:
        return _dumped(claims.store, format_, declared(claims))
    return _dumped(claims.queryable, format_, declared(claims), from_graph=ox.DefaultGraph())


def declared(claims: ClaimStore) -> dict[str, str]:
    """Return the prefixes of the graph with one for each record, whose claims are hash IRIs.

    PROV's own library reads no node whose namespace it has not been told.
    """
    articles = claims.base + "article/"
    names = {graph.value.removeprefix(articles) for graph in claims.store.named_graphs()}
    records = sorted(name for name in names if "/" not in name)
    own = {_prefix(name, claims.prefixes): f"{articles}{name}#" for name in records}
    return {**claims.prefixes, "article": articles, **own}


def _prefix(name: str, taken: Mapping[str, str]) -> str:
    """Make a record's name a prefix: it must begin with a letter and be no other's."""
    fit = name[:1].isalpha() and name not in taken and name != "article"
    return (name if fit else f"r-{name}").rstrip(".")


def export_graph(claims: ClaimStore, graph: str, format_: GraphFormat) -> bytes:
    """Write one named graph; a format with named graphs keeps its name."""
    name = ox.NamedNode(graph)
    quads = claims.store.quads_for_pattern(None, None, None, name)
    return export_quads(quads, format_, declared(claims))


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
    used = dict(prefixes) if format_.suffix in _WITH_PREFIXES else None
    content = store.dump(format=format_.engine, from_graph=from_graph, prefixes=used) or b""
    return _in_context(content, prefixes) if format_ is JSON_LD and prefixes else content


def _in_context(content: bytes, prefixes: Mapping[str, str]) -> bytes:
    """Declare the prefixes in JSON-LD: the engine does not, and prov reads no graph without."""
    opening = json.dumps({"@context": dict(prefixes)}).encode()[:-1]
    return opening + b', "@graph": ' + content + b"}\n"
