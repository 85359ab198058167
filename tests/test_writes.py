"""Writing records: who may, what is taken, what a precondition does, what is left as it was."""

import threading
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from werkzeug.test import TestResponse

from sayso.endpoint.worker import SERVING
from sayso.endpoint.writes_body import LONGEST
from sayso.endpoint.writes_token import Token
from sayso.errors import NoTokenFile, OpenTokenFile, WeakToken
from sayso.paths import DataFolder
from sayso.store.write import DRAFT, sole_writer
from sayso.text.dates import days
from sayso.validation.check import check_folder
from writes import BASE, HOLDER, IRI, NAME, NOTES, SECOND, SECRET, Desk, token_file

FORMATS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/trig": ox.RdfFormat.TRIG,
    "application/n-quads": ox.RdfFormat.N_QUADS,
}
GUESS = "sayso:certainty cert:probable ;\n    sayso:basis basis:inference"
SURE = "sayso:certainty cert:certain ;\n    sayso:basis basis:inference"
FACT = (
    f"<{BASE}id/person/knave-of-hearts> <{BASE}predicate/committed>"
    f" <{BASE}id/event/theft-of-the-tarts> ."
)
SPOILT = ("sayso:claimant person:hatter", "sayso:claimant person:nobody-at-all")


@pytest.fixture
def desk(wonderland: DataFolder) -> Desk:
    return Desk(wonderland)


def changed(text: str) -> str:
    """Let the March Hare be surer of his guess."""
    assert text.count(GUESS) == 1
    return text.replace(GUESS, SURE)


def added(text: str) -> str:
    """Let one more claim stand in a record: the cook, too, accuses the Knave."""
    claim = text[text.index("<#c3>\n") : text.index("<#c3-span>\n")]
    claim = claim.replace("<#c3>", "<#c19>").replace("queen-of-hearts", "duchess-cook")
    return text + claim.replace("The Queen accuses", "The cook accuses")


def rows(desk: Desk, query: str) -> str:
    return desk.client.get("/sparql", query_string={"query": query, "format": "csv"}).text


# Who may write.


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
@pytest.mark.parametrize("given", [None, "Basic YWxpY2U6dGVh", "Bearer", "Bearer  ", SECRET])
def test_without_a_token_nothing_is_written_and_the_answer_says_what_is_wanted(
    desk: Desk, method: str, given: str | None
) -> None:
    before = desk.files()
    fields = {} if given is None else {"Authorization": given}
    answer = desk.ask(method, added(desk.turtle()), holder=False, **fields)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="sayso"'
    assert desk.files() == before


@pytest.mark.parametrize("given", [SECRET[:-1], SECRET + "x", SECRET.upper(), "t\xfcr", "x" * 9999])
def test_a_wrong_token_is_403(desk: Desk, given: str) -> None:
    before = desk.files()
    answer = desk.ask("PUT", added(desk.turtle()), holder=False, Authorization=f"Bearer {given}")
    assert answer.status_code == 403
    assert "WWW-Authenticate" not in answer.headers
    assert SECRET not in answer.text
    assert desk.files() == before


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o666])
def test_a_token_that_others_can_read_or_change_is_refused_in_one_sentence(
    tmp_path: Path, mode: int
) -> None:
    file = token_file(tmp_path)
    file.chmod(mode)
    with pytest.raises(OpenTokenFile, match="chmod 600"):
        Token.read(file)
    file.chmod(0o400)
    Token.read(file).check(f"bearer {SECRET}")


@pytest.mark.parametrize(
    "content", ["", "\n", "tarts", "two words of sixteen", "x" * 1001, "é" * 16]
)
def test_a_weak_token_is_refused_in_one_sentence(tmp_path: Path, content: str) -> None:
    file = token_file(tmp_path)
    file.write_text(content, encoding="utf-8")
    with pytest.raises(WeakToken, match="openssl rand"):
        Token.read(file)


def test_a_token_file_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(NoTokenFile, match="No such file"):
        Token.read(tmp_path / "nothing")
    with pytest.raises(NoTokenFile, match="directory"):
        Token.read(tmp_path)


def test_the_token_is_shown_nowhere(tmp_path: Path) -> None:
    assert SECRET not in repr(Token.read(token_file(tmp_path)))


