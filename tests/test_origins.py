"""On whom a statement stands, counted on graphs whose answer is known."""

from pathlib import Path

import pytest

from claim_graphs import Say, local, quads, sourced, store_of, withdrawn
from sayso.analysis.derivation import Derivation
from sayso.analysis.network import Network
from sayso.analysis.origins import Sourcing
from sayso.paths import DataFolder
from sayso.store import load

TRIAL = Path(__file__).resolve().parent / "trial"


def range_of(found: Sourcing | None) -> tuple[int, int] | None:
    return (found.fewest, found.most) if found else None


# A paper passes on a report, which passes on a witness.
PAPER = [
    Say("paper#c1", "paper", relays=("paper#c2",)),
    Say("paper#c2", "inquiry", relays=("paper#c3",), work="work/inquiry"),
    Say("paper#c3", "cook", "asserts", "s", work="work/interview"),
]


def test_the_last_one_on_the_chain_is_its_origin() -> None:
    found = sourced(PAPER)
    assert found is not None
    assert local(found.origins) == ["cook"]
    assert range_of(found) == (1, 1)
    assert local(found.claimants) == ["cook", "inquiry", "paper"]
    assert local(found.works) == ["work/inquiry", "work/interview", "work/paper"]
    assert local(found.ends) == ["paper#c3"]


def test_three_papers_on_one_wire_have_one_origin() -> None:
    wire = [Say("wire#c1", "wire", "asserts", "s")]
    copies = [Say(f"p{n}#c1", f"paper{n}", relays=("wire#c1",)) for n in range(3)]
    found = sourced([*wire, *copies])
    assert found is not None
    assert range_of(found) == (1, 1)
    assert len(found.works) == 4
    assert local(found.chokepoints) == ["wire", "work/wire"]


def test_two_who_say_it_of_themselves_are_two() -> None:
    says = [Say("a#c1", "cook", "asserts", "s"), Say("b#c1", "hatter", "confirms", "s")]
    found = sourced(says)
    assert range_of(found) == (2, 2)
    assert found is not None
    assert found.chokepoints == ()


def test_one_who_says_it_twice_is_one() -> None:
    says = [Say("a#c1", "cook", "asserts", "s"), Say("b#c1", "cook", "asserts", "s")]
    assert range_of(sourced(says)) == (1, 1)


def test_who_adopts_what_was_heard_is_no_origin() -> None:
    says = [
        Say("a#c1", "king", "asserts", "s", ("a#c2",)),
        Say("a#c2", "cook", "asserts", "s"),
    ]
    found = sourced(says)
    assert found is not None
    assert local(found.origins) == ["cook"]
    assert local(found.claims) == ["a#c1", "a#c2"]


def test_a_spokesman_is_one_with_whom_he_speaks_for_where_the_chain_shows_it() -> None:
    shown = [
        Say("a#c1", "spokesman", relays=("a#c2",)),
        Say("a#c2", "palace", "asserts", "s"),
    ]
    found = sourced(shown)
    assert found is not None
    assert local(found.origins) == ["palace"]
    apart = [Say("a#c1", "spokesman", "asserts", "s"), Say("b#c1", "palace", "asserts", "s")]
    assert range_of(sourced(apart)) == (2, 2)


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        (["~guest"], (1, 1)),
        (["~guest", "~juror"], (1, 2)),
        (["~guest", "~juror", "~clerk"], (1, 3)),
        (["cook", "~guest"], (1, 2)),
        (["cook", "hatter", "~guest", "~juror"], (2, 4)),
    ],
)
def test_the_unnamed_may_be_each_other_and_those_who_are_named(
    who: list[str], expected: tuple[int, int]
) -> None:
    says = [Say(f"r{n}#c1", name, "asserts", "s") for n, name in enumerate(who)]
    assert range_of(sourced(says)) == expected


def test_an_unnamed_source_is_another_in_each_record() -> None:
    says = [Say("a#c1", "~guest", "asserts", "s"), Say("b#c1", "~guest", "asserts", "s")]
    assert range_of(sourced(says)) == (1, 2)


