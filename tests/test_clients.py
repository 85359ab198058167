"""What people's clients send is answered as they expect: rdflib's SPARQLStore, and Yasgui."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen
from wsgiref.simple_server import WSGIRequestHandler, make_server
from wsgiref.types import WSGIApplication

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore

from sayso.store import ClaimStore
from sayso.terms import SAYSO
from sayso.web import create_app
from writable import Place
from writes import HOLDER

HATTER = URIRef("https://w3id.org/sayso/id/person/hatter")


class _Silent(WSGIRequestHandler):
    def log_message(self, format: str, *_: object) -> None:  # noqa: A002 - the name is its base's
        """Write no log."""


@contextmanager
def served(app: WSGIApplication) -> Iterator[str]:
    """Serve by the server of Python's own library, and give the endpoint's address."""
    with make_server("127.0.0.1", 0, app, handler_class=_Silent) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/sparql"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def address(trial: ClaimStore) -> Iterator[str]:
    with served(create_app(trial)) as found:
        yield found


@pytest.mark.parametrize("form", ["xml", "json", "csv", "tsv"])
@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_asks_as_of_a_graph_of_its_own(
    address: str, trial: ClaimStore, method: str, form: str
) -> None:
    graph = Graph(store=SPARQLStore(address, method=method, returnFormat=form))
    assert len(graph) == trial.size
    said = list(graph.subjects(SAYSO.claimant, HATTER))
    rows = list(graph.query("SELECT ?c { ?c sayso:claimant person:hatter }"))
    assert {row[0] for row in rows} == set(said)  # type: ignore[index]
    assert len(said) > 1


def test_rdflib_builds_graphs_and_asks(address: str) -> None:
    graph = Graph(store=SPARQLStore(address))
    assert graph.query("ASK { ?c sayso:claimant person:hatter }").askAnswer is True
    built = graph.query("CONSTRUCT WHERE { ?c sayso:claimant person:hatter }").graph
    assert built is not None
    assert len(built) > 1


def test_yasgui_asks_from_another_site(address: str) -> None:
    origin = {"Origin": "https://yasgui.example"}
    wanted = {
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "accept,content-type",
    }
    with urlopen(Request(address, method="OPTIONS", headers={**origin, **wanted})) as preflight:
        assert "POST" in preflight.headers["Access-Control-Allow-Methods"]
        allowed = preflight.headers["Access-Control-Allow-Headers"].lower()
        assert {"accept", "content-type"} <= set(allowed.split(", "))
    headers = {
        **origin,
        "Accept": "application/sparql-results+json,*/*;q=0.9",
        "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
    }
    body = b"query=SELECT+%2A+WHERE+%7B%0A++%3Fsub+%3Fpred+%3Fobj+.%0A%7D+LIMIT+10"
    with urlopen(Request(address, body, headers)) as response:
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert response.headers["Content-Type"] == "application/sparql-results+json"
        assert len(json.load(response)["results"]["bindings"]) == 10


def test_rdflib_writes_as_into_a_graph_of_its_own(tmp_path: Path) -> None:
    place = Place.of(tmp_path)
    with served(place.client.application) as address:
        store = SPARQLUpdateStore(address, address, headers=HOLDER, autocommit=False)
        graph = Graph(store, URIRef("urn:tea"))
        for number in range(20):
            graph.add((HATTER, SAYSO.states, Literal(number)))
        store.commit()
        graph.remove((HATTER, SAYSO.states, Literal(7)))
        graph.update("INSERT DATA { <urn:a> <urn:b> 'ž', 'tea'@en }")
        assert len(graph) == 21
        assert {str(said) for said in graph.objects(URIRef("urn:a"))} == {"ž", "tea"}
        store.remove_graph(graph)
        store.commit()
        assert not place.quads()
        stranger = SPARQLUpdateStore(address, address, autocommit=True)
        with pytest.raises(HTTPError, match="401"):
            Graph(stranger, URIRef("urn:tea")).add((HATTER, SAYSO.states, Literal(1)))


@pytest.mark.parametrize("path", ["sparql", "rdf-graph-store", "ns", ".well-known/void", ""])
def test_a_script_of_another_site_may_ask_whether_something_is_new(address: str, path: str) -> None:
    wanted = {"Origin": "https://x.example", "Access-Control-Request-Headers": "if-none-match"}
    place = address.removesuffix("sparql") + path
    with urlopen(Request(place, method="OPTIONS", headers=wanted)) as preflight:
        assert preflight.headers["Access-Control-Allow-Origin"] == "*"
        assert "GET" in preflight.headers["Access-Control-Allow-Methods"]
        assert "If-None-Match" in preflight.headers["Access-Control-Allow-Headers"]
        assert preflight.headers["Content-Type"] is None or preflight.status == 200
