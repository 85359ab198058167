"""Write the store, one of its graphs, or some of its triples in each format, by the engine.

A format that cannot tell named graphs apart gets the union of them, each triple once. One
that can is written graph by graph, since the engine's own dump would add the union.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from xml.sax.saxutils import quoteattr

import pyoxigraph as ox

from sayso.store.data import ClaimStore, Name, RdfStore
from sayso.store.formats import JSON_LD, N_QUADS, N_TRIPLES, RDF_XML, TRIG, TURTLE, GraphFormat

_WITH_PREFIXES = frozenset({"ttl", "trig", "rdf"})
_MANY = 100  # prefixes; the engine compares each IRI with each that it is to use
_PIECE = 1 << 20  # bytes


def exported(data: RdfStore, format_: GraphFormat) -> Iterator[bytes]:
    """Write the whole data set, piece by piece where the format has named graphs."""
    if not format_.datasets:
        yield _united(data, format_)
        return
    piece = bytearray()
    for part in _parts(data, format_):
        piece += part
        if len(piece) > _PIECE:
            yield bytes(piece)
            piece.clear()
    yield bytes(piece)


def _united(data: RdfStore, format_: GraphFormat) -> bytes:
    if data.united:
        used, own = data.prefixes, _own(data, data.engine.named_graphs())
        if len(own) <= _MANY:
            used, own = {**used, **own}, {}
        content = _dumped(data.default, format_, used, from_graph=ox.DefaultGraph())
        return _declaring(content, own, format_)
    known = declared(data) if format_.suffix in _WITH_PREFIXES else None
    return ox.serialize(data.merged(), format=format_.engine, prefixes=known) or b""


def _declaring(content: bytes, prefixes: Mapping[str, str], format_: GraphFormat) -> bytes:
    """Declare prefixes that are not used, for who looks for them there."""
    if format_ is TURTLE:
        return _turtle_prefixes(prefixes) + content
    if format_ is RDF_XML:
        names = "".join(f" xmlns:{name}={quoteattr(iri)}" for name, iri in prefixes.items())
        return content.replace(b"<rdf:RDF", b"<rdf:RDF" + names.encode(), 1)
    return content


def _turtle_prefixes(prefixes: Mapping[str, str]) -> bytes:
    return "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in prefixes.items()).encode()


def _parts(data: RdfStore, format_: GraphFormat) -> Iterator[bytes]:
    if format_ is N_QUADS:
        return _n_quads(data)
    return _trig(data) if format_ is TRIG else _json_ld(data)


def _names(data: RdfStore) -> list[Name]:
    """List the named graphs in an order of their own, so that equal data are equal bytes."""
    return sorted(data.engine.named_graphs(), key=str)


def _n_quads(data: RdfStore) -> Iterator[bytes]:
    """Add its name to each line of a graph's N-Triples; no literal holds a line end there."""
    yield data.alone().serialize(format=N_TRIPLES.engine) or b""
    for graph in _names(data):
        lines = _dumped(data.engine, N_TRIPLES, {}, graph)
        yield lines.replace(b" .\n", f" {graph} .\n".encode())


def _trig(data: RdfStore) -> Iterator[bytes]:
    """Write all prefixes once, and each graph's Turtle in braces."""
    yield _turtle_prefixes(declared(data))
    yield data.alone().serialize(format=TURTLE.engine) or b""
    for graph in _names(data):
        prefixes = {**data.prefixes, **_own(data, [graph])}
        body = _dumped(data.engine, TURTLE, prefixes, graph)
        while body.startswith(b"@prefix "):
            body = body[body.index(b"\n") + 1 :]
        yield f"{graph} {{\n".encode() + body + b"}\n"


def _json_ld(data: RdfStore) -> Iterator[bytes]:
    """Write one list of all graphs, with the prefixes, which the engine does not declare."""
    yield json.dumps({"@context": declared(data)}).encode()[:-1] + b', "@graph": ['
    nodes = (data.alone().serialize(format=JSON_LD.engine) or b"[]").strip()[1:-1]
    yield nodes
    for graph in _names(data):
        if nodes:
            yield b","
        nodes = _dumped(data.engine, JSON_LD, {}, graph)
        iri = graph.value if isinstance(graph, ox.NamedNode) else str(graph)
        yield b'{"@id": ' + json.dumps(iri).encode() + b', "@graph": ' + nodes + b"}"
    yield b"]}\n"


def declared(data: RdfStore) -> dict[str, str]:
    """Return the prefixes of a data set; one of claims has one for each record besides.

    PROV's own library reads no node whose namespace it has not been told, and a record's
    claims are hash IRIs.
    """
    return {**data.prefixes, **_own(data, data.engine.named_graphs())}


def _own(data: RdfStore, graphs: Iterable[Name]) -> dict[str, str]:
    """Name the namespaces of the records among some graphs."""
    if not isinstance(data, ClaimStore):
        return {}
    articles = data.base + "article/"
    names = {graph.value.removeprefix(articles) for graph in graphs}
    records = sorted(name for name in names if "/" not in name)
    own = {_prefix(name, data.prefixes): f"{articles}{name}#" for name in records}
    return {"article": articles, **own}


def _prefix(name: str, taken: Mapping[str, str]) -> str:
    """Make a record's name a prefix: it must begin with a letter and be no other's."""
    fit = name[:1].isalpha() and name not in taken and name != "article"
    return (name if fit else f"r-{name}").rstrip(".")


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
    from_graph: Name | ox.DefaultGraph | None = None,
) -> bytes:
    used = dict(prefixes) if format_.suffix in _WITH_PREFIXES else None
    content = store.dump(format=format_.engine, from_graph=from_graph, prefixes=used) or b""
    return _in_context(content, prefixes) if format_ is JSON_LD and prefixes else content


def _in_context(content: bytes, prefixes: Mapping[str, str]) -> bytes:
    """Declare the prefixes in JSON-LD: the engine does not, and prov reads no graph without."""
    opening = json.dumps({"@context": dict(prefixes)}).encode()[:-1]
    return opening + b', "@graph": ' + content + b"}\n"
