"""``sayso why`` tells who says that who says so, and never that it is so."""

import json
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result
from rdflib import PROV, Graph

from sayso.analysis.chains import subgraph
from sayso.cli import group
from sayso.errors import AmbiguousClaim, ArgumentNotUtf8, UnknownClaim
from sayso.paths import DataFolder
from sayso.store import ClaimStore, load
from sayso.store.jsonld import context
from sayso.terms import SAYSO

TRIAL = Path(__file__).resolve().parent / "trial"
HERALD = "white-rabbit-1865-11-26-trial"
HARE = "march-hare-1865-11-27-tea"
MOUSE = "dormouse-1865-11-28-treacle"
LAST = "This tells who says so; whether it is so is not told."

Why = Callable[..., Result]


@pytest.fixture
def why(runner: CliRunner) -> Why:
    """Call ``sayso why`` on the trial."""

    def call(*arguments: str) -> Result:
        return runner.invoke(group, ["why", *arguments, "--data", str(TRIAL)])

    return call


@pytest.fixture(scope="module")
def trial() -> ClaimStore:
    """Load the made-up trial."""
    return load(DataFolder(TRIAL))


def test_a_chain_reads_from_the_outermost_claim_to_the_one_who_is_said_to_know(why: Why) -> None:
    found = why(f"{HERALD}#c3")
    assert found.exit_code == 0
    assert found.output == (TRIAL / "why.txt").read_text(encoding="utf-8")


def test_branches_are_joined_by_and_that(why: Why) -> None:
    lines = why(f"{HERALD}#c1").output.splitlines()
    hatter = next(place for place, line in enumerate(lines) if "The Hatter agrees" in line)
    cook = next(place for place, line in enumerate(lines) if "The Cook accuses" in line)
    assert lines[hatter + 2] == "      and that"
    assert cook == hatter + 3
    assert lines[hatter].index("The Hatter") == lines[cook].index("The Cook")


def test_a_circle_is_told_and_has_no_end(why: Why) -> None:
    output = why(f"{HARE}#c10").output
    assert "the chain runs in a circle here and has no end" in output
    assert "end of the chain" not in output


def test_a_claim_that_two_relay_is_told_once(why: Why) -> None:
    output = why(f"{HERALD}#c13").output
    assert output.count("The Cook counts twelve") == 1
    assert "the Cook asserted, with no word on how sure they are, as told above" in output


def test_what_stands_beside_a_claim_is_told_from_both_ends(why: Why) -> None:
    assert "  supports: The Cook accuses" in why(f"{HERALD}#c13").output
    assert "  is supported by: The Cook counts twelve" in why(f"{HERALD}#c4").output
    assert "  restates: the White Rabbit asserted" in why(f"{HERALD}#c14").output
    assert "  is restated by: the White Rabbit asserted" in why(f"{HERALD}#c9").output
    assert "  is qualified by: The March Hare " in why(f"{HARE}#c5").output


def test_others_on_a_statement_are_told_with_their_stance(why: Why) -> None:
    output = why(f"{HERALD}#c8").output
    assert "the King of Hearts found no evidence (1865-11-25, in the King's notebook)" in output
    assert "  affirms: A guest at the table says" in output
    assert "  affirms: Somebody in the kitchen says" in output


def test_the_encoders_doubt_is_told_as_the_encoders(why: Why) -> None:
    output = why(f"{HERALD}#c4").output
    assert "the encoder's confidence in this reading: medium" in output
    assert "the encoder's note: Her accusation may belong" in output


def test_no_line_says_that_what_is_claimed_is_so(why: Why, trial: ClaimStore) -> None:
    # Each line names a speaker, the parts of a statement side by side, or a thing of the telling.
    speakers = {
        "White Rabbit",
        "March Hare",
        "Dormouse",
        "King of Hearts",
        "Hatter",
        "Cook",
        "Knave of Hearts",
        "somebody in the kitchen",
        "Somebody in the kitchen",
        "a guest at the table",
        "A guest at the table",
    }
    frame = {
        "and that",
        "and passes on that",
        "which is retold from",
        "end of the chain: ",
        "(evidence: ",
        "evidence: ",
        "encoder's ",
        "(taken back by the Dormouse",
        *(f"{verb}, " for verb in ("asserted", "alleged", "confirmed", "opined", "denied")),
        "Beside it:",
        "Others on the statement “",
        LAST,
    }
    claims = ox.NamedNode(trial.prefixes["sayso"] + "Claim")
    type_ = ox.NamedNode(trial.prefixes["rdf"] + "type")
    asked = [
        quad.subject.value
        for quad in trial.store.quads_for_pattern(None, type_, claims)
        if isinstance(quad.subject, ox.NamedNode)
    ]
    assert len(asked) == 28
    for name in asked:
        for line in filter(None, why(name).output.splitlines()):
            told = line.strip()
            for kind in ("affirms", "rejects", "withholds", "supports", "is supported by"):
                told = told.removeprefix(f"{kind}: ")
            for kind in ("qualifies", "is qualified by", "restates", "is restated by"):
                told = told.removeprefix(f"{kind}: ")
            told = told.removeprefix("the ").removeprefix("The ")
            assert told.startswith((*speakers, *frame)), line


