"""The W3C's tests of protocol and graph store on a server that is open to writers, by their names.

The requests are our own, over the made-up trial; ``python -m w3c`` sends the W3C's.
"""

from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from rdflib import Graph, URIRef
from rdflib.compare import isomorphic
from werkzeug.test import TestResponse

from sayso.paths import DataFolder
from sayso.store import load
from test_w3c_protocol import BAD, FORM, GRAPHS, QUERIES, QUERY, SD, UPDATE, YES, Case, address
from writable import Place

TRIAL = Path(__file__).parent / "trial"
EX = "https://wonderland.example/"
FIRST, SECOND, THIRD = (f"{EX}graph/{name}" for name in ("first", "second", "third"))
THREE = "".join(
    f"INSERT DATA {{ GRAPH <{graph}> {{ <{graph}> a ex:Graph }} }} ; "
    for graph in (FIRST, SECOND, THIRD)
)
PLAIN, NAMED = "{ ?s a ex:Graph }", "{ GRAPH ?g { ?s a ex:Graph } }"
COPIED = "INSERT { GRAPH ex:copy { ?s a ex:Copy } } WHERE "
STORE = "/rdf-graph-store"


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Place:
    return Place.of(tmp_path_factory.mktemp("trial"), load(DataFolder(TRIAL)).store)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Place:
    return Place.of(tmp_path_factory.mktemp("empty"))


def sent(place: Place, case: Case) -> TestResponse:
    kind = {"Content_Type": case.kind} if case.kind else {}
    return place.ask(case.method, case.path, case.body.encode(case.encoding), **kind)


# ---------------------------------------------------------------- SPARQL 1.1 Protocol


@pytest.mark.parametrize("case", QUERIES, ids=lambda case: str(case.name))
def test_a_query_is_answered(trial: Place, case: Case) -> None:
    response = sent(trial, case)
    assert response.status_code == 200, response.text
    assert response.mimetype in (case.media_types or YES)
    if not case.media_types:
        assert response.get_json()["boolean"] is True


REFUSED = {  # by the reading server; here they are bad
    "bad_update_get": "An update is sent by POST",
    "bad_multiple_updates": "`update` was given 2 times",
    "bad_update_syntax": "this is not a SPARQL update",
    "bad_update_dataset_conflict": "names its graphs itself",
}


@pytest.mark.parametrize("case", BAD, ids=lambda case: str(case.name))
def test_what_is_bad_is_refused_and_changes_nothing(trial: Place, case: Case) -> None:
    before = trial.data().version
    response = sent(trial, case)
    assert response.status_code == (400 if case.name in REFUSED else case.status), response.text
    assert REFUSED.get(case.name, "") in response.get_json()["detail"]
    assert trial.data().version == before


def test_update_post_form(empty: Place) -> None:
    body = "update=" + quote("INSERT DATA { ex:s ex:p ex:o }")
    assert empty.ask("POST", "/sparql", body, Content_Type=FORM).status_code == 204
    assert empty.says("ex:s ex:p ex:o")


def test_update_post_direct(empty: Place) -> None:
    assert empty.update("INSERT DATA { ex:s ex:p ex:o2 }").status_code == 204
    assert empty.says("ex:s ex:p ex:o2")
    assert empty.update("CLEAR ALL").status_code == 204
    assert not empty.says("?s ?p ?o")


@pytest.mark.parametrize(
    ("default", "named", "where"),
    [
        pytest.param([FIRST], [], PLAIN, id="default_graph"),
        pytest.param([FIRST, SECOND], [], PLAIN, id="default_graphs"),
        pytest.param([], [FIRST, SECOND], NAMED, id="named_graphs"),
        pytest.param([FIRST], [SECOND], f"{PLAIN} UNION {NAMED}", id="full"),
    ],
)
def test_update_dataset(empty: Place, default: list[str], named: list[str], where: str) -> None:
    path = address(using_graph_uri=default, using_named_graph_uri=named)
    done = empty.update(f"DROP ALL ; {THREE} {COPIED} {{ {where} }}", path)
    assert done.status_code == 204, done.text
    for graph in (FIRST, SECOND, THIRD):
        copied = empty.says(f"GRAPH ex:copy {{ <{graph}> a ex:Copy }}")
        assert copied is (graph in {*default, *named})


def test_update_base_uri(empty: Place) -> None:
    assert empty.update("INSERT DATA { <s> <p> <o> }").status_code == 204
    assert empty.says("<http://localhost/s> <http://localhost/p> <http://localhost/o>")


# ---------------------------------------------------------------- Graph Store Protocol

JOHN = f"<{EX}john> <{EX}card> [ <{EX}name> 'John' ] ."
JANE = JOHN.replace("John", "Jane")
PATHS = {"direct": f"{STORE}/person/1.ttl", "indirect": f"{STORE}?graph=" + quote(FIRST, safe="")}
MISSING = {kind: path.replace("1", "4").replace("first", "x") for kind, path in PATHS.items()}
BOUNDARY = "the-queen-s-croquet-ground"
PARTS = "".join(
    f"--{BOUNDARY}\r\nContent-Disposition: form-data; name={name}; filename={name}.ttl\r\n"
    f"Content-Type: text/turtle; charset=utf-8\r\n\r\n<{EX}john> <{EX}{name}> '{name}' .\r\n"
    for name in ("given", "family")
)


