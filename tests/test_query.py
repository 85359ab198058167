"""``sayso query`` asks the graph in SPARQL and writes the answer as it is wanted."""

import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result

from sayso.analysis.questions import questions
from sayso.cli import group, main
from sayso.cli.tables import shown
from sayso.errors import (
    BadEncoding,
    BadSyntax,
    NetworkRefused,
    NoFile,
    SaysoError,
    UnfitFormat,
    UnknownQuestion,
)
from sayso.terms import prefixes

TRIAL = Path(__file__).resolve().parent / "trial"
SELECT = "SELECT ?claim ?who { ?claim sayso:claimant ?who ; sayso:act act:denies }"
DENIAL = "white-rabbit-1865-11-26-trial#c6"
BASE = "https://w3id.org/sayso/"

Query = Callable[..., Result]


@pytest.fixture
def query(runner: CliRunner) -> Query:
    """Call ``sayso query`` on the trial."""

    def call(*arguments: str, stdin: bytes | None = None) -> Result:
        return runner.invoke(group, ["query", *arguments, "--data", str(TRIAL)], input=stdin)

    return call


def error(result: Result) -> SaysoError:
    assert isinstance(result.exception, SaysoError), result.output
    assert result.stdout == ""
    return result.exception


def test_a_table_shows_names_that_can_be_typed_into_the_next_query(query: Query) -> None:
    lines = query(SELECT).output.splitlines()
    assert lines[0].split() == ["claim", "who"]
    assert lines[2].split() == [f"<article/{DENIAL}>", "person:knave-of-hearts"]
    assert lines[3:] == ["1 row"]
    again = query(f"ASK {{ <article/{DENIAL}> sayso:claimant person:knave-of-hearts }}")
    assert again.output == "yes\n"


def test_no_cell_is_cut_and_nothing_is_coloured_away_from_a_terminal(query: Query) -> None:
    crumbs = "crumb" * 200
    output = query(f"SELECT ('tart' AS ?short) ('{crumbs}' AS ?long) {{}}").output
    assert "crumb" * 200 in output
    assert "\x1b" not in output
    assert not any(line.endswith(" ") for line in output.splitlines())


def test_a_table_keeps_control_characters_from_the_terminal(query: Query) -> None:
    output = query(r'SELECT ("a\u001b[31mb\nc" AS ?x) {}').output
    assert "a\N{REPLACEMENT CHARACTER}[31mb c" in output


def test_markup_in_the_data_is_only_text(query: Query) -> None:
    assert "[bold]x[/bold]" in query('SELECT ("[bold]x[/bold]" AS ?x) {}').output


def test_an_unbound_variable_is_an_empty_cell(query: Query) -> None:
    assert query("SELECT ?x (1 AS ?y) {}").output.splitlines()[2].split() == ["1"]


def test_no_answer_is_told(query: Query) -> None:
    assert query("SELECT ?x { ?x a act:denies }").output.splitlines()[-1] == "no rows"


def test_a_terminal_gets_colour_and_whole_cells() -> None:
    # On a terminal 40 columns wide the long IRI is folded and none of it is lost.
    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "sayso", "query", SELECT, "--data", str(TRIAL)]
    env = os.environ | {"COLUMNS": "40", "TERM": "xterm-256color"}
    env.pop("NO_COLOR", None)
    subprocess.run(command, stdout=follower, env=env, check=True)
    os.close(follower)
    output = os.read(leader, 65536).decode()
    os.close(leader)
    assert "\x1b[1m" in output
    cells = "".join(
        line.split()[0] for line in output.splitlines() if "…" not in line and line.split()
    )
    assert f"article/{DENIAL}" in cells
    assert "…" not in output


@pytest.mark.parametrize(
    ("iri", "name"),
    [
        (BASE + "id/person/hatter", "person:hatter"),
        (BASE + "code/act/denies", "act:denies"),
        (BASE + "article/x#c3", "<article/x#c3>"),
        (BASE + "date/open_1865-11-20", "date:open_1865-11-20"),
        (BASE + "id/person/a/b", "<id/person/a/b>"),
        (BASE + "id/person/", "<id/person/>"),
        (BASE + "id/person/dr.", "<id/person/dr.>"),
        ("https://example.org/x", "<https://example.org/x>"),
    ],
)
def test_an_iri_is_shortened_only_where_it_can_be_read_back(iri: str, name: str) -> None:
    assert shown(ox.NamedNode(iri), prefixes(), BASE) == name
    found = ox.Store().query(
        f"CONSTRUCT {{ {name} a {name} }} {{}}", base_iri=BASE, prefixes=prefixes()
    )
    assert isinstance(found, ox.QueryTriples)
    assert next(found).subject == ox.NamedNode(iri)


