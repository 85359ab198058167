"""How answers travel: in pieces, compressed, tagged, cut with notice; and whole graphs."""

import json
import sys
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph
from werkzeug.test import Client, TestResponse, create_environ

from sayso.endpoint.app import SparqlApp
from sayso.endpoint.coding import Codings
from sayso.endpoint.evaluation import Evaluator
from sayso.endpoint.exchange import Environ
from sayso.endpoint.graphs import GraphStoreApp, Target
from sayso.endpoint.reply import BUFFER, Sink, Torn
from sayso.endpoint.rows import IN_EACH_ROW, Window, windowed
from sayso.errors import NotAcceptable
from sayso.paths import DataFolder
from sayso.store import RdfStore, load
from sayso.store.formats import RESULT_FORMATS, ResultFormat
from sayso.store.union import unite

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

TRIAL = Path(__file__).parent / "trial"
BASE = "https://w3id.org/sayso/"
PEOPLE_IRI = BASE + "graph/entities/people"
PEOPLE = f"/rdf-graph-store?graph={quote(PEOPLE_IRI, safe='')}"
ROWS = 5000
ALL = "SELECT ?s ?n { ?s <urn:x:number> ?n }"
SORTED = ALL + " ORDER BY ?n"
CSV = "text/csv"


def numbers(version: str = "one") -> RdfStore:
    """Make a graph of so many rows, whose numbers are those from 0."""
    store = ox.Store()
    predicate, graph = ox.NamedNode("urn:x:number"), ox.NamedNode("urn:x:graph")
    subjects = (ox.NamedNode(f"urn:x:{number}") for number in range(ROWS))
    store.extend(
        ox.Quad(subject, predicate, ox.Literal(number), graph)
        for number, subject in enumerate(subjects)
    )
    unite(store)
    return RdfStore(store, version, {})


@pytest.fixture(scope="module")
def app() -> SparqlApp:
    return SparqlApp(numbers())


@pytest.fixture(scope="module")
def endpoint(app: SparqlApp) -> Client:
    return Client(app)


def ask(client: Client, query: str = ALL, method: str = "GET", **headers: str) -> TestResponse:
    return client.open(
        "/sparql",
        method=method,
        query_string={"query": query},
        headers={"Accept": CSV, **{name.replace("_", "-"): each for name, each in headers.items()}},
    )


# ---------------------------------------------------------------- in pieces


class Server:
    """A WSGI server that notes what is written, and may lose its client."""

    def __init__(self, most: int | None = None) -> None:
        self.most = most
        self.pieces: list[bytes] = []
        self.headers: dict[str, str] = {}

    def start(self, status: str, headers: list[tuple[str, str]]) -> Callable[[bytes], object]:
        self.headers = dict(headers)
        return self.write

    def write(self, data: bytes) -> None:
        if self.most is not None and len(self.pieces) >= self.most:
            raise ConnectionResetError
        self.pieces.append(data)

    def serve(self, app: SparqlApp, query: str, method: str = "GET", **more: str) -> bytes:
        environ = create_environ("/sparql", query_string={"query": query}, method=method)
        rest = b"".join(app({**environ, "HTTP_ACCEPT": CSV, **more}, self.start))
        return b"".join(self.pieces) + rest


def test_a_long_answer_leaves_while_it_is_written(app: SparqlApp) -> None:
    server = Server()
    body = server.serve(app, ALL)
    assert body.count(b"\n") == ROWS + 1
    assert "Content-Length" not in server.headers
    assert len(body) // BUFFER == len(server.pieces) >= 1
    assert all(BUFFER <= len(piece) < BUFFER + 10_000 for piece in server.pieces)


def test_a_short_answer_comes_whole_and_says_its_length(app: SparqlApp) -> None:
    server = Server()
    body = server.serve(app, ALL + " LIMIT 10")
    assert server.pieces == []
    assert server.headers["Content-Length"] == str(len(body))


def test_a_client_that_is_gone_stops_the_query(app: SparqlApp) -> None:
    server = Server(most=1)
    product = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    with pytest.raises(ConnectionResetError):
        server.serve(app, product)


