"""The SPARQL endpoint: what the protocol promises, asked over the made-up trial."""

import json
from io import BytesIO, StringIO
from typing import Any

import pytest
from rdflib import Graph
from rdflib.query import Result
from werkzeug.test import Client, TestResponse

from sayso.endpoint.app import SparqlApp
from sayso.endpoint.protocol import LONGEST
from sayso.store import ClaimStore

BASE = "https://w3id.org/sayso/"
LINKS = BASE + "graph/links"
CODES = BASE + "graph/ontology/codes"
SELECT = "SELECT ?claim ?who { ?claim a prov:Entity ; prov:wasAttributedTo ?who } ORDER BY ?claim"
CONSTRUCT = "CONSTRUCT { ?claim sayso:claimant ?who } WHERE { ?claim sayso:claimant ?who }"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
JSON = "application/sparql-results+json"
XML = "application/sparql-results+xml"
FORM = "application/x-www-form-urlencoded"
PROBLEM = "application/problem+json"
DIRECT = "application/sparql-query"


@pytest.fixture(scope="module")
def endpoint(trial: ClaimStore) -> Client:
    return Client(SparqlApp(trial))


def get(
    endpoint: Client, query: str, accept: str = JSON, more: dict[str, Any] | None = None
) -> TestResponse:
    asked = {"query": query, **(more or {})}
    return endpoint.get("/sparql", query_string=asked, headers={"Accept": accept})


def number(response: TestResponse) -> int:
    found = json.loads(response.data)
    return int(found["results"]["bindings"][0]["n"]["value"])


# ---------------------------------------------------------------- the ways to ask


def test_get_post_form_and_post_direct_give_one_answer(endpoint: Client) -> None:
    by_get = get(endpoint, SELECT)
    by_form = endpoint.post("/sparql", data={"query": SELECT}, headers={"Accept": JSON})
    direct = endpoint.post(
        "/sparql", data=SELECT.encode(), content_type=DIRECT, headers={"Accept": JSON}
    )
    assert by_get.status_code == by_form.status_code == direct.status_code == 200
    assert by_get.data == by_form.data == direct.data
    assert len(json.loads(by_get.data)["results"]["bindings"]) == 28


def test_head_is_get_without_a_body(endpoint: Client) -> None:
    whole = get(endpoint, SELECT)
    head = endpoint.head("/sparql", query_string={"query": SELECT}, headers={"Accept": JSON})
    assert head.status_code == 200
    assert head.data == b""
    assert head.headers["Content-Length"] == str(len(whole.data))
    assert head.content_type == whole.content_type


def test_options_tells_methods_and_lets_other_sites_ask(endpoint: Client) -> None:
    response = endpoint.options("/sparql", headers={"Origin": "https://example.org"})
    assert response.status_code == 204
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "POST" in response.headers["Access-Control-Allow-Methods"]
    assert "Content-Type" in response.headers["Access-Control-Allow-Headers"]


def test_answers_vary_by_accept_and_are_open_to_other_sites(endpoint: Client) -> None:
    response = get(endpoint, SELECT)
    assert "Accept" in response.headers["Vary"]
    assert response.headers["Access-Control-Allow-Origin"] == "*"


def test_non_ascii_is_decoded_once(endpoint: Client) -> None:
    query = "SELECT (STRLEN('é%41 😀') AS ?n) {}"
    assert number(get(endpoint, query)) == 6
    direct = endpoint.post("/sparql", data=query.encode(), content_type=DIRECT + "; charset=UTF-8")
    assert number(direct) == 6


# ---------------------------------------------------------------- requests in vain


def refused(response: TestResponse, status: int, words: str) -> dict[str, Any]:
    assert response.status_code == status
    assert response.content_type == "application/problem+json"
    found: dict[str, Any] = json.loads(response.data)
    assert found["status"] == status
    assert words in found["detail"]
    return found


def test_no_query_is_400(endpoint: Client) -> None:
    refused(endpoint.get("/sparql?format=json"), 400, "No query")
    refused(endpoint.post("/sparql", data={"other": "x"}), 400, "No query")


def test_two_queries_are_400(endpoint: Client) -> None:
    address = {"query": [SELECT, CONSTRUCT]}
    refused(endpoint.get("/sparql", query_string=address), 400, "2 times")
    refused(endpoint.post("/sparql", data=address), 400, "2 times")
    direct = endpoint.post(
        "/sparql", query_string={"query": SELECT}, data=SELECT.encode(), content_type=DIRECT
    )
    refused(direct, 400, "2 times")


