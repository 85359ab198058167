"""What writers do to a store is whole, safe, and read by whoever comes afterwards."""

import os
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from sayso.endpoint.federation import loads
from sayso.endpoint.writes_parts import parts
from sayso.endpoint.writes_using import using
from sayso.errors import UnwritableStore, UsingTwice, WrittenStore
from sayso.store.changing import Changing
from sayso.store.disk import build, held, of_rdf, opened
from sayso.store.write import lock
from silence import Silent
from writable import Place

EX = "https://wonderland.example/"
STORE = "/rdf-graph-store"
TEA, DEFAULT = f"{STORE}?graph={EX}tea", f"{STORE}?default"
HATTER = f"<{EX}hatter> <{EX}wears> <{EX}hat> ."


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Place:
    return Place.of(tmp_path_factory.mktemp("shared"))


@pytest.fixture
def place(shared: Place) -> Place:
    """Share one store, which costs less than a new one, and empty it."""
    shared.update("DROP ALL")
    return shared


@pytest.fixture
def listener() -> Iterator[Silent]:
    with Silent() as found:
        yield found


# ---------------------------------------------------------------- updates


def test_all_operations_are_done_or_none(place: Place) -> None:
    assert (
        place.update("INSERT DATA { ex:a ex:b 1 } ; INSERT DATA { ex:a ex:b 2 }").status_code == 204
    )
    before = place.data().version
    failed = place.update("INSERT DATA { ex:a ex:b 3 } ; DROP GRAPH ex:none")
    assert failed.status_code == 409
    assert "does not exist" in failed.get_json()["detail"]
    assert place.data().version == before
    assert place.says("ex:a ex:b 1, 2 FILTER NOT EXISTS { ex:a ex:b 3 }")
    assert {path.name.partition("-")[0] for path in place.place.iterdir()} == {"graph", "sayso"}


def test_the_default_graph_is_one_of_its_own(place: Place) -> None:
    place.update("INSERT DATA { ex:a ex:b 1 GRAPH ex:g { ex:a ex:b 1, 2 } }")
    assert not place.says("ex:a ex:b 2")
    assert place.update("CLEAR DEFAULT").status_code == 204
    assert place.says("GRAPH ?g { ex:a ex:b 1, 2 } FILTER NOT EXISTS { ?s ?p ?o }")


def test_what_is_downloaded_is_all_of_it(place: Place) -> None:
    place.update("INSERT DATA { ex:a ex:b 1 GRAPH ex:g { ex:a ex:b 1, 2 } }")
    turtle = place.ask("GET", "/download/data.ttl").data
    assert len(ox.Dataset(ox.parse(turtle, format=ox.RdfFormat.TURTLE))) == 2
    trig = place.ask("GET", "/download/data.trig").data
    assert len(ox.Dataset(ox.parse(trig, format=ox.RdfFormat.TRIG))) == 3
    page = place.ask("GET", "/", Accept="text/html").text
    assert "<dd>3</dd>" in page
    assert "union" not in page


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("INSERT DATA { ex:a ex:b\n1 ", "update:2:"),
        ("INSERT DATA { ex:a ex:b 1 }\nCLEAR ALL", "update:2:"),
        ("SELECT * { ?s ?p ?o }", "update:1:"),
        ("INSERT DATA { ?a ex:b 1 }", "update:1:"),
        ("INSERT { ex:a ex:b ?c } WHERE { BIND(ex:f(1) AS ?c) }", "is not a function"),
        ("INSERT DATA { ex:a ex:b " + "(" * 200 + ")" * 200 + " }", "nests brackets"),
    ],
)
def test_a_malformed_update_is_told_with_its_place(place: Place, text: str, told: str) -> None:
    before = place.data().version
    for path in ("/sparql", f"/sparql?using-graph-uri={EX}g"):
        answer = place.update(text, path)
        assert answer.status_code == 400, answer.text
        assert told in answer.get_json()["detail"]
    assert place.data().version == before


