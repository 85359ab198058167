"""The pages of origins, disputes and drift: plain words, and the query that finds each figure."""

import html
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from sayso.analysis.derived import load_derived
from sayso.analysis.questions import question
from sayso.paths import DataFolder
from sayso.store import ClaimStore
from sayso.store.queries import rows
from sayso.web import create_app

TRIAL = Path(__file__).resolve().parent / "trial"
PAGES = {"/origins": "origins", "/disputes": "disputes", "/drift": "retellings"}
BASE = "https://w3id.org/sayso/"
THEFT = f"{BASE}statement/knave-of-hearts-committed-theft-of-the-tarts-b45889ea"


@pytest.fixture(scope="module")
def trial() -> ClaimStore:
    return load_derived(DataFolder(TRIAL))


@pytest.fixture(scope="module")
def court(trial: ClaimStore) -> FlaskClient:
    return create_app(trial).test_client()


def words(client: FlaskClient, path: str) -> str:
    """Read a page without its marks."""
    answer = client.get(path)
    assert answer.status_code == 200
    text = html.unescape(re.sub(r"<[^>]+>", " ", answer.text))
    text = re.sub(r"\s+([.,):])", r"\1", re.sub(r"\s+", " ", text))
    return text.replace("( ", "(")


def shown_query(client: FlaskClient, path: str) -> str:
    [query] = re.findall(r"<pre[^>]*>(.*?)</pre>", client.get(path).text, re.DOTALL)
    return html.unescape(query)


def test_origins_are_told_in_plain_words(court: FlaskClient) -> None:
    text = words(court, "/origins")
    assert (
        "Affirmed in 2 works, on at least 1 and at most 2 independent origins:"
        " the Queen of Hearts | ordered | the theft of the tarts"
        " At the ends of the chains: a guest at the table (not named), somebody in the kitchen"
        " (not named). Carried in: the herald's report, the March Hare's account."
    ) in text
    assert "Affirmed in 2 works, on no origin: the Hatter | was at | the court" in text
    assert "In a circle, and not counted: The Dormouse passes on" in text
    assert "All of it hangs on: the White Rabbit, the herald's report." in text
    assert "RDF" not in text.partition("The query that finds")[0]


def test_the_origins_of_one_statement_are_told_alone(court: FlaskClient) -> None:
    text = words(court, f"/origins?statement={THEFT}")
    assert text.count("independent origin") == 2
    assert "Rejected in 1 work, on 1 independent origin" in text
    assert "tea table" not in text


@pytest.mark.parametrize("wrong", ["", "no iri", "> } DROP", "https://elsewhere.example/x"])
def test_a_statement_that_is_none_is_no_fault(court: FlaskClient, wrong: str) -> None:
    assert court.get("/origins", query_string={"statement": wrong}).status_code == 200


def test_disputes_are_told_with_both_chains(court: FlaskClient) -> None:
    text = words(court, "/disputes")
    stance, value = text.split("Disputed by stance")[1].split("Disputed by value")
    assert "Affirmed in 3 works, on 3 independent origins" in stance
    assert "The Knave answers that he never did it." in stance
    assert "Rests on the Hatter (confirms), the Cook (alleges)." in stance
    assert "| 12 |" in value
    assert "| 8 |" in value
    assert "Which side is right is not said." in text


def test_drifts_are_told_with_both_claims(court: FlaskClient) -> None:
    text = words(court, "/drift")
    assert "The speaker changes from the King of Hearts to the Dormouse." in text
    assert "The value changes from 12 to 8. What is retold, in The herald's report" in text
    assert "The Cook counts twelve tarts" in text


@pytest.mark.parametrize("path", PAGES)
def test_the_query_on_the_page_finds_its_figures_again(
    court: FlaskClient, trial: ClaimStore, path: str
) -> None:
    query = shown_query(court, path)
    assert query.strip() == question(PAGES[path]).query.strip()
    found = rows(trial, query)
    text = words(court, path)
    assert len(found) >= 4
    for row in found:
        for name in ("words", "original_says", "retelling_says"):
            assert name not in row or row[name].value in text


def test_the_query_about_one_statement_finds_that_one(
    court: FlaskClient, trial: ClaimStore
) -> None:
    found = rows(trial, shown_query(court, f"/origins?statement={THEFT}"))
    assert {row["statement"].value for row in found} == {THEFT}
    assert len(found) == 2


@pytest.mark.parametrize("path", PAGES)
def test_a_page_without_findings_says_so(path: str) -> None:
    nothing = create_app(ClaimStore.of([], "https://nobody.example/")).test_client()
    assert question(PAGES[path]).none in words(nothing, path)


def test_the_page_of_a_statement_tells_its_origins_and_leads_to_them(court: FlaskClient) -> None:
    path = THEFT.removeprefix(BASE)
    assert "Affirmed in 3 works, on 3 independent origins." in words(court, f"/{path}")
    assert "/origins?statement=" in court.get(f"/{path}").text


def test_every_page_leads_to_the_findings(court: FlaskClient) -> None:
    start = court.get("/").text
    assert all(f'href="{path}"' in start for path in PAGES)
