"""Answer the SPARQL 1.1 Graph Store HTTP Protocol: whole graphs, by name or at their own path.

Reading is done here. What writes is given as a ``Writer``; without one nothing is written.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from typing import Protocol
from uuid import uuid4

import pyoxigraph as ox
from werkzeug.wrappers import Response
from werkzeug.wsgi import get_current_url

from sayso import __version__
from sayso.endpoint.coding import codings
from sayso.endpoint.exchange import Environ, answered, not_modified, read_http
from sayso.endpoint.headers import in_path, preflight
from sayso.endpoint.negotiation import choose
from sayso.endpoint.protocol import Request, format_name, iris, pairs
from sayso.endpoint.reply import Reply, Sink, StartResponse, send
from sayso.endpoint.tags import Tag, among, digest
from sayso.errors import GraphNotNamed, ReadOnly, UnknownGraph
from sayso.store import ClaimStore, RdfStore
from sayso.store.counts import number
from sayso.store.formats import GRAPH_FORMATS, N_TRIPLES, GraphFormat
from sayso.vocabularies import BASE

ADDRESS = "/rdf-graph-store"
READING = ("GET", "HEAD", "OPTIONS")
_WITH_PREFIXES = {"ttl", "trig"}
_MOST_SORTED = 200_000  # triples of a default graph; more of them are not held in memory


@dataclass(frozen=True)
class Target:
    """The graph that a request is about; ``graph`` None is the default graph."""

    graph: str | None
    format: str | None = None


class Writer(Protocol):
    """What changes graphs, for a server that is opened for it."""

    @property
    def methods(self) -> tuple[str, ...]:
        """The methods that it answers, of PUT, POST, DELETE and PATCH."""

    @property
    def makes_graphs(self) -> bool:
        """Say whether it gives a name to a graph that is posted without one (section 5.5)."""

    def answer(self, environ: Environ, target: Target) -> Response:
        """Change a graph and say what was done; raise SaysoError where it is refused."""


@dataclass(frozen=True)
class GraphStoreApp:
    """A graph store over one loaded graph, whose default graph is the union of all.

    That of a store which is written is itself: its tag is then a strong one, as a named graph's.
    """

    claims: RdfStore
    writer: Writer | None = None
    _digests: dict[tuple[str, str | None], str] = field(default_factory=dict)

    @property
    def methods(self) -> tuple[str, ...]:
        """The methods that are answered."""
        return (*READING, *(self.writer.methods if self.writer else ()))

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Serve one request (WSGI)."""
        return answered(self._answer, environ, start_response, self.methods)

    def target(self, environ: Environ) -> Target:
        """Find what a request is about; raise GraphNotNamed, BadGraphName or TwoQueries.

        It is named by ``?graph=`` or ``?default``, or by a path under this one, which is that of
        the graph's IRI behind its base; of other data, the
        whole address is the IRI (sections 4.1 and 4.2).
        """
        given = pairs(str(environ.get("QUERY_STRING", "")).encode("latin-1"), "address")
        named, default = iris(given, "graph"), any(name == "default" for name, _ in given)
        path = _path(environ)
        count = len([pair for pair in given if pair[0] == "graph"]) + default + bool(path)
        if not count and self._makes(environ):
            return Target(f"{get_current_url(environ, strip_querystring=True)}/{uuid4()}")
        if count != 1:
            raise GraphNotNamed(count=count or "none")
        name = format_name(given)
        if path:
            return Target(self._direct(path, environ), name)
        return Target(named[0] if named else None, name)

    def _makes(self, environ: Environ) -> bool:
        return bool(
            environ["REQUEST_METHOD"] == "POST" and self.writer and self.writer.makes_graphs
        )

    def _direct(self, path: str, environ: Environ) -> str:
        own = get_current_url(environ, strip_querystring=True)
        bases = (self.claims.base, BASE) if isinstance(self.claims, ClaimStore) else ()
        paths = (in_path(path), path)
        names = [*(base + form for base in bases for form in paths), own]
        return next((name for name in names if self.has(name)), names[0])

    def has(self, graph: str | None) -> bool:
        """Say whether there is a graph of this name; the default graph is always there."""
        try:
            return graph is None or self.claims.engine.contains_named_graph(ox.NamedNode(graph))
        except ValueError:
            return False

    def digest(self, graph: str | None) -> str:
        """Name the content of a graph, and what else its serialisations depend on."""
        key = self.claims.version, graph
        if key not in self._digests:
            prefixes = sorted(self.claims.prefixes.items())
            content = sha256(self._sorted(graph)).hexdigest()
            self._digests[key] = digest((content, __version__, str(prefixes)))
        return self._digests[key]

    def count(self, graph: str | None) -> int:
        """Count the triples of a graph."""
        if graph is None:
            return self.claims.size
        pattern = f"GRAPH {ox.NamedNode(graph)} {{ ?s ?p ?o }}"
        return number(self.claims.engine, f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}")

    def is_current(self, graph: str | None, given: str, *, weakly: bool = False) -> bool:
        """Say whether an If-Match field names the graph as it is now, in whatever format.

        The comparison is the strong one (RFC 9110, section 13.1.1), so weak tags never match;
        that of If-None-Match is done ``weakly`` (section 13.1.2).
        """
        return self.has(graph) and among(
            given, lambda state: state == self.digest(graph), weakly=weakly
        )

    def _answer(self, environ: Environ, start: StartResponse) -> Iterable[bytes] | Response:
        method = str(environ["REQUEST_METHOD"])
        if method == "OPTIONS":
            return Response(status=204, headers=preflight(self.methods))
        if method not in self.methods:
            raise ReadOnly(method=method, offered=", ".join(self.methods))
        target = self.target(environ)
        if method not in READING and self.writer is not None:
            return self.writer.answer(environ, target)
        return self._read(read_http(environ), target, start)

    def _read(
        self, request: Request, target: Target, start: StartResponse
    ) -> Iterable[bytes] | Response:
        if not self.has(target.graph):
            raise UnknownGraph(iri=target.graph)
        form = choose(target.format, request.accept, GRAPH_FORMATS)
        tag = self.tag(target.graph, form)
        known = tag.known(request.if_none_match) if request.if_none_match else None
        if known:
            return not_modified(known)
        reply = Reply(partial(self._write, target.graph, form), form.media_type, tag)
        return send(
            reply, start, codings(request.accept_encoding), head_only=request.method == "HEAD"
        )

    def tag(self, graph: str | None, form: GraphFormat) -> Tag:
        """Name an answer: a strong tag for a graph whose bytes are always the same ones."""
        if self._flows(graph):
            return Tag(digest((self.claims.version, form.suffix)))
        return Tag(f"{self.digest(graph)}-{form.suffix}", strong=True)

    def _flows(self, graph: str | None) -> bool:
        """Say whether a graph is written as the engine has it, in no order: the union is."""
        return graph is None and (self.claims.united or self.claims.size > _MOST_SORTED)

    def _write(self, graph: str | None, form: GraphFormat, output: Sink) -> None:
        prefixes = self.claims.prefixes if form.suffix in _WITH_PREFIXES else None
        if self._flows(graph):
            self.claims.default.dump(
                output,  # type: ignore[arg-type]
                format=form.engine,
                from_graph=ox.DefaultGraph(),
                prefixes=prefixes,
            )
            return
        output.write(_same_each_time(self._sorted(graph), form, prefixes or {}))

    def _sorted(self, graph: str | None) -> bytes:
        """Write a graph in N-Triples, sorted: the engine's order is another in each process."""
        store = self.claims.default if graph is None else self.claims.engine
        name = ox.DefaultGraph() if graph is None else ox.NamedNode(graph)
        content = store.dump(format=N_TRIPLES.engine, from_graph=name) or b""
        return b"".join(sorted(content.splitlines(keepends=True)))


def _same_each_time(content: bytes, form: GraphFormat, prefixes: Mapping[str, str]) -> bytes:
    """Write sorted N-Triples in another format, with the prefixes in use, in their order.

    The engine writes one line for each, in another order each time.
    """
    if form is N_TRIPLES:
        return content
    used = {name: iri for name, iri in prefixes.items() if f"<{iri}".encode() in content}
    triples = ox.parse(content, format=N_TRIPLES.engine)
    written = ox.serialize(triples, format=form.engine, prefixes=used) or b""
    *lines, rest = written.split(b"\n", len(used))
    return b"\n".join([*sorted(lines), rest])


def _path(environ: Environ) -> str:
    """Return the part of the path that names a graph."""
    path = str(environ.get("PATH_INFO", "")).encode("latin-1").decode("utf-8", "replace")
    return path.removeprefix(ADDRESS).removeprefix("/")