def test_the_stances_are_counted_apart() -> None:
    says = [
        Say("a#c1", "cook", "asserts", "s"),
        Say("a#c2", "knave", "denies", "s"),
        Say("a#c3", "king", "findsNoEvidence", "s"),
    ]
    for stance, who in (("affirms", "cook"), ("rejects", "knave"), ("withholds", "king")):
        found = sourced(says, stance=stance)
        assert found is not None
        assert local(found.origins) == [who]


def test_who_reports_and_names_nobody_is_the_last_whom_the_chain_names() -> None:
    says = [
        Say("a#c1", "king", "asserts", "s", ("a#c2",)),
        Say("a#c2", "herald"),
    ]
    found = sourced(says)
    assert found is not None
    assert local(found.origins) == ["herald"]


def test_the_end_counts_though_it_says_something_else() -> None:
    says = [
        Say("a#c1", "hare", "asserts", "eight", ("b#c1",)),
        Say("b#c1", "cook", "asserts", "twelve"),
    ]
    found = sourced(says, "eight")
    assert found is not None
    assert local(found.origins) == local(found.otherwise) == ["cook"]
    assert sourced(PAPER) is not None
    assert sourced(PAPER).otherwise == ()  # type: ignore[union-attr]


# ---------------------------------------------------------------- circles


def test_a_circle_is_told_and_not_counted() -> None:
    says = [
        Say("a#c1", "hare", "asserts", "s", ("b#c1",)),
        Say("b#c1", "dormouse", "asserts", "s", ("a#c1",)),
    ]
    found = sourced(says)
    assert found is not None
    assert range_of(found) == (0, 0)
    assert local(found.circle) == ["a#c1", "b#c1"]
    assert found.chokepoints == ()
    assert len(found.works) == 2


def test_a_way_out_of_a_circle_counts() -> None:
    says = [
        Say("a#c1", "hare", "asserts", "s", ("b#c1",)),
        Say("b#c1", "dormouse", "asserts", "s", ("a#c1", "b#c2")),
        Say("b#c2", "cook", "asserts", "s"),
    ]
    found = sourced(says)
    assert found is not None
    assert local(found.origins) == ["cook"]
    assert local(found.circle) == ["a#c1", "b#c1"]
    assert local(found.chokepoints) == ["cook", "work/b", "dormouse"]


def test_a_claim_that_relays_itself_is_a_circle() -> None:
    found = sourced([Say("a#c1", "hare", "asserts", "s", ("a#c1",))])
    assert found is not None
    assert range_of(found) == (0, 0)
    assert local(found.circle) == ["a#c1"]


# ---------------------------------------------------------------- what was withdrawn


def test_a_withdrawn_claim_does_not_count() -> None:
    assert sourced(withdrawn(PAPER, lambda say: say.name == "paper#c3")) is None


def test_what_only_a_withdrawn_claim_passed_on_does_not_count_but_stays() -> None:
    without = withdrawn(PAPER, lambda say: say.name == "paper#c1")
    assert sourced(without) is None
    other = Say("blog#c1", "blog", relays=("paper#c3",))
    found = sourced([*without, other])
    assert found is not None
    assert local(found.origins) == ["cook"]
    assert local(found.works) == ["work/blog", "work/interview"]
    assert local(found.withdrawn) == ["paper#c1"]


def test_a_copy_of_a_withdrawn_claim_does_not_count_either() -> None:
    copy = Say("copy#c1", "copy", relays=("paper#c1",))
    assert sourced([copy, *withdrawn(PAPER, lambda say: say.name == "paper#c1")]) is None


def test_who_adopts_what_is_withdrawn_has_no_origin_left() -> None:
    says = [
        Say("a#c1", "king", "asserts", "s", ("b#c1",)),
        Say("b#c1", "cook", "asserts", "s", withdrawn=True),
    ]
    found = sourced(says)
    assert found is not None
    assert range_of(found) == (0, 0)
    assert local(found.withdrawn) == ["b#c1"]


def test_with_what_was_withdrawn_all_counts_where_it_is_asked_for() -> None:
    says = withdrawn(PAPER, lambda say: say.name == "paper#c1")
    network = Network.read(store_of(quads(says)))
    assert not Derivation.of(network).sourcings
    [found] = Derivation.of(network.with_withdrawn()).sourcings.values()
    assert local(found.origins) == ["cook"]


# ---------------------------------------------------------------- chokepoints


