"""After each kind of change only what it reaches is derived again, and that is all of it."""

from collections.abc import Iterable

import pyoxigraph as ox
import pytest

from claim_graphs import COURT, Fact, Say, local, quads, store_of
from sayso.analysis.derivation import Derivation
from sayso.analysis.derived import turtle
from sayso.analysis.network import Network
from sayso.terms import BASE, VOCABULARIES

SAYS = [
    Say("a#c1", "paper", relays=("b#c1",)),
    Say("b#c1", "~guest", "asserts", "s"),
    Say("c#c1", "cook", "asserts", "s"),
    Say("d#c1", "hatter", "asserts", "other"),
]
FACTS = [
    Fact("s", object=8, earliest="1865-11-01", latest="1865-11-30"),
    Fact("other", object=12, earliest="1865-12-01", latest="1865-12-31"),
]
KEY = (COURT + "s", VOCABULARIES["stance"] + "affirms")
ELSEWHERE = ox.NamedNode(COURT + "graph/elsewhere")
PROV = VOCABULARIES["prov"]


@pytest.fixture
def store() -> ox.Store:
    return store_of(quads(SAYS, FACTS))


@pytest.fixture
def found(store: ox.Store) -> Derivation:
    return Derivation.of(Network.read(store))


def settle(found: Derivation, store: ox.Store, graphs: Iterable[str]) -> None:
    """Derive again, and see that this comes to what deriving everything does."""
    found.update(store, list(graphs))
    whole = Derivation.of(Network.read(store))
    assert turtle(COURT, "1", found) == turtle(COURT, "1", whole)
    assert (found.sourcings, found.circles) == (whole.sourcings, whole.circles)
    assert (found.disputes, found.drifts) == (whole.disputes, whole.drifts)


def test_who_gets_a_name_is_counted_as_somebody(store: ox.Store, found: Derivation) -> None:
    assert (found.sourcings[KEY].fewest, found.sourcings[KEY].most) == (1, 2)
    [unnamed] = [quad for quad in store if "UnnamedSource" in str(quad.object)]
    store.remove(unnamed)
    settle(found, store, [COURT + "b"])
    assert (found.sourcings[KEY].fewest, found.sourcings[KEY].most) == (2, 2)


def test_a_withdrawal_in_any_graph_counts(store: ox.Store, found: Derivation) -> None:
    invalidated = ox.NamedNode(PROV + "wasInvalidatedBy")
    mark = ox.Quad(ox.NamedNode(COURT + "c#c1"), invalidated, ELSEWHERE, ELSEWHERE)
    store.add(mark)
    settle(found, store, [ELSEWHERE.value])
    assert local(found.sourcings[KEY].origins) == ["b#~guest"]
    store.remove(mark)
    settle(found, store, [ELSEWHERE.value])
    assert found.sourcings[KEY].most == 2


def test_another_date_of_a_period_makes_a_dispute(store: ox.Store, found: Derivation) -> None:
    # The period stands in another graph than the statement that it dates.
    period = ox.NamedNode(COURT + "date/1865-12-01_1865-12-31")
    days = list(store.quads_for_pattern(period, None, None))
    for quad in days:
        store.remove(quad)
    settle(found, store, [COURT + "graph/statements"])
    assert [dispute.kind for dispute in found.disputes] == ["value"]  # undated, it meets any
    store.extend(ox.Quad(q.subject, q.predicate, q.object, ELSEWHERE) for q in days)
    settle(found, store, [ELSEWHERE.value])
    assert found.disputes == []


def test_a_link_makes_an_echo_of_an_origin(store: ox.Store, found: Derivation) -> None:
    relays = ox.NamedNode(VOCABULARIES["sayso"] + "relays")
    claims = [ox.NamedNode(COURT + name) for name in ("c#c1", "b#c1")]
    store.add(ox.Quad(claims[0], relays, claims[1], ox.NamedNode(COURT + "graph/links")))
    settle(found, store, [COURT + "graph/links"])
    assert local(found.sourcings[KEY].origins) == ["b#~guest"]


def test_a_record_that_goes_takes_its_claims_with_it(store: ox.Store, found: Derivation) -> None:
    for name in ("b", "c"):
        store.remove_graph(ox.NamedNode(COURT + name))
        settle(found, store, [COURT + name])
    assert KEY not in found.sourcings


def test_other_words_make_all_be_derived_again(store: ox.Store, found: Derivation) -> None:
    single = ox.NamedNode(VOCABULARIES["sayso"] + "singleValued")
    size = ox.NamedNode(BASE + "predicate/size")
    for quad in list(store.quads_for_pattern(size, single, None)):
        store.remove(quad)
    denies = ox.NamedNode(BASE + "code/act/asserts")
    stance = ox.NamedNode(VOCABULARIES["sayso"] + "stance")
    for quad in list(store.quads_for_pattern(denies, stance, None)):
        store.remove(quad)
        store.add(
            ox.Quad(denies, stance, ox.NamedNode(VOCABULARIES["stance"] + "rejects"), ELSEWHERE)
        )
    settle(found, store, [ELSEWHERE.value])
    assert {stance.rpartition("/")[2] for _, stance in found.sourcings} == {"rejects"}


def test_what_changes_nothing_changes_nothing(store: ox.Store, found: Derivation) -> None:
    before = turtle(COURT, "1", found)
    settle(found, store, [COURT + "a", COURT + "nobody"])
    assert turtle(COURT, "1", found) == before
