"""No query makes the server call another one, whichever way its text is written."""

from collections.abc import Iterator

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import Client, TestResponse

from sayso.cli import group
from sayso.endpoint.app import SparqlApp
from sayso.endpoint.federation import calls_service
from sayso.errors import NoRdf
from sayso.store import ClaimStore
from silence import Silent
from speaking import Speaking

# Each reaches the address in ex:a when it is given to the engine as it is.
CALLS = [
    "SELECT * { SERVICE <ADDRESS> { ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o SERVICE<ADDRESS>{ ?s ?p ?o } }",
    "SELECT * { service silent ex:a { ?s ?p ?o } }",
    "SELECT * { SeRvIcE ex:a { ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o .SERVICEex:a { ?s ?p ?o } }",
    "SELECT * { SERVICE:a { ?s ?p ?o } }",
    "SELECT * { SERVICESILENTex:a{ ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o FILTER(1<2)SERVICE ex:a#>\n{ ?s ?p ?o } }",
    'SELECT * { ?s ?p ?o FILTER(1<2)#>"""\nSERVICE ex:a { ?s ?p ?o } #"""\n}',
    "SELECT * { ?s ?p ?o FILTER(?s!=ex:a\\') SERVICE ex:a { ?s ?p ?o } FILTER(?s!=ex:a\\') }",
    "SELECT * { ?s ?p ?o FILTER(?s!=ex:a\\') SERVICE ex:a { ?s ?p ?o } FILTER(?s!=\"'\") }",
    "SELECT * { ?s ?p ?o # a comment ends here\r SERVICE ex:a { ?s ?p ?o }\n }",
    "SELECT * { ?s ?p ?o FILTER EXISTS { SERVICE ex:a { ?s ?p ?o } } }",
    "SELECT * { ?s ?p ?o LATERAL { SERVICE ex:a { ?s ?p ?o } } }",
    "SELECT * { SERVICE # here\n SILENT # there\r ex:a # {\n { ?s ?p ?o } }",
    "SELECT * { { SELECT * { SERVICE ex:a { ?s ?p ?o } } } }",
    "SELECT * { VALUES ?x { ex:a } SERVICE ?x { ?s ?p ?o } }",
    "DESCRIBE ?s { SERVICE ex:a { ?s ?p ?o } }",
    "ASK { SERVICE ex:a { ?s ?p ?o } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE ex:a { ?s ?p ?o } }",
    "BASE <ADDRESS> SELECT * { SERVICE <b> { ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o.?s ?p ?SERVICE SERVICE ex:a { ?s ?p ?o } }",
    "SELECT * { SERVICE <\\u0068ttpADDRESS-LESS-SCHEME> { ?s ?p ?o } }",
]
HARMLESS = [
    "SELECT * { ?s ?p ?o } # SERVICE <http://127.0.0.1/> { ?s ?p ?o }",
    "SELECT * { ?s ?p 'SERVICE <http://127.0.0.1/> { ?s ?p ?o }' }",
    'SELECT * { ?s ?p "SERVICE ex:a { ?s ?p ?o }"@en }',
    "SELECT * { ?s <http://example.org/SERVICE> ?o }",
    "SELECT ?service { GRAPH ?service { ?s ?p ?o } }",
    "SELECT * { ?service ?p ?o . OPTIONAL { ?s ?p ?o } }",
    'SELECT (" " AS ?service) { ?s ?p ?o }',
    "SELECT (1 AS $SERVICE) { ?s ?p ?o }",
    "SELECT ?service ?x { ?x ?service ?o . FILTER EXISTS { ?service ?p ?o } }",
    "SELECT * { ?s <urn:p>?service . OPTIONAL { ?s ?p ?o } }",
]


@pytest.fixture(scope="module")
def client(trial: ClaimStore) -> Client:
    return Client(SparqlApp(trial))


@pytest.fixture
def listener() -> Iterator[Silent]:
    with Silent() as found:
        yield found


def at(listener: Silent, query: str) -> str:
    place = listener.place
    query = query.replace("ADDRESS-LESS-SCHEME", "://" + place)
    query = query.replace("ADDRESS", "http://" + place)
    names = ("ex", "", "SERVICE", "SERVICEex", "SERVICESILENTex")
    return "".join(f"PREFIX {name}: <http://{place}> " for name in names) + query