# What stands stays.


@pytest.mark.parametrize("kind", FORMATS)
def test_what_is_got_and_put_changes_no_byte(desk: Desk, kind: str) -> None:
    before, state = desk.files(), desk.tag()
    body = desk.graph(FORMATS[kind])
    assert b"wasAttributedTo" in body, "what the loader implies is not there to be left out"
    answer = desk.ask("PUT", body, kind=kind)
    assert (answer.status_code, answer.headers["ETag"]) == (204, state)
    assert desk.files() == before


@pytest.mark.parametrize("suffix", ["ttl", "nt", "rdf", "jsonld", "trig", "nq"])
def test_what_an_address_gives_with_labels_of_others_changes_no_byte(
    desk: Desk, suffix: str
) -> None:
    before = desk.files()
    got = desk.client.get(f"/article/{NAME}.{suffix}")
    if suffix in ("trig", "nq"):  # each triple in its own graph, and only one graph is written
        answer = desk.ask("PUT", got.data, kind=got.content_type)
        assert answer.status_code == 400
        assert "only <" + IRI in answer.text
    else:
        assert b"dormouse" in got.data
        assert b"Alice" in got.data, "no label of another file is there to be left out"
        assert desk.ask("PUT", got.data, kind=got.content_type).status_code == 204
    assert desk.files() == before


def test_a_file_that_is_not_tidy_stays_as_it_is_while_its_content_does(desk: Desk) -> None:
    desk.file().write_text("# by hand\n" + desk.turtle().replace("    ", "\t"), encoding="utf-8")
    desk.serve()
    before = desk.files()
    assert desk.ask("PUT", desk.turtle()).status_code == 204
    assert (
        desk.ask(
            "PUT", desk.graph(ox.RdfFormat.N_TRIPLES), kind="application/n-triples"
        ).status_code
        == 204
    )
    assert desk.files() == before


@pytest.mark.parametrize("kind", ["application/n-triples", "application/ld+json"])
def test_a_change_moves_only_its_own_line_and_keeps_the_comments(desk: Desk, kind: str) -> None:
    before = desk.turtle()
    body = desk.graph(FORMATS[kind]).decode()
    old, new = "certainty/probable", "certainty/certain"
    assert body.count(old) == 1
    assert desk.ask("PUT", body.replace(old, new), kind=kind).status_code == 204
    assert desk.turtle() == changed(before)


def test_comments_of_a_body_take_the_place_of_those_of_the_file(desk: Desk) -> None:
    before = desk.turtle()
    line = "# What the herald says in his own voice.\n"
    assert desk.ask("PUT", before.replace(line, "# In his own voice.\n")).status_code == 204
    assert desk.turtle() == before.replace(line, "# In his own voice.\n")


def test_a_literal_that_the_store_writes_otherwise_stays_as_the_file_has_it(desk: Desk) -> None:
    written = '"2026-11-22T09:00:00Z"^^xsd:dateTime'
    odd = desk.turtle().replace(written, written.replace("00Z", "00.0Z"))
    desk.file().write_text(odd, encoding="utf-8")
    desk.serve()
    body = desk.graph(ox.RdfFormat.N_TRIPLES).decode()
    assert "09:00:00Z" in body, "the store writes it as the file does"
    old, new = "certainty/probable", "certainty/certain"
    answer = desk.ask("PUT", body.replace(old, new), kind="application/n-triples")
    assert answer.status_code == 204, answer.text
    assert desk.turtle() == changed(odd)


def test_what_the_file_itself_says_stays_though_it_is_implied(desk: Desk) -> None:
    said = desk.turtle().replace(
        "<#juror>\n    a sayso:UnnamedSource", "<#juror>\n    a prov:Agent , sayso:UnnamedSource"
    )
    desk.file().write_text(said, encoding="utf-8")
    desk.serve()
    assert desk.ask("PUT", desk.graph(ox.RdfFormat.TURTLE)).status_code == 204
    assert desk.turtle() == said


# Writing.