@pytest.mark.parametrize("source", ["text", "file", "stdin"])
def test_a_query_comes_from_the_line_a_file_or_standard_input(
    query: Query, tmp_path: Path, source: str
) -> None:
    path = tmp_path / "denials.rq"
    path.write_text(SELECT, encoding="utf-8")
    given = {"text": [SELECT], "file": ["--file", str(path)], "stdin": ["-"]}[source]
    found = query(*given, "--format", "csv", stdin=SELECT.encode())
    assert found.stdout_bytes == (
        f"claim,who\r\n{BASE}article/{DENIAL},{BASE}id/person/knave-of-hearts\r\n".encode()
    )


def test_the_result_formats_say_the_same(query: Query) -> None:
    pair = [f"{BASE}article/{DENIAL}", f"{BASE}id/person/knave-of-hearts"]
    bindings = json.loads(query(SELECT, "--format", "json").stdout)["results"]["bindings"]
    assert [[row[name]["value"] for name in ("claim", "who")] for row in bindings] == [pair]
    tsv = query(SELECT, "--format", "tsv").stdout.splitlines()
    assert tsv == ["?claim\t?who", "\t".join(f"<{iri}>" for iri in pair)]
    xml = ET.fromstring(query(SELECT, "--format", "xml").stdout)
    assert [uri.text for uri in xml.iter("{http://www.w3.org/2005/sparql-results#}uri")] == pair


@pytest.mark.parametrize(
    ("form", "format_"),
    [
        (None, ox.RdfFormat.TURTLE),
        ("turtle", ox.RdfFormat.TURTLE),
        ("ntriples", ox.RdfFormat.N_TRIPLES),
        ("trig", ox.RdfFormat.TRIG),
        ("nquads", ox.RdfFormat.N_QUADS),
        ("jsonld", ox.RdfFormat.JSON_LD),
        ("rdfxml", ox.RdfFormat.RDF_XML),
    ],
)
@pytest.mark.parametrize(
    "form_of_query", ["CONSTRUCT WHERE { ?x sayso:relays ?y }", "DESCRIBE person:hatter"]
)
def test_a_graph_is_written_in_each_format(
    query: Query, form: str | None, format_: ox.RdfFormat, form_of_query: str
) -> None:
    given = ["--format", form] if form else []
    turtle = query(form_of_query, "--format", "turtle").stdout_bytes
    expected = set(ox.parse(turtle, format=ox.RdfFormat.TURTLE))
    assert len(expected) > 3
    assert set(ox.parse(query(form_of_query, *given).stdout_bytes, format=format_)) == expected


def test_a_triple_that_stands_in_two_graphs_is_one_answer(query: Query) -> None:
    # The statement of the theft stands in two records.
    asked = "SELECT ?s { ?s sayso:subject person:knave-of-hearts ; sayso:predicate p:committed }"
    assert query(asked).output.splitlines()[-1] == "1 row"


@pytest.mark.parametrize(
    ("asked", "answer"), [("ASK { ?x a sayso:Claim }", "yes\n"), ("ASK { ?x a ?x }", "no\n")]
)
def test_a_yes_or_no_is_said(query: Query, asked: str, answer: str) -> None:
    assert query(asked).output == answer
    assert json.loads(query(asked, "--format", "json").stdout)["boolean"] == (answer == "yes\n")


@pytest.mark.parametrize(
    ("asked", "form", "fitting"),
    [
        (SELECT, "turtle", "table, json, xml, csv, tsv"),
        ("ASK {}", "csv", "table, json, xml"),
        ("ASK {}", "jsonld", "table, json, xml"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "csv", "turtle, ntriples, jsonld, rdfxml, trig, nquads"),
        ("DESCRIBE person:hatter", "table", "turtle, ntriples, jsonld, rdfxml, trig, nquads"),
    ],
)
def test_a_format_that_does_not_fit_is_refused_with_those_that_do(
    query: Query, asked: str, form: str, fitting: str
) -> None:
    told = error(query(asked, "--format", form))
    assert isinstance(told, UnfitFormat)
    assert str(told).endswith(f"cannot be written as {form}; what fits: {fitting}.")


