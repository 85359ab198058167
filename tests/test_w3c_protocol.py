"""The W3C's tests of protocol, graph store and service description, each by its name.

The requests are our own, over the made-up trial. Where a test writes first, what it would
have written is loaded, and the write itself is refused: a server that was not opened for
writing only reads.
"""

import json
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from rdflib import Dataset, Graph, URIRef
from werkzeug.test import TestResponse

from sayso.paths import DataFolder
from sayso.store import load
from sayso.terms import BASE
from sayso.web import create_app
from w3c.exchanges import KINDS

TRIAL = Path(__file__).parent / "trial"
PEOPLE = BASE + "graph/entities/people"
PLACES = BASE + "graph/entities/places"
LINKS = BASE + "graph/links"
HATTER, COURT = f"<{BASE}id/person/hatter>", f"<{BASE}id/place/court>"
QUERY, UPDATE = "application/sparql-query", "application/sparql-update"
FORM = "application/x-www-form-urlencoded"
STORE = "/rdf-graph-store"
SD = "http://www.w3.org/ns/sparql-service-description#"
BOTH = f"ASK {{ {HATTER} a ?a . {COURT} a ?b }}"
APART = f"ASK {{ GRAPH ?g {{ {HATTER} a ?a }} GRAPH ?h {{ {COURT} a ?b }} }}"
FULL = f"ASK {{ ?s ?p ?o GRAPH ?g {{ {HATTER} a ?a }} GRAPH ?h {{ {COURT} a ?b }} }}"
WRITE = "INSERT DATA { <a:s> <a:p> <a:o> }"


@pytest.fixture(scope="module")
def server() -> FlaskClient:
    return create_app(load(DataFolder(TRIAL))).test_client()


def address(**parameters: str | list[str]) -> str:
    """Write /sparql with parameters; an underscore stands for a hyphen."""
    pairs = [
        f"{name.replace('_', '-')}={quote(value, safe='')}"
        for name, values in parameters.items()
        for value in ([values] if isinstance(values, str) else values)
    ]
    return "/sparql" + ("?" + "&".join(pairs) if pairs else "")


# ---------------------------------------------------------------- SPARQL 1.1 Protocol


@dataclass
class Case:
    """A request, and what the W3C expects: a status, and `true` or a kind of results."""

    name: str
    path: str
    method: str = "POST"
    body: str = ""
    kind: str | None = None
    status: int = 200
    media_types: set[str] = field(default_factory=set)
    encoding: str = "utf-8"