def test_put_replaces_a_record_and_the_answer_names_its_new_state(desk: Desk) -> None:
    state = desk.tag()
    answer = desk.ask("PUT", changed(desk.turtle()))
    assert (answer.status_code, answer.data) == (204, b"")
    assert answer.headers["ETag"] != state
    assert answer.headers["ETag"] == desk.tag()
    assert "Location" not in answer.headers
    claim = f"<{IRI}#c12> sayso:certainty ?certainty"
    assert rows(desk, f"SELECT ?certainty {{ {claim} }}").endswith("certainty/certain\r\n")


@pytest.mark.parametrize("method", ["PUT", "POST"])
@pytest.mark.parametrize(
    "path",
    [f"/article/{SECOND}", "/rdf-graph-store?graph=" + quote(f"{BASE}article/{SECOND}", safe="")],
)
def test_a_new_record_is_tidied_out_of_a_draft_and_has_an_address(
    desk: Desk, method: str, path: str
) -> None:
    answer = desk.ask(method, NOTES, path=path)
    assert (answer.status_code, answer.text) == (201, "")
    assert answer.headers["Location"] == f"http://localhost/article/{SECOND}"
    text = desk.file(SECOND).read_text(encoding="utf-8")
    assert "sayso:states stmt:knave-of-hearts-committed-theft-of-the-tarts-aa045063 ;" in text
    assert "# A claim whose statement has no name yet.\n<#c1>" in text
    assert desk.client.get(answer.headers["Location"]).status_code == 200
    assert desk.ask("PUT", text, path=path).headers["ETag"] == answer.headers["ETag"]
    assert check_folder(desk.folder, (), days).conforms


def test_post_adds_to_what_stands(desk: Desk) -> None:
    before = desk.turtle()
    whole = added(before)
    more = whole[: whole.index("\n<>")] + whole[len(before) :]
    answer = desk.ask("POST", more)
    assert answer.status_code == 204, answer.text
    lines = desk.turtle().splitlines()
    assert [line for line in before.splitlines() if line not in lines] == []
    assert lines.count("<#c19>") == 1
    assert desk.ask("POST", more).status_code == 204, "adding the same again changes nothing"
    assert desk.turtle().splitlines() == lines


def test_delete_removes_the_file_and_what_it_said(desk: Desk) -> None:
    before = desk.files()
    desk.ask("PUT", NOTES, path=f"/article/{SECOND}")
    answer = desk.ask("DELETE", path=f"/article/{SECOND}")
    assert (answer.status_code, answer.data) == (204, b"")
    assert "ETag" not in answer.headers
    assert desk.files() == before
    assert desk.client.get(f"/article/{SECOND}").status_code == 404
    assert desk.ask("DELETE", path=f"/article/{SECOND}").status_code == 404


def test_the_last_record_stays_for_nothing_else_could_be_served(desk: Desk) -> None:
    before = desk.files()
    answer = desk.ask("DELETE")
    assert (answer.status_code, answer.content_type) == (409, "application/problem+json")
    assert "last record" in answer.text
    assert desk.files() == before


def test_a_record_that_others_refer_to_stays(desk: Desk) -> None:
    desk.ask("PUT", NOTES, path=f"/article/{SECOND}")
    links = desk.folder.root / "graph" / "links.ttl"
    link = f"<{IRI}#c3> <https://w3id.org/sayso/ns#relays> <{BASE}article/{SECOND}#c1> .\n"
    links.write_text(links.read_text(encoding="utf-8") + link, encoding="utf-8")
    desk.serve()
    before = desk.files()
    answer = desk.ask("DELETE", path=f"/article/{SECOND}")
    assert answer.status_code == 409
    assert "graph/links.ttl" in answer.text
    assert desk.files() == before


def test_scripts_of_other_sites_are_told_what_they_may_send(desk: Desk) -> None:
    answer = desk.client.options(f"/article/{NAME}")
    assert answer.status_code == 204
    assert {"PUT", "POST", "DELETE"} <= set(answer.headers["Allow"].split(", "))
    assert "Authorization" in answer.headers["Access-Control-Allow-Headers"]
    assert "If-Match" in answer.headers["Access-Control-Allow-Headers"]


# Preconditions.