REFUSED = {
    "LOAD <ADDRESS>": 403,
    "load silent <ADDRESS> into graph ex:g": 403,
    "INSERT DATA { ex:a ex:b 1 };LOAD<ADDRESS>": 403,
    "PREFIX x:<ADDRESS>LOAD x:a": 403,
    "CLEAR ALL ;# a comment\rLOAD # another\n<ADDRESS>": 403,
    "LOAD <file:///etc/hostname>": 403,
    "INSERT { ?s ?p ?o } WHERE { SERVICE <ADDRESS> { ?s ?p ?o } }": 403,
    "DELETE { ?s ?p ?o } WHERE { ?s ?p ?o .SERVICE SILENT ex:a { ?s ?p ?o } }": 403,
    "INSERT { ?s ?p ?o } USING <ADDRESS> WHERE { ?s ?p ?o }": 204,
    "COPY SILENT <ADDRESS> TO ex:g": 204,
}


@pytest.mark.parametrize("text", REFUSED)
def test_no_update_reaches_out(place: Place, listener: Silent, text: str) -> None:
    answer = place.update(text.replace("ADDRESS", listener.address))
    assert answer.status_code == REFUSED[text], answer.text
    assert listener.heard() == 0


def test_the_engine_itself_would_load(listener: Silent) -> None:
    """Without this the silence above would prove nothing."""
    ox.Store().update(f"LOAD SILENT <{listener.address}>")
    assert listener.heard() == 1


def test_the_word_alone_loads_nothing() -> None:
    for text in (
        f"INSERT DATA {{ <{EX}a> <{EX}b> '; LOAD <{EX}>' }}",
        f"# LOAD <{EX}>\nCLEAR ALL",
        f"PREFIX ex: <{EX}> INSERT DATA {{ ex:a ex:LOAD <{EX}b> ; ex:load ex:c }}",
        f"DELETE {{ ?load ?p ?o }} WHERE {{ ?load ?p ?o ; <{EX}p> ?LOAD }}",
    ):
        assert not loads(text)
        ox.Store().update(text)


PIECES = st.sampled_from(
    ["LOAD", "load", " ", "\n", "#", "SILENT", "<http://127.0.0.1:9/>", "x:a", ";",
     "INTO GRAPH x:g", "CLEAR ALL", "INSERT DATA{", "}", "x:a x:b ", '"', "'", "\\",
     "PREFIX x:", "BASE", "WHERE{", "INSERT{", "\\u004COAD", "DELETE", "'; LOAD x:a",
     "FILTER(1<2)"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=10))
def test_what_the_engine_reads_as_loading_is_seen_as_it(pieces: list[str]) -> None:
    """The engine opens no connection here: port 9 refuses it, and it says so."""
    update = "PREFIX x: <http://127.0.0.1:9/> " + "".join(pieces)
    told = ""
    try:
        ox.Store().update(update)
    except SyntaxError:
        return
    except (OSError, RuntimeError) as error:
        told = str(error)
    assert loads(update) or not told or "does not exist" in told


# ---------------------------------------------------------------- using-graph-uri

USED = {
    "DELETE WHERE { ?s ?p ?o }": "DELETE { ?s ?p ?o } USING <a:g> WHERE { ?s ?p ?o }",
    "DELETE { ?s ?p '}' } WHERE { ?s ?p '}' }": (
        "DELETE { ?s ?p '}' } USING <a:g> WHERE { ?s ?p '}' }"
    ),
    "INSERT {} WHERE {} ; CLEAR ALL ; DELETE {} where { FILTER(1<2) }": (
        "INSERT {} USING <a:g> WHERE {} ; CLEAR ALL ; DELETE {} USING <a:g> where { FILTER(1<2) }"
    ),
    "CREATE GRAPH ex:where ; # WHERE {\nINSERT { ?s ?p ?o } WHERE { { ?s ?p ?o } }": (
        "CREATE GRAPH ex:where ; # WHERE {\nINSERT { ?s ?p ?o } USING <a:g> WHERE { { ?s ?p ?o } }"
    ),
    "INSERT DATA { <a:s> <a:p> 'USING WITH WHERE {' }": (
        "INSERT DATA { <a:s> <a:p> 'USING WITH WHERE {' }"
    ),
}


