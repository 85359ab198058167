"""Anybody's data is checked against anybody's shapes, in every format, by both engines alike."""

import gzip
import json
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result

from sayso.cli import group
from sayso.validation.sentences import _SENTENCES

EX = "https://example.org/"
SHACL = f"@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix : <{EX}> .\n"
SHAPES = (
    SHACL
    + """
:TartShape a sh:NodeShape ; sh:targetClass :Tart ;
    sh:property [ sh:path :baker ; sh:minCount 1 ; sh:nodeKind sh:IRI ] ,
        [ sh:path :price ; sh:maxCount 1 ; sh:maxInclusive 3 ; sh:message "Too dear."@en ] ;
    sh:sparql [ sh:message "{?value} eats what it bakes." ; sh:select '''
        SELECT $this ?value WHERE {
            $this <https://example.org/baker> ?value . ?value <https://example.org/eats> $this
        }''' ] .
"""
)
DATA = f"""@prefix : <{EX}> .
:one a :Tart ; :baker :queen ; :price 2 .
:two a :Tart ; :price 4 .
:three a :Tart ; :baker "nobody" , :hare .
:hare :eats :three .
_:four a :Tart .
"""
EXPECTED = {
    ("TartShape", "There are fewer values of baker here than 1.", f"{EX}two", None),
    ("TartShape", "Too dear.", f"{EX}two", "4"),
    ("TartShape", "This is of another kind than sh:IRI.", f"{EX}three", "nobody"),
    ("TartShape", f"{EX}hare eats what it bakes.", f"{EX}three", f"{EX}hare"),
    ("TartShape", "There are fewer values of baker here than 1.", "four", None),
}
FORMS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "rdf": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}


@pytest.fixture
def shapes(tmp_path: Path) -> Path:
    path = tmp_path / "shapes.ttl"
    path.write_text(SHAPES, "utf-8")
    return path


def run(*arguments: str | Path, stdin: bytes | None = None) -> Result:
    line = ["check", "--no-cache", "--format", "json", *map(str, arguments)]
    return CliRunner().invoke(group, line, input=stdin)


NO_NAME = "four"


def found(result: Result) -> set[tuple[str, str, str, str | None]]:
    assert result.exit_code == 1, result.output
    told = json.loads(result.stdout)
    # A file that is not Turtle may name a blank node as it likes.
    foci = {each["focus"]: each["focus"] if ":" in each["focus"] else NO_NAME for each in told}
    return {(each["code"], each["message"], foci[each["focus"]], each["value"]) for each in told}


def content(suffix: str) -> bytes:
    quads = ox.parse(DATA, format=ox.RdfFormat.TURTLE)
    form = FORMS[suffix]
    if form.supports_datasets:
        graph = ox.NamedNode(EX + "graph")
        named = (ox.Quad(q.subject, q.predicate, q.object, graph) for q in quads)
        return ox.serialize(named, format=form) or b""
    return ox.serialize((quad.triple for quad in quads), format=form) or b""


@pytest.mark.parametrize("engine", ["auto", "pyshacl"])
def test_both_engines_say_the_same_of_other_peoples_data(
    engine: str, shapes: Path, tmp_path: Path
) -> None:
    data = tmp_path / "data.ttl"
    data.write_text(DATA, "utf-8")
    assert found(run("--engine", engine, "--shapes", shapes, data)) == EXPECTED


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
@pytest.mark.parametrize("suffix", FORMS)
def test_every_format_is_read(suffix: str, packed: bool, shapes: Path, tmp_path: Path) -> None:
    written = content(suffix)
    data = tmp_path / f"data.{suffix}{'.gz' if packed else ''}"
    data.write_bytes(gzip.compress(written) if packed else written)
    result = run("--shapes", shapes, data)
    assert found(result) == EXPECTED
    assert_placed(result, suffix, str(data))


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
@pytest.mark.parametrize("suffix", FORMS)
def test_standard_input_may_be_in_any_format(suffix: str, packed: bool, shapes: Path) -> None:
    written = content(suffix)
    stdin = gzip.compress(written) if packed else written
    result = run("--shapes", shapes, "-", stdin=stdin)
    assert found(result) == EXPECTED
    assert_placed(result, suffix, "(standard input)")


def assert_placed(result: Result, suffix: str, path: str) -> None:
    """Each finding names the file; and the line, where the format has lines that say something."""
    for each in json.loads(result.stdout):
        assert each["path"] == path
        has_lines = suffix in ("ttl", "trig", "nt", "nq")
        assert (each["line"] is not None) is has_lines
        assert (each["end_column"] is not None) is has_lines