def test_if_match_lets_only_those_write_who_saw_what_stands(desk: Desk) -> None:
    seen = desk.tag()
    assert desk.ask("PUT", changed(desk.turtle()), If_Match=seen).status_code == 204
    after = desk.files()
    for method in ("PUT", "POST", "DELETE"):
        answer = desk.ask(method, added(desk.turtle()), If_Match=seen)
        assert (answer.status_code, "If-Match" in answer.text) == (412, True)
    assert desk.files() == after
    assert desk.ask("PUT", added(desk.turtle()), If_Match=f'"x", {desk.tag()}').status_code == 204


@pytest.mark.parametrize("spoil", ["W/{}", "x{}", '""', "*x"])
def test_if_match_takes_no_weak_or_broken_tag(desk: Desk, spoil: str) -> None:
    given = spoil.format(desk.tag()).replace('x"', '"x')
    assert desk.ask("PUT", added(desk.turtle()), If_Match=given).status_code == 412


STORED = f"/rdf-graph-store/article/{NAME}"


@pytest.mark.parametrize("path", [STORED, f"{STORED}?format=jsonld"])
def test_if_match_takes_the_tag_of_what_was_got(desk: Desk, path: str) -> None:
    got = desk.client.get(path).headers["ETag"]
    answer = desk.ask("PUT", changed(desk.turtle()), If_Match=got)
    assert answer.status_code == 204
    assert desk.client.get(STORED).headers["ETag"] == answer.headers["ETag"]
    assert desk.ask("PUT", added(desk.turtle()), If_Match=got).status_code == 412


def test_a_change_by_hand_that_is_not_served_yet_is_not_overwritten(desk: Desk) -> None:
    got = desk.client.get(STORED).headers["ETag"]
    seen = desk.tag()
    text = desk.turtle()
    desk.file().write_text(changed(text), encoding="utf-8")
    for tag in (got, seen):
        assert desk.ask("PUT", added(text), If_Match=tag).status_code == 412
    assert desk.turtle() == changed(text)


def test_if_match_of_anything_wants_a_record(desk: Desk) -> None:
    assert desk.ask("PUT", changed(desk.turtle()), If_Match="*").status_code == 204
    answer = desk.ask("PUT", NOTES, path=f"/article/{SECOND}", If_Match="*")
    assert answer.status_code == 412
    assert not desk.file(SECOND).exists()


def test_if_none_match_of_anything_only_creates(desk: Desk) -> None:
    before = desk.files()
    assert desk.ask("PUT", changed(desk.turtle()), If_None_Match="*").status_code == 412
    assert desk.ask("PUT", changed(desk.turtle()), If_None_Match=desk.tag()).status_code == 412
    assert desk.files() == before
    answer = desk.ask("PUT", NOTES, path=f"/article/{SECOND}", If_None_Match="*")
    assert answer.status_code == 201


def test_without_a_precondition_the_last_one_wins(desk: Desk) -> None:
    text = desk.turtle()
    assert desk.ask("PUT", added(text)).status_code == 204
    assert desk.ask("PUT", changed(text)).status_code == 204
    assert desk.turtle() == changed(text)


# What is refused changes nothing.


@pytest.mark.parametrize(
    ("accept", "kind", "told"),
    [
        (None, "text/plain; charset=utf-8", "error claim-known-claimant: "),
        ("*/*", "text/plain; charset=utf-8", "1 error, 0 warnings"),
        ("application/json", "application/problem+json", '"code": "claim-known-claimant"'),
        ("text/turtle", "text/turtle", "sh:conforms false"),
        ("application/n-triples", "application/n-triples", "shacl#ValidationResult>"),
        ("application/ld+json", "application/ld+json", "shacl#ValidationReport"),
    ],
)
def test_a_violation_changes_nothing_and_is_told_as_the_client_likes(
    desk: Desk, accept: str | None, kind: str, told: str
) -> None:
    before, state = desk.files(), desk.tag()
    asked = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    count = rows(desk, asked)
    body = desk.turtle().replace(*SPOILT)
    answer = desk.ask("PUT", body, Accept=accept or "")
    assert (answer.status_code, answer.content_type) == (422, kind)
    assert told in answer.text
    assert "/tmp" not in answer.text
    assert str(desk.folder.root) not in answer.text
    assert (desk.files(), desk.tag(), rows(desk, asked)) == (before, state, count)


