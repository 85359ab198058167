"""What must hold of counts on any claim graph, circles, withdrawals and all."""

import random
from dataclasses import replace

import pyoxigraph as ox
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from claim_graphs import (
    FACTS,
    LINKS,
    Say,
    claim_graphs,
    hashed,
    plainly,
    quads,
    store_of,
    withdrawn,
)
from sayso.analysis.derivation import Derivation
from sayso.analysis.derived import turtle
from sayso.analysis.network import Network
from sayso.analysis.origins import Sourcing

usual = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
many = settings(usual, max_examples=100)


def derivation(says: list[Say]) -> Derivation:
    return Derivation.of(Network.read(store_of(quads(says, FACTS))))


def figures(found: Sourcing) -> tuple[int, ...]:
    """Count all that a sourcing lists."""
    return (
        found.fewest,
        found.most,
        *map(
            len,
            (
                found.claims,
                found.claimants,
                found.works,
                found.ends,
                found.unnamed,
                found.chokepoints,
                found.circle,
                found.withdrawn,
            ),
        ),
    )


def _graph(quad: ox.Quad) -> str:
    assert isinstance(quad.graph_name, ox.NamedNode)
    return quad.graph_name.value


def written(found: Derivation) -> str:
    return turtle("https://court.example/", "1", found)


@usual
@given(claim_graphs(), st.randoms(use_true_random=False))
def test_the_order_of_files_and_lines_changes_nothing(
    says: list[Say], chance: random.Random
) -> None:
    content = list(quads(says, FACTS))
    shuffled = chance.sample(content, len(content))
    store = ox.Store()
    for quad in [*store_of([]), *shuffled]:
        store.add(quad)
    assert written(Derivation.of(Network.read(store))) == written(derivation(says))


@usual
@given(claim_graphs(), st.integers(0, 1000))
def test_the_names_of_things_change_no_count(says: list[Say], salt: int) -> None:
    rename = hashed(salt)
    other = Derivation.of(Network.read(store_of(quads(says, FACTS, rename))))
    plain = derivation(says)
    for fact in FACTS:
        for stance in {stance for _, stance in plain.sourcings}:
            one = plain.sourcings.get((plainly(fact.name), stance))
            two = other.sourcings.get((rename(fact.name), stance))
            assert (one and figures(one)) == (two and figures(two))
    assert len(plain.disputes) == len(other.disputes)
    assert len(plain.drifts) == len(other.drifts)


@usual
@given(claim_graphs(), st.data(), st.integers(1, 4))
def test_echoes_add_no_origin(says: list[Say], data: st.DataObject, echoes: int) -> None:
    before = derivation(says)
    counting = {iri for found in before.sourcings.values() for iri in found.claims}
    told = [say for say in says if plainly(say.name) in counting]
    assume(told)
    chosen = data.draw(st.sampled_from(told))
    who = data.draw(st.sampled_from(["cook", "blog", "~reader"]))
    adopts = data.draw(st.booleans())
    for n in range(echoes):
        retold = chosen.name if not n else f"echo{n - 1}#c1"
        echo = Say(f"echo{n}#c1", who, relays=(retold,))
        says = [*says, replace(echo, act=chosen.act, states=chosen.states) if adopts else echo]
    after = derivation(says)
    for key, found in before.sourcings.items():
        now = after.sourcings[key]
        assert (now.fewest, now.most, now.origins) == (found.fewest, found.most, found.origins)
        assert set(now.works) >= set(found.works)
    assert after.sourcings.keys() == before.sourcings.keys()


@usual
@given(claim_graphs())
def test_without_a_chokepoint_nothing_is_left_and_without_another_something_is(
    says: list[Say],
) -> None:
    found = derivation(says)
    for key, sourcing in found.sourcings.items():
        if not sourcing.ends:
            assert sourcing.chokepoints == ()
            continue
        network = Network.read(store_of(quads(says, FACTS)))
        labels = {say.claimant for say in network.says.values()}
        labels |= {say.work for say in network.says.values() if say.work}
        for label in labels:
            gone = _without(says, label)
            left = derivation(gone).sourcings.get(key)
            assert (left is None or not left.ends) == (label in sourcing.chokepoints), label


def _without(says: list[Say], label: str) -> list[Say]:
    """Withdraw all that somebody says or that is said in a work."""
    network = Network.read(store_of(quads(says)))
    theirs = {iri for iri, say in network.says.items() if label in (say.claimant, say.work)}
    return withdrawn(says, lambda say: plainly(say.name) in theirs)


@many
@given(claim_graphs(), claim_graphs(), st.data())
def test_a_recomputation_equals_a_full_one(
    says: list[Say], others: list[Say], data: st.DataObject
) -> None:
    # One record after another is replaced by one of another graph, or removed, or added.
    content = list(quads(says, FACTS))
    store = store_of(content)
    found = Derivation.of(Network.read(store))
    fresh = list(quads(others, FACTS))
    known = sorted({_graph(quad) for quad in [*content, *fresh]})
    for _ in range(data.draw(st.integers(1, 3))):
        changed = data.draw(st.lists(st.sampled_from(known), min_size=1, max_size=3, unique=True))
        for name in changed:
            graph = ox.NamedNode(name)
            kept = list(store.quads_for_pattern(None, None, None, graph))
            store.remove_graph(graph)
            among = [q for q in [*kept, *fresh] if q.graph_name == graph]
            store.extend(data.draw(st.lists(st.sampled_from(among), unique=True)) if among else [])
        found.update(store, changed)
        assert written(found) == written(Derivation.of(Network.read(store)))


@usual
@given(claim_graphs(), claim_graphs())
def test_other_links_among_the_same_records_are_derived_again(
    says: list[Say], others: list[Say]
) -> None:
    store = store_of(quads(says, FACTS))
    found = Derivation.of(Network.read(store))
    links = ox.NamedNode(LINKS)
    store.remove_graph(links)
    store.extend(quad for quad in quads(others) if quad.graph_name == links)
    found.update(store, [LINKS])
    assert written(found) == written(Derivation.of(Network.read(store)))


@usual
@given(claim_graphs())
def test_an_unnamed_source_who_gets_a_name_is_counted_anew(says: list[Say]) -> None:
    store = store_of(quads(says, FACTS))
    found = Derivation.of(Network.read(store))
    unnamed = [quad for quad in store if "UnnamedSource" in str(quad.object)]
    assume(unnamed)
    store.remove(unnamed[0])
    found.update(store, [_graph(unnamed[0])])
    assert written(found) == written(Derivation.of(Network.read(store)))


@usual
@given(claim_graphs())
def test_every_origin_stands_at_the_end_of_a_chain_and_the_range_is_one(says: list[Say]) -> None:
    network = Network.read(store_of(quads(says, FACTS)))
    for found in Derivation.of(network).sourcings.values():
        assert found.fewest <= found.most == len(found.origins)
        assert (found.fewest == 0) == (found.most == 0)
        assert set(found.unnamed) <= set(found.origins)
        for iri in found.ends:
            assert not network.inner(iri)
            assert iri not in network.withdrawn
        if found.most and not found.circle:
            assert set(found.claims).isdisjoint(network.withdrawn)