def test_patterns_are_taken_for_both(shapes: Path, tmp_path: Path) -> None:
    half = DATA.index(":three")
    head = f"@prefix : <{EX}> .\n"
    (tmp_path / "a.data.ttl").write_text(DATA[:half], "utf-8")
    (tmp_path / "b.data.ttl").write_text(head + DATA[half:], "utf-8")
    more = SHACL + ":More a sh:NodeShape ; sh:targetNode :hare ; sh:property [ sh:path :eats ;"
    (tmp_path / "more.shapes.ttl").write_text(more + " sh:maxCount 0 ] .", "utf-8")
    result = run("--shapes", shapes, "--shapes", tmp_path / "*.shapes.ttl", tmp_path / "*.data.ttl")
    added = ("More", "There are more values of eats here than 0.", f"{EX}hare", None)
    assert found(result) == {*EXPECTED, added}


def test_blank_nodes_of_two_files_are_not_the_same(shapes: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        text = f"@prefix : <{EX}> . _:x a :Tart ; :price 1 ; :baker :{name} ."
        (tmp_path / f"{name}.data.ttl").write_text(text, "utf-8")
    assert run("--shapes", shapes, tmp_path / "*.data.ttl").exit_code == 0
    text = f"@prefix : <{EX}> . _:x a :Tart ; :price 2 ."
    (tmp_path / "two.data.ttl").write_text(text, "utf-8")
    result = run("--shapes", shapes, tmp_path / "*.data.ttl")
    assert {message for _, message, _, _ in found(result)} == {
        "There are fewer values of baker here than 1."
    }


def test_a_finding_has_its_line(shapes: Path, tmp_path: Path) -> None:
    data = tmp_path / "data.ttl"
    data.write_text(DATA, "utf-8")
    places = {
        (each["line"], each["column"])
        for each in json.loads(run("--shapes", shapes, data).stdout)
        if each["value"] == "nobody"
    }
    assert places == {(4, DATA.splitlines()[3].index('"nobody"') + 1)}


def test_what_conforms_passes(shapes: Path, tmp_path: Path) -> None:
    data = tmp_path / "data.ttl"
    data.write_text(DATA.partition(":two")[0], "utf-8")
    result = run("--shapes", shapes, data)
    assert (result.exit_code, json.loads(result.stdout)) == (0, [])


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "data.ttl: nothing is said there, so there is nothing to check."),
        ("<a> !", "data.ttl:1:5: this is not Turtle"),
    ],
)
def test_data_that_say_nothing_fail(text: str, sentence: str, shapes: Path, tmp_path: Path) -> None:
    data = tmp_path / "data.ttl"
    data.write_text(text, "utf-8")
    result = run("--shapes", shapes, data)
    assert sentence in result.output + str(result.exception)
    assert result.exit_code != 0


def test_shapes_that_say_nothing_fail(tmp_path: Path) -> None:
    for name, text in (("shapes.ttl", "# none\n"), ("data.ttl", DATA)):
        (tmp_path / name).write_text(text, "utf-8")
    result = run("--shapes", tmp_path / "shapes.ttl", tmp_path / "data.ttl")
    assert "shapes.ttl: nothing is said there" in str(result.exception)


def test_one_broken_file_keeps_no_other_from_being_checked(shapes: Path, tmp_path: Path) -> None:
    (tmp_path / "good.data.ttl").write_text(DATA, "utf-8")
    (tmp_path / "broken.data.ttl").write_text("<a> <b> <c>", "utf-8")
    result = run("--shapes", shapes, tmp_path / "*.data.ttl")
    assert result.exit_code == 2
    assert "broken.data.ttl:1:" in result.stderr
    assert len(json.loads(result.stdout)) == len(EXPECTED)


def test_noise_on_standard_input_is_refused(shapes: Path) -> None:
    result = run("--shapes", shapes, "-", stdin=b"\x00 no RDF at all")
    assert "Standard input is none of these: TriG" in str(result.exception)


@pytest.mark.parametrize(
    ("rule", "said", "sentence"),
    [
        ("sh:property [ sh:path :q ; sh:minCount 1 ]", ":p 1", "There are fewer values of q here"),
        (
            'sh:property [ sh:path :p ; sh:maxCount 1 ; sh:name "Preis"@de , "price"@en ]',
            ":p 1, 2",
            "There are more values of price here than 1.",
        ),
        ("sh:closed true ; sh:ignoredProperties ( :q )", ":p 1", "There is no room for p here."),
        (
            "sh:property [ sh:path foaf:name ; sh:hasValue 2 ]",
            ":p 1",
            "The value 2 of foaf:name is",
        ),
        (
            "sh:property [ sh:path ( :p :q ) ; sh:minCount 1 ]",
            ":p 1",
            "There are fewer values here",
        ),
        (
            "sh:property [ sh:path :p ; sh:node [ sh:class :C ] ]",
            ":p 1",
            "This does not conform to a",
        ),
        ("sh:property [ sh:path :p ; sh:node :s2 ] . :s2 sh:class :C", ":p 1", "the shape <"),
    ],
)
def test_a_sentence_names_the_property_that_the_rule_is_about(
    rule: str, said: str, sentence: str, tmp_path: Path
) -> None:
    """A reader sees the file and its line; what is missing there stands nowhere."""
    shapes, data = tmp_path / "s.ttl", tmp_path / "d.ttl"
    foaf = "@prefix foaf: <http://xmlns.com/foaf/0.1/> .\n"
    shapes.write_text(f"{foaf}{SHACL}:s a sh:NodeShape ; sh:targetNode :a ; {rule} .", "utf-8")
    data.write_text(f"@prefix : <{EX}> . :a {said} .", "utf-8")
    ((_, message, _, _),) = found(run("--shapes", shapes, data))
    assert sentence in message


