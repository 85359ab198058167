"""Both engines find the same: in the real graph, in every fixture, in every broken record."""

from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest

from mutants.engines import Told, by_both, compared
from mutants.graph import real as cut
from mutants.make import mutants, ways
from sayso.errors import BadShapes, IllFormedShape, SaysoError
from sayso.paths import HOME, DataFolder
from sayso.store.files import Source, base_iri, sources
from sayso.terms import BASE, prefixes
from sayso.validation import accelerator, reference
from sayso.validation.check import shapes_of
from sayso.validation.engine import Engine, findings, validate
from sayso.validation.material import Material
from sayso.validation.results import Report

HERE = Path(__file__).parent / "shapes"
RECORD = "https://example.org/court/article/white-rabbit-1865-11-26-trial"
WORDS = ("sayso.ttl", "codes.ttl")
HEADS = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in prefixes().items())
MESSAGE = ox.NamedNode("http://www.w3.org/ns/shacl#message")
SHACL = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix : <https://example.org/> .\n"


@pytest.fixture(scope="module")
def shapes() -> Material:
    return shapes_of(DataFolder())


@pytest.fixture(scope="module")
def context() -> Material:
    words = [Source(HOME / "ontology" / name, f"{BASE}graph/ontology/{name}") for name in WORDS]
    return Material.read([*words, Source(HERE / "context.ttl", RECORD)])


@pytest.fixture(scope="module")
def real() -> Material:
    folder = DataFolder()
    return Material.read(sources(folder, base_iri(folder)))


def both(data: Material, shapes: Material) -> Counter[Told]:
    fast, slow = by_both(data, shapes)
    assert fast == slow
    return fast


def files(pattern: str) -> list[Path]:
    found = sorted(HERE.glob(pattern))
    assert found, f"no file in {HERE / pattern}"
    return found


def turtle(path: Path, text: str, prefix: str = SHACL) -> Material:
    path.write_text(prefix + text, "utf-8")
    return Material.read([Source(path, "https://example.org/")])


# ---------------------------------------------------------------- the same results


def test_both_find_nothing_in_the_real_graph(real: Material, shapes: Material) -> None:
    assert not both(real, shapes)


def test_both_find_nothing_in_the_example(wonderland: DataFolder) -> None:
    data = Material.read(sources(wonderland, base_iri(wonderland)))
    assert not both(data, shapes_of(wonderland))


def test_both_find_the_same_in_all_good_files_together(context: Material, shapes: Material) -> None:
    # Apart they keep every rule; together they break some.
    added = Material.read(Source(path, f"{RECORD}-{path.stem}") for path in files("good/*.ttl"))
    assert both(Material({**context.quads, **added.quads}), shapes)


def test_both_find_the_same_in_all_bad_files(context: Material, shapes: Material) -> None:
    found: Counter[str] = Counter()
    for path in files("bad/*.ttl"):
        added = Material.read([Source(path, RECORD)])
        results = both(Material({**context.quads, **added.quads}), shapes)
        found.update(shape for _, _, shape, *_ in results)
    assert set(found) == {str(quad.subject) for quad in shapes.triples if quad.predicate == MESSAGE}


def test_both_find_the_same_in_a_record_that_breaks_many_rules(
    context: Material, shapes: Material
) -> None:
    store = ox.Store()
    store.extend(ox.Quad(*quad.triple) for quad in context.triples)
    for way in ways("mutations"):
        store.update(HEADS + way.update.replace("RECORD", RECORD))
    first = next(iter(context.quads))
    results = both(Material({first: list(store)}), shapes)
    assert len({shape for _, _, shape, *_ in results}) > 40