def test_what_all_chains_pass_is_told_from_the_end_outward() -> None:
    found = sourced(PAPER)
    assert found is not None
    assert local(found.chokepoints) == [
        "cook",
        "work/interview",
        "inquiry",
        "work/inquiry",
        "paper",
        "work/paper",
    ]


def test_two_witnesses_through_one_report_leave_the_report_as_chokepoint() -> None:
    says = [
        *PAPER[:1],
        Say("paper#c2", "inquiry", relays=("paper#c3", "paper#c4"), work="work/inquiry"),
        Say("paper#c3", "cook", "asserts", "s", work="work/interview"),
        Say("paper#c4", "hatter", "asserts", "s", work="work/letter"),
    ]
    found = sourced(says)
    assert found is not None
    assert range_of(found) == (2, 2)
    assert local(found.chokepoints) == ["inquiry", "work/inquiry", "paper", "work/paper"]


def test_a_claimant_is_a_chokepoint_with_different_claims_on_different_chains() -> None:
    says = [
        Say("a#c1", "paper", relays=("a#c2",)),
        Say("a#c2", "cook", "asserts", "s"),
        Say("b#c1", "gazette", relays=("b#c2",)),
        Say("b#c2", "cook", "asserts", "s"),
    ]
    found = sourced(says)
    assert found is not None
    assert local(found.chokepoints) == ["cook"]


def test_an_account_that_is_retold_stands_without_its_retelling() -> None:
    says = [*PAPER, Say("blog#c1", "blog", relays=("paper#c1",))]
    found = sourced(says)
    assert found is not None
    assert "blog" not in local(found.chokepoints)
    assert "paper" in local(found.chokepoints)


def test_a_circle_of_two_accounts_begins_with_what_each_of_them_says() -> None:
    says = [
        Say("a#c1", "dormouse", relays=("a#c2",)),
        Say("a#c2", "hare", relays=("b#c1", "a#c3")),
        Say("a#c3", "cook", "asserts", "s"),
        Say("b#c1", "hare", relays=("a#c1",)),
    ]
    found = sourced(says)
    assert found is not None
    assert "dormouse" in local(found.chokepoints)


# ---------------------------------------------------------------- the trial


@pytest.fixture(scope="module")
def trial() -> Derivation:
    return Derivation.of(Network.read(load(DataFolder(TRIAL)).queryable))


@pytest.mark.parametrize(
    ("statement", "stance", "expected"),
    [
        ("knave-of-hearts-committed-theft-of-the-tarts-b45889ea", "affirms", (3, 3, 3)),
        ("knave-of-hearts-committed-theft-of-the-tarts-b45889ea", "rejects", (1, 1, 1)),
        ("knave-of-hearts-tarts-taken-8-dc33cd95", "affirms", (2, 2, 1)),
        ("knave-of-hearts-tarts-taken-12-f38e87ad", "affirms", (1, 1, 3)),
        ("queen-of-hearts-ordered-theft-of-the-tarts-2e76a9ce", "affirms", (1, 2, 2)),
        ("queen-of-hearts-ordered-theft-of-the-tarts-2e76a9ce", "withholds", (1, 1, 2)),
        ("hatter-was-at-court-e6c2e7b7", "affirms", (0, 0, 2)),
        ("king-of-hearts-was-at-court-5cec48cf", "affirms", (1, 1, 1)),
        ("knave-of-hearts-was-at-tea-table-da4e7f89", "affirms", (1, 1, 1)),
    ],
)
def test_the_trial(
    trial: Derivation, statement: str, stance: str, expected: tuple[int, int, int]
) -> None:
    base = "https://w3id.org/sayso/"
    found = trial.sourcings[f"{base}statement/{statement}", f"{base}code/stance/{stance}"]
    assert (found.fewest, found.most, len(found.works)) == expected
    assert len(trial.sourcings) == 9


def test_the_trial_hangs_on_the_herald(trial: Derivation) -> None:
    base = "https://w3id.org/sayso/"
    statement = f"{base}statement/knave-of-hearts-committed-theft-of-the-tarts-b45889ea"
    found = trial.sourcings[statement, f"{base}code/stance/affirms"]
    assert [iri.rpartition("/")[2] for iri in found.chokepoints] == [
        "white-rabbit",
        "heralds-report",
    ]
