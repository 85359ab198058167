"""A chain runs from the outermost claim to the ones who are said to know, and never for ever."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from sayso.analysis.chains import Chain, Meeting, subgraph
from sayso.analysis.names import find_claim
from sayso.analysis.reading import Reader, natural
from sayso.errors import AmbiguousClaim, UnknownClaim
from sayso.paths import DataFolder
from sayso.store import ClaimStore, load

TRIAL = Path(__file__).resolve().parent / "trial"
HERALD = "white-rabbit-1865-11-26-trial"
HARE = "march-hare-1865-11-27-tea"
DORMOUSE = "dormouse-1865-11-28-treacle"


@pytest.fixture(scope="module")
def trial() -> ClaimStore:
    """Load the made-up trial, in which every kind of chain occurs."""
    return load(DataFolder(TRIAL))


def iri(name: str) -> str:
    return f"https://w3id.org/sayso/article/{name}"


def walked(claims: ClaimStore, name: str) -> list[tuple[str, int, Meeting]]:
    return [
        (step.claim.name, step.depth, step.meeting) for step in Chain.of(claims, iri(name)).steps()
    ]


def test_a_chain_runs_across_works_and_branches(trial: ClaimStore) -> None:
    assert walked(trial, f"{HARE}#c1") == [
        (f"{HARE}#c1", 0, Meeting.FIRST),
        (f"{HARE}#c2", 1, Meeting.FIRST),
        (f"{HARE}#c3", 2, Meeting.FIRST),
        (f"{HERALD}#c1", 2, Meeting.FIRST),
        (f"{HERALD}#c2", 3, Meeting.FIRST),
        (f"{HERALD}#c3", 4, Meeting.FIRST),
        (f"{HERALD}#c4", 4, Meeting.FIRST),
    ]


def test_an_inner_claim_shows_who_relays_it_and_none_of_their_other_branches(
    trial: ClaimStore,
) -> None:
    assert walked(trial, f"{HERALD}#c3") == [
        (f"{HARE}#c1", 0, Meeting.FIRST),
        (f"{HARE}#c2", 1, Meeting.FIRST),
        (f"{HERALD}#c1", 2, Meeting.FIRST),
        (f"{HERALD}#c2", 3, Meeting.FIRST),
        (f"{HERALD}#c3", 4, Meeting.FIRST),
    ]


def test_a_claim_that_two_relay_is_walked_once(trial: ClaimStore) -> None:
    assert walked(trial, f"{HERALD}#c13") == [
        (f"{DORMOUSE}#c4", 0, Meeting.FIRST),
        (f"{HARE}#c9", 1, Meeting.FIRST),
        (f"{HERALD}#c13", 2, Meeting.FIRST),
        (f"{DORMOUSE}#c3", 0, Meeting.FIRST),
        (f"{HERALD}#c12", 1, Meeting.FIRST),
        (f"{HERALD}#c13", 2, Meeting.AGAIN),
    ]


@pytest.mark.parametrize("name", [f"{HARE}#c10", f"{DORMOUSE}#c1", f"{DORMOUSE}#c2"])
def test_a_circle_is_shown_as_such_and_ends(trial: ClaimStore, name: str) -> None:
    chain = Chain.of(trial, iri(name))
    steps = list(chain.steps())
    assert [step.meeting for step in steps] == [Meeting.FIRST] * 3 + [Meeting.CIRCLE]
    assert steps[0].claim == steps[-1].claim == chain.asked
    assert chain.ends() == []


def test_distances_count_the_steps_from_the_claim_asked_about(trial: ClaimStore) -> None:
    chain = Chain.of(trial, iri(f"{HERALD}#c1"))
    names = {claim.iri: claim.name for claim in chain.claims.values()}
    below = {names[key]: count for key, count in chain.distances(chain.inward).items()}
    above = {names[key]: count for key, count in chain.distances(chain.outward).items()}
    assert below == {f"{HERALD}#c1": 0, f"{HERALD}#c2": 1, f"{HERALD}#c3": 2, f"{HERALD}#c4": 2}
    assert above == {f"{HERALD}#c1": 0, f"{HARE}#c2": 1, f"{HARE}#c1": 2}
    assert [claim.name for claim in chain.above()] == list(above)
    assert [claim.name for claim in chain.below()] == list(below)
    assert [claim.name for claim in chain.ends()] == [f"{HERALD}#c3", f"{HERALD}#c4"]
    assert [claim.name for claim in chain.tops()] == [f"{HARE}#c1"]


def test_a_ladder_of_diamonds_is_walked_in_linear_time() -> None:
    # Each claim relays both of the next rung: more than half a million ways down, and 39 claims.
    store = ox.Store()
    sayso, graph = "https://w3id.org/sayso/ns#", ox.NamedNode(iri("ladder"))

    def rung(height: int, side: str) -> ox.NamedNode:
        return ox.NamedNode(iri(f"ladder#c{height}{side}"))

    for height in range(20):
        for side in "ab":
            claim = rung(height, side)
            store.add(ox.Quad(claim, ox.NamedNode(sayso + "claimant"), graph, graph))
            store.add(ox.Quad(claim, ox.NamedNode(sayso + "act"), graph, graph))
            for other in "ab":
                relays = ox.NamedNode(sayso + "relays")
                store.add(ox.Quad(claim, relays, rung(height + 1, other), graph))
    chain = Chain.of(ClaimStore.of(store, "https://w3id.org/sayso/"), iri("ladder#c0a"))
    meetings = [step.meeting for step in chain.steps()]
    assert meetings.count(Meeting.FIRST) == 39
    assert meetings.count(Meeting.AGAIN) == 36
    assert meetings.count(Meeting.CIRCLE) == 0


def test_a_claim_is_read_with_all_that_is_said_of_it(trial: ClaimStore) -> None:
    claim = Reader(trial).read([iri(f"{HERALD}#c4")])[iri(f"{HERALD}#c4")]
    assert claim.claimant.label == "the Cook"
    assert (claim.act.code, claim.act.label) == ("alleges", "alleges")
    assert [found and found.code for found in (claim.stance, claim.certainty, claim.basis)] == [
        "affirms",
        "certain",
        "inference",
    ]
    assert claim.confidence is not None
    assert claim.confidence.code == "medium"
    assert claim.note is not None
    assert claim.record is not None
    assert claim.record.label == "The herald's report of the trial"
    assert [(span.start, span.end) for span in claim.evidence] == [(190, 260)]
    assert claim.statement is not None
    assert claim.statement.parts == (
        "the Knave of Hearts",
        "committed",
        "the theft of the tarts",
        "1865-11-25",
        "the court",
    )
    assert not claim.unnamed


def test_an_unnamed_source_is_told_from_a_named_one(trial: ClaimStore) -> None:
    read = Reader(trial).read([iri(f"{HERALD}#c11"), iri(f"{HERALD}#c13")])
    assert [claim.unnamed for claim in read.values()] == [True, False]


def test_claims_come_in_natural_order() -> None:
    assert sorted(["x#c10", "x#c9", "w#c11"], key=natural) == ["w#c11", "x#c9", "x#c10"]


def test_relations_are_read_from_both_ends(trial: ClaimStore) -> None:
    reader = Reader(trial)
    ours = [
        (found.kind, found.outward, found.other.name)
        for name in (f"{HERALD}#c13", f"{HERALD}#c4", f"{HERALD}#c9", f"{HARE}#c5")
        for found in reader.relations(iri(name))
    ]
    assert ours == [
        ("supports", True, f"{HERALD}#c4"),
        ("supports", False, f"{HERALD}#c13"),
        ("restates", False, f"{HERALD}#c14"),
        ("qualifies", False, f"{HARE}#c9"),
    ]


@pytest.mark.parametrize(
    "name",
    [
        f"https://w3id.org/sayso/article/{HERALD}#c3",
        f"<https://w3id.org/sayso/article/{HERALD}#c3>",
        f"<article/{HERALD}#c3>",
        f"article/{HERALD}#c3",
        f"{HERALD}#c3",
    ],
)
def test_a_claim_has_several_names(trial: ClaimStore, name: str) -> None:
    assert find_claim(trial, name) == iri(f"{HERALD}#c3")


@pytest.mark.parametrize("name", ["c14", "#c14"])
def test_a_claim_that_one_record_has_needs_no_record(trial: ClaimStore, name: str) -> None:
    assert find_claim(trial, name) == iri(f"{HERALD}#c14")


def test_a_name_that_several_records_have_is_not_guessed(trial: ClaimStore) -> None:
    with pytest.raises(AmbiguousClaim, match="3 records") as raised:
        find_claim(trial, "c3")
    assert f"{DORMOUSE}#c3, {HARE}#c3, {HERALD}#c3" in str(raised.value)


@pytest.mark.parametrize(
    ("name", "near"),
    [
        (f"{HERALD}#c33", f"near it: {HERALD}#c3"),
        ("white-rabit-1865-11-26-trial#c3", f"near it: {HERALD}#c3"),
        ("treacle", f"near it: {DORMOUSE}#c1"),
        ("c77", "near it: "),
        ("stmt:knave-of-hearts-was-at-tea-table-", "is called that"),
    ],
)
def test_an_unknown_claim_is_told_with_those_near_it(
    trial: ClaimStore, name: str, near: str
) -> None:
    with pytest.raises(UnknownClaim, match=near):
        find_claim(trial, name)


def test_a_statement_leads_to_the_claims_that_state_it(trial: ClaimStore) -> None:
    statement = Reader(trial).read([iri(f"{HARE}#c7")])[iri(f"{HARE}#c7")].statement
    assert statement is not None
    short = statement.iri.replace(trial.prefixes["stmt"], "stmt:")
    for name in (statement.iri, short):
        with pytest.raises(UnknownClaim, match="it is a statement") as raised:
            find_claim(trial, name)
        assert f"{HARE}#c7, {HERALD}#c8, {HERALD}#c11" in str(raised.value)


def test_the_subgraph_holds_the_chain_and_no_other_claim(trial: ClaimStore) -> None:
    triples = set(subgraph(trial, iri(f"{HARE}#c9")))
    claim = ox.NamedNode("https://w3id.org/sayso/ns#Claim")
    claims = {
        triple.subject.value
        for triple in triples
        if triple.object == claim and isinstance(triple.subject, ox.NamedNode)
    }
    # What stands instead of the withdrawn one is named there, and not told.
    assert claims == {iri(f"{DORMOUSE}#c4"), iri(f"{HARE}#c9"), iri(f"{HERALD}#c13")}
    assert not any(isinstance(term, ox.BlankNode) for triple in triples for term in triple)


def test_the_subgraph_holds_what_its_claims_point_to(trial: ClaimStore) -> None:
    triples = set(subgraph(trial, iri(f"{HERALD}#c6")))
    described = {
        triple.subject.value for triple in triples if isinstance(triple.subject, ox.NamedNode)
    }
    base = "https://w3id.org/sayso/"
    assert {
        iri(f"{HERALD}#c5"),
        iri(f"{HERALD}#c6-span"),
        iri(f"{HERALD}#char=300,340"),
        iri(f"{HERALD}#text"),
        iri(HERALD),
        base + "date/1865-11-25",  # of what is denied
        base + "date/1865-11-26",  # of the report
        base + "id/person/knave-of-hearts",
        base + "id/work/heralds-report",
        base + "code/act/denies",
        base + "predicate/committed",
    } <= described