@pytest.mark.parametrize("query", CALLS)
def test_a_call_is_refused_and_the_socket_stays_silent(
    client: Client, listener: Silent, query: str
) -> None:
    response = client.get("/sparql", query_string={"query": at(listener, query)})
    assert response.status_code == 403
    assert "SERVICE" in response.text
    assert listener.heard() == 0


def test_the_engine_itself_would_call(listener: Silent) -> None:
    """Without this the silence above would prove nothing."""
    query = at(listener, "SELECT * { SERVICE SILENT ex:a { ?s ?p ?o } }")
    list(ox.Store().query(query))  # type: ignore[arg-type]
    assert listener.heard() == 1


@pytest.mark.parametrize("query", HARMLESS)
def test_the_word_alone_is_no_call(client: Client, query: str) -> None:
    assert not calls_service(query)
    assert client.get("/sparql", query_string={"query": query}).status_code == 200


@pytest.mark.parametrize("clause", ["FROM", "FROM NAMED"])
def test_from_fetches_nothing(client: Client, listener: Silent, clause: str) -> None:
    query = at(listener, f"SELECT * {clause} <ADDRESS> {{ ?s ?p ?o }}")
    response = client.get("/sparql", query_string={"query": query})
    assert response.status_code == 200
    assert listener.heard() == 0


PIECES = st.sampled_from(
    ["SERVICE", "service", " ", "\n", "#", "<", ">", "<2)#>", '"', '"""', "'", "\\'", "\\", "ex:a",
     "?x", "{", "}", "(", ")", "1", "FILTER(1<2)", "?s ?p ?o", "?s ?p ?o .", ".", "SILENT", "#>",
     "BIND(1 AS ?y)", "FILTER(?s!=ex:a\\')", "OPTIONAL{", "<http://127.0.0.1:9/>", "{?a ?b ?c}",
     "?", "$", "ex:a?", "ex:a\\?",
     "SERVICE ex:a{?a ?b ?c}", "SERVICE<http://127.0.0.1:9/>{}", "FILTER(1<2)#>"]
)  # fmt: skip

STORE = ox.Store()
STORE.add(ox.Quad(ox.NamedNode("a:s"), ox.NamedNode("a:p"), ox.Literal("o")))


@given(st.lists(PIECES, max_size=14))
def test_what_the_engine_reads_as_a_call_is_seen_as_one(pieces: list[str]) -> None:
    """The engine opens no connection here: it refuses port 9, and says so, when it would."""
    query = "PREFIX ex: <http://127.0.0.1:9/> SELECT * {" + "".join(pieces) + "}"
    try:
        list(STORE.query(query))  # type: ignore[arg-type]
    except (SyntaxError, ValueError):
        return
    except (OSError, RuntimeError):  # no connection, or no value for ?x in SERVICE ?x
        assert calls_service(query)


def test_a_flood_of_the_word_is_refused_at_once() -> None:
    assert calls_service("SELECT * { ?s ?p ?o } #" + "SERVICE#" * 100_000)


# ---------------------------------------------------------------- services that are allowed


def asked(trial: ClaimStore, services: list[str], query: str) -> TestResponse:
    client = Client(SparqlApp(trial, services=services))
    return client.get("/sparql", query_string={"query": query, "format": "json"})


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <ADDRESS> { ?s ?p ?o } }",
        "SELECT * { SERVICE # here\n SILENT # there\r <ADDRESS> # {\n { ?s ?p ?o } }",
        "SELECT * { BIND(1 AS ?x) SERVICE<ADDRESS>{ ?s ?p ?o } FILTER(?x != 'SERVICE ?y {') }",
    ],
)
def test_a_service_that_is_allowed_is_called(trial: ClaimStore, query: str) -> None:
    with Speaking() as service:
        answer = asked(trial, [service.address], query.replace("ADDRESS", service.address))
        assert answer.status_code == 200, answer.text
        (row,) = answer.get_json()["results"]["bindings"]
        assert row["s"]["value"] == "said"
        assert "ETag" not in answer.headers
        assert answer.headers["Cache-Control"] == "no-store"
        assert service.calls == 1


