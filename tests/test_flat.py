"""The store of the default graph alone holds just what the default graph of the other one does."""

from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pyoxigraph as ox
import pytest

import sayso
from bench.generate import Plan
from bench.generate.folder import write_folder
from sayso.analysis.kept import load_again
from sayso.endpoint.evaluation import Evaluator
from sayso.endpoint.protocol import Query
from sayso.errors import BadSyntax
from sayso.paths import HOME, DataFolder
from sayso.store import ClaimStore, load
from sayso.store.data import in_default

TRIAL = Path(__file__).parent / "trial"
EXAMPLE = Path(sayso.__file__).parent / "example"
CSV = "text/csv"


def loaded(folder: Path) -> ClaimStore:
    return load_again(DataFolder(folder), None)[0]


def triples(store: ox.Store) -> set[ox.Triple]:
    return {quad.triple for quad in store.quads_for_pattern(None, None, None, ox.DefaultGraph())}


@pytest.fixture(scope="module")
def trial() -> ClaimStore:
    return loaded(TRIAL)


@pytest.mark.parametrize("folder", [HOME, EXAMPLE, TRIAL], ids=lambda path: path.name)
def test_it_has_the_default_graph_and_nothing_else(folder: Path) -> None:
    claims = loaded(folder)
    assert claims.flat is not None
    assert len(claims.flat) == claims.size
    assert triples(claims.flat) == triples(claims.queryable)


def test_it_has_that_of_many_articles_that_share_statements(tmp_path: Path) -> None:
    write_folder(Plan(articles=12), tmp_path)
    claims = loaded(tmp_path)
    assert claims.flat is not None
    assert triples(claims.flat) == triples(claims.queryable)
    assert len(claims.flat) < len(claims.store)


def test_there_is_none_where_nodes_are_blank(tmp_path: Path) -> None:
    folder = copytree(TRIAL, tmp_path / "data")
    links = folder / "graph" / "links.ttl"
    links.write_text(links.read_text(encoding="utf-8") + "\n[] <urn:x:p> [] .\n", encoding="utf-8")
    assert loaded(folder).flat is None


def test_a_file_that_cannot_be_read_ends_it(tmp_path: Path) -> None:
    folder = copytree(TRIAL, tmp_path / "data")
    (folder / "graph" / "links.ttl").write_text("<a> <b> <c>", encoding="utf-8")
    with pytest.raises(BadSyntax, match=r"links\.ttl:1"):
        loaded(folder)


def test_one_command_does_without(trial: ClaimStore) -> None:
    assert load(DataFolder(TRIAL)).flat is None
    assert trial.flat is not None


@pytest.mark.parametrize(
    ("query", "alone"),
    [
        ("SELECT * { ?s ?p ?o }", True),
        ("SELECT * { GRAPH ?g { ?s ?p ?o } }", False),
        ("select * { gRaPh ?g { ?s ?p ?o } }", False),
        ("SELECT * FROM <urn:x:g> { ?s ?p ?o }", False),
        ("SELECT * FROM NAMED <urn:x:g> { ?s ?p ?o }", False),
        (r"SELECT * { ?s ?p ?o FILTER(?o != <urn:x:\u0061>) }", False),
        ("SELECT * { ?s <https://example.org/graph/p> ?o }", False),
    ],
)
def test_a_query_that_may_name_a_graph_is_asked_of_all(
    trial: ClaimStore, query: str, alone: bool
) -> None:
    assert in_default(query) is alone
    whole, marked = Evaluator.of(trial), Evaluator.of(replace(trial, flat=ox.Store()))
    rows = whole.answer(Query(query), CSV).body.count(b"\n")
    assert (marked.answer(Query(query), CSV).body.count(b"\n") == rows) is not (alone and rows > 1)


def test_a_data_set_that_a_request_names_is_asked_for(trial: ClaimStore) -> None:
    evaluator = Evaluator.of(trial)
    graph = next(iter(trial.queryable.named_graphs())).value
    found = evaluator.answer(Query("SELECT * { ?s ?p ?o }", (graph,)), CSV)
    assert 1 < found.body.count(b"\n") < trial.size
