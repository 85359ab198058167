"""Send the requests of the W3C's protocol and graph store tests, as their manifests tell them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote, urlsplit

import pyoxigraph as ox
from rdflib import RDF, RDFS, Graph, Namespace
from rdflib.collection import Collection
from rdflib.compare import isomorphic
from rdflib.term import Node
from werkzeug.test import Client, TestResponse

from sayso.endpoint.graphs import ADDRESS
from w3c.manifests import MF, path_of
from writable import Place
from writes import HOLDER

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
_AUTHORITY = "http://www.example"
_LOCATION = "$LOCATION$"


@dataclass(frozen=True)
class Exchange:
    """A test: its name, what must be loaded by name of graph, and its requests in order."""

    name: str
    graph: Graph
    data: tuple[tuple[str, Path], ...]
    requests: tuple[Node, ...]


@dataclass
class Speaker:
    """Who sends the requests of one test to a server, and knows what it was told before."""

    graph: Graph
    client: Client
    location: str = ""

    def fault(self, request: Node) -> str:
        """Send a request; return what is wrong with the answer, or nothing."""
        response = self._sent(request)
        told = f"{response.request.method} {response.request.path}: "
        if not _fits(response.status_code, _statuses(self.graph, request)):
            return f"{told}status {response.status_code} {response.text[:200]}"
        self.location = response.headers.get("Location", self.location)
        answer = self.graph.value(request, HT.resp)
        kind = self.graph.value(answer, MF.expectedFormat)
        if kind is not None and response.mimetype not in KINDS[str(kind)]:
            return f"{told}{response.mimetype}"
        boolean = self.graph.value(answer, MF.expectedBoolean)
        if boolean is not None and response.get_json()["boolean"] is not (str(boolean) == "true"):
            return told + response.text
        return told + "another graph" if self._differs(answer, response) else ""

    def _sent(self, request: Node) -> TestResponse:
        given = urlsplit(self._filled(str(self.graph.value(request, HT.absolutePath)), quote))
        address = "/sparql" if given.path.startswith("/sparql") else ADDRESS
        path = address + given.path.removeprefix("/sparql").removeprefix("/gsp").rstrip("/")
        return self.client.open(
            f"{path}?{given.query}" if given.query else path,
            base_url=_AUTHORITY,
            method=str(self.graph.value(request, HT.methodName)),
            data=_body(self.graph, request),
            headers={**HOLDER, **_headers(self.graph, request)},
        )

    def _filled(self, text: str, written: Callable[[str], str]) -> str:
        return text.replace(_LOCATION, written(self.location))

    def _differs(self, answer: Node | None, response: TestResponse) -> bool:
        """Say whether a graph is expected and another came (isomorphism, RDF 1.1, section 3.6)."""
        if answer is None or self.graph.value(answer, HT.body) is None:
            return False
        turtle = self._filled(_body(self.graph, answer).decode(), str)
        expected = Graph().parse(data=turtle, format="turtle")
        return not isomorphic(Graph().parse(data=response.data, format="turtle"), expected)


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
    """Send the requests of a test to a writable store; return the first fault, or nothing."""
    with TemporaryDirectory() as folder:
        return fault_of(exchange, Place.of(Path(folder), quads_of(exchange)).client)


def fault_of(exchange: Exchange, client: Client) -> str:
    """Send the requests of a test to a server that has its data."""
    speaker = Speaker(exchange.graph, client)
    faults = (speaker.fault(request) for request in exchange.requests)
    return next((told for told in faults if told), "") if exchange.requests else "no request"


def quads_of(exchange: Exchange) -> list[ox.Quad]:
    """Read the data of a test, each file into the graph that it is for."""
    return [
        ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode(name))
        for name, file in exchange.data
        for quad in ox.parse(path=file, format=ox.RdfFormat.N_TRIPLES)
    ]


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
