"""Put each test's data into an endpoint and ask it over HTTP."""

import http.client
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import urlencode

import pyoxigraph as ox
from werkzeug.test import Client

from bench.harness import program
from bench.serve import free_port
from sayso.endpoint.app import SparqlApp
from sayso.store import RdfStore
from sayso.store.union import unite
from w3c.exchanges import Exchange, fault_of, quads_of
from w3c.forwarding import Forwarding
from w3c.manifests import Case, path_of

_FORM = "application/x-www-form-urlencoded"
_PATIENCE = 30.0
_FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".n3": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".rdf": ox.RdfFormat.RDF_XML,
}
Answer = tuple[int, str, bytes]


class Contestant(Protocol):
    """An endpoint to be tested."""

    def ask(self, case: Case, accept: str) -> Answer:
        """Load the data of a test, ask its query; return status, media type and body."""


def quads(case: Case, *, in_default_graph: bool = False) -> list[ox.Quad]:
    """Read the files of a test, each into the graph of its own name, or where the test wants it."""
    found = []
    for name in case.graphs:
        file = path_of(name)
        parsed = ox.parse(
            path=file, format=_FORMATS[file.suffix], base_iri=name, rename_blank_nodes=True
        )
        triples = [(quad.subject, quad.predicate, quad.object) for quad in parsed]
        if in_default_graph and name in case.default:
            found += [ox.Quad(s, p, o) for s, p, o in triples]
        if not in_default_graph or name not in case.default or name in case.named:
            graph = ox.NamedNode(name)
            found += [ox.Quad(s, p, o, graph) for s, p, o in triples]
    return found


class Sayso:
    """The endpoint of this project, called as a server calls it."""

    def ask(self, case: Case, accept: str) -> Answer:
        """Make an endpoint over the data, and ask it."""
        store = ox.Store()
        store.extend(quads(case))
        for name in case.graphs:
            store.add_graph(ox.NamedNode(name))
        unite(store)
        client = Client(SparqlApp(RdfStore(store, case.name, {})))
        found = client.post(
            "/sparql", data=_body(case), content_type=_FORM, headers={"Accept": accept}
        )
        return found.status_code, found.mimetype or "", found.data


def _body(case: Case) -> bytes:
    """Write a request: its data set is named where the union of all would be another."""
    pairs = [("query", case.text)]
    if not case.has_own and (case.named or "GRAPH" in case.text.upper()):
        pairs += [("default-graph-uri", name) for name in case.default]
        pairs += [("named-graph-uri", name) for name in case.named]
    return urlencode(pairs).encode()


@dataclass(frozen=True)
class Oxigraph:
    """A running `oxigraph serve`."""

    port: int

    def ask(self, case: Case, accept: str) -> Answer:
        """Put the data in the place of the data before, and ask."""
        self.hold(quads(case, in_default_graph=True))
        query = urlencode({"query": case.text}).encode()
        return self._send("POST", "/query", query, _FORM, accept)

    def hold(self, data: Iterable[ox.Quad]) -> None:
        """Put data in the place of the data before."""
        lines = ox.serialize(data, format=ox.RdfFormat.N_QUADS) or b""
        status, _, told = self._send("PUT", "/store", lines, "application/n-quads", "*/*")
        if status >= 300:
            raise RuntimeError(told.decode())

    def fault(self, exchange: Exchange) -> str:
        """Send the requests of a protocol or graph store test; return the first fault."""
        self.hold(quads_of(exchange))
        return fault_of(exchange, Client(Forwarding(self.port)))

    def _send(self, method: str, path: str, data: bytes, kind: str, accept: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=_PATIENCE)
        try:
            connection.request(method, path, data, {"Content-Type": kind, "Accept": accept})
            response = connection.getresponse()
            media_type = (response.getheader("Content-Type") or "").partition(";")[0]
            return response.status, media_type, response.read()
        finally:
            connection.close()


@contextmanager
def oxigraph() -> Iterator[Oxigraph]:
    """Keep `oxigraph serve` running, without a folder."""
    port = free_port()
    command = [program("oxigraph"), "serve", "--bind", f"127.0.0.1:{port}"]
    process = subprocess.Popen(command, stdout=sys.stderr, stderr=subprocess.DEVNULL)
    server = Oxigraph(port)
    try:
        for _ in range(200):
            try:
                server.ask(Case("", "syntax", Path(__file__)), "*/*")
                break
            except OSError:
                time.sleep(0.05)
        yield server
    finally:
        process.terminate()
        process.wait()