@pytest.mark.parametrize("text", USED)
def test_using_is_written_into_each_operation(text: str) -> None:
    assert using(text, ["a:g"], []) == USED[text]
    ox.Store().update("PREFIX ex: <a:> " + USED[text])
    assert using(text, [], []) == text


@pytest.mark.parametrize(
    "text", ["WITH <a:g> DELETE {} WHERE {}", "DELETE {} USING <a:g> WHERE {}"]
)
def test_who_names_graphs_twice_is_told(text: str) -> None:
    with pytest.raises(UsingTwice):
        using(text, [], ["a:h"])
    assert using(text, [], []) == text


def test_deleting_where_looks_only_where_the_request_says(place: Place) -> None:
    place.update("INSERT DATA { ex:a ex:b 1 GRAPH ex:g { ex:a ex:b 2 } }")
    assert (
        place.update("DELETE WHERE { ?s ?p ?o }", f"/sparql?using-graph-uri={EX}g").status_code
        == 204
    )
    assert place.says(
        "ex:a ex:b 1 . GRAPH ex:g { ex:a ex:b 2 }"
    )  # it deletes from the default graph


# ---------------------------------------------------------------- several prologues


def test_each_operation_may_have_a_prologue(place: Place) -> None:
    """The language lets it (SPARQL 1.1 Update, rule 29), rdflib's store does it."""
    several = (
        "PREFIX a: <urn:a#>\nINSERT DATA { a:s a:p '; PREFIX a: <urn:x#>' } ; # ; PREFIX\n"
        "PREFIX a: <urn:b#> BASE <urn:c/>\nINSERT { a:s a:p <d> } WHERE { FILTER(1<2) } ;"
    )
    assert place.update(several).status_code == 204
    assert place.says("<urn:a#s> <urn:a#p> '; PREFIX a: <urn:x#>' . <urn:b#s> <urn:b#p> <urn:c/d>")
    before = place.data().version
    wrong = place.update(several + "\nPREFIX b: <urn:b#>\nINSERT DATA { b:s b:p }")
    assert wrong.status_code == 400
    assert wrong.get_json()["line"] == "6"
    assert place.data().version == before
    late = place.update(several + " DROP GRAPH ex:none")
    assert (late.status_code, place.data().version) == (409, before)


@pytest.mark.parametrize("text", ["", ";", "CLEAR ALL", "CLEAR ALL ; CLEAR ALL ;", *USED])
def test_what_the_engine_can_read_is_left_whole(text: str) -> None:
    assert parts("PREFIX ex: <a:> " + text) == ["PREFIX ex: <a:> " + text]


# ---------------------------------------------------------------- graphs


def put(place: Place, path: str, body: str, **fields: str) -> TestResponse:
    return place.ask("PUT", path, body, Content_Type="text/turtle", **fields)


@pytest.mark.parametrize("path", [TEA, DEFAULT])
def test_if_match_keeps_from_overwriting_what_others_wrote(place: Place, path: str) -> None:
    tag = put(place, path, HATTER).headers["ETag"]
    assert place.ask("GET", path, Accept="text/turtle").headers["ETag"] == tag
    other = place.ask("GET", path, Accept="application/ld+json").headers["ETag"]
    assert put(place, path, "", If_Match=other).status_code == 204
    for method in ("PUT", "POST", "DELETE"):
        late = place.ask(method, path, HATTER, Content_Type="text/turtle", If_Match=tag)
        assert late.status_code == 412
    assert place.ask("GET", path, Accept="text/turtle").text == ""
    assert put(place, path, HATTER, If_None_Match="*").status_code == 412


def test_if_none_match_only_makes_new_graphs(place: Place) -> None:
    assert put(place, TEA, HATTER, If_Match="*").status_code == 412
    assert put(place, TEA, HATTER, If_None_Match="*").status_code == 201
    assert put(place, TEA, HATTER, If_None_Match="*").status_code == 412


def test_blank_nodes_of_two_requests_are_two(place: Place) -> None:
    for _ in range(2):
        place.ask("POST", TEA, f"_:x <{EX}says> 'Twinkle' .", Content_Type="text/turtle")
    assert len(place.quads()) == 2


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("--b\r\nContent-Disposition: form-data; name=a; filename=a\r\n\r\n.\r\n--b--", 415),
        ("--b--", 400),
    ],
)
def test_a_form_without_rdf_changes_nothing(place: Place, body: str, status: int) -> None:
    form = "multipart/form-data; boundary=b"
    assert place.ask("POST", TEA, body, Content_Type=form).status_code == status
    assert not place.quads()