def test_the_report_names_the_lines_of_what_was_sent(desk: Desk) -> None:
    body = "# sent\n\n\n" + desk.turtle().replace(*SPOILT)
    line = body[: body.index(SPOILT[1])].count("\n") + 1
    told = desk.ask("PUT", body, Accept="application/json").get_json()
    assert (told["title"], told["status"]) == ("Unprocessable Entity", 422)
    assert [(each["line"], each["path"]) for each in told["findings"]] == [
        (line, f"graph/articles/{NAME}.ttl")
    ]
    nt = desk.graph(ox.RdfFormat.N_TRIPLES).decode().replace("person/hatter>", "person/nobody>")
    told = desk.ask("PUT", nt, kind="application/n-triples", Accept="application/json").get_json()
    assert {each["line"] for each in told["findings"]} == {None}


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<> a <https://w3id.org/sayso/ns#Record> .",
        FACT,
    ],
)
def test_what_is_no_whole_record_is_422(desk: Desk, body: str) -> None:
    before = desk.files()
    for path in (f"/article/{NAME}", f"/article/{SECOND}"):
        assert desk.ask("PUT", body, path=path).status_code == 422
    assert desk.files() == before


def test_a_bare_fact_cannot_be_added(desk: Desk) -> None:
    before = desk.files()
    answer = desk.ask("POST", FACT)
    assert answer.status_code == 422
    assert desk.files() == before


def test_a_fault_of_another_file_keeps_a_record_from_being_mended_only_where_all_must_conform(
    desk: Desk,
) -> None:
    desk.ask("PUT", NOTES, path=f"/article/{SECOND}")
    text, notes = desk.turtle(), desk.file(SECOND).read_text(encoding="utf-8")
    desk.file().write_text(text.replace(*SPOILT), encoding="utf-8")
    desk.file(SECOND).write_text(
        notes.replace("person:queen-of-hearts", "person:nobody"), encoding="utf-8"
    )
    desk.serve()
    refused = desk.ask("PUT", text)
    assert (refused.status_code, SECOND in refused.text) == (422, True)
    desk.strict = False
    desk.serve()
    assert desk.ask("PUT", text).status_code == 204
    assert (
        desk.ask("PUT", desk.turtle().replace("cert:possible", "cert:perhaps")).status_code == 422
    )
    assert desk.ask("PUT", notes, path=f"/article/{SECOND}").status_code == 204
    assert check_folder(desk.folder, (), days).conforms


@pytest.mark.parametrize(
    "file", [f"graph/articles/{NAME}.ttl", "graph/entities/people.ttl", "graph/dataset.ttl"]
)
def test_a_folder_that_was_spoilt_by_hand_is_named_and_not_blamed_on_the_body(
    desk: Desk, file: str
) -> None:
    body = added(desk.turtle())
    spoilt = desk.folder.root / file
    spoilt.write_text(spoilt.read_text(encoding="utf-8") + "\n<> a ", encoding="utf-8")
    before = desk.files()
    answer = desk.client.put(
        f"/article/{NAME}", data=body, headers=HOLDER, content_type="text/turtle"
    )
    assert (answer.status_code, file + ": this file" in answer.text) == (409, True), answer.text
    assert str(desk.folder.root) not in answer.text
    assert desk.files() == before


@pytest.mark.parametrize(
    ("draft", "told"),
    [
        ("<#c20> sayso:states [ sayso:subject person:hatter ] .", "exactly one subject"),
        ("<#c20> a sayso:Claim ; sayso:saidOn 'teatime' .", "cannot be used as a date"),
        ("<#c20> a sayso:Claim ; sayso:evidence [ oa:exact 'a tart' ] .", "found only in the text"),
        ("<#c20> sayso:relays [ a sayso:Claim ] .", "have no name"),
        (
            "<#c20> sayso:relays " + "[ sayso:relays " * 900 + "<#c1>" + "]" * 900 + " .",
            "900 nodes",
        ),
        ("<#c20> sayso:relays <https://example.org/.well-known/genid/1> .", "have no name"),
    ],
)
def test_a_draft_that_cannot_be_finished_is_422_with_a_sentence(
    desk: Desk, draft: str, told: str
) -> None:
    before = desk.files()
    answer = desk.ask("PUT", desk.turtle() + draft)
    assert (answer.status_code, told in answer.text) == (422, True), answer.text
    assert desk.files() == before