@pytest.mark.parametrize("form", ["turtle", "jsonld"])
def test_the_chain_is_written_as_rdf(why: Why, trial: ClaimStore, form: str) -> None:
    found = why(f"{HARE}#c1", "--format", form)
    assert found.exit_code == 0
    format_ = ox.RdfFormat.TURTLE if form == "turtle" else ox.RdfFormat.JSON_LD
    read = {quad.triple for quad in ox.parse(found.stdout, format=format_)}
    chain = f"https://w3id.org/sayso/article/{HARE}#c1"
    assert read == set(subgraph(trial, chain))
    assert not any(isinstance(term, ox.BlankNode) for triple in read for term in triple)


def test_the_json_ld_is_compacted_by_the_projects_context(why: Why) -> None:
    first, second = (why(f"{HARE}#c1", "--format", "jsonld").stdout for _ in range(2))
    assert first == second
    document = json.loads(first)
    assert document["@context"] == context()["@context"]
    (claim,) = (node for node in document["@graph"] if node["id"].endswith(f"{HARE}#c1"))
    assert "Claim" in claim["type"]
    assert claim["act"] == "reports"


def test_the_turtle_is_read_alike_by_rdflib_and_written_alike_twice(
    why: Why, trial: ClaimStore
) -> None:
    first, second = (why(f"{HARE}#c1", "--format", "turtle").stdout for _ in range(2))
    assert first == second
    in_rdflib = Graph().parse(data=first, format="turtle")
    assert len(in_rdflib) == len(set(subgraph(trial, f"https://w3id.org/sayso/article/{HARE}#c1")))
    assert "@prefix oa:" in first
    assert "@prefix foaf:" not in first  # what is not used is not declared


@pytest.mark.parametrize(
    ("name", "kind", "called"),
    [
        ("c99", UnknownClaim, "c99: "),
        ("c3", AmbiguousClaim, "c3: "),
        ("", UnknownClaim, "'': "),
        ("\udcff", ArgumentNotUtf8, "CLAIM is not UTF-8"),
    ],
)
def test_a_claim_that_is_not_found_is_an_error(
    why: Why, name: str, kind: type[Exception], called: str
) -> None:
    found = why(name)
    assert isinstance(found.exception, kind)
    assert str(found.exception).startswith(called)
    assert found.stdout == ""


def test_the_real_graph_tells_on_whose_word_at_least_eight_rests(
    runner: CliRunner, claims: ClaimStore
) -> None:
    sayso = claims.prefixes["sayso"]
    eight = next(
        quad.subject
        for quad in claims.store.quads_for_pattern(None, ox.NamedNode(sayso + "object"), None)
        if isinstance(quad.object, ox.Literal) and quad.object.value == "8"
    )
    stating = [
        quad.subject
        for quad in claims.store.quads_for_pattern(None, ox.NamedNode(sayso + "states"), eight)
    ]
    # The report's own claim, and three that are put into two mouths by two who retell the report.
    names = sorted(claim.value for claim in stating if isinstance(claim, ox.NamedNode))
    assert [name.rsplit("/", 1)[-1] for name in names] == [
        "9-11-commission-2004-07-report#c11",
        "washington-times-2004-07-22-hijackers-iran#c3",
        "washington-times-2004-07-22-hijackers-iran#c4",
        "washington-times-2020-01-04-iran-al-qaeda-passage#c128",
    ]
    lines = runner.invoke(group, ["why", names[3]]).output.splitlines()
    assert lines[0].startswith("The Washington Times reported (2020-01-04, in ")
    assert [line for line in lines if line.startswith("  9/11 Commission reported (2004, in ")]
    (at,) = (at for at, line in enumerate(lines) if line.startswith("    Ramzi bin al-Shibh says"))
    assert lines[at].count("Ramzi") == 1
    assert lines[at + 1].startswith("      asserted, on or before 2004, with no word on how sure")
    # The chain runs on into the report, and ends there: he does not pass on his own word.
    assert lines[at + 2] == "    which is retold from"
    assert lines[at + 3].endswith("[9-11-commission-2004-07-report#c11]")
    assert "end of the chain" in lines[at + 4]
    ends = [runner.invoke(group, ["why", name]).output.count("end of the chain") for name in names]
    assert ends == [1, 1, 1, 1]


def test_a_withdrawn_claim_is_told_with_who_took_it_back_and_what_stands_instead(why: Why) -> None:
    taken_back = (
        "taken back by the Dormouse, 1865-11-29, in favour of: The Dormouse passes on the Cook's "
        f"count from the herald's report. [{MOUSE}#c3]"
    )
    assert f"  ({taken_back})\n" in why(f"{MOUSE}#c4").output
    # Whom it relays has taken back nothing.
    assert why(f"{HARE}#c9").output.count("taken back") == 1


def test_a_withdrawal_is_in_the_chain_that_is_written_as_rdf(why: Why) -> None:
    graph = Graph().parse(data=why(f"{MOUSE}#c4", "--format", "turtle").output, format="turtle")
    (withdrawal,) = graph.objects(None, PROV.wasInvalidatedBy)
    assert {str(who) for who in graph.objects(withdrawal, PROV.wasAssociatedWith)} == {
        "https://w3id.org/sayso/id/person/dormouse"
    }
    assert list(graph.objects(next(graph.objects(withdrawal, SAYSO.saidOn)), SAYSO.edtf))