def test_two_queries_in_one_text_are_400(endpoint: Client) -> None:
    assert get(endpoint, f"{SELECT} {SELECT}").status_code == 400


def test_malformed_query_is_400_with_its_place(endpoint: Client) -> None:
    query = "SELECT ?who {\n  ?claim sayso:claimant }"
    found = refused(endpoint.get("/sparql", query_string={"query": query}), 400, "SPARQL")
    assert (found["line"], found["column"]) == ("2", "3"), "where the broken triple begins"


def test_a_person_may_have_the_fault_as_text(endpoint: Client) -> None:
    response = get(endpoint, "SELECT", accept="text/plain")
    assert response.status_code == 400
    assert response.mimetype == "text/plain"
    assert b"SPARQL" in response.data


@pytest.mark.parametrize("media_type", ["text/plain", "application/json", ""])
def test_wrong_media_type_is_415(endpoint: Client, media_type: str) -> None:
    response = endpoint.post("/sparql", data=SELECT.encode(), content_type=media_type)
    refused(response, 415, DIRECT)


def test_another_charset_is_415(endpoint: Client) -> None:
    response = endpoint.post(
        "/sparql", data=SELECT.encode("utf-16"), content_type=DIRECT + "; charset=utf-16"
    )
    refused(response, 415, "UTF-8")


def test_what_is_not_utf_8_is_400(endpoint: Client) -> None:
    refused(endpoint.post("/sparql", data=b"\xff", content_type=DIRECT), 400, "body")
    refused(endpoint.get("/sparql?query=%FF"), 400, "address")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_are_405_and_are_told_which_do(endpoint: Client, method: str) -> None:
    response = endpoint.open("/sparql", method=method, query_string={"query": SELECT})
    refused(response, 405, method)
    assert response.headers["Allow"] == "GET, HEAD, POST, OPTIONS"


def test_a_body_too_long_is_413(endpoint: Client) -> None:
    response = endpoint.post("/sparql", data=b" " * (LONGEST + 1), content_type=DIRECT)
    refused(response, 413, str(LONGEST))


def test_brackets_too_deep_are_refused_before_the_engine_overflows(endpoint: Client) -> None:
    deep = "SELECT * { ?s ?p ?o FILTER(" + "(" * 9000 + "1" + ")" * 9000 + ") }"
    refused(endpoint.post("/sparql", data={"query": deep}), 400, "deep")
    negated = "ASK { FILTER(" + "!" * 60000 + "1) }"
    refused(endpoint.post("/sparql", data={"query": negated}), 400, "deep")
    hidden = deep.replace("((", '(")"+(')
    refused(endpoint.post("/sparql", data={"query": hidden}), 400, "deep")
    flat = "SELECT * { VALUES (?x) {" + "(1)" * 500 + "} }"
    assert endpoint.post("/sparql", data={"query": flat}).status_code == 200


# ---------------------------------------------------------------- nothing is written


@pytest.mark.parametrize(
    "update",
    ["INSERT DATA { <a:s> <a:p> 1 }", "CLEAR ALL", "LOAD <file:///etc/hostname>", "DROP ALL"],
)
def test_nothing_can_be_written(endpoint: Client, trial: ClaimStore, update: str) -> None:
    before = len(trial.queryable)
    refused(endpoint.post("/sparql", data={"update": update}), 403, "only reads")
    direct = endpoint.post(
        "/sparql", data=update.encode(), content_type="application/sparql-update"
    )
    refused(direct, 403, "only reads")
    assert get(endpoint, update).status_code == 400
    assert len(trial.queryable) == before > 1000


# ---------------------------------------------------------------- formats


@pytest.mark.parametrize(
    ("accept", "parser"),
    [(JSON, "json"), (XML, "xml"), ("text/csv", "csv"), ("text/tab-separated-values", "tsv")],
)
def test_rows_in_each_format_are_read_back_alike(
    endpoint: Client, accept: str, parser: str
) -> None:
    response = get(endpoint, SELECT, accept)
    assert response.mimetype == accept
    expected = json.loads(get(endpoint, SELECT).data)["results"]["bindings"]
    if parser == "tsv":
        read = [tuple(line.split("\t")) for line in response.text.splitlines()[1:]]
        found = [tuple(cell.strip("<>") for cell in row) for row in read]
    else:
        source = StringIO(response.text) if parser == "csv" else BytesIO(response.data)
        rows = Result.parse(source, format=parser)
        found = [(str(row[0]), str(row[1])) for row in rows]  # type: ignore[index]
    assert found == [(row["claim"]["value"], row["who"]["value"]) for row in expected]


