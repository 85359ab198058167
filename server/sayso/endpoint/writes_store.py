"""Write any graph of a store over HTTP (SPARQL 1.1 Graph Store HTTP Protocol, section 5)."""

from dataclasses import dataclass
from functools import partial

import pyoxigraph as ox
from werkzeug.wrappers import Request, Response

from sayso import errors
from sayso.endpoint.exchange import Environ
from sayso.endpoint.graphs import GraphStoreApp, Target
from sayso.endpoint.tags import Tag
from sayso.endpoint.writes_answer import attempted, done
from sayso.endpoint.writes_body import METHODS, read_graph
from sayso.endpoint.writes_conditions import Conditions
from sayso.endpoint.writes_token import Token
from sayso.store import RdfStore
from sayso.store.changing import Changing
from sayso.store.formats import TURTLE

_MOST_TAGGED = 200_000  # triples of a graph whose new state is named in the answer


@dataclass(frozen=True)
class StoreWriter:
    """What writes the graphs of a store on disk, each change whole or not at all."""

    store: Changing
    token: Token
    methods: tuple[str, ...] = METHODS
    makes_graphs: bool = True

    def answer(self, environ: Environ, target: Target) -> Response:
        """Change a graph, or say why not."""
        http = Request(environ)
        return attempted(environ, self.token, lambda: self._change(http, target.graph))

    def _change(self, http: Request, graph: str | None) -> Response:
        quads = [] if http.method == "DELETE" else _sent(http, graph)
        created, tag = self.store.change(partial(_write, http, graph, quads))
        return done(tag, _address(http, graph) if created else None)


def _sent(http: Request, graph: str | None) -> list[ox.Quad]:
    """Read what is sent; relative IRIs resolve against the graph's (section 4)."""
    return read_graph(http, graph, graph or http.base_url)


def _write(
    http: Request, graph: str | None, quads: list[ox.Quad], data: RdfStore
) -> tuple[bool, Tag | None]:
    """Change a graph; say whether it is new, and name its new state.

    Raise ChangedSince, or NoGraphThere where there is none to delete.
    """
    store = data.queryable
    name = ox.DefaultGraph() if graph is None else ox.NamedNode(graph)
    shown = GraphStoreApp(data)
    there = shown.has(graph)
    Conditions.of(http).expect(partial(shown.is_current, graph))
    if http.method == "DELETE":
        if not there:
            raise errors.NoGraphThere(iri=graph)
        store.remove_graph(name)
        return False, None
    if http.method == "PUT":
        store.clear_graph(name)
    store.add_graph(name)
    store.extend(quads)
    return not there, _tag(data, graph)


def _tag(data: RdfStore, graph: str | None) -> Tag | None:
    shown = GraphStoreApp(data)
    if shown.count(graph) > _MOST_TAGGED:
        return None
    return Tag(f"{shown.digest(graph)}-{TURTLE.suffix}", strong=True)


def _address(http: Request, graph: str | None) -> str:
    """Return where a new graph is read: at its own address, where that is on this server."""
    own = http.host_url + "rdf-graph-store/"
    return graph if graph and graph.startswith(own) else http.url