@pytest.mark.parametrize(
    ("kind", "body", "place"),
    [
        ("text/turtle", "<> a\n  <b> ;\n  ] .", "body:3:3: "),
        ("application/n-triples", "<a:b> <a:c> <a:d> .\nnothing", "body:2:"),
        ("application/n-quads", "<a:b> <a:c> .", "body:1:"),
        ("application/trig", "<a:b> { <a:c> ", "body:1:"),
        ("application/ld+json", '{"@id": \n ]', "body:2:"),
        ("application/rdf+xml", "<rdf:RDF>", "RDF/XML"),
    ],
)
def test_a_body_that_cannot_be_read_is_400_with_its_place(
    desk: Desk, kind: str, body: str, place: str
) -> None:
    answer = desk.ask("PUT", body, kind=kind, Accept="text/plain")
    assert (answer.status_code, place in answer.text) == (400, True), answer.text


@pytest.mark.parametrize(
    "body",
    [
        '{"@context": "http://127.0.0.1:9/context", "@id": "a:b", "a:c": "d"}',
        '{"@context": {"@import": "http://127.0.0.1:9/context"}, "@id": "a:b", "a:c": "d"}',
        '{"@context": ["file:///etc/passwd"], "@id": "a:b", "a:c": "d"}',
    ],
)
def test_no_context_is_fetched(desk: Desk, body: str) -> None:
    answer = desk.ask("PUT", body, kind="application/ld+json")
    assert (answer.status_code, "remote context" in answer.text) == (400, True), answer.text


def test_triples_of_another_graph_are_refused(desk: Desk) -> None:
    before = desk.files()
    other = "<a:b> <a:c> <a:d> <a:other> ."
    answer = desk.ask("POST", other, kind="application/n-quads")
    assert (answer.status_code, "a:other" in answer.text) == (400, True)
    quoted = "<< <a:b> <a:c> <a:d> >> <a:e> <a:f> ."
    assert desk.ask("POST", quoted).status_code == 400
    assert desk.files() == before


@pytest.mark.parametrize(
    "kind", ["", "text/csv", "text/turtle; charset=latin-1", "multipart/form-data"]
)
def test_another_media_type_is_415_with_what_is_taken(desk: Desk, kind: str) -> None:
    answer = desk.ask("PUT", desk.turtle(), kind=kind)
    assert (answer.status_code, "text/turtle, application/n-triples" in answer.text) == (415, True)


def test_a_body_in_a_coding_or_in_part_is_refused(desk: Desk) -> None:
    assert desk.ask("PUT", b"", Content_Encoding="gzip").status_code == 415
    assert desk.ask("PUT", desk.turtle(), Content_Range="bytes 0-9/99").status_code == 400
    assert desk.ask("PUT", b"\xff\xfe").status_code == 400


def test_a_body_too_large_is_413(desk: Desk) -> None:
    assert desk.ask("PUT", "#" * (LONGEST + 1)).status_code == 413
    assert desk.ask("PUT", desk.turtle() + "#" * 1_000_000).status_code == 204


@pytest.mark.parametrize(
    "path",
    [
        "/rdf-graph-store?graph=" + quote(f"{BASE}graph/entities/people", safe=""),
        "/rdf-graph-store?graph=" + quote("https://w3id.org/sayso/ns", safe=""),
        "/rdf-graph-store?default",
        "/article/a/b",
        "/article/",
        "/article/..",
        "/article/%2e%2e%2fentities%2fpeople",
        "/article/a%00b",
        "/article/-x",
        "/article/.hidden",
        "/article/x.ttl",
        "/article/x.html",
        "/article/" + "x" * 250,
        "/article/t%C3%BCr",
    ],
)
def test_what_is_no_record_is_not_written(desk: Desk, path: str) -> None:
    before = desk.files()
    for method in ("PUT", "POST", "DELETE"):
        answer = desk.ask(method, NOTES, path=path)
        assert (answer.status_code, "Only a record" in answer.text) == (403, True), answer.text
    assert desk.files() == before


