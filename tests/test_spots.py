"""The places of triples are those of the engine's triples, whatever the text looks like."""

from collections.abc import Iterable
from itertools import chain
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.store.spots import Spot, fitting, spots
from sayso.store.turtle import Kind, Terminal
from sayso.terms import VOCABULARIES
from w3c.parsing import Case, cases, fault

BASE = "http://base.example/dir/doc"
RDF = VOCABULARIES["rdf"]
CHECKOUT = Path(__file__).resolve().parent.parent
FILES = [
    path
    for folder in ("ontology", "graph", "shapes", "server", "tests")
    for path in sorted((CHECKOUT / folder).rglob("*.ttl"))
]

NAMES = ("<a>", "<http://x/b>", ":c", "p:d.e", "p:", ":%41", ":f\\,g", "<#\\u0061>")
SPACE = ("", " ", "\n", "\r\n", '\t# note ; . "\n', " # [ (\r")
LITERALS = (
    *('"x"', "'it'", '"""a\n"b" c"""', "'''d\r'e'''", '"f"@en', '"g"^^p:t', '"h"@en-GB', '""'),
    *('"\\""', "1", "-2.5", ".5e3", "true", "false"),
)
WORDS = st.sampled_from(NAMES)
LABELS = st.sampled_from(("_:n", "_:m.1"))


def read(text: str, form: ox.RdfFormat = ox.RdfFormat.TURTLE) -> list[ox.Quad]:
    return list(ox.parse(text, format=form, base_iri=BASE))


def joined(parts: list[str], spaces: list[str]) -> str:
    """Write terms with a space, and whatever else may stand, between them."""
    return "".join(f"{part} {spaces[n % len(spaces)]}" for n, part in enumerate(parts))


def flat(parts: Iterable[list[str]]) -> list[str]:
    return list(chain.from_iterable(parts))


def node(inner: st.SearchStrategy[list[str]]) -> st.SearchStrategy[list[str]]:
    listed = st.lists(inner, max_size=3).map(lambda items: ["(", *flat(items), ")"])
    pairs = st.lists(st.tuples(WORDS, st.lists(inner, min_size=1, max_size=2)), max_size=2)
    return listed | pairs.map(lambda said: ["[", *said_of(said), "]"])


def said_of(pairs: list[tuple[str, list[list[str]]]]) -> list[str]:
    parts: list[str] = []
    for predicate, objects in pairs:
        parts += [";", ";"] * bool(parts) + [predicate]
        parts += flat([*([","] * bool(n)), *each] for n, each in enumerate(objects))
    return parts


PLAIN = (WORDS | LABELS | st.sampled_from(LITERALS)).map(lambda word: [word])
OBJECTS = st.recursive(PLAIN, node, max_leaves=8)
SUBJECTS = (WORDS | LABELS).map(lambda word: [word]) | node(PLAIN)
PAIRS = st.tuples(WORDS | st.just("a"), st.lists(OBJECTS, min_size=1, max_size=3))
STATEMENTS = st.tuples(SUBJECTS, st.lists(PAIRS, min_size=1, max_size=3)).map(
    lambda pair: [*pair[0], *said_of(pair[1])]
)
SPACES = st.lists(st.sampled_from(SPACE), min_size=1, max_size=5)
HEAD = "@prefix : <http://x/> .\nPREFIX p: <http://p/>\n"


@settings(deadline=None)  # a busy machine is no fault
@given(st.lists(STATEMENTS, max_size=4), SPACES)
def test_the_triples_with_places_are_those_that_the_engine_reads(
    statements: list[list[str]], spaces: list[str]
) -> None:
    text = HEAD + joined(flat([*each, "."] for each in statements), spaces)
    quads = read(text)
    assert_alike(text, quads)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.lists(STATEMENTS, max_size=2)), max_size=3), SPACES)
def test_so_they_are_in_the_graphs_of_trig(
    graphs: list[tuple[int, list[list[str]]]], spaces: list[str]
) -> None:
    heads: tuple[list[str], ...] = ([], [":g"], ["GRAPH", "_:n"], ["[", "]"])
    parts: list[str] = []
    for head, statements in graphs:
        inside = flat([*([";", "."] * bool(n)), *each] for n, each in enumerate(statements))
        parts += [*heads[head], "{", *inside, "}"]
    text = HEAD + joined(parts, spaces)
    assert_alike(text, read(text, ox.RdfFormat.TRIG))