def test_both_find_the_same_in_some_mutants_and_it_is_seen_where_they_do_not(
    shapes: Material, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Thousands of them are compared by ``python -m mutants --engines``."""
    graph = cut()
    made = mutants(graph, "mutations", 240, 7)[::60]
    found = [compared(graph, shapes, each) for each in made]
    assert [each.differing for each in found] == [()] * len(made)
    assert sum(each.results for each in found) >= len(made)
    monkeypatch.setattr(reference, "validate", lambda *_: Report(()))
    (line, *_) = compared(graph, shapes, made[0]).differing
    assert "only shacl" in line


# ---------------------------------------------------------------- blank nodes


def test_blank_nodes_keep_their_names_in_shapes_and_data(tmp_path: Path) -> None:
    shapes = turtle(
        tmp_path / "shapes.ttl",
        ':s a sh:NodeShape ; sh:targetClass :C ; sh:message "No."@en ; sh:property'
        ' [ sh:path :p ; sh:maxCount 0 ; sh:message "No p."@en , "Kein p."@de ] ,'
        ' [ sh:path [ sh:inversePath :q ] ; sh:nodeKind sh:IRI ; sh:message "No q."@en ] ;'
        " sh:or ( [ sh:class :D ] [ sh:not [ sh:nodeKind sh:BlankNode ] ] ) .",
    )
    data = turtle(
        tmp_path / "data.ttl",
        "_:other :q :b . _:a a :C ; :p 1 . :b a :C ; :p _:c . _:c :q _:a . [] a :C .",
    )
    found = both(data, shapes)
    assert {focus for focus, *_ in found} >= {"_:a", "<https://example.org/b>"}
    assert {value for _, value, *_ in found} >= {"_:c", "_:other"}


def test_a_rule_of_a_blank_shape_has_the_name_of_the_shape_around_it(tmp_path: Path) -> None:
    shapes = turtle(
        tmp_path / "shapes.ttl",
        ":own a sh:NodeShape ; sh:targetClass :C ;"
        ' sh:property [ sh:path :p ; sh:maxCount 0 ; sh:message "No p."@en ] .',
    )
    data = turtle(tmp_path / "data.ttl", ":a a :C ; :p 1 .")
    for each in Engine:
        (finding,) = findings(validate(data, shapes, each), data, shapes)
        assert (finding.code, finding.message) == ("own", "No p.")


# ---------------------------------------------------------------- what the fast one cannot do


def test_what_the_fast_engine_refuses_the_reference_judges(tmp_path: Path) -> None:
    looking_ahead = 'sh:property [ sh:path :p ; sh:pattern "^(?!x)" ]'
    rule = f":s a sh:NodeShape ; sh:targetClass :C ; {looking_ahead} ."
    shapes = turtle(tmp_path / "shapes.ttl", rule)
    data = turtle(tmp_path / "data.ttl", ':a a :C ; :p "x" .')
    with pytest.raises(accelerator.UnsuitableError):
        accelerator.Compiled.of(shapes.triples)
    assert len(validate(data, shapes).results) == 1


@pytest.mark.parametrize("each", list(Engine))
@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (":s a sh:PropertyShape ; sh:targetClass :C .", BadShapes),
        (
            ":s a sh:NodeShape ; sh:targetClass :C ; sh:sparql [ sh:select 'SELECT $this { x' ] .",
            BadShapes,
        ),
        (
            ":s a sh:NodeShape ; sh:targetClass :C ; sh:property [ sh:path :p ; sh:minCount 'x' ].",
            IllFormedShape,
        ),
    ],
)
def test_shapes_that_are_none_are_refused(
    text: str, fault: type[SaysoError], each: Engine, tmp_path: Path
) -> None:
    shapes = turtle(tmp_path / "shapes.ttl", text)
    data = turtle(tmp_path / "data.ttl", ':a a :C ; :p "x" .')
    with pytest.raises(fault):
        validate(data, shapes, each)


def test_without_the_fast_engine_the_reference_checks(
    monkeypatch: pytest.MonkeyPatch, context: Material, shapes: Material
) -> None:
    asked: list[str] = []

    def absent(name: str) -> None:
        asked.append(name)

    monkeypatch.setattr("sayso.validation.engine.find_spec", absent)
    monkeypatch.setattr(reference, "validate", lambda *_: Report(()))
    assert validate(context, shapes).results == []
    assert asked == ["shacl"]
