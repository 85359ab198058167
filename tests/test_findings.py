"""The commands tell on whom statements stand, what is disputed, and where retellings drift."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result

from claim_graphs import COURT, Fact, Say, quads
from sayso.cli import group
from sayso.errors import UnknownStatement
from sayso.terms import BASE, SAYSO

TRIAL = Path(__file__).resolve().parent / "trial"
ORDER = "queen-of-hearts-ordered-theft-of-the-tarts-2e76a9ce"
THEFT = "knave-of-hearts-committed-theft-of-the-tarts-b45889ea"
EIGHT = "knave-of-hearts-tarts-taken-8-dc33cd95"
CIRCLE = "hatter-was-at-court-e6c2e7b7"

Call = Callable[..., str]


@pytest.fixture
def sayso(runner: CliRunner) -> Call:
    """Call a command on the trial and return what it writes."""

    def call(*arguments: str) -> str:
        result: Result = runner.invoke(group, [*arguments, "--data", str(TRIAL)])
        assert result.exit_code == 0, result.output
        return result.output

    return call


def test_origins_are_told_as_a_range_with_works_and_chokepoints(sayso: Call) -> None:
    assert sayso("origins", ORDER).startswith(
        "the Queen of Hearts | ordered | the theft of the tarts\n"
        "  affirmed in 2 works, on at least 1 and at most 2 independent origins\n"
        "    works: the herald's report; the March Hare's account\n"
        "    at the ends of the chains: a guest at the table (unnamed); "
        "somebody in the kitchen (unnamed)\n"
    )
    theft = sayso("origins", THEFT)
    assert "affirmed in 3 works, on 3 independent origins" in theft
    assert "all of it hangs on: the White Rabbit; the herald's report" in theft
    assert "rejected in 1 work, on 1 independent origin" in theft
    assert "the Cook (who says something else there)" in sayso("origins", EIGHT)
    assert "in a circle, and not counted: dormouse-" in sayso("origins", CIRCLE)
    assert "affirmed in 2 works, on no origin" in sayso("origins", CIRCLE)


def test_what_most_works_carry_comes_first_and_the_rest_can_be_left_out(sayso: Call) -> None:
    works = [len(one["works"]) for one in _json(sayso("origins", "--format", "json"))]
    assert works == [3, 3, 2, 2, 2, 1, 1, 1, 1]
    some = _json(sayso("origins", "--works", "3", "--format", "json"))
    assert [len(one["works"]) for one in some] == [3, 3]


def _json(text: str, key: str = "sourcings") -> list[dict[str, Any]]:
    found = json.loads(text)[key]
    assert isinstance(found, list)
    return found


def test_disputes_are_told_with_the_chains_of_both_sides(sayso: Call) -> None:
    text = sayso("disputes")
    assert text.count("Some affirm what others reject:") == 1
    assert "The Knave answers that he never did it." in text
    assert "The Cook accuses the Knave" in text
    assert text.count("Different values are given for what has one at a time:") == 1
    assert text.endswith("which of them is right is not told.\n")
    assert "Some affirm" not in sayso("disputes", EIGHT)
    kinds = [
        (one["by"], len(one["sides"]))
        for one in _json(sayso("disputes", "--format", "json"), "disputes")
    ]
    assert kinds == [("stance", 2), ("value", 2)]


def test_drifts_are_told_from_what_to_what(sayso: Call) -> None:
    text = sayso("drift")
    assert "The speaker changes from “the King of Hearts” to “the Dormouse”:\n" in text
    assert "The value changes from “12” to “8”:\n" in text
    assert text.count("The certainty changes from") == 2
    changed = [
        (one["changed"], one["from"], one["to"])
        for one in _json(sayso("drift", "--format", "json"), "drifts")
    ]
    assert ("certainty", "certain", "probable") in changed
    assert len(changed) == 4


def test_why_tells_all_chains_of_a_statement_as_one_tree(sayso: Call) -> None:
    text = sayso("why", f"stmt:{THEFT}")
    head, affirmed, rejected, _ = text.split("\n\n")
    assert (
        head == "the Knave of Hearts | committed | the theft of the tarts | 1865-11-25 | the court"
    )
    assert affirmed.startswith("affirmed in 3 works, on 3 independent origins\n")
    assert rejected.startswith("rejected in 1 work, on 1 independent origin\n")
    lines = affirmed.splitlines()
    hare = next(n for n, line in enumerate(lines) if line.startswith("  the March Hare reported"))
    herald = next(
        n for n, line in enumerate(lines) if line.startswith("      the White Rabbit rep")
    )
    assert hare < herald  # the herald's report stands inside the account that retells it
    assert affirmed.count("The Hatter agrees") == 1


def test_why_tells_a_circle_of_a_statement_and_ends(sayso: Call) -> None:
    assert "the chain runs in a circle here and has no end" in sayso("why", CIRCLE)


def test_why_writes_the_claims_for_programs(sayso: Call) -> None:
    found = json.loads(sayso("why", "white-rabbit-1865-11-26-trial#c6", "--format", "json"))
    assert [claim["claimant"]["label"] for claim in found["chains"]] == [
        "the White Rabbit",
        "the Knave of Hearts",
    ]
    assert found["chains"][0]["relays"] == [found["claim"]]
    [one] = _json(sayso("why", CIRCLE, "--format", "json"))
    assert len(one["chains"]) == 3


@pytest.mark.parametrize("command", [["origins"], ["disputes"], ["drift"], ["why", THEFT]])
@pytest.mark.parametrize("form", ["turtle", "jsonld"])
def test_findings_are_written_as_rdf(sayso: Call, command: list[str], form: str) -> None:
    text = sayso(*command, "--format", form)
    kinds = {"turtle": ox.RdfFormat.TURTLE, "jsonld": ox.RdfFormat.JSON_LD}
    found = {quad.triple for quad in ox.parse(text, format=kinds[form])}
    kind = {"origins": SAYSO.Sourcing, "disputes": SAYSO.Dispute, "drift": SAYSO.Drift}
    wanted = ox.NamedNode(str(kind.get(command[0], SAYSO.Sourcing)))
    assert any(triple.object == wanted for triple in found)
    derived = {t.subject.value for t in found if isinstance(t.subject, ox.NamedNode)}
    assert any(iri.startswith(BASE + "derived/") for iri in derived)
    assert not any(isinstance(term, ox.BlankNode) for triple in found for term in triple)


def test_an_unknown_statement_is_told_with_those_near_it(runner: CliRunner) -> None:
    for command in ("origins", "disputes"):
        result = runner.invoke(group, [command, "hatter-was-at", "--data", str(TRIAL)])
        assert isinstance(result.exception, UnknownStatement)
        assert f"near it: {CIRCLE}" in str(result.exception)


def test_what_was_withdrawn_counts_where_it_is_asked_for(tmp_path: Path, runner: CliRunner) -> None:
    says = [
        Say("article/a#c1", "paper", relays=("article/a#c2",), withdrawn=True),
        Say("article/a#c2", "cook", "asserts", "statement/s"),
        Say("article/b#c1", "hatter", "denies", "statement/s"),
    ]
    root = tmp_path / "court"
    _write_folder(root, says, [Fact("statement/s")])
    for command, plain, withdrawn in (
        ("origins", "rejected", "affirmed"),
        ("disputes", "Nothing here stands against anything.", "Some affirm what others reject"),
        ("why", "rejected", "affirmed"),
    ):
        asked = [command, *(["s"] if command == "why" else []), "--data", str(root)]
        without = runner.invoke(group, asked, catch_exceptions=False).output
        everything = runner.invoke(group, [*asked, "--withdrawn"], catch_exceptions=False).output
        assert plain in without
        assert withdrawn not in without
        assert withdrawn in everything
    assert "withdrawn, and left out" not in without


def _write_folder(root: Path, says: list[Say], facts: list[Fact]) -> None:
    content: dict[str, list[ox.Triple]] = {}
    for quad in quads(says, facts):
        assert isinstance(quad.graph_name, ox.NamedNode)
        content.setdefault(quad.graph_name.value.removeprefix(COURT), []).append(quad.triple)
    for name, triples in content.items():
        path = root / (
            name if name.startswith("graph/") else f"graph/{name.replace('article', 'articles')}"
        )
        path = path.with_suffix(".ttl")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(ox.serialize(triples, format=ox.RdfFormat.TURTLE) or b"")
    dataset = f'<{COURT}dataset> <http://rdfs.org/ns/void#uriSpace> "{COURT}" .'
    (root / "graph" / "dataset.ttl").write_text(dataset, "utf-8")
