"""What stands against what, on graphs whose answer is known."""

from pathlib import Path

import pytest

from claim_graphs import COURT, Fact, Say, derived
from sayso.analysis.derivation import Derivation
from sayso.analysis.network import Network
from sayso.paths import DataFolder
from sayso.store import load

TRIAL = Path(__file__).resolve().parent / "trial"


def told(found: Derivation) -> list[tuple[str, ...]]:
    """Write each dispute as its kind and its sides."""
    return [
        (
            dispute.kind,
            *(f"{s.removeprefix(COURT)} {t.rpartition('/')[2]}" for s, t in dispute.sides),
        )
        for dispute in found.disputes
    ]


def say(number: int, states: str, act: str = "asserts", **more: object) -> Say:
    return Say(f"r{number}#c1", f"who{number}", act, states, **more)  # type: ignore[arg-type]


def test_opposite_stances_on_a_statement_are_a_dispute() -> None:
    found = derived([say(1, "s"), say(2, "s", "denies"), say(3, "s", "alleges")], [Fact("s")])
    assert told(found) == [("stance", "s affirms", "s rejects")]


@pytest.mark.parametrize("act", ["asserts", "findsNoEvidence"])
def test_what_nobody_rejects_is_no_dispute(act: str) -> None:
    assert told(derived([say(1, "s"), say(2, "s", act)], [Fact("s")])) == []


def test_a_denial_that_was_withdrawn_disputes_nothing() -> None:
    says = [say(1, "s"), say(2, "s", "denies", withdrawn=True)]
    assert told(derived(says, [Fact("s")])) == []


def test_two_values_of_one_quantity_compete_in_one_dispute() -> None:
    facts = [Fact(f"s{value}", object=value) for value in (500, 603, 608)]
    says = [say(value, f"s{value}") for value in (500, 603, 608)]
    assert told(derived(says, facts)) == [("value", "s500 affirms", "s603 affirms", "s608 affirms")]


def test_a_value_that_is_denied_does_not_compete() -> None:
    facts = [Fact("s8", object=8), Fact("s12", object=12)]
    assert told(derived([say(1, "s8"), say(2, "s12", "denies")], facts)) == []


@pytest.mark.parametrize(
    ("one", "other", "compete"),
    [
        (("1865-11-01", "1865-11-30"), ("1865-11-25", "1865-11-25"), True),
        (("1865-11-01", "1865-11-24"), ("1865-11-25", "1865-11-25"), False),
        (("1865-11-01", "1865-11-25"), ("1865-11-25", "1865-12-01"), True),
        ((None, "1865-11-01"), ("1865-11-02", None), False),
        ((None, "1865-11-02"), ("1865-11-02", None), True),
        ((None, None), ("1865-11-02", "1865-11-02"), True),
    ],
)
def test_values_compete_where_their_dates_meet(
    one: tuple[str | None, str | None], other: tuple[str | None, str | None], *, compete: bool
) -> None:
    facts = [
        Fact("s8", object=8, earliest=one[0], latest=one[1]),
        Fact("s12", object=12, earliest=other[0], latest=other[1]),
    ]
    assert bool(told(derived([say(1, "s8"), say(2, "s12")], facts))) is compete


def test_a_value_that_only_meets_its_own_kind_is_no_side() -> None:
    # The first eight meets the second, which meets the twelve; the first does not.
    facts = [
        Fact("early", object=8, earliest="1865-11-01", latest="1865-11-05"),
        Fact("middle", object=8, earliest="1865-11-04", latest="1865-11-10"),
        Fact("late", object=12, earliest="1865-11-09", latest="1865-11-12"),
    ]
    says = [say(n, fact.name) for n, fact in enumerate(facts)]
    assert told(derived(says, facts)) == [("value", "late affirms", "middle affirms")]


def test_what_competes_at_two_times_is_two_disputes() -> None:
    days = [("1865-11-01", "1865-11-02"), ("1865-12-01", "1865-12-02")]
    facts = [
        Fact(f"{value}-{day[0]}", object=value, earliest=day[0], latest=day[1])
        for value in (8, 12)
        for day in days
    ]
    says = [say(n, fact.name) for n, fact in enumerate(facts)]
    assert len(told(derived(says, facts))) == 2


@pytest.mark.parametrize(
    ("one", "other", "compete"),
    [("court", "kitchen", False), ("court", "court", True), ("court", None, True)],
)
def test_two_places_are_two_matters(one: str, other: str | None, *, compete: bool) -> None:
    facts = [Fact("s8", object=8, place=one), Fact("s12", object=12, place=other)]
    assert bool(told(derived([say(1, "s8"), say(2, "s12")], facts))) is compete


def test_another_subject_or_a_predicate_of_many_values_does_not_compete() -> None:
    facts = [Fact("s8", object=8), Fact("s12", "pies", object=12)]
    assert told(derived([say(1, "s8"), say(2, "s12")], facts)) == []
    facts = [
        Fact("s8", predicate="met", object="hare"),
        Fact("s12", predicate="met", object="cook"),
    ]
    assert told(derived([say(1, "s8"), say(2, "s12")], facts)) == []


def test_what_the_encoder_read_as_opposed_is_a_dispute_of_its_own_kind() -> None:
    facts = [
        Fact("garden", predicate="at", object="garden"),
        Fact("court", predicate="at", object="court"),
    ]
    says = [say(1, "garden", contradicts=("r2#c1",)), say(2, "court", contradicts=("r1#c1",))]
    assert told(derived(says, facts)) == [("reading", "court affirms", "garden affirms")]


def test_a_reading_adds_nothing_to_opposite_stances() -> None:
    says = [say(1, "s"), say(2, "s", "denies", contradicts=("r1#c1",))]
    assert told(derived(says, [Fact("s")])) == [("stance", "s affirms", "s rejects")]


def test_the_trial() -> None:
    found = Derivation.of(Network.read(load(DataFolder(TRIAL)).queryable))
    knave = "knave-of-hearts"
    base = "https://w3id.org/sayso/statement/"
    assert [
        (dispute.kind, *(s.removeprefix(base) for s, _ in dispute.sides))
        for dispute in found.disputes
    ] == [
        ("stance", *[f"{knave}-committed-theft-of-the-tarts-b45889ea"] * 2),
        ("value", f"{knave}-tarts-taken-12-f38e87ad", f"{knave}-tarts-taken-8-dc33cd95"),
    ]