@pytest.mark.parametrize(("accept", "parser"), [(JSON, "json"), (XML, "xml")])
def test_yes_and_no_in_json_and_xml(endpoint: Client, accept: str, parser: str) -> None:
    for query, expected in (("ASK { ?s ?p ?o }", True), ("ASK { <a:b> ?p ?o }", False)):
        response = get(endpoint, query, accept)
        assert response.mimetype == accept
        assert Result.parse(BytesIO(response.data), format=parser).askAnswer is expected


@pytest.mark.parametrize("accept", ["text/csv", "text/tab-separated-values"])
def test_yes_and_no_have_no_csv_and_that_is_said(endpoint: Client, accept: str) -> None:
    found = refused(get(endpoint, "ASK { ?s ?p ?o }", accept), 406, JSON)
    assert "csv" not in found["offered"]


@pytest.mark.parametrize(
    ("accept", "parser"),
    [
        ("text/turtle", "turtle"),
        ("application/n-triples", "nt"),
        ("application/trig", "trig"),
        ("application/n-quads", "nquads"),
        ("application/ld+json", "json-ld"),
        ("application/rdf+xml", "xml"),
    ],
)
@pytest.mark.parametrize("query", [CONSTRUCT, "DESCRIBE person:hatter"])
@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
def test_graphs_in_each_format_are_read_back_alike(
    endpoint: Client, accept: str, parser: str, query: str
) -> None:
    from rdflib import Dataset  # noqa: PLC0415

    response = get(endpoint, query, accept)
    assert response.mimetype == accept
    found = Dataset(default_union=True).parse(data=response.data, format=parser)
    expected = Graph().parse(data=get(endpoint, query, "text/turtle").data, format="turtle")
    assert set(found.triples((None, None, None))) == set(expected)
    assert len(expected) > 3


# ---------------------------------------------------------------- negotiation


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("*/*", JSON),
        ("", JSON),
        ("text/csv;q=0.5, application/sparql-results+xml;q=0.9", XML),
        ("application/*", JSON),
        ("text/*", "text/csv"),
        (f"*/*;q=0.1, {JSON};q=0", XML),
        ("text/html, text/csv;q=0.1", "text/csv"),
        ("application/json", JSON),
        ("TEXT/CSV", "text/csv"),
        ("text/csv; charset=utf-8", "text/csv"),
        ("image/png, */*;q=0.01", JSON),
        ("application/xml", XML),
    ],
)
def test_the_best_that_is_accepted_is_chosen(endpoint: Client, accept: str, chosen: str) -> None:
    response = get(endpoint, SELECT, accept)
    assert (response.status_code, response.mimetype) == (200, chosen)


@pytest.mark.parametrize("accept", ["image/png", "text/turtle", "text/html", f"{JSON};q=0"])
def test_what_cannot_be_served_is_406_with_what_can(endpoint: Client, accept: str) -> None:
    found = refused(get(endpoint, SELECT, accept), 406, JSON)
    assert found["offered"].split(", ") == [JSON, XML, "text/csv", "text/tab-separated-values"]


def test_format_overrules_accept(endpoint: Client) -> None:
    assert get(endpoint, SELECT, JSON, {"format": "csv"}).mimetype == "text/csv"
    assert get(endpoint, CONSTRUCT, JSON, {"format": "nt"}).mimetype == "application/n-triples"
    refused(get(endpoint, SELECT, JSON, {"format": "ttl"}), 406, "json, xml, csv, tsv")


@pytest.mark.parametrize(
    ("name", "rows", "graph"),
    [
        ("xml", XML, "application/rdf+xml"),
        ("json", JSON, "application/ld+json"),
        ("turtle", None, "text/turtle"),
        ("n3", None, "text/turtle"),
        ("rdf+xml", None, "application/rdf+xml"),
        ("json-ld", None, "application/ld+json"),
        ("application/n-quads", None, "application/n-quads"),
    ],
)
def test_the_names_that_clients_have_for_formats_are_known(
    endpoint: Client, name: str, rows: str | None, graph: str
) -> None:
    more = {"format": [name, "nonsense"]}  # SPARQLWrapper names some twice
    assert get(endpoint, CONSTRUCT, JSON, more).mimetype == graph
    answer = get(endpoint, SELECT, JSON, more)
    assert (answer.status_code, answer.mimetype) == ((200, rows) if rows else (406, PROBLEM))


# ---------------------------------------------------------------- the data set


def test_the_default_graph_is_the_union_and_a_triple_comes_once(
    endpoint: Client, trial: ClaimStore
) -> None:
    triples = {(quad.subject, quad.predicate, quad.object) for quad in trial.store}
    assert len(triples) < len(trial.store), "the trial must hold a triple in two graphs"
    assert number(get(endpoint, COUNT)) == len(triples)