@pytest.mark.parametrize(
    ("body", "kind", "status", "told"),
    [
        ("<a:s> <a:p>", "text/turtle", 400, "body:1:"),
        ("<a:s> <a:p> <a:o> <a:g> .", "application/n-quads", 400, "a:g"),
        ("{}", "application/x-tea", 415, "text/turtle"),
        (
            '{"@context": "http://127.0.0.1:9/", "@id": "a:s"}',
            "application/ld+json",
            400,
            "JSON-LD",
        ),
        ("x" * 8_000_001, "text/turtle", 413, "8000000"),
    ],
)
def test_a_body_that_cannot_be_used_changes_nothing(
    place: Place, body: str, kind: str, status: int, told: str
) -> None:
    place.ask("PUT", TEA, HATTER, Content_Type="text/turtle")
    before = place.quads()
    for method in ("PUT", "POST"):
        answer = place.ask(method, TEA, body, Content_Type=kind)
        assert answer.status_code == status, answer.text
        assert told in answer.text
    assert place.quads() == before


def test_a_dataset_may_be_sent_for_the_one_graph_it_has(place: Place) -> None:
    quads = f"<a:s> <a:p> <a:o> <{EX}tea> ."
    assert place.ask("PUT", TEA, quads, Content_Type="application/n-quads").status_code == 201
    assert place.says("GRAPH ex:tea { <a:s> <a:p> <a:o> }")


def test_a_graph_may_be_empty_and_there(place: Place) -> None:
    assert place.ask("PUT", TEA, "", Content_Type="text/turtle").status_code == 201
    assert place.ask("GET", TEA).status_code == 200
    assert place.ask("DELETE", TEA).status_code == 204
    assert place.ask("GET", TEA).status_code == 404


def test_methods_are_offered(place: Place) -> None:
    allowed = place.ask("OPTIONS", STORE).headers["Access-Control-Allow-Methods"]
    assert allowed == "GET, HEAD, OPTIONS, PUT, POST, DELETE"
    assert place.ask("PATCH", TEA).status_code == 405
    assert place.ask("PUT", STORE, HATTER, Content_Type="text/turtle").status_code == 400


# ---------------------------------------------------------------- versions


def test_a_reader_keeps_the_version_that_it_reads(place: Place) -> None:
    place.update("INSERT DATA { ex:a ex:b 1 }")
    old, lock_ = held(place.place)
    reading = opened(place.place, old)
    for number in range(3):
        place.update(
            f"DELETE {{ ex:a ex:b ?o }} INSERT {{ ex:a ex:b {number} }} WHERE {{ ex:a ex:b ?o }}"
        )
    assert (place.place / old.folder).is_dir()
    assert reading.queryable.query("ASK { ?s ?p 1 }")
    os.close(lock_)
    place.update("CLEAR ALL")
    assert not (place.place / old.folder).is_dir()


def test_many_changes_leave_one_version_and_few_files(place: Place) -> None:
    for number in range(12):
        assert place.update(f"INSERT DATA {{ ex:a ex:b {number} }}").status_code == 204
    assert len(place.quads()) == 12
    assert len(list(place.place.glob("graph-*"))) <= 2
    assert not list(place.place.glob("new-*"))


def test_two_writers_do_not_meet(place: Place) -> None:
    handle = os.open(place.place, os.O_RDONLY)
    lock(handle, 0)
    answer = place.update("CLEAR ALL")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    os.close(handle)
    assert place.update("CLEAR ALL").status_code == 204


def test_a_store_for_readers_is_not_written_and_one_for_writers_not_replaced(
    tmp_path: Path, place: Place
) -> None:
    build(tmp_path / "readers", of_rdf([]))
    with pytest.raises(UnwritableStore):
        Changing.at(tmp_path / "readers")
    with pytest.raises(WrittenStore):
        build(place.place, of_rdf([]))
    assert Changing.at(place.place).place == place.place