def assert_alike(text: str, quads: list[ox.Quad]) -> None:
    found = fitting(text, quads)
    assert found is not None
    names: dict[Terminal | str, str] = {}
    for spot, quad in zip(found, quads, strict=True):
        assert text.startswith(spot.object.text, spot.object.offset)
        assert predicate_of(spot) in (None, quad.predicate.value)
        for terminal, term in ((spot.subject, quad.subject), (spot.object, quad.object)):
            if isinstance(term, ox.BlankNode):
                labelled = terminal.kind is Kind.BLANK_NODE and terminal.text
                key = terminal.text if labelled else terminal
                assert names.setdefault(key, term.value) == term.value
            elif terminal.text not in ("(", ")"):
                assert term_of(terminal) in (term, None), terminal


def predicate_of(spot: Spot) -> str | None:
    """Read a predicate by itself; rdf:rest has none of its own."""
    if spot.predicate is None:
        return RDF + "first"
    alone = term_of(spot.predicate) if spot.object.text not in ("", ")") else None
    return alone.value if isinstance(alone, ox.NamedNode) else None


def term_of(terminal: Terminal) -> object:
    """Have the engine read a terminal by itself; of a literal, its text alone is compared."""
    if terminal.kind in (Kind.PUNCTUATION, Kind.STRING) or not terminal.text:
        return None
    (quad,) = read(
        f"{HEAD}<s> {terminal.text} 1 ."
        if terminal.kind is Kind.A
        else f"{HEAD}<s> <p> {terminal.text} ."
    )
    return quad.predicate if terminal.kind is Kind.A else quad.object


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(CHECKOUT)))
def test_every_file_of_the_project_has_a_place_for_each_triple(path: Path) -> None:
    text = path.read_bytes().decode()
    quads = read(text)
    found = fitting(text, quads)
    assert found is not None
    assert len(found) == len(quads)


def test_there_are_files_to_try() -> None:
    assert len(FILES) > 100


def test_rdf_1_2_claims_no_place() -> None:
    text = "<a> <p> <b> {| <q> <c> |} ."
    assert fitting(text, read(text)) is None


def test_deep_brackets_are_read() -> None:
    text = "<a> <p> " + "[ <p> ( " * 5_000 + " ) ]" * 5_000 + " ."
    assert len(list(spots(text))) == len(read(text))


MANIFEST = """
@prefix mf: <http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#> .
@prefix rdft: <http://www.w3.org/ns/rdftest#> .
<> mf:entries ( <#good> <#wrong> <#eval> ) .
<#good> a rdft:TestTurtlePositiveSyntax ; mf:action <good.ttl> .
<#wrong> a rdft:TestTurtleNegativeSyntax ; mf:action <wrong.ttl> .
<#eval> a rdft:TestTrigEval ; mf:action <eval.trig> .
"""


def suite(folder: Path, good: str, wrong: str, graphs: str) -> list[Case]:
    """Lay out tests as the W3C does, and read them back."""
    own = folder / "rdf/rdf11/rdf-turtle"
    own.mkdir(parents=True)
    files = {"manifest.ttl": MANIFEST, "good.ttl": good, "wrong.ttl": wrong, "eval.trig": graphs}
    for name, text in files.items():
        (own / name).write_text(text, "utf-8")
    return list(cases(folder))


def test_the_runner_of_the_w3c_s_tests_passes_what_is_right(tmp_path: Path) -> None:
    found = suite(tmp_path, "<a> <p> ( 1 ) .", "<a>\n <p> ~ .", "<g> { <a> <p> <b> }")
    assert [case.name for case in found] == ["good", "wrong", "eval"]
    assert [fault(case) for case in found] == ["", "", ""]


def test_the_runner_of_the_w3c_s_tests_tells_what_is_wrong(tmp_path: Path) -> None:
    found = suite(tmp_path, "<a> <p> .", "<a> <p> 1 .", "<a> <p> <b> {| <q> 1 |} .")
    assert [bool(fault(case)) for case in found] == [True, True, True]