def test_the_request_names_the_data_set(endpoint: Client, trial: ClaimStore) -> None:
    inside = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    links = number(get(endpoint, inside.replace("?g", f"<{LINKS}>")))
    codes = number(get(endpoint, inside.replace("?g", f"<{CODES}>")))
    default = {"default-graph-uri": LINKS}
    both = {"default-graph-uri": [LINKS, CODES]}
    assert links == 12
    assert number(get(endpoint, COUNT, more=default)) == links
    assert number(get(endpoint, inside, more=default)) == 0
    assert number(get(endpoint, COUNT, more=both)) == links + codes
    assert number(get(endpoint, COUNT, more={"named-graph-uri": LINKS})) == 0
    assert number(get(endpoint, inside, more={"named-graph-uri": LINKS})) == links
    assert number(get(endpoint, COUNT, more={"default-graph-uri": BASE + "no-such"})) == 0


def test_the_requests_data_set_wins_over_the_querys(endpoint: Client) -> None:
    query = f"SELECT (COUNT(*) AS ?n) FROM <{CODES}> {{ ?s ?p ?o }}"
    assert number(get(endpoint, query)) > 100
    assert number(get(endpoint, query, more={"default-graph-uri": LINKS})) == 12


def test_several_graphs_are_merged_as_a_set(endpoint: Client, trial: ClaimStore) -> None:
    names = sorted(graph.value for graph in trial.store.named_graphs())
    whole = number(get(endpoint, COUNT))
    named = {"default-graph-uri": list(names)}
    assert number(get(endpoint, COUNT, more=named)) == whole
    clauses = " ".join(f"FROM <{name}>" for name in names)
    assert number(get(endpoint, f"SELECT (COUNT(*) AS ?n) {clauses} {{ ?s ?p ?o }}")) == whole


def test_the_word_from_in_a_comment_or_a_string_names_no_graph(endpoint: Client) -> None:
    comment = "# a row from a to b, from b to c\n"
    whole = number(get(endpoint, COUNT))
    assert number(get(endpoint, comment + COUNT)) == whole
    text = COUNT.replace("?o }", "?o FILTER('from a:b from c:d' != 'x') }")
    assert number(get(endpoint, text)) == whole


def test_a_graph_that_is_no_iri_is_400(endpoint: Client) -> None:
    refused(get(endpoint, COUNT, more={"default-graph-uri": "links"}), 400, "default-graph-uri")


def test_the_projects_prefixes_are_known_and_may_be_declared_anew(endpoint: Client) -> None:
    assert json.loads(get(endpoint, "ASK { [] sayso:act act:denies }").data)["boolean"] is True
    anew = "PREFIX act: <https://example.org/> ASK { [] sayso:act act:denies }"
    assert json.loads(get(endpoint, anew).data)["boolean"] is False


# ---------------------------------------------------------------- PROV-O alone


def test_prov_alone_finds_who_said_what_and_from_whom(endpoint: Client) -> None:
    prov = "PREFIX prov: <http://www.w3.org/ns/prov#> "
    end = f"<{BASE}article/white-rabbit-1865-11-26-trial#c1> prov:wasDerivedFrom+ ?claim"
    found = json.loads(get(endpoint, prov + f"SELECT ?claim {{ {end} }}").data)
    names = {row["claim"]["value"].partition("#")[2] for row in found["results"]["bindings"]}
    assert names == {"c2", "c3", "c4"}


# ---------------------------------------------------------------- what the service is


def test_without_a_query_a_machine_gets_the_service_description(endpoint: Client) -> None:
    response = endpoint.get("/sparql", headers={"Accept": "text/turtle"})
    assert response.mimetype == "text/turtle"
    found = Graph().parse(data=response.data, format="turtle")
    sd = "http://www.w3.org/ns/sparql-service-description#"
    asked = (
        f"ASK {{ ?s a <{sd}Service> ; <{sd}endpoint> ?s ; <{sd}feature> <{sd}UnionDefaultGraph> }}"
    )
    assert found.query(asked).askAnswer
    names = set(found.query(f"SELECT ?g {{ [] <{sd}namedGraph>/<{sd}name> ?g }}"))
    assert len(names) == 14


def test_without_a_query_a_browser_is_led_to_the_form(endpoint: Client) -> None:
    response = endpoint.get("/sparql", headers={"Accept": "text/html,*/*;q=0.8"})
    assert response.status_code == 303
    assert response.location == "/query"