YES, ROWS, GRAPHS = KINDS["boolean"], KINDS["tabular"], KINDS["RDF"]
TWO_DEFAULT = {"default_graph_uri": [PEOPLE, PLACES]}
TWO_NAMED = {"named_graph_uri": [PEOPLE, PLACES]}
NOWHERE = {"default_graph_uri": BASE + "no-such-graph"}
QUERIES = [
    Case("query_post_form", address(**NOWHERE), body="query=ASK%20%7B%7D", kind=FORM),
    Case("query_dataset_default_graphs_get", address(query=BOTH, **TWO_DEFAULT), "GET"),
    Case("query_dataset_default_graphs_post", address(**TWO_DEFAULT), body=BOTH, kind=QUERY),
    Case("query_dataset_named_graphs_post", address(**TWO_NAMED), body=APART, kind=QUERY),
    Case("query_dataset_named_graphs_get", address(query=APART, **TWO_NAMED), "GET"),
    Case(
        "query_dataset_full",
        address(default_graph_uri=LINKS, **TWO_NAMED),
        body=FULL,
        kind=QUERY,
    ),
    Case(
        "query_multiple_dataset",
        address(**TWO_NAMED),
        body=APART.replace("ASK", f"ASK FROM <{LINKS}>"),
        kind=QUERY,
    ),
    Case("query_get", address(query="ASK {}", **NOWHERE), "GET"),
    Case("query_post_direct", address(), body="ASK {}", kind=QUERY),
    Case(
        "query_content_type_select",
        address(**NOWHERE),
        body="SELECT (1 AS ?value) {}",
        kind=QUERY,
        media_types=ROWS,
    ),
    Case("query_content_type_ask", address(**NOWHERE), body="ASK {}", kind=QUERY),
    Case(
        "query_content_type_describe",
        address(**NOWHERE),
        body="DESCRIBE <http://example.org/>",
        kind=QUERY,
        media_types=GRAPHS,
    ),
    Case(
        "query_content_type_construct",
        address(**NOWHERE),
        body="CONSTRUCT { <s> <p> 1 } WHERE {}",
        kind=QUERY,
        media_types=GRAPHS,
    ),
]
BAD = [
    Case("bad_query_method", address(query="ASK {}"), "PUT", kind=FORM, status=405),
    Case("bad_multiple_queries", address(query=["ASK {}", "SELECT * {}"]), "GET", status=400),
    Case("bad_query_wrong_media_type", address(), body="ASK {}", kind="text/plain", status=415),
    Case("bad_query_missing_form_type", address(), body="query=ASK%20%7B%7D", status=415),
    Case("bad_query_missing_direct_type", address(), body="ASK {}", status=415),
    Case(
        "bad_query_non_utf8",
        address(),
        body="ASK {}",
        kind=QUERY + "; charset=UTF-16",
        status=415,
        encoding="utf-16",
    ),
    Case("bad_query_syntax", address(query="ASK {"), "GET", status=400),
    Case("bad_update_get", address(update="CLEAR ALL"), "GET", status=403),
    Case(
        "bad_multiple_updates",
        address(),
        body="update=CLEAR%20NAMED&update=CLEAR%20DEFAULT",
        kind=FORM,
        status=403,
    ),
    Case("bad_update_wrong_media_type", address(), body=WRITE, kind="text/plain", status=415),
    Case("bad_update_missing_form_type", address(), body="update=CLEAR%20NAMED", status=415),
    Case(
        "bad_update_non_utf8",
        address(),
        body=WRITE,
        kind=UPDATE + "; charset=UTF-16",
        status=415,
        encoding="utf-16",
    ),
    Case("bad_update_syntax", address(), body="update=CLEAR%20XYZ", kind=FORM, status=403),
    Case(
        "bad_update_dataset_conflict",
        address(using_named_graph_uri=LINKS),
        body=f"WITH <{LINKS}> DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}",
        kind=UPDATE,
        status=403,
    ),
]
UPDATES = [
    Case("update_dataset_default_graph", address(using_graph_uri=LINKS), kind=UPDATE),
    Case("update_dataset_default_graphs", address(using_graph_uri=[LINKS, PEOPLE]), kind=UPDATE),
    Case(
        "update_dataset_named_graphs",
        address(using_named_graph_uri=[LINKS, PEOPLE]),
        kind=UPDATE,
    ),
    Case(
        "update_dataset_full",
        address(using_graph_uri=LINKS, using_named_graph_uri=PEOPLE),
        kind=UPDATE,
    ),
    Case("update_post_form", address(), body="update=" + quote(WRITE), kind=FORM),
    Case("update_post_direct", address(), kind=UPDATE),
    Case("update_base_uri", address(), body="INSERT DATA { <s> <p> <o> }", kind=UPDATE),
]


def sent(server: FlaskClient, case: Case) -> TestResponse:
    body = case.body.encode(case.encoding)
    return server.open(case.path, method=case.method, data=body, content_type=case.kind)


@pytest.mark.parametrize("case", QUERIES, ids=lambda case: str(case.name))
def test_a_query_of_the_protocol_is_answered(server: FlaskClient, case: Case) -> None:
    response = sent(server, case)
    assert response.status_code == 200, response.text
    assert response.mimetype in (case.media_types or YES)
    if not case.media_types:
        assert json.loads(response.data)["boolean"] is True


@pytest.mark.parametrize("case", BAD, ids=lambda case: str(case.name))
def test_what_the_protocol_calls_bad_is_refused(server: FlaskClient, case: Case) -> None:
    response = sent(server, case)
    assert response.status_code == case.status, response.text
    assert response.mimetype == "application/problem+json"


@pytest.mark.parametrize("case", UPDATES, ids=lambda case: str(case.name))
def test_an_update_is_refused_by_design(server: FlaskClient, case: Case) -> None:
    before = server.get(f"{STORE}?default").data
    case.body = case.body or WRITE
    assert sent(server, case).status_code == 403
    assert server.get(f"{STORE}?default").data == before


def test_these_are_the_tests_of_the_protocol() -> None:
    names = {case.name for case in (*QUERIES, *BAD, *UPDATES)}
    assert (len(QUERIES), len(BAD), len(UPDATES), len(names)) == (13, 14, 7, 34)


# ---------------------------------------------------------------- Graph Store Protocol