def test_where_nothing_can_be_read_nothing_is_called_sound(shapes: Path, tmp_path: Path) -> None:
    data = tmp_path / "data.ttl"
    data.write_text(":a a :Tart .", "utf-8")
    result = CliRunner().invoke(group, ["check", "--shapes", str(shapes), str(data)])
    assert result.exit_code == 2
    assert result.stdout == "Nothing could be read, and so nothing was checked.\n"
    assert "The rest" not in result.stderr


def test_half_of_a_packed_file_is_refused(shapes: Path) -> None:
    result = run("--shapes", shapes, "-", stdin=gzip.compress(content("ttl"))[:40])
    assert "(standard input): this is not gzip, or not all of it" in str(result.exception)


def test_a_node_without_a_name_is_shown_as_one(shapes: Path, tmp_path: Path) -> None:
    data = tmp_path / "data.ttl"
    data.write_text(f"@prefix : <{EX}> . [] a :Tart .", "utf-8")
    line = ["check", "--shapes", str(shapes), str(data)]
    assert f"{data}:1:{16 + len(EX)}: []\n" in CliRunner().invoke(group, line).output


def test_data_have_to_be_given(shapes: Path) -> None:
    assert "--shapes needs the data" in run("--shapes", shapes).output


RULES = {
    "Class": ("sh:class :D", ":x"),
    "Datatype": ("sh:datatype :d", ":x"),
    "NodeKind": ("sh:nodeKind sh:Literal", ":x"),
    "MinCount": ("sh:minCount 2", ":x"),
    "MaxCount": ("sh:maxCount 0", ":x"),
    "MinExclusive": ("sh:minExclusive 3", "3"),
    "MinInclusive": ("sh:minInclusive 3", "2"),
    "MaxExclusive": ("sh:maxExclusive 3", "3"),
    "MaxInclusive": ("sh:maxInclusive 3", "4"),
    "MinLength": ("sh:minLength 3", '"no"'),
    "MaxLength": ("sh:maxLength 1", '"no"'),
    "Pattern": ('sh:pattern "^y"', '"no"'),
    "LanguageIn": ('sh:languageIn ( "en" "de" )', '"non"@fr'),
    "UniqueLang": ("sh:uniqueLang true", '"one"@en , "two"@en'),
    "Equals": ("sh:equals :q", ":x"),
    "Disjoint": ("sh:disjoint :p", ":x"),
    "LessThan": ("sh:lessThan :r", "5"),
    "LessThanOrEquals": ("sh:lessThanOrEquals :r", "5"),
    "Not": ("sh:not [ sh:nodeKind sh:IRI ]", ":x"),
    "And": ("sh:and ( [ sh:nodeKind sh:Literal ] )", ":x"),
    "Or": ("sh:or ( [ sh:nodeKind sh:Literal ] )", ":x"),
    "Xone": ("sh:xone ( [ sh:nodeKind sh:Literal ] )", ":x"),
    "Node": ("sh:node [ sh:nodeKind sh:Literal ]", ":x"),
    "QualifiedMinCount": ("sh:qualifiedValueShape [ sh:class :D ] ; sh:qualifiedMinCount 1", ":x"),
    "QualifiedMaxCount": (
        "sh:qualifiedValueShape [ sh:nodeKind sh:IRI ] ; sh:qualifiedMaxCount 0",
        ":x",
    ),
    "HasValue": ("sh:hasValue :y", ":x"),
    "In": ("sh:in ( 1 2 3 4 5 6 7 8 )", ":x"),
}


def test_every_kind_of_rule_has_a_sentence_of_its_own() -> None:
    assert {*RULES, "Closed"} == set(_SENTENCES)
    assert len({sentence for _, sentence in _SENTENCES.values()}) >= len(_SENTENCES) - 1


@pytest.mark.parametrize("component", RULES)
def test_both_engines_break_the_same_rule_in_the_same_words(component: str, tmp_path: Path) -> None:
    rule, values = RULES[component]
    shapes, data = tmp_path / "shapes.ttl", tmp_path / "data.ttl"
    shape = f":s a sh:NodeShape ; sh:targetNode :a ; sh:property [ sh:path :p ; {rule} ] ."
    shapes.write_text(SHACL + shape, "utf-8")
    data.write_text(f"@prefix : <{EX}> . :a :p {values} ; :r 4 .", "utf-8")
    both = [found(run("--engine", each, "--shapes", shapes, data)) for each in ("auto", "pyshacl")]
    assert both[0] == both[1]
    messages = {message for _, message, _, _ in both[0]}
    beginning = _SENTENCES[component][1].partition("{")[0]
    assert all(message.startswith(beginning) for message in messages), messages
    assert messages