@pytest.mark.parametrize(
    "query", ["", f"?graph={IRI}&graph={IRI}", f"?default&graph={IRI}", "?graph=x"]
)
def test_a_write_names_one_graph(desk: Desk, query: str) -> None:
    before = desk.files()
    for method in ("PUT", "POST", "DELETE"):
        assert desk.ask(method, NOTES, path="/rdf-graph-store" + query).status_code == 400
    assert desk.files() == before


@pytest.mark.parametrize("path", ["/", "/id/person/hatter", "/sparql", "/query", "/ns"])
def test_other_addresses_only_read(desk: Desk, path: str) -> None:
    before = desk.files()
    for method in ("PUT", "DELETE"):
        assert desk.ask(method, NOTES, path=path).status_code == 405
    update = "DELETE WHERE { ?s ?p ?o }"
    kind = "application/sparql-update"
    assert desk.ask("POST", update, path="/sparql", kind=kind).status_code == 403
    assert desk.files() == before


# One writer at a time.


def test_a_write_waits_for_another_and_gives_up_in_time(desk: Desk) -> None:
    before = desk.files()
    with sole_writer(desk.folder, 1.0):
        answer = desk.ask("PUT", added(desk.turtle()))
    assert (answer.status_code, "Another write" in answer.text) == (503, True)
    assert answer.headers["Retry-After"].isdecimal()
    assert desk.files() == before
    assert desk.ask("PUT", added(desk.turtle())).status_code == 204


def test_of_two_that_write_at_once_one_is_told_of_the_other(wonderland: DataFolder) -> None:
    desks = [Desk(wonderland), Desk(wonderland)]
    for desk in desks:
        desk.patience = 20.0
        desk.serve()
    seen, text = desks[0].tag(), desks[0].turtle()
    answers: dict[int, TestResponse] = {}

    def write(number: int, body: str) -> None:
        answers[number] = desks[number].ask("PUT", body, If_Match=seen)

    bodies = [changed(text), added(text)]
    threads = [threading.Thread(target=write, args=pair) for pair in enumerate(bodies)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    statuses = {number: answer.status_code for number, answer in answers.items()}
    assert sorted(statuses.values()) == [204, 412]
    winner = min(statuses, key=lambda number: statuses[number])
    lines = set(bodies[winner].splitlines())
    assert set(desks[0].turtle().splitlines()) == lines


def test_a_draft_left_behind_is_no_part_of_the_graph_and_goes(desk: Desk) -> None:
    (desk.folder.articles / DRAFT).write_text("<> a ", encoding="utf-8")
    desk.serve()
    assert check_folder(desk.folder, (), days).conforms
    assert desk.ask("PUT", desk.turtle()).status_code == 204
    assert not (desk.folder.articles / DRAFT).exists()


def test_what_a_file_may_be_read_by_stays(desk: Desk) -> None:
    desk.file().chmod(0o640)
    assert desk.ask("PUT", added(desk.turtle())).status_code == 204
    assert desk.file().stat().st_mode & 0o777 == 0o640


class Ear:
    """Hear what a server would."""

    def __init__(self, desk: Desk, fault: str = "") -> None:
        self.desk, self.fault = desk, fault
        self.heard: list[tuple[str, str]] = []

    def writes(self) -> None:
        self.heard.append(("writes", self.desk.turtle()))

    def load(self) -> str:
        self.heard.append(("load", self.desk.turtle()))
        return self.fault

    def put(self, body: str) -> TestResponse:
        return self.desk.client.put(
            f"/article/{NAME}",
            data=body,
            headers=HOLDER,
            content_type="text/turtle",
            environ_overrides={SERVING: self},
        )


def test_the_server_is_told_before_and_after_a_change_and_of_nothing_else(desk: Desk) -> None:
    ear, text = Ear(desk), desk.turtle()
    for body, status in ((text, 204), (text.replace(*SPOILT), 422), (changed(text), 204)):
        assert ear.put(body).status_code == status
    assert ear.heard == [("writes", text), ("load", changed(text))]


def test_what_is_written_and_not_yet_served_is_202(desk: Desk) -> None:
    text = desk.turtle()
    answer = Ear(desk, "the shelf is full.").put(changed(text))
    assert (answer.status_code, "the shelf is full" in answer.text) == (202, True)
    assert desk.turtle() == changed(text)
