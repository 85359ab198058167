"""Send the requests of the W3C's protocol and graph store tests, as their manifests tell them."""

from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

import pyoxigraph as ox
from rdflib import RDF, RDFS, Graph, Namespace
from rdflib.collection import Collection
from rdflib.term import Node
from werkzeug.test import Client

from sayso.endpoint.app import SparqlApp
from sayso.endpoint.graphs import ADDRESS, GraphStoreApp
from sayso.store import RdfStore
from sayso.store.data import unite
from w3c.manifests import MF, path_of

HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
TESTS = (MF.ProtocolTest, MF.GraphStoreProtocolTest)
MANIFESTS = (
    "sparql/sparql11/protocol/manifest.ttl",
    "sparql/sparql11/graph-store-protocol/manifest-direct.ttl",
    "sparql/sparql11/graph-store-protocol/manifest-indirect.ttl",
)
KINDS = {
    "boolean": {"application/sparql-results+json", "application/sparql-results+xml"},
    "tabular": {
        "application/sparql-results+json",
        "application/sparql-results+xml",
        "text/csv",
        "text/tab-separated-values",
    },
    "RDF": {
        "text/turtle",
        "application/n-triples",
        "application/rdf+xml",
        "application/ld+json",
        "application/trig",
        "application/n-quads",
    },
}
_WRITING = {"PUT", "POST", "DELETE", "PATCH"}


@dataclass(frozen=True)
class Exchange:
    """A test: its name, what must be loaded by name of graph, and its requests in order."""

    name: str
    graph: Graph
    data: tuple[tuple[str, Path], ...]
    requests: tuple[Node, ...]

    @property
    def writes(self) -> bool:
        """Say whether the test expects that something is changed."""
        return any(self._writes(request) for request in self.requests)

    def _writes(self, request: Node) -> bool:
        expected = _statuses(self.graph, request)
        if not any(status // 100 == HTTPStatus.OK // 100 for status in expected):
            return False
        path = str(self.graph.value(request, HT.absolutePath))
        if path.startswith("/gsp"):
            return str(self.graph.value(request, HT.methodName)) in _WRITING
        content = _body(self.graph, request).replace(b"+", b" ")
        return content.startswith(b"update=") or "update" in _headers(self.graph, request).get(
            "content-type", ""
        )


def exchanges(folder: Path) -> Iterator[Exchange]:
    """Yield the tests of protocol and graph store of a copy of w3c/rdf-tests."""
    for name in MANIFESTS:
        file = folder / name
        graph = Graph().parse(file, format="turtle", publicID=file.as_uri())
        entries = [test for kind in TESTS for test in graph.subjects(RDF.type, kind)]
        for entry in sorted(entries, key=str):  # one stands in no list of entries
            action = graph.value(entry, MF.action)
            requests = graph.value(action, HT.requests)
            data = (
                (str(graph.value(d, RDFS.label)), path_of(str(graph.value(d, UT.graph))))
                for d in graph.objects(entry, UT.graphData)
            )
            listed = Collection(graph, requests) if requests else ()
            label = f"{file.parent.name}/{str(entry).partition('#')[2]}"
            yield Exchange(label, graph, tuple(data), tuple(listed))


def fault(exchange: Exchange) -> str:
    """Send the requests of a test; return what is wrong with the first bad answer, or nothing."""
    store = ox.Store()
    for name, file in exchange.data:
        store.load(path=file, format=ox.RdfFormat.N_TRIPLES, to_graph=ox.NamedNode(name))
    unite(store)
    data = RdfStore(store, exchange.name, {})
    clients = {"/sparql": Client(SparqlApp(data)), ADDRESS: Client(GraphStoreApp(data))}
    for request in exchange.requests:
        wrong = _asked(exchange.graph, request, clients)
        if wrong:
            return wrong
    return "" if exchange.requests else "no request was found"


def _asked(graph: Graph, request: Node, clients: dict[str, Client]) -> str:
    given = urlsplit(str(graph.value(request, HT.absolutePath)))
    address = "/sparql" if given.path.startswith("/sparql") else ADDRESS
    path = address + given.path.removeprefix("/sparql").removeprefix("/gsp").rstrip("/")
    method = str(graph.value(request, HT.methodName))
    body = _body(graph, request)
    response = clients[address].open(
        f"{path}?{given.query}", method=method, data=body, headers=_headers(graph, request)
    )
    if not _fits(response.status_code, _statuses(graph, request)):
        return f"{method} {path}: status {response.status_code}"
    answer = graph.value(request, HT.resp)
    kind = graph.value(answer, MF.expectedFormat)
    if kind is not None and response.mimetype not in KINDS[str(kind)]:
        return f"{method} {path}: {response.mimetype}"
    boolean = graph.value(answer, MF.expectedBoolean)
    if boolean is not None and response.get_json()["boolean"] is not (str(boolean) == "true"):
        return f"{method} {path}: {response.text}"
    return ""


def _body(graph: Graph, request: Node) -> bytes:
    body = graph.value(request, HT.body)
    if body is None:
        return b""
    return str(graph.value(body, CNT.chars)).encode(str(graph.value(body, CNT.characterEncoding)))


def _headers(graph: Graph, request: Node) -> dict[str, str]:
    head = graph.value(request, HT.headers)
    return {
        str(graph.value(field, HT.fieldName)): str(graph.value(field, HT.fieldValue))
        for field in (Collection(graph, head) if head is not None else ())
    }


def _statuses(graph: Graph, request: Node) -> list[int]:
    """List the statuses that are expected; a class of them by its first."""
    names = [
        str(status).partition("#")[2]
        for status in graph.objects(graph.value(request, HT.resp), MF.expectedStatus)
    ]
    known = {status.phrase.replace(" ", ""): status.value for status in HTTPStatus}
    return [int(name[-3]) * 100 if name.startswith("StatusCode") else known[name] for name in names]


def _fits(status: int, expected: list[int]) -> bool:
    return status in expected or status // 100 * 100 in {one for one in expected if one % 100 == 0}
