"""Where a retelling differs from what it retells, on graphs whose answer is known."""

from pathlib import Path

import pytest

from claim_graphs import Fact, Say, derived
from sayso.analysis.derivation import Derivation
from sayso.analysis.network import Network
from sayso.paths import DataFolder
from sayso.store import ClaimStore, load

TRIAL = Path(__file__).resolve().parent / "trial"
TWELVE = Fact("twelve", object=12)
EIGHT = Fact("eight", object=8)
PIES = Fact("pies", "pies", object=12)
MET = Fact("met", "knave", "met", "queen")
SAW = Fact("saw", "knave", "met", "king")
FACTS = [TWELVE, EIGHT, PIES, MET, SAW]


def told(says: list[Say]) -> list[tuple[str, ...]]:
    """Write each drift as its kind, the two claims, and the ends of what changed."""
    return [
        (d.kind, _end(d.original), _end(d.retelling), _end(d.before), _end(d.after))
        for d in derived(says, FACTS).drifts
    ]


def _end(term: str) -> str:
    return term.strip("<>").rpartition("/")[2].removeprefix('"').partition('"')[0]


# What the report says, and how an account begins that retells it.
REPORT = [
    Say("report#c1", "herald", relays=("report#c2",)),
    Say("report#c2", "cook", "asserts", "twelve", certainty="probable"),
]
ACCOUNT = [
    Say("account#c1", "hare", relays=("account#c2",)),
    Say("account#c2", "herald", relays=("account#c3", "report#c1")),
]


def account(who: str, act: str, states: str, certainty: str = "probable") -> list[Say]:
    return [*REPORT, *ACCOUNT, Say("account#c3", who, act, states, certainty=certainty)]


def test_a_faithful_retelling_does_not_drift() -> None:
    assert told(account("cook", "asserts", "twelve")) == []


def test_another_speaker_is_credited() -> None:
    assert told(account("hatter", "asserts", "twelve")) == [
        ("speaker", "report#c2", "account#c3", "cook", "hatter")
    ]


def test_a_speaker_beside_the_right_one_is_credited() -> None:
    both = [
        Say("account#c2", "herald", relays=("account#c3", "account#c4", "report#c1")),
        Say("account#c3", "cook", "asserts", "twelve", certainty="probable"),
        Say("account#c4", "hatter", "asserts", "twelve"),
    ]
    assert told([*REPORT, ACCOUNT[0], *both]) == [
        ("speaker", "report#c2", "account#c4", "cook", "hatter")
    ]


def test_of_two_unnamed_speakers_nobody_knows_whether_they_are_one() -> None:
    unnamed = [REPORT[0], Say("report#c2", "~guest", "asserts", "twelve", certainty="probable")]
    retold = Say("account#c3", "~guest", "asserts", "twelve", certainty="certain")
    assert told([*unnamed, *ACCOUNT, retold]) == [
        ("certainty", "report#c2", "account#c3", "probable", "certain")
    ]
    named = Say("account#c3", "hatter", "asserts", "twelve", certainty="probable")
    assert [drift[0] for drift in told([*unnamed, *ACCOUNT, named])] == ["speaker"]


def test_the_certainty_changes() -> None:
    assert told(account("cook", "asserts", "twelve", "certain")) == [
        ("certainty", "report#c2", "account#c3", "probable", "certain")
    ]


def test_the_stance_changes() -> None:
    assert told(account("cook", "denies", "twelve")) == [
        ("stance", "report#c2", "account#c3", "affirms", "rejects")
    ]


def test_the_number_changes() -> None:
    assert told(account("cook", "asserts", "eight")) == [
        ("value", "report#c2", "account#c3", "12", "8")
    ]


def test_the_subject_changes() -> None:
    assert told(account("cook", "asserts", "pies")) == [
        ("subject", "report#c2", "account#c3", "tarts", "pies")
    ]


def test_another_number_of_somebody_else_is_no_drift() -> None:
    assert told(account("hatter", "asserts", "eight")) == []


def test_what_is_retold_rightly_is_not_the_original_of_something_else() -> None:
    both = [
        Say("account#c2", "herald", relays=("account#c3", "account#c4", "report#c1")),
        Say("account#c3", "cook", "asserts", "twelve", certainty="probable"),
        Say("account#c4", "cook", "asserts", "eight"),
    ]
    assert told([*REPORT, ACCOUNT[0], *both]) == []