@pytest.mark.parametrize(
    ("asked", "line", "column"),
    [
        ("SELEC ?x {}", 1, 1),
        ("", 1, 1),
        ("SELECT ?x {\n  ?x a sayso:Claim .\n  FILTER(?x = )\n}", 3, 3),
        ("SELECT ?x {\n  ?x a sayso:Claim", 2, 19),
        ("SELECT ?x { ?x a ?y } ORDER ?y", 1, 23),
        ("INSERT DATA { person:hatter a person:hatter }", 1, 1),
        ("DROP ALL", 1, 1),
    ],
)
def test_a_malformed_query_is_told_with_its_place(
    query: Query, tmp_path: Path, asked: str, line: int, column: int
) -> None:
    path = tmp_path / "broken.rq"
    path.write_text(asked, encoding="utf-8")
    for given, name in (
        ([asked], "query"),
        (["--file", str(path)], str(path)),
        (["-"], "standard input"),
    ):
        told = error(query(*given, stdin=asked.encode()))
        assert isinstance(told, BadSyntax)
        assert str(told).startswith(f"{name}:{line}:{column}: this is not a SPARQL query: ")
        assert "\n" not in str(told)


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ("SELECT * { ?s a tart:Jam }", "prefix not found"),
        ("SELECT ?x ?x { ?x a ?y }", "duplicated variable name"),
        ("SELECT ?x { ?x a ?y } GROUP BY ?y", "unbound"),
    ],
)
def test_a_rule_that_the_grammar_does_not_show_is_named(
    query: Query, asked: str, reason: str
) -> None:
    assert reason in str(error(query(asked)))


@pytest.mark.parametrize("silent", ["", "SILENT "])
def test_no_query_calls_another_server(query: Query, silent: str) -> None:
    asked = f"SELECT * {{ SERVICE {silent}<http://127.0.0.1:9/> {{ ?s ?p ?o }} }}"
    told = error(query(asked))
    assert isinstance(told, NetworkRefused)
    assert str(told).startswith("query: ")


def test_the_word_service_alone_is_harmless(query: Query) -> None:
    found = query('SELECT ("SERVICE" AS ?word) {} # the SERVICE of the tarts')
    assert found.output.splitlines()[2] == "SERVICE"


def test_a_missing_file_and_bytes_that_are_no_text_are_told(query: Query, tmp_path: Path) -> None:
    assert isinstance(error(query("--file", str(tmp_path / "none.rq"))), NoFile)
    told = error(query("-", stdin=b"SELECT *\n{ ?s ?p '\xff' }"))
    assert isinstance(told, BadEncoding)
    assert str(told).startswith("standard input:2: byte 18 ")


@pytest.mark.parametrize(
    ("given", "argument"),
    [
        (["ASK {} # \udcff"], "QUERY"),
        (["--question", "\udcff"], "--question"),
        (["--question", "claims-of-somebody", "--set", "who=\udcff"], "--set"),
    ],
)
def test_bytes_that_are_not_utf8_are_told_as_that(
    query: Query, given: list[str], argument: str
) -> None:
    assert str(error(query(*given))) == f"{argument} is not UTF-8; give it as UTF-8."


def test_an_error_is_one_sentence_and_status_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["sayso", "query", "SELEC", "--data", str(TRIAL)])
    with pytest.raises(SystemExit) as stopped:
        main()
    assert stopped.value.code == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err.startswith("sayso: query:1:1: ")
    assert output.err.count("\n") == 1


@pytest.mark.parametrize(
    "given", [[], [SELECT, "--question", "circles"], ["--set", "who=person:hatter", SELECT]]
)
def test_one_query_is_asked_at_a_time(query: Query, given: list[str]) -> None:
    assert query(*given).exit_code == 2


def test_the_stored_questions_are_listed(query: Query) -> None:
    output = query("--list").output
    assert len(questions()) > 15
    for found in questions():
        assert any(
            line.split(maxsplit=1) == [found.name, found.title] for line in output.splitlines()
        )


def test_a_stored_question_is_asked_by_name_and_of_somebody_else(query: Query) -> None:
    found = query("--question", "claims-of-somebody", "--set", "who=person:duchess-cook")
    assert found.exit_code == 0
    assert found.output.splitlines()[-1] == "2 rows"
    assert "The Cook counts twelve tarts" in found.output


def test_an_unknown_question_is_told(query: Query) -> None:
    assert isinstance(error(query("--question", "circle")), UnknownQuestion)
