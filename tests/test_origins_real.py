"""What the graph that comes with sayso says of its sources, read beside them and found right."""

import pytest

from sayso.analysis.derivation import Derivation
from sayso.analysis.findings import Findings, NamedSourcing
from sayso.analysis.network import Network
from sayso.store import ClaimStore


@pytest.fixture(scope="module")
def findings(claims: ClaimStore) -> Findings:
    return Findings(claims, Derivation.of(Network.read(claims.queryable)))


@pytest.fixture(scope="module")
def sourced(findings: Findings) -> dict[tuple[str, str], NamedSourcing]:
    return {(one.words, one.stance.code): one for one in findings.sourcings()}


def labels(one: NamedSourcing) -> tuple[list[str], list[str]]:
    return [each.label for each in one.origins], [each.label for each in one.chokepoints]


def test_newspapers_that_print_one_wire_hang_on_the_wire(
    sourced: dict[tuple[str, str], NamedSourcing],
) -> None:
    one = sourced["Iran (the state) | had relations with | al-Qaeda | from 1991 on", "affirms"]
    origins, chokepoints = labels(one)
    assert len(one.works) == 5
    assert origins == ["US intelligence officials", "US prosecutors"]
    assert (one.found.fewest, one.found.most) == (1, 2)  # neither of them is named
    assert chokepoints == [
        "Associated Press",
        "wire copy of the Associated Press of 2 November 2017 on the bin Laden files",
    ]


def test_a_blog_two_papers_and_a_report_stand_on_one_detainee(
    sourced: dict[tuple[str, str], NamedSourcing],
) -> None:
    one = sourced[
        "9/11 hijackers | passed through, at the least | 8 | Iran (the country)", "affirms"
    ]
    origins, chokepoints = labels(one)
    assert len(one.works) == 4
    assert origins == ["Ramzi bin al-Shibh"]
    assert chokepoints[:2] == ["Ramzi bin al-Shibh", "9/11 Commission"]


def test_two_detainees_deny_it_through_one_report(
    sourced: dict[tuple[str, str], NamedSourcing],
) -> None:
    words = "9/11 hijackers | had another reason for travel to | Iran (the country)"
    one = sourced[words, "rejects"]
    assert labels(one) == (
        ["Khalid Sheikh Mohammed", "Ramzi bin al-Shibh"],
        ["9/11 Commission", "9/11 Commission Report"],
    )
    assert (one.found.fewest, one.found.most) == (2, 2)


def test_a_figure_that_its_paper_took_back_lives_on_elsewhere(
    sourced: dict[tuple[str, str], NamedSourcing],
) -> None:
    militants = "militants said to be backed by Iran | caused deaths of Americans"
    one = sourced[f"{militants} | 608 | Iraq", "affirms"]
    works = [work.label for work in one.works]
    assert any("True Pundit" in work for work in works)
    assert not any("Military Times" in work for work in works)
    assert [iri.rpartition("/")[2] for iri in one.found.withdrawn] == [
        "military-times-2019-04-04-us-deaths-in-iraq#c4"
    ]


def test_all_values_of_one_quantity_compete_in_one_dispute(findings: Findings) -> None:
    [values] = [found for found in findings.disputes() if found.kind.code == "value"]
    shown = [side.words.split(" | ")[2] for side in values.sides]
    assert sorted(shown) == ["2000", "500", "600", "603", "608"]


def test_stances_are_disputed_between_those_who_take_them(findings: Findings) -> None:
    by_stance = [found for found in findings.disputes() if found.kind.code == "stance"]
    assert len(by_stance) >= 2
    for found in by_stance:
        assert [side.stance.code for side in found.sides] == ["affirms", "rejects"]


def test_at_least_five_retellings_drift_in_different_ways(findings: Findings) -> None:
    drifts = findings.drifts()
    changes = {(one.kind.code, one.before, one.after) for one in drifts}
    assert {
        ("speaker", "Ramzi bin al-Shibh", "Khalid Sheikh Mohammed"),
        ("certainty", "certain", "probable"),
        ("certainty", "probable", "unstated"),
        ("value", "9/11 hijackers", "many of the 9/11 hijackers"),
        ("subject", "militants said to be backed by Iran", "Qassem Soleimani"),
        ("subject", "9/11 hijackers", "al-Qaeda"),
    } <= changes
    across = [one for one in drifts if one.original.record != one.retelling.record]
    assert len(across) >= 8