def write(place: Place, method: str, path: str, turtle: str = "") -> TestResponse:
    return place.ask(method, path, turtle, Content_Type="text/turtle; charset=utf-8")


def has(place: Place, path: str, turtle: str) -> None:
    """See that a graph is what Turtle says, blank nodes apart, and that HEAD tells the same."""
    found = place.ask("GET", path, Accept="text/turtle")
    assert (found.status_code, found.content_type) == (200, "text/turtle; charset=utf-8")
    expected = Graph().parse(data=turtle, format="turtle")
    assert isomorphic(Graph().parse(data=found.text, format="turtle"), expected)


@pytest.fixture
def clean(empty: Place) -> Place:
    assert empty.update("DROP ALL").status_code == 204
    return empty


@pytest.mark.parametrize("kind", PATHS)
def test_put_get_repeat(clean: Place, kind: str) -> None:
    path = PATHS[kind]
    assert write(clean, "PUT", path, JOHN).status_code == 201
    has(clean, path, JOHN)
    assert write(clean, "PUT", path, JANE).status_code == 204
    has(clean, path, JANE)


def test_put_get_default(clean: Place) -> None:
    assert write(clean, "PUT", f"{STORE}?default", JOHN).status_code == 204
    write(clean, "PUT", PATHS["direct"], JANE)
    has(clean, f"{STORE}?default", JOHN)


@pytest.mark.parametrize("kind", PATHS)
def test_put_delete_get_delete(clean: Place, kind: str) -> None:
    path = PATHS[kind]
    assert write(clean, "PUT", path, JOHN).status_code == 201
    assert write(clean, "DELETE", path).status_code == 204
    assert clean.ask("GET", path).status_code == 404
    assert write(clean, "DELETE", path).status_code == 404


@pytest.mark.parametrize("kind", PATHS)
def test_post_get_post_get(clean: Place, kind: str) -> None:
    path = PATHS[kind]
    assert write(clean, "POST", path, JANE).status_code == 201
    has(clean, path, JANE)
    form = f"multipart/form-data; boundary={BOUNDARY}"
    body = f"{PARTS}--{BOUNDARY}--\r\n"
    assert clean.ask("POST", path, body, Content_Type=form).status_code == 204
    has(clean, path, f"{JANE} <{EX}john> <{EX}given> 'given' ; <{EX}family> 'family' .")


def test_post_get_new_graph(clean: Place) -> None:
    made = write(clean, "POST", STORE, JOHN)
    assert made.status_code == 201
    place = made.headers["Location"]
    has(clean, urlsplit(place).path, JOHN)
    has(clean, f"{STORE}?graph=" + quote(place, safe=""), JOHN)
    assert write(clean, "POST", STORE, JOHN).headers["Location"] != place


@pytest.mark.parametrize("kind", PATHS)
def test_head_existing(clean: Place, kind: str) -> None:
    write(clean, "PUT", PATHS[kind], JOHN)
    head = clean.ask("HEAD", PATHS[kind], Accept="text/turtle; charset=utf-8")
    whole = clean.ask("GET", PATHS[kind], Accept="text/turtle; charset=utf-8")
    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["Content-Length"] == str(len(whole.data))
    assert head.headers["ETag"] == whole.headers["ETag"]


@pytest.mark.parametrize("kind", PATHS)
def test_head_non_existing(clean: Place, kind: str) -> None:
    assert clean.ask("HEAD", MISSING[kind]).status_code == 404


def test_put_get_uri_pct_encoded(clean: Place) -> None:
    write(clean, "PUT", PATHS["indirect"], JOHN)
    has(clean, f"{STORE}?graph={FIRST}", JOHN)
    has(clean, PATHS["indirect"].replace("first", "%66irst"), JOHN)


def test_put_get_uri_pct_encoded_twice(clean: Place) -> None:
    twice = f"{STORE}?graph=" + quote(f"{EX}%66irst", safe="")
    assert write(clean, "PUT", twice, JOHN).status_code == 201
    has(clean, twice, JOHN)
    assert clean.ask("GET", PATHS["indirect"]).status_code == 404


# ---------------------------------------------------------------- Service Description


def test_the_description_names_the_language_of_updates(empty: Place) -> None:
    for accept in sorted(GRAPHS):
        assert empty.ask("GET", "/sparql", Accept=accept).mimetype == accept
    found = Graph().parse(empty.ask("GET", "/sparql").data, format="turtle")
    service = URIRef("http://localhost/sparql")
    languages = set(found.objects(service, URIRef(SD + "supportedLanguage")))
    assert languages == {URIRef(SD + "SPARQL11Query"), URIRef(SD + "SPARQL11Update")}
    features = set(found.objects(service, URIRef(SD + "feature")))
    assert features == {URIRef(SD + "EmptyGraphs")}
    assert (service, URIRef(SD + "endpoint"), service) in found


def test_without_the_token_nothing_is_written(clean: Place) -> None:
    for fields, status in (({}, 401), ({"Authorization": "Bearer guess"}, 403)):
        asked = clean.client.post(
            "/sparql", data="CLEAR ALL", headers={"Content-Type": UPDATE, **fields}
        )
        put = clean.client.put(PATHS["direct"], data=JOHN, headers=fields)
        assert (asked.status_code, put.status_code) == (status, status)
    assert ("Bearer" in asked.headers.get("WWW-Authenticate", "")) is False
    query = clean.client.post("/sparql", data="ASK {}", headers={"Content-Type": QUERY})
    assert query.status_code == 200
