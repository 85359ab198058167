"""A query that is answered without WSGI is answered to the byte as it is by WSGI."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import quote

import pyoxigraph as ox
import pytest

from sayso.endpoint import direct
from sayso.endpoint.answer import Answer, Broken, ClientGone
from sayso.endpoint.app import SparqlApp
from sayso.endpoint.gateway import base_environ, environ_of, run
from sayso.endpoint.limits import Limits
from sayso.endpoint.reply import Sink, Torn
from sayso.endpoint.wire import Call, Known, RequestReader
from sayso.store import RdfStore
from sayso.store.union import unite

ROWS = 5000
ALL = "SELECT ?s ?n { ?s <urn:x:number> ?n }"
SORTED = ALL + " ORDER BY ?n"
FEW = SORTED + " LIMIT 3"
JSON, CSV = "application/sparql-results+json", "text/csv"
BASE = base_environ(("127.0.0.1", 80))


@dataclass
class Wire:
    """What is sent, until a client leaves after so many pieces."""

    most: int | None = None
    sent: list[bytes] = field(default_factory=list)

    def send(self, data: bytes) -> None:
        if self.most is not None and len(self.sent) >= self.most:
            raise ClientGone
        self.sent.append(data)


@pytest.fixture(scope="module")
def app() -> SparqlApp:
    store = ox.Store()
    predicate = ox.NamedNode("urn:x:number")
    store.extend(
        ox.Quad(ox.NamedNode(f"urn:x:{number}"), predicate, ox.Literal(number), predicate)
        for number in range(ROWS)
    )
    unite(store)
    return SparqlApp(RdfStore(store, "one", {"x": "urn:x:"}))


def call(query: str, *more: str, accept: str = JSON, target: str = "", **headers: str) -> Call:
    told = {"Host": "example.org", "Accept": accept, **headers}
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in told.items()]
    asked = target or "&".join([f"query={quote(query, safe='')}", *more])
    raw = "\r\n".join([f"GET /sparql?{asked} HTTP/1.1", *lines, "", ""]).encode("latin-1")
    limits = Limits()
    found = RequestReader(limits, Known(limits)).feed(raw)
    assert found is not None
    return found


Way = Callable[[SparqlApp, Call, Answer], None]


def directly(app: SparqlApp, call: Call, answer: Answer) -> None:
    assert direct.takes(app, call)
    direct.answer_query(app, call, partial(environ_of, call, BASE, "127.0.0.1"), answer)


def by_wsgi(app: SparqlApp, call: Call, answer: Answer) -> None:
    run(app, environ_of(call, BASE, "127.0.0.1"), answer)


def answered(way: Way, app: SparqlApp, call: Call) -> tuple[bytes, list[bytes], bytes]:
    """Return the status line, the fields but the date in their order of letters, and the rest."""
    wire = Wire()
    answer = Answer(call, wire.send)
    way(app, call, answer)
    answer.finish()
    head, _, body = b"".join(wire.sent).partition(b"\r\n\r\n")
    status, *fields = head.split(b"\r\n")
    return status, sorted(f for f in fields if not f.startswith(b"Date")), body


@pytest.mark.parametrize(
    "call",
    [
        call(FEW),
        call(FEW, accept=CSV),
        call(FEW, "format=tsv"),
        call(FEW, "timeout=5"),
        call(FEW, "default-graph-uri=urn:x:none"),
        call(FEW, accept="*/*"),
        call(FEW, accept="image/png"),
        call(FEW, Accept_Encoding="gzip, zstd;q=0.5"),
        call(FEW, Accept_Encoding="identity;q=0, *;q=0"),
        call(SORTED + " LIMIT 100", Accept_Encoding="gzip"),
        call(SORTED + " LIMIT 100", Accept_Encoding="zstd"),
        call(SORTED),
        call(SORTED, accept=CSV),
        call(SORTED, Accept_Encoding="gzip"),
        call("ASK { ?s ?p ?o }"),
        call("ASK { ?s ?p ?o }", accept=CSV),
        call("CONSTRUCT { <a> ?p ?o } { <urn:x:1> ?p ?o }", accept="text/turtle"),
        call("SELECT ?n { x:7 ?p ?n }"),
        call("SELECT (NOW() AS ?now) (1 AS ?one) {} LIMIT 0"),
        call("SELECT"),
        call("SELECT * { SERVICE <urn:x:a> { ?s ?p ?o } }"),
        call("SELECT (<urn:x:f>(1) AS ?x) {}"),
        call("(" * 200),
        call("", target="query="),
        call("", target="query=ASK%7B%7D&query=ASK%7B%7D"),
        call("", target="query=%FF"),
        call("", target="update=CLEAR+ALL"),
        call("", target="a=b"),
    ],
    ids=lambda call: call.target.decode()[8:60],
)
def test_both_ways_send_the_same(app: SparqlApp, call: Call) -> None:
    expected = answered(by_wsgi, app, call)
    assert answered(directly, app, call) == expected
    assert expected[0].startswith(b"HTTP/1.1 ")


def test_what_the_client_has_is_not_sent_again(app: SparqlApp) -> None:
    _, fields, _ = answered(directly, app, call(FEW))
    tag = next(each for each in fields if each.startswith(b"ETag: ")).decode()[6:]
    known = call(FEW, If_None_Match=tag)
    found = answered(directly, app, known)
    assert found == answered(by_wsgi, app, known)
    assert found[0] == b"HTTP/1.1 304 NOT MODIFIED"
    assert found[2] == b""


def test_a_cut_answer_says_so(app: SparqlApp) -> None:
    capped = SparqlApp(app.claims, most_rows=10)
    found = answered(directly, capped, call(SORTED))
    assert found == answered(by_wsgi, capped, call(SORTED))
    assert b"Sayso-Row-Limit: 10" in found[1]
    assert any(each.startswith(b"Link: <?query=") for each in found[1])


@pytest.mark.parametrize("way", [directly, by_wsgi])
def test_what_fails_after_the_head_breaks_the_connection(
    app: SparqlApp, way: Way, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = app.evaluator.begin

    def failing(query: object, accept: str | None) -> object:
        def write(output: Sink) -> None:
            output.write(b"x" * 70_000)
            raise OSError

        return written(query, accept)._replace(write=write)  # type: ignore[arg-type]

    monkeypatch.setattr(type(app.evaluator), "begin", lambda _self, *given: failing(*given))
    wire = Wire()
    with pytest.raises(Torn):
        way(app, call(FEW), Answer(call(FEW), wire.send))
    assert len(b"".join(wire.sent)) > 70_000


@pytest.mark.parametrize("way", [directly, by_wsgi])
def test_a_client_that_is_gone_stops_the_query(app: SparqlApp, way: Way) -> None:
    wire = Wire(most=2)
    with pytest.raises(ClientGone):
        way(app, call(ALL), Answer(call(ALL), wire.send))
    assert len(wire.sent) == 2


@pytest.mark.parametrize("way", [directly, by_wsgi])
@pytest.mark.parametrize("query", [FEW, ALL])
def test_an_answer_that_is_too_long_is_broken(app: SparqlApp, way: Way, query: str) -> None:
    asked = call(query)
    answer = Answer(asked, Wire().send, most=100)
    with pytest.raises(Broken):
        way(app, asked, answer)
    assert answer.broken is not None


@pytest.mark.parametrize(
    ("query", "keeps"), [(FEW, True), ("SELECT (RAND() AS ?x) {}", False), (ALL, False)]
)
def test_what_is_kept_is_the_whole_answer(app: SparqlApp, query: str, keeps: bool) -> None:
    asked, wire = call(query), Wire()
    answer = Answer(asked, wire.send, keep=10_000)
    directly(app, asked, answer)
    kept = answer.kept()
    answer.finish()
    assert (kept is not None) is keeps
    if kept:
        head, _, body = kept.partition(b"\0")
        assert wire.sent == [head + wire.sent[0][len(head) :]]
        assert wire.sent[0].endswith(b"\r\n\r\n" + body)


@pytest.mark.parametrize("target", ["", "query=ASK%7B%7D"])
def test_only_queries_by_get_are_answered_directly(app: SparqlApp, target: str) -> None:
    asked = call("", target=target)
    assert direct.takes(app, asked)
    asked.method = "POST"
    assert not direct.takes(app, asked)
    asked.method, asked.target = "GET", b"/sparql"
    assert not direct.takes(app, asked)
