"""What is derived stands in a graph of its own, says where it came from, and keeps its rules."""

from pathlib import Path

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from bench.generate import Plan, write_folder
from sayso.analysis.derivation import Derivation
from sayso.analysis.derived import deriving, graph_of, load_derived, turtle
from sayso.analysis.network import Network
from sayso.analysis.questions import question
from sayso.analysis.walks import circles
from sayso.paths import HOME, DataFolder
from sayso.store import ClaimStore, load
from sayso.store.disk import build, of_folder, opened
from sayso.store.files import Source
from sayso.store.queries import ask, rows
from sayso.terms import BASE, SAYSO, VOCABULARIES
from sayso.validation.engine import validate
from sayso.validation.material import Material

TRIAL = Path(__file__).resolve().parent / "trial"


@pytest.fixture(scope="module")
def trial() -> ClaimStore:
    return load_derived(DataFolder(TRIAL))


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> ClaimStore:
    """Load articles that retell one another, a circle among them."""
    folder = write_folder(Plan(18, cycles=1), tmp_path_factory.mktemp("generated"))
    return load_derived(folder)


@pytest.fixture(params=["claims", "trial", "generated"])
def store(request: pytest.FixtureRequest) -> ClaimStore:
    """Take the real graph, the trial and a generated one in turn."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, ClaimStore)
    return found


def test_the_graph_says_who_made_it_from_which_version(store: ClaimStore) -> None:
    [found] = rows(
        store,
        """SELECT ?software ?version ?dataset {
          GRAPH <derived> {
            <derived> prov:wasGeneratedBy ?activity .
            ?activity a prov:Activity ; prov:wasAssociatedWith ?agent ; prov:used ?used .
            ?agent a prov:SoftwareAgent ; rdfs:label ?software .
            ?used schema:version ?version ; prov:specializationOf ?dataset } }""",
    )
    assert found["version"].value == store.version
    assert found["dataset"].value == store.base + "dataset"
    assert found["software"].value.startswith("sayso ")


def test_the_shapes_hold_what_is_derived(store: ClaimStore) -> None:
    derived = list(store.store.quads_for_pattern(None, None, None, graph_of(store.base)))
    kinds = {f"<{SAYSO[name]}>" for name in ("Claim", "Statement", "Sourcing")}
    typed = [
        quad
        for quad in store.store
        if quad.predicate.value.endswith("#type") and str(quad.object) in kinds
    ]
    assert len(derived) > 20
    assert broken([*derived, *typed]) == set()
    # So that it is seen to look: without the stances one rule is broken.
    some = [quad for quad in derived if quad.predicate.value != str(SAYSO.stance)]
    assert broken([*some, *typed]) == {"sourcing-one-stance"}


def broken(quads: list[ox.Quad]) -> set[str]:
    """Name the rules of what is derived that some quads break."""
    shapes = Material.read([Source(HOME / "shapes" / "derived.ttl", BASE + "shape")])
    words = Material.read([Source(HOME / "ontology" / "sayso.ttl", BASE + "graph/ontology")])
    data = Material({**words.quads, Source(Path("derived.ttl"), BASE + "derived"): quads})
    return {
        str(result.shape).rpartition("/")[2].rstrip(">")
        for result in validate(data, shapes).results
    }


def test_a_stored_question_that_counts_by_another_way_comes_to_the_same(store: ClaimStore) -> None:
    # It counts in SPARQL, over the claims; here only those who are carried by two or more.
    counted = {
        (row["words"].value, row["stance"].value): (
            row["fewest"].value,
            row["most"].value,
            row["works"].value,
        )
        for row in rows(store, question("independent-origins").query)
    }
    ours = {
        (row["words"].value, row["name"].value): (
            row["fewest"].value,
            row["most"].value,
            row["works"].value,
        )
        for row in rows(store, _worded(store))
    }
    assert len(counted) > 5
    assert {key: ours[key] for key in counted} == counted


def _worded(store: ClaimStore) -> str:
    """Ask for the sourcings with the words that the stored question gives their statements."""
    words = question("independent-origins").query
    begin = words.index("  # The statement in words")
    end = words.rindex("}")
    return f"""PREFIX rdfs: <{VOCABULARIES["rdfs"]}>
    SELECT ?words ?name ?fewest ?most (COUNT(?work) AS ?works) WHERE {{
      ?sourcing a sayso:Sourcing ; sayso:sourcingOf ?statement ; sayso:stance/skos:prefLabel ?name ;
        sayso:fewestOrigins ?fewest ; sayso:mostOrigins ?most .
      OPTIONAL {{ ?sourcing sayso:carriedIn ?work }}
      {words[begin:end]}
    }} GROUP BY ?words ?name ?fewest ?most"""


def test_each_contradiction_by_stance_or_value_is_in_a_dispute(store: ClaimStore) -> None:
    pairs = [
        (row["one"].value, row["other"].value)
        for row in rows(store, question("contradictions").query)
        if row["by"].value in {"stance", "value"}
    ]
    sides: dict[str, set[str]] = {}
    for row in rows(
        store,
        """SELECT ?dispute ?claim { ?dispute a sayso:Dispute ; sayso:side ?side .
           ?side sayso:sourcingOf ?statement ; sayso:stance ?stance .
           ?claim sayso:states ?statement ; sayso:act/sayso:stance ?stance }""",
    ):
        sides.setdefault(row["dispute"].value, set()).add(row["claim"].value)
    for pair in pairs:
        assert any(claims.issuperset(pair) for claims in sides.values()), pair


def test_nothing_blank_and_nothing_but_counts_is_in_it(store: ClaimStore) -> None:
    found = list(store.store.quads_for_pattern(None, None, None, graph_of(store.base)))
    assert not any(isinstance(term, ox.BlankNode) for quad in found for term in quad)
    starts = (store.base + "derived", BASE + "software/")
    assert all(quad.subject.value.startswith(starts) for quad in found)  # type: ignore[union-attr]
    assert all(
        store.queryable.query(f"ASK {{ {q.subject} {q.predicate} {q.object} }}") for q in found
    )


def test_the_circle_of_a_generated_graph_is_found(generated: ClaimStore) -> None:
    network = Network.read(generated.queryable)
    in_sparql = {
        row["c"].value for row in rows(generated, "SELECT DISTINCT ?c { ?c sayso:relays+ ?c }")
    }
    assert len(in_sparql) >= 2
    assert circles(network).keys() == in_sparql
    assert {r["c"].value for r in rows(generated, "SELECT ?c { ?s sayso:circle ?c }")} == in_sparql


def test_a_store_on_disk_has_the_same_graph(tmp_path: Path, trial: ClaimStore) -> None:
    made = build(tmp_path / "store", deriving(of_folder(DataFolder(TRIAL))))
    on_disk = opened(tmp_path / "store", made)
    graph = graph_of(trial.base)
    ours, theirs = (
        {q.triple for q in data.store.quads_for_pattern(None, None, None, graph)}
        for data in (trial, on_disk)
    )
    assert len(ours) > 50
    assert ours == theirs
    assert on_disk.queryable.query("ASK { ?s <https://w3id.org/sayso/ns#mostOrigins> 3 }")


def test_it_does_not_count_what_it_derived_itself(trial: ClaimStore) -> None:
    once, twice = (
        turtle(data.base, data.version, Derivation.of(Network.read(data.queryable)))
        for data in (load(DataFolder(TRIAL)), trial)
    )
    assert trial.store.contains_named_graph(graph_of(trial.base))
    assert once == twice


def test_the_downloads_keep_it_apart(client: FlaskClient) -> None:
    quads = client.get("/download/sayso.nq").text.splitlines()
    name = f" <{BASE}derived> ."
    inside = [line for line in quads if line.endswith(name)]
    assert len(inside) > 1000
    assert not [
        line
        for line in quads
        if f"<{SAYSO.mostOrigins}>" in line
        and line not in inside
        and not line.startswith(f"<{SAYSO}")
    ]


def test_plain_sparql_filters_on_it(trial: ClaimStore) -> None:
    answer = ask(
        trial,
        """ASK { ?s sayso:mostOrigins 1 ; sayso:chokepoint person:duchess-cook ;
           sayso:carriedIn work:heralds-report , work:dormouses-account }""",
    )
    assert bool(answer)


def test_its_things_answer_at_their_addresses(client: FlaskClient) -> None:
    page = client.get("/derived/derivation")
    assert page.status_code == 200
    data = client.get("/derived/derivation.ttl")
    assert "prov:Activity" in data.text