def test_head_does_not_write_the_body(app: SparqlApp) -> None:
    server = Server()
    product = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    assert server.serve(app, product, "HEAD") == b""
    assert server.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "Content-Length" not in server.headers


def test_what_fails_after_the_head_breaks_the_connection(
    app: SparqlApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Failing:
        def __init__(self, fails_after: int) -> None:
            self.fails_after = fails_after

        def write(self, output: Sink) -> None:
            output.write(b"x" * self.fails_after)
            raise OSError("the store is gone")

    def begins(after: int) -> None:
        from sayso.endpoint.results import Written  # noqa: PLC0415

        written = Written(CSV, Failing(after).write)
        monkeypatch.setattr(type(app.evaluator), "begin", lambda *_: written)

    begins(BUFFER)
    with pytest.raises(Torn):
        Server().serve(app, ALL)
    begins(BUFFER - 1)
    response = ask(Client(app))
    assert response.status_code == 500
    assert "store is gone" not in response.text


# ---------------------------------------------------------------- compressed


@pytest.mark.parametrize(
    ("accepted", "chosen"),
    [
        (None, None),
        ("", None),
        ("identity", None),
        ("br", None),
        ("gzip", "gzip"),
        ("x-gzip", "gzip"),
        ("GZIP ; Q=0.5", "gzip"),
        ("gzip, deflate, br, zstd", "zstd"),
        ("gzip;q=0.9, zstd;q=0.5", "gzip"),
        ("gzip;q=0, *;q=0.1", "zstd"),
        ("identity;q=1, gzip;q=0.5", None),
        ("gzip;q=nonsense", None),
        ("identity;q=0, gzip;q=0.1", "gzip"),
    ],
)
@pytest.mark.parametrize("query", [ALL, ALL + " LIMIT 100"])
def test_the_coding_that_is_liked_best_is_used(
    endpoint: Client, accepted: str | None, chosen: str | None, query: str
) -> None:
    plain = ask(endpoint, query)
    headers = {} if accepted is None else {"Accept_Encoding": accepted}
    response = ask(endpoint, query, **headers)
    assert response.headers.get("Content-Encoding") == chosen
    assert "Accept-Encoding" in response.headers["Vary"]
    assert decoded(response) == plain.data
    if chosen:
        assert len(response.data) < len(plain.data) / 3


def decoded(response: TestResponse) -> bytes:
    coding = response.headers.get("Content-Encoding")
    if coding == "zstd":
        return zstd.decompress(response.data)
    return zlib.decompress(response.data, 31) if coding == "gzip" else response.data


def test_what_is_short_is_not_compressed_unless_it_must_be(endpoint: Client) -> None:
    short = ask(endpoint, "ASK {}", Accept="*/*", Accept_Encoding="gzip")
    assert "Content-Encoding" not in short.headers
    must = ask(endpoint, "ASK {}", Accept="*/*", Accept_Encoding="gzip, identity;q=0")
    assert must.headers["Content-Encoding"] == "gzip"
    assert json.loads(decoded(must))["boolean"] is True


@pytest.mark.parametrize("accepted", ["identity;q=0", "*;q=0", "br, *;q=0"])
def test_no_coding_that_fits_is_406(endpoint: Client, accepted: str) -> None:
    response = ask(endpoint, Accept_Encoding=accepted)
    assert response.status_code == 406
    assert "zstd, gzip" in json.loads(response.data)["offered"]


@given(st.text(st.sampled_from("gzipstdeny*;=q01., \t"), max_size=40))
def test_any_accept_encoding_is_read(accepted: str) -> None:
    codings = Codings(accepted)
    try:
        assert codings.quality(codings.best()) > 0
    except NotAcceptable:
        assert codings.quality("identity") == 0


# ---------------------------------------------------------------- tagged


def test_an_answer_is_not_sent_again(endpoint: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    tag = ask(endpoint).headers["ETag"]
    assert tag.startswith('W/"'), "rows may come in another order"
    monkeypatch.setattr("sayso.endpoint.evaluation.Evaluator.begin", None)  # it is not evaluated
    for method in ("GET", "HEAD"):
        again = ask(endpoint, method=method, If_None_Match=f'"other", {tag}')
        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["ETag"] == tag
        assert "Accept" in again.headers["Vary"]
        assert again.headers["Cache-Control"] == "no-cache"


def test_what_differs_has_another_tag(endpoint: Client) -> None:
    sets = ("default-graph-uri", "named-graph-uri")
    answers = [
        ask(endpoint),
        ask(endpoint, ALL + " "),
        ask(endpoint, Accept="application/sparql-results+json"),
        ask(Client(SparqlApp(numbers("two")))),
        ask(Client(SparqlApp(numbers(), most_rows=5))),
        *(endpoint.get("/sparql", query_string={"query": ALL, s: "urn:x:graph"}) for s in sets),
        endpoint.get("/sparql", query_string={"query": ALL, "offset": "1"}),
        endpoint.get("/sparql"),
    ]
    tags = {answer.headers["ETag"] for answer in answers if answer.status_code == 200}
    assert len(tags) == len(answers)


def test_a_bad_query_is_bad_whatever_the_client_has(endpoint: Client) -> None:
    assert ask(endpoint, "SELECT", If_None_Match=ask(endpoint).headers["ETag"]).status_code == 400
    assert ask(endpoint, "SELECT", If_None_Match="*").status_code == 400


@pytest.mark.parametrize(
    "query",
    [
        "SELECT (NOW() AS ?t) {}",
        "SELECT (rand() AS ?t) {}",
        "SELECT (UUID( ) AS ?t) {}",
        "SELECT (STRUUID # new\n() AS ?t) {}",
    ],
)
def test_what_changes_each_time_is_not_kept(endpoint: Client, query: str) -> None:
    response = ask(endpoint, query)
    assert response.status_code == 200
    assert "ETag" not in response.headers
    assert response.headers["Cache-Control"] == "no-store"


def test_an_answer_to_post_has_no_tag(endpoint: Client) -> None:
    response = endpoint.post("/sparql", data={"query": ALL})
    assert response.status_code == 200
    assert "ETag" not in response.headers


# ---------------------------------------------------------------- cut with notice


@pytest.fixture(scope="module")
def capped() -> Client:
    return Client(SparqlApp(numbers(), most_rows=1000))


def lines(response: TestResponse) -> list[str]:
    assert response.status_code == 200, response.text
    return response.text.splitlines()[1:]


def parts(client: Client, query: str) -> Iterator[list[str]]:
    """Follow the links to the rest, to the end."""
    address = "/sparql?query=" + quote(query)
    while address:
        response = client.get(address, headers={"Accept": CSV})
        yield lines(response)
        link = response.headers.get("Link", "")
        assert bool(link) == ("Sayso-Row-Limit" in response.headers)
        address = "/sparql" + link.partition(">")[0][1:] if link else ""


@pytest.mark.parametrize(
    "query",
    [
        SORTED,
        "# SELECT {\nPREFIX x: <urn:x:>\n SELECT ?s ?n { ?s x:number ?n } ORDER BY ?n #end",
        "SELECT ?s ?n FROM <urn:x:graph> WHERE { ?s <urn:x:number> ?n } ORDER BY DESC(?n)",
        "PREFIX x: <urn:x:> SELECT ?s ?n FROM NAMED x:graph { GRAPH ?g { ?s ?p ?n } } ORDER BY ?n",
        "SELECT (STR(?s) AS ?a) (?n + 1 AS ?b) { ?s ?p ?n } ORDER BY ?n LIMIT 2500 OFFSET 10",
        "SELECT ?n (COUNT(*) AS ?c) { ?s ?p ?n } GROUP BY ?n HAVING (COUNT(*) > 0) ORDER BY ?n",
        "SELECT ?s ?n { ?s ?p ?n } ORDER BY ?n VALUES ?x { 1 }",
        "SELECT DISTINCT * { ?s ?p ?n FILTER('{' != \"}\") } ORDER BY ?n",
        "SELECT ?n (EXISTS { ?n ?x ?y } AS ?e) FROM <urn:x:graph> { ?s ?p ?n } ORDER BY ?n",
        "PREFIX from: <urn:x:> SELECT ?n (from:a AS ?x) { ?s ?p ?n } ORDER BY ?n",
        "SELECT ?n ('FROM <urn:x:none>' AS ?from) { ?s ?p ?n } ORDER BY ?n",
    ],
)
def test_the_parts_of_a_cut_answer_make_the_whole(
    endpoint: Client, capped: Client, query: str
) -> None:
    whole = lines(ask(endpoint, query))
    found = list(parts(capped, query))
    assert len(found) == -(-len(whole) // 1000) > 2
    assert all(len(part) <= 1000 for part in found)
    assert [row for part in found for row in part] == whole


@pytest.mark.parametrize("number", [0, 1, 999, 1000, 1001])
def test_an_answer_is_cut_only_where_there_is_more(capped: Client, number: int) -> None:
    response = ask(capped, f"{ALL} LIMIT {number}")
    assert len(lines(response)) == min(number, 1000)
    assert response.headers.get("Sayso-Row-Limit") == ("1000" if number > 1000 else None)


ODD = ["{", "<result>", "a\nb\r\n", '"', "\\", "", "}{\n<"]


@pytest.mark.parametrize("form", RESULT_FORMATS, ids=lambda form: form.suffix)
@pytest.mark.parametrize("row", ["", *(f"?v{n}" for n in range(3))])
def test_a_byte_that_is_counted_stands_in_each_row(form: ResultFormat, row: str) -> None:
    values = [
        f"({ox.Literal(text)} {ox.NamedNode('urn:x:' + str(n))} UNDEF)"
        for n, text in enumerate(ODD)
    ]
    query = f"SELECT {row or '*'} {{ VALUES (?v0 ?v1 ?v2) {{ {' '.join(values)} }} }}"
    if not row:
        query = "SELECT * { {} UNION {} UNION {} }"
    results = ox.Store().query(query)
    assert isinstance(results, ox.QuerySolutions)
    written = results.serialize(format=form.engine) or b""
    assert written.count(IN_EACH_ROW[form.media_type]) >= (len(ODD) if row else 3)


def test_an_answer_that_has_no_more_rows_is_evaluated_once(
    capped: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, evaluated = Evaluator._ask, list[str]()

    def counted(self: Evaluator, text: str, *rest: Any) -> Any:  # noqa: ANN401 - as it is there
        evaluated.append(text)
        return asked(self, text, *rest)

    monkeypatch.setattr(Evaluator, "_ask", counted)
    query = f"{ALL} LIMIT 900"
    assert len(ask(capped, query).data) > 5000
    assert evaluated == [query]
    assert len(lines(ask(capped, f"{ALL} LIMIT 1001"))) == 1000
    assert len(evaluated) > 2


def test_rows_may_be_left_out_where_none_are_cut(endpoint: Client) -> None:
    asked = {"query": SORTED, "offset": str(ROWS - 2)}
    response = endpoint.get("/sparql", query_string=asked, headers={"Accept": CSV})
    assert lines(response) == [f"urn:x:{n},{n}" for n in (ROWS - 2, ROWS - 1)]
    assert "Link" not in response.headers
    assert "Sayso-Row-Limit" not in response.headers


def test_what_has_no_rows_is_never_cut(capped: Client) -> None:
    build = f"CONSTRUCT WHERE {ALL.partition(' ?n ')[2]}"
    graph = ask(capped, build, Accept="application/n-triples")
    assert len(graph.data.splitlines()) == ROWS
    assert "Sayso-Row-Limit" not in graph.headers


def test_post_leads_to_the_rest_by_an_address(capped: Client) -> None:
    for data, kind in (({"query": SORTED}, None), (SORTED.encode(), "application/sparql-query")):
        first = capped.post("/sparql", data=data, content_type=kind, headers={"Accept": CSV})
        link = first.headers["Link"].partition(">")[0][1:]
        rest = capped.get("/sparql" + link, headers={"Accept": CSV})
        assert lines(rest)[0] == "urn:x:1000,1000"


def test_a_query_too_long_for_an_address_is_cut_with_notice_all_the_same(capped: Client) -> None:
    data = {"query": SORTED + "#" + "x" * 9000}
    response = capped.post("/sparql", data=data, headers={"Accept": CSV})
    assert response.headers["Sayso-Row-Limit"] == "1000"
    assert "Link" not in response.headers


def test_what_cannot_be_cut_comes_whole(capped: Client) -> None:
    escaped = ALL.replace("number", "\\u006Eumber")
    response = ask(capped, escaped)
    assert len(lines(response)) == ROWS
    assert "Sayso-Row-Limit" not in response.headers
    more = capped.get("/sparql", query_string={"query": escaped, "offset": "1000"})
    assert more.status_code == 400
    assert "OFFSET" in json.loads(more.data)["detail"]


@pytest.mark.parametrize("query", ["ASK {}", "CONSTRUCT WHERE {?s ?p ?o}", "SELECT (", "nothing"])
def test_only_a_select_has_parts(query: str) -> None:
    assert windowed(query, ["s"], Window(1, 1)) is None


@pytest.mark.parametrize(
    "pair", ["offset=-1", "offset=x", "offset=1&offset=2", "timeout=0", "timeout=soon", "timeout="]
)
def test_a_number_that_is_none_is_400(endpoint: Client, pair: str) -> None:
    response = endpoint.get(f"/sparql?query=ASK%7B%7D&{pair}")
    assert response.status_code == 400
    assert pair.partition("=")[0] in json.loads(response.data)["detail"]
    assert endpoint.get("/sparql?query=ASK%7B%7D&timeout=1.5&offset=0").status_code == 200


def test_a_function_that_is_not_there_is_400(endpoint: Client) -> None:
    response = ask(endpoint, "SELECT (<urn:x:f>(1) AS ?x) {}")
    assert response.status_code == 400
    assert "<urn:x:f> is not a function" in json.loads(response.data)["detail"]


# ---------------------------------------------------------------- whole graphs


@pytest.fixture(scope="module")
def store() -> GraphStoreApp:
    return GraphStoreApp(load(DataFolder(TRIAL)))


def test_the_tag_of_a_graph_is_strong_and_names_its_very_bytes(store: GraphStoreApp) -> None:
    turned = ox.Store()
    quads = store.claims.queryable.quads_for_pattern(None, None, None, ox.NamedNode(PEOPLE_IRI))
    for quad in sorted(quads, key=str, reverse=True):
        turned.add(quad)
    prefixes = dict(reversed(store.claims.prefixes.items()))
    other = Client(GraphStoreApp(RdfStore(turned, "another", prefixes)))
    tags = set()
    for suffix in ("ttl", "nt", "jsonld", "rdf", "trig", "nq"):
        first = Client(store).get(f"{PEOPLE}&format={suffix}")
        again = other.get(f"{PEOPLE}&format={suffix}")
        assert (first.status_code, first.data) == (200, again.data)
        assert first.headers["ETag"] == again.headers["ETag"]
        assert not first.headers["ETag"].startswith("W/")
        tags.add(first.headers["ETag"])
        head = [line for line in first.text.splitlines() if line.startswith(("@prefix", "<"))]
        assert suffix == "rdf" or head == sorted(head), "as the engine's order is by chance"
    assert len(tags) == 6


def test_each_coding_of_a_graph_has_a_tag_of_its_own(store: GraphStoreApp) -> None:
    client = Client(store)
    must = {"Accept-Encoding": "gzip, identity;q=0"}
    plain, packed = client.get(PEOPLE), client.get(PEOPLE, headers=must)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert plain.headers["ETag"] != packed.headers["ETag"]
    for tag in (plain.headers["ETag"], packed.headers["ETag"]):
        again = client.get(PEOPLE, headers={"If-None-Match": tag})
        assert (again.status_code, again.headers["ETag"]) == (304, tag)
    assert client.get(PEOPLE, headers={"If-None-Match": '"x"'}).status_code == 200


def test_a_graph_is_its_triples_and_no_others(store: GraphStoreApp) -> None:
    found = Graph().parse(data=Client(store).get(PEOPLE).data, format="turtle")
    name = ox.NamedNode(BASE + "graph/entities/people")
    held = list(store.claims.queryable.quads_for_pattern(None, None, None, name))
    assert len(found) == len(held) > 10
    whole = Client(store).get("/rdf-graph-store?default&format=nt")
    assert len(whole.data.splitlines()) == store.claims.size


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/rdf-graph-store", 400),
        (PEOPLE + "&default", 400),
        (PEOPLE + "&graph=a:b", 400),
        ("/rdf-graph-store/graph/links?default", 400),
        ("/rdf-graph-store?graph=links", 400),
        ("/rdf-graph-store?graph=", 400),
        ("/rdf-graph-store?graph=%FF", 400),
        ("/rdf-graph-store?graph=a:b", 404),
        ("/rdf-graph-store/%FF%00", 404),
        (PEOPLE + "&format=csv", 406),
    ],
)
def test_one_graph_is_named_or_it_is_said_why_not(
    store: GraphStoreApp, path: str, status: int
) -> None:
    response = Client(store).get(path)
    assert response.status_code == status
    assert response.mimetype == "application/problem+json"


def test_a_graph_in_no_format_that_is_accepted_is_406(store: GraphStoreApp) -> None:
    response = Client(store).get(PEOPLE, headers={"Accept": "text/csv"})
    assert response.status_code == 406
    assert "text/turtle" in json.loads(response.data)["offered"]


def test_if_match_holds_for_the_graph_as_it_is_now(store: GraphStoreApp) -> None:
    graph = BASE + "graph/entities/people"
    tag = Client(store).get(PEOPLE).headers["ETag"]
    other = Client(store).get(PEOPLE.replace("people", "places")).headers["ETag"]
    assert store.is_current(graph, f'"x", {tag}')
    assert store.is_current(graph, "*")
    assert not store.is_current(graph, other)
    assert not store.is_current(graph, "W/" + tag)
    assert not store.is_current(BASE + "no-such-graph", "*")


def test_what_writes_is_asked_where_the_server_is_opened(store: GraphStoreApp) -> None:
    from werkzeug.wrappers import Response  # noqa: PLC0415

    class Writer:
        methods = ("PUT",)
        makes_graphs = False

        def answer(self, environ: Environ, target: Target) -> Response:
            return Response(f"{environ['REQUEST_METHOD']} {target.graph}", 201)

    client = Client(GraphStoreApp(store.claims, Writer()))
    response = client.put("/rdf-graph-store/article/new")
    assert (response.status_code, response.text) == (201, f"PUT {BASE}article/new")
    refused = client.delete("/rdf-graph-store/article/new")
    assert (refused.status_code, refused.headers["Allow"]) == (405, "GET, HEAD, OPTIONS, PUT")
    told = client.options("/rdf-graph-store").headers
    assert told["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS, PUT"


# ---------------------------------------------------------------- what comes in


def test_a_compressed_request_is_415_and_no_riddle(endpoint: Client) -> None:
    response = endpoint.post(
        "/sparql",
        data=zlib.compress(b"ASK {}", wbits=31),
        content_type="application/sparql-query",
        headers={"Content-Encoding": "gzip"},
    )
    assert response.status_code == 415
    assert "gzip" in json.loads(response.data)["detail"]


def test_a_relative_iri_is_the_graphs_or_else_this_addresses(
    endpoint: Client, store: GraphStoreApp
) -> None:
    query = "SELECT (STR(<id/person/hatter>) AS ?x) {}"
    assert lines(ask(endpoint, query)) == ["http://localhost/id/person/hatter"]
    assert lines(ask(Client(SparqlApp(store.claims)), query)) == [BASE + "id/person/hatter"]