@pytest.mark.parametrize("query", CALLS)
def test_no_other_is_called_beside_it(trial: ClaimStore, listener: Silent, query: str) -> None:
    with Speaking() as service:
        answer = asked(trial, [service.address], at(listener, query))
        assert answer.status_code == 403
        assert service.address in answer.get_json()["detail"]
        assert service.calls == 0
    assert listener.heard() == 0


ROUND = [
    "SELECT * { SERVICE <ALLOWED> { SERVICE <ADDRESS> { ?s ?p ?o } } }",
    "SELECT * { SERVICE <ALLOWED> { ?s ?p ?o } SERVICE <ADDRESS> { ?s ?p ?o } }",
    "SELECT * { VALUES ?x { <ALLOWED> <ADDRESS> } SERVICE ?x { ?s ?p ?o } }",
    "SELECT * { BIND(<ALLOWED> AS ?x) SERVICE ?x { ?s ?p ?o } }",
    "SELECT * { SERVICE #<ALLOWED>{\n <ADDRESS> { ?s ?p ?o } }",
    "SELECT * { SERVICE SILENT #\r <ADDRESS> #<ALLOWED>{\n { ?s ?p ?o } }",
    "BASE <ADDRESS> SELECT * { SERVICE <> { ?s ?p ?o } }",
    "PREFIX a: <ALLOWED> SELECT * { SERVICE a: { ?s ?p ?o } }",
    "SELECT * { SERVICE <ALLOWED#x> { ?s ?p ?o } }",
    "SELECT * { SERVICE <ALLOWED../> { ?s ?p ?o } }",
    "SELECT * { SERVICE <ALLOWED?query=x> { ?s ?p ?o } }",
    "SELECT * { SERVICE <\\u0068ttpALLOWED-LESS-SCHEME> { ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o FILTER(1<2)#>SERVICE <ALLOWED> {\nSERVICE <ADDRESS> { ?s ?p ?o } }",
]


@pytest.mark.parametrize("query", ROUND)
def test_there_is_no_way_round(trial: ClaimStore, listener: Silent, query: str) -> None:
    with Speaking() as service:
        bare = service.address.removeprefix("http")
        text = query.replace("ALLOWED-LESS-SCHEME", bare).replace("ALLOWED", service.address)
        answer = asked(trial, [service.address], text.replace("ADDRESS", listener.address))
        assert answer.status_code == 403
        assert service.calls == 0
    assert listener.heard() == 0


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_service_that_leads_elsewhere_is_not_followed(
    trial: ClaimStore, listener: Silent, status: int
) -> None:
    with Speaking(status, listener.address) as service:
        query = f"SELECT * {{ SERVICE <{service.address}> {{ ?s ?p ?o }} }}"
        answer = asked(trial, [service.address], query)
        assert answer.status_code == 500
        assert service.calls == 1
    assert listener.heard() == 0


def test_the_description_tells_of_services_where_there_are_any(trial: ClaimStore) -> None:
    for services in ([], ["http://127.0.0.1:9/"]):
        client = Client(SparqlApp(trial, services=services))
        assert ("BasicFederatedQuery" in client.get("/sparql").text) is bool(services)


@pytest.mark.parametrize(
    ("iri", "fits"),
    [
        ("https://query.example/sparql", True),
        ("https://query.example:8443/a/b?c=d", True),
        ("http://127.0.0.1:7878/query", True),
        ("http://[::1]:7878/query", True),
        ("http://query.example/sparql", False),  # whoever answers for the name leads it anywhere
        ("http://localhost/sparql", False),
        ("https://query.example/sparql#x", False),
        ("https://user@query.example/", False),
        ("http://127.0.0.1.example/", False),
        ("file:///etc/hostname", False),
        ("query.example", False),
    ],
)
def test_only_what_leads_to_one_place_can_be_allowed(iri: str, fits: bool) -> None:
    command = ["serve", "--rdf", "no-such-file.ttl", "--service", iri]
    result = CliRunner().invoke(group, command)
    assert isinstance(result.exception, NoRdf) is fits, result.output
    assert ("must begin with https://" in result.output) is not fits