def test_along_one_chain_anything_can_change() -> None:
    says = [
        Say("a#c1", "hare", "asserts", "eight", ("b#c1",)),
        Say("b#c1", "cook", "asserts", "twelve"),
    ]
    assert told(says) == [("value", "b#c1", "a#c1", "12", "8")]
    says = [
        Say("a#c1", "hare", "asserts", "met", ("b#c1",), certainty="certain"),
        Say("b#c1", "cook", "findsNoEvidence", "met"),
    ]
    assert told(says) == [
        ("certainty", "b#c1", "a#c1", "unstated", "certain"),
        ("stance", "b#c1", "a#c1", "withholds", "affirms"),
    ]


def test_who_adopts_anothers_word_does_not_change_the_speaker() -> None:
    says = [
        Say("a#c1", "hare", "asserts", "met", ("b#c1",)),
        Say("b#c1", "cook", "asserts", "met"),
    ]
    assert told(says) == []


def test_a_change_is_told_at_the_step_where_it_happened() -> None:
    says = [
        Say("a#c1", "hare", "asserts", "met", ("b#c1",), certainty="certain"),
        Say("b#c1", "herald", "asserts", "met", ("c#c1",), certainty="certain"),
        Say("c#c1", "cook", "asserts", "met", certainty="possible"),
    ]
    assert told(says) == [("certainty", "c#c1", "b#c1", "possible", "certain")]


def test_the_same_at_another_time_is_the_same() -> None:
    dated = Fact("dated", "knave", "met", "queen", earliest="1865-11-25")
    says = [
        Say("a#c1", "hare", "asserts", "dated", ("b#c1",), certainty="certain"),
        Say("b#c1", "cook", "asserts", "met", certainty="possible"),
    ]
    found = derived(says, [*FACTS, dated]).drifts
    assert [drift.kind for drift in found] == ["certainty"]


def test_who_says_it_again_otherwise_in_the_same_work() -> None:
    says = [
        Say("a#c1", "king", "asserts", "met", certainty="unstated"),
        Say("a#c2", "king", "asserts", "saw", certainty="probable", restates=("a#c1",)),
    ]
    assert told(says) == [("certainty", "a#c1", "a#c2", "unstated", "probable")]


@pytest.mark.parametrize("gone", ["report#c2", "account#c3", "account#c2"])
def test_what_was_withdrawn_is_not_compared(gone: str) -> None:
    says = account("hatter", "asserts", "twelve")
    kept = [say if say.name != gone else Say(**{**vars(say), "withdrawn": True}) for say in says]
    assert told(says)
    assert told(kept) == []


def test_a_circle_is_compared_and_ends() -> None:
    says = [
        Say("a#c1", "hare", "asserts", "met", ("b#c1",), certainty="certain"),
        Say("b#c1", "dormouse", "asserts", "met", ("a#c1",), certainty="possible"),
    ]
    assert told(says) == [
        ("certainty", "b#c1", "a#c1", "possible", "certain"),
        ("certainty", "a#c1", "b#c1", "certain", "possible"),
    ]


def test_the_trial() -> None:
    found = Derivation.of(Network.read(load(DataFolder(TRIAL)).queryable)).drifts
    herald, hare = "white-rabbit-1865-11-26-trial", "march-hare-1865-11-27-tea"
    assert [
        (d.kind, _end(d.original), _end(d.retelling), _end(d.before), _end(d.after)) for d in found
    ] == [
        ("speaker", f"{herald}#c2", f"{hare}#c3", "king-of-hearts", "dormouse"),
        ("value", f"{herald}#c13", f"{hare}#c9", "12", "8"),
        ("certainty", f"{herald}#c3", f"{herald}#c2", "unstated", "probable"),
        ("certainty", f"{herald}#c4", f"{herald}#c2", "certain", "probable"),
    ]


def test_what_the_real_graph_holds_of_drifts(claims: ClaimStore) -> None:
    # By the notes: a second speaker, another culprit and another accused, many for some, and
    # almost certainly for surely.
    found = Derivation.of(Network.read(claims.queryable)).drifts
    across = {
        (d.kind, d.retelling.rpartition("/")[2].partition("#")[0], _end(d.before), _end(d.after))
        for d in found
        if d.retelling.partition("#")[0] != d.original.partition("#")[0]
    }
    seed = "washington-times-2020-01-04-iran-al-qaeda-passage"
    earlier = "washington-times-2004-07-22-hijackers-iran"
    site = "usa-features-news-2020-01-04-iran-al-qaeda-movement"
    assert across == {
        ("speaker", earlier, "ramzi-bin-al-shibh", "khalid-sheikh-mohammed"),
        ("subject", earlier, "9-11-hijackers", "al-qaeda"),
        ("subject", seed, "iran-backed-militants", "qassem-soleimani"),
        ("certainty", seed, "probable", "unstated"),
        ("value", site, "9-11-hijackers", "many-9-11-hijackers"),
        ("certainty", site, "certain", "probable"),
    }