INDIRECT = f"{STORE}?graph={quote(PEOPLE, safe='')}"
DIRECT = f"{STORE}/graph/entities/people"
MISSING = (f"{STORE}?graph={quote(BASE + 'no-such', safe='')}", f"{STORE}/no-such")
TURTLE = "<a:s> <a:p> <a:o> ."
# The W3C's name, the request, and the statuses that it expects of a server that only reads.
READS = [
    ("put_get_repeat_direct", "GET", DIRECT, 200),
    ("put_get_repeat_indirect", "GET", INDIRECT, 200),
    ("put_get_default", "GET", f"{STORE}?default", 200),
    ("put_delete_get_delete_direct", "GET", MISSING[1], 404),
    ("put_delete_get_delete_indirect", "GET", MISSING[0], 404),
    ("post_get_post_get_direct", "GET", DIRECT, 200),
    ("post_get_post_get_indirect", "GET", INDIRECT, 200),
    ("head_existing_direct", "HEAD", DIRECT, 200),
    ("head_existing_indirect", "HEAD", INDIRECT, 200),
    ("head_non_existing_direct", "HEAD", MISSING[1], 404),
    ("head_non_existing_indirect", "HEAD", MISSING[0], 404),
    ("put_get_uri_pct_encoded_indirect", "GET", INDIRECT, 200),
]


@pytest.mark.parametrize(("name", "method", "path", "status"), READS)
def test_a_graph_is_read(
    server: FlaskClient, name: str, method: str, path: str, status: int
) -> None:
    response = server.open(path, method=method, headers={"Accept": "text/turtle"})
    assert response.status_code == status, name
    if status == 200:
        assert response.headers["Content-Type"] == "text/turtle; charset=utf-8"
    if method == "HEAD":
        assert response.data == b""
        whole = server.get(path, headers={"Accept": "text/turtle"})
        assert response.headers["Content-Length"] == str(len(whole.data))
    elif status == 200:
        assert (URIRef(HATTER[1:-1]), None, None) in Graph().parse(response.data, format="turtle")


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
@pytest.mark.parametrize("path", [DIRECT, INDIRECT, f"{STORE}?default", STORE])
def test_a_graph_is_not_written(server: FlaskClient, method: str, path: str) -> None:
    before = server.get(DIRECT).data
    response = server.open(path, method=method, data=TURTLE, content_type="text/turtle")
    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert server.get(DIRECT).data == before


def test_a_name_is_decoded_once(server: FlaskClient) -> None:
    """``put_get_uri_pct_encoded_twice``: a graph whose IRI has a percent sign is another one."""
    twice = quote(quote(PEOPLE, safe=":/"), safe="").replace("people", "peo%2570le")
    response = server.get(f"{STORE}?graph={twice}")
    assert response.status_code == 404
    assert json.loads(response.data)["iri"] == PEOPLE.replace("people", "peo%70le")


def test_the_tests_that_only_write_are_two(server: FlaskClient) -> None:
    """``post_get_new_graph`` needs a graph to be made; what has no name is 400 to a reader."""
    assert server.get(STORE).status_code == 400
    assert len({name for name, *_ in READS}) == 14 - 2


# ---------------------------------------------------------------- Service Description


@pytest.mark.parametrize(
    ("media_type", "parser"),
    [
        ("text/turtle", "turtle"),
        ("application/n-triples", "nt"),
        ("application/rdf+xml", "xml"),
        ("application/ld+json", "json-ld"),
        ("application/trig", "trig"),
        ("application/n-quads", "nquads"),
    ],
)
@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
def test_returns_rdf_and_has_endpoint_triple(
    server: FlaskClient, media_type: str, parser: str
) -> None:
    response = server.get("/sparql", headers={"Accept": media_type})
    assert (response.status_code, response.mimetype) == (200, media_type)
    found = Dataset(default_union=True).parse(data=response.data, format=parser)
    service = URIRef("http://localhost/sparql")
    assert (service, URIRef(SD + "endpoint"), service) in found


def test_conforms_to_schema(server: FlaskClient) -> None:
    """Each property stands between things of the classes that its schema names."""
    found = Graph().parse(server.get("/sparql").data, format="turtle")
    classes = {
        "endpoint": ("Service", None),
        "supportedLanguage": ("Service", None),
        "feature": ("Service", None),
        "resultFormat": ("Service", None),
        "defaultDataset": ("Service", "Dataset"),
        "availableGraphs": ("Service", "GraphCollection"),
        "defaultGraph": ("Dataset", "Graph"),
        "namedGraph": ("GraphCollection", "NamedGraph"),
        "name": ("NamedGraph", None),
        "graph": ("NamedGraph", "Graph"),
    }
    used = {str(p).removeprefix(SD) for p in found.predicates() if str(p).startswith(SD)}
    assert used == set(classes)
    kind = URIRef("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    for name, (subject, value) in classes.items():
        for s, o in found.subject_objects(URIRef(SD + name)):
            assert (s, kind, URIRef(SD + subject)) in found, name
            assert value is None or (o, kind, URIRef(SD + value)) in found, name
