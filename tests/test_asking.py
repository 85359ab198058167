"""The page of questions: what it shows of an answer, what it offers, and where it ends."""

import json
import re

import pytest
from flask.testing import FlaskClient

from sayso.store import ClaimStore
from sayso.web import create_app


def asked(visitor: FlaskClient, query: str) -> str:
    return " ".join(visitor.get("/query", query_string={"query": query}).text.split())


def offered(visitor: FlaskClient, text: str) -> list[dict[str, str]]:
    found = json.loads(visitor.get("/query/terms", query_string={"text": text}).data)
    assert isinstance(found, list)
    return found


# ---------------------------------------------------------------- answers


def test_a_graph_is_shown_as_triples_and_as_turtle(visitor: FlaskClient) -> None:
    html = asked(visitor, "CONSTRUCT { ?c sayso:claimant ?w } { ?c sayso:claimant ?w } LIMIT 3")
    assert "3 triples." in html
    assert "<table data-graph>" in html
    assert re.search(r'<td data-column="object" data-iri><a href="/id/', html)
    assert "sayso:claimant" in re.findall(r"<pre[^>]*>(.*?)</pre>", html)[0], "with prefixes"


def test_a_large_graph_is_not_shown_as_text(visitor: FlaskClient) -> None:
    html = asked(visitor, "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o } LIMIT 501")
    assert "501 triples; the first 200 are shown." in html
    assert "<table data-graph data-partial>" in html
    assert "<pre" not in html


def test_numbers_and_things_are_told_apart(visitor: FlaskClient) -> None:
    html = asked(visitor, "SELECT (3 AS ?n) ('3' AS ?s) (act:denies AS ?t) {}")
    assert '<td data-column="n" data-number>3</td>' in html
    assert '<td data-column="s">3</td>' in html
    assert '<td data-column="t" data-iri><a href="/code/act/denies">denies</a></td>' in html


def test_what_breaks_a_table_in_two_stays_in_its_cell(visitor: FlaskClient) -> None:
    html = visitor.get("/query?query=SELECT ('a\\nb\\tc<i>' AS ?x) {}").text
    assert re.search(r'<td data-column="x">a\nb\tc&lt;i&gt;</td>', html)
    assert "1 row." in html


def test_an_answer_beyond_what_a_page_reads_is_told(
    visitor: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sayso.web.answers.Head.__init__.__defaults__", (5_000,))
    html = asked(visitor, "SELECT ?s { ?s ?p ?o }")
    assert re.search(r"More than [0-9,]+ rows", html)
    assert "<tbody>" in html


def test_rows_that_the_server_cuts_are_told(trial: ClaimStore) -> None:
    html = asked(create_app(trial, most_rows=7).test_client(), "SELECT ?s { ?s ?p ?o }")
    assert "This server gives 7 rows of an answer at once, and there are more." in html
    assert html.count("<td ") == 7


def test_what_is_wrong_is_told_with_its_line(visitor: FlaskClient) -> None:
    html = asked(visitor, "SELECT * {\n  ?s ?p\n}")
    assert 'role="alert" data-line="2" data-column="3"' in html
    assert "Line 2, column 3." in html
    assert "<code> ?s ?p</code>" in html


def test_an_answer_has_a_link_of_its_own_and_its_downloads(visitor: FlaskClient) -> None:
    html = visitor.get("/query?name=circles").text
    link = re.findall(r'class="share" href="([^"]+)"', html)[0].replace("&amp;", "&")
    assert "<tbody>" in html
    again = visitor.get(link).text
    assert re.findall("<td.*", again) == re.findall("<td.*", html)
    for suffix in ("json", "xml", "csv", "tsv"):
        address = re.findall(rf'href="([^"]+)" download="answer.{suffix}"', html)[0]
        assert visitor.get(address.replace("&amp;", "&")).status_code == 200


# ---------------------------------------------------------------- terms that complete a query


def test_a_term_is_found_by_its_name_and_by_each_word_of_its_label(visitor: FlaskClient) -> None:
    hatter = {"name": "person:hatter", "label": "the Hatter", "kind": "entity"}
    for typed in ("person:hat", "hatt", "HATTER", "the hat"):
        assert hatter in offered(visitor, typed), typed
    assert hatter not in offered(visitor, "atter")


@pytest.mark.parametrize(
    ("typed", "name", "kind"),
    [
        ("sayso:cl", "sayso:Claim", "class"),
        ("sayso:rel", "sayso:relays", "property"),
        ("act:den", "act:denies", "code"),
        ("dcterms:isP", "dcterms:isPartOf", "property"),
        ("p:comm", "p:committed", "predicate"),
    ],
)
def test_words_of_the_vocabulary_are_found(
    visitor: FlaskClient, typed: str, name: str, kind: str
) -> None:
    assert (name, kind) in {(term["name"], term["kind"]) for term in offered(visitor, typed)}


def test_what_is_offered_can_be_asked(visitor: FlaskClient) -> None:
    names = [term["name"] for term in offered(visitor, "a") + offered(visitor, "w")]
    assert len(names) > 20
    response = visitor.get(
        "/sparql", query_string={"query": f"ASK {{ VALUES ?x {{ {' '.join(names)} }} }}"}
    )
    assert response.status_code == 200
    assert any(name.startswith("<") for name in names), "a record's name has no prefix"


@pytest.mark.parametrize("typed", ["", " ", "no-such-name", "\x00", "((", "?"])
def test_what_fits_nothing_is_an_empty_list(visitor: FlaskClient, typed: str) -> None:
    assert offered(visitor, typed) == []


def test_not_more_than_a_list_can_show_is_offered(
    visitor: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(offered(visitor, "s")) == 50
    monkeypatch.setattr("sayso.web.completion._MOST", 3)
    assert len(offered(visitor, "s")) == 3


def test_terms_that_have_not_changed_are_not_sent_again(visitor: FlaskClient) -> None:
    first = visitor.get("/query/terms?text=hat")
    again = visitor.get("/query/terms?text=hat", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
