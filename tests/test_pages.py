"""The pages of claims, of sentences, of a curator's text, the search, the lists and the dates."""

import os
import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient

import sayso
from sayso.errors import TextNotRead
from sayso.paths import DataFolder
from sayso.store import ClaimStore, load
from sayso.store.queries import rows
from sayso.web import create_app
from sayso.web.ahead import Ahead
from sayso.web.searching import Search
from serving import serving
from test_serve import run
from test_web import Page

EXAMPLE = Path(sayso.__file__).parent / "example"
TEXT = EXAMPLE / "texts" / "white-rabbit-1865-11-26-trial.txt"
TRIAL = Path(__file__).parent / "trial"
PARENT = os.getpid()
NAME = "white-rabbit-1865-11-26-trial"


@pytest.fixture(scope="module")
def example() -> ClaimStore:
    return load(DataFolder(EXAMPLE))


@pytest.fixture(scope="module")
def visitor(example: ClaimStore) -> FlaskClient:
    return create_app(example).test_client()


@pytest.fixture(scope="module")
def curator(example: ClaimStore) -> FlaskClient:
    """Somebody who gave the text."""
    return create_app(example, texts=[TEXT]).test_client()


def words(visitor: FlaskClient, path: str) -> str:
    response = visitor.get(path, headers={"Accept": "text/html"})
    assert response.status_code == 200, path
    return " ".join(Page(response.text).words.split())


# ---------------------------------------------------------------- a claim


def test_a_claims_page_is_a_ladder_from_the_newspaper_to_the_end(trial: ClaimStore) -> None:
    visitor = create_app(trial).test_client()
    html = visitor.get("/claim/white-rabbit-1865-11-26-trial/c3").text
    ladder = html[html.index('id="chain"') : html.index('id="place"')]
    who = re.findall(r'class="speaker"><a href="/id/person/([a-z-]+)"', ladder)
    retelling = ["march-hare", "white-rabbit"]
    assert who == [*retelling, "white-rabbit", "king-of-hearts", "hatter"]
    assert ladder.count('<ol class="ladder">') == 4
    assert ladder.count(" asked") == 1
    assert "the Cook" not in ladder, "whom the King passes on as well is on another chain"
    told = " ".join(Page(html).words.split())
    assert "It rests on the Hatter alone" in told
    assert "It came through the King of Hearts, then the White Rabbit, then the March Hare." in told


def test_a_claims_page_names_whom_it_rests_on(trial: ClaimStore) -> None:
    told = words(create_app(trial).test_client(), "/claim/white-rabbit-1865-11-26-trial/c1")
    assert "It rests on the word of the Hatter and" in told


def test_a_claims_page_tells_what_stands_beside_it_and_who_encoded_it(
    visitor: FlaskClient, example: ClaimStore
) -> None:
    pairs = rows(example, "SELECT ?a ?b { ?a sayso:supports ?b }")
    assert pairs
    for row in pairs:
        one, other = (row[key].value.rpartition("#")[2] for key in ("a", "b"))
        html = visitor.get(f"/claim/{NAME}/{one}").text
        beside = html[html.index('id="beside"') : html.index('id="encoded"')]
        assert "It supports" in beside
        assert f'href="/claim/{NAME}/{other}"' in beside
        assert "Supported by" in visitor.get(f"/claim/{NAME}/{other}").text
        assert "how the record was made" in html


def test_a_claims_page_asks_for_its_chain_in_sparql(
    visitor: FlaskClient, example: ClaimStore
) -> None:
    [claim, *_] = (row["c"].value for row in rows(example, "SELECT ?c { ?c sayso:relays [] }"))
    name = claim.rpartition("#")[2]
    html = visitor.get(f"/claim/{NAME}/{name}").text
    address = re.search(r'href="(/query\?query=[^"]+)"', html)
    assert address
    assert f"<article/{NAME}#{name}>" in unquote(address[1])
    answer = visitor.get(address[1])
    assert answer.status_code == 200
    assert re.search(r">[2-9] rows", answer.text)


def test_only_claims_have_such_a_page(visitor: FlaskClient) -> None:
    for name in ("c999", "c1-span", "text", "", "../ns"):
        assert visitor.get(f"/claim/{NAME}/{name}").status_code == 404


# ---------------------------------------------------------------- sentences


def test_a_record_shows_each_sentence_without_its_words(
    visitor: FlaskClient, example: ClaimStore
) -> None:
    html = visitor.get(f"/article/{NAME}").text
    bars = html[html.index('class="bars"') : html.index('id="claims"')]
    sentences = rows(example, "SELECT ?s { ?text sayso:sentence ?s }")
    numbers = [int(number) for number in re.findall(r'class="number">(\d+)<', bars)]
    assert numbers == [*range(1, len(sentences) + 1)]
    assert "left out: boilerplate" in bars
    assert 'class="bar covered"' in bars
    article = TEXT.read_text(encoding="utf-8")
    assert not any(line.strip()[:40] in html for line in article.splitlines() if line.strip())


def test_a_bar_leads_to_the_claims_that_its_sentence_gave(visitor: FlaskClient) -> None:
    html = visitor.get(f"/article/{NAME}").text
    linked = re.findall(r'<p class="note">Characters.*?</p>', html, re.DOTALL)
    claims = {name for note in linked for name in re.findall(r'href="#(c\d+)"', note)}
    assert len(claims) > 10
    assert claims <= set(Page(html).anchors)


def test_a_record_without_sentences_shows_no_bars(trial: ClaimStore) -> None:
    assert 'class="bars"' not in create_app(trial).test_client().get(f"/article/{NAME}").text


# ---------------------------------------------------------------- the curator's text


def test_the_text_is_shown_to_who_gave_it_with_its_places_marked(
    curator: FlaskClient, visitor: FlaskClient, example: ClaimStore
) -> None:
    html = curator.get(f"/article/{NAME}").text
    block = re.search(r'<div class="text">(.*?)</div>', html, re.DOTALL)
    assert block
    assert Page(block[1]).words == TEXT.read_text(encoding="utf-8"), "no character more or less"
    marked = re.findall(r'<mark title="([^"]*)"><a href="#(c\d+)">', block[1])
    claims = {name for title, _ in marked for name in title.split()}
    placed = rows(example, "SELECT DISTINCT ?c { ?c sayso:evidence ?span }")
    assert claims == {row["c"].value.rpartition("#")[2] for row in placed}
    assert 'class="text"' not in visitor.get(f"/article/{NAME}").text


def test_a_place_opens_the_live_article_at_its_words_only_for_who_gave_the_text(
    tmp_path: Path,
) -> None:
    folder = with_address(tmp_path)
    live = "https://herald.example/trial"
    plain = create_app(load(folder)).test_client().get(f"/claim/{NAME}/c1").text
    assert f'href="{live}" rel="external">open the article<' in plain
    given = create_app(load(folder), texts=[TEXT]).test_client().get(f"/claim/{NAME}/c1").text
    found = re.search(rf'href="{live}#:~:text=([^"]+)"', given)
    assert found
    article = " ".join(TEXT.read_text(encoding="utf-8").split())
    start, _, end = found[1].partition(",")
    assert unquote(start) in article
    assert unquote(end) in article


def with_address(root: Path) -> DataFolder:
    """Copy the example, whose article then has an address."""
    for file in (path for path in EXAMPLE.rglob("*") if path.is_file()):
        place = root / file.relative_to(EXAMPLE)
        place.parent.mkdir(parents=True, exist_ok=True)
        text = file.read_text(encoding="utf-8")
        if file.name == "works.ttl":
            work = re.search(r"work:white-rabbit[\w-]*", text)
            assert work
            text += f"\n{work[0]} <https://schema.org/url> <https://herald.example/trial> .\n"
        place.write_text(text, encoding="utf-8")
    return DataFolder(root)


def test_another_text_is_refused(example: ClaimStore, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text(TEXT.read_text(encoding="utf-8") + " ", encoding="utf-8")
    with pytest.raises(TextNotRead, match="no record of this graph was made from this text"):
        create_app(example, texts=[other])


def test_serve_shows_a_text_and_refuses_a_wrong_one(tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("The Queen was not amused.\n", encoding="utf-8")
    options = ("--data", str(EXAMPLE), "--no-check", "--port", "0")
    result = run(*options, "--text", str(other))
    assert result.returncode == 2
    assert result.stderr.count("\n") == 1
    assert "other.txt" in result.stderr
    result = run("--rdf", str(EXAMPLE / "graph" / "dataset.ttl"), "--text", str(TEXT))
    assert result.returncode == 2
    assert "--text shows the texts of a data folder" in result.stderr


# ---------------------------------------------------------------- search, lists and dates


def facets(html: str) -> list[tuple[str, str, int]]:
    """List the links of the facets, with their words and counts."""
    menu = html[html.index('class="facets"') :] if 'class="facets"' in html else ""
    menu = menu[: menu.find("</nav>")]
    found = re.findall(r'<li><a href="([^"]+)">([^<]+)</a> <span class="count">(\d+)<', menu)
    return [(href.replace("&amp;", "&"), name, int(count)) for href, name, count in found]


def total(html: str) -> int:
    found = re.search(r'id="found">([\d,]+|No) claims?<', html)
    assert found
    return 0 if found[1] == "No" else int(found[1].replace(",", ""))


def test_each_facet_leaves_as_many_claims_as_it_says(trial: ClaimStore) -> None:
    visitor = create_app(trial).test_client()
    found = facets(visitor.get("/search?words=knave").text)
    kinds = {key for href, _, _ in found for key in re.findall(r"[?&](\w+)=", href)}
    assert kinds == {"words", "speaker", "act", "certainty", "entity", "work", "said"}
    for href, name, count in found:
        assert total(visitor.get(href).text) == count, name


def test_a_search_that_is_narrowed_says_so_and_can_be_widened(trial: ClaimStore) -> None:
    visitor = create_app(trial).test_client()
    href, name, _ = next(one for one in facets(visitor.get("/search?words=knave").text))
    html = visitor.get(href).text
    assert f": {name} <span" in html
    assert '<a href="/search?words=knave" title="Leave this out">' in html


def test_the_beginning_and_another_form_of_a_word_are_found(trial: ClaimStore) -> None:
    visitor = create_app(trial).test_client()
    whole = total(visitor.get("/search?words=watched").text)
    assert whole == total(visitor.get("/search?words=watches").text) > 0
    assert whole == total(visitor.get("/search?words=wat").text)


def test_what_only_passes_on_a_claim_that_is_found_is_left_out(trial: ClaimStore) -> None:
    pairs = rows(trial, "SELECT ?a ?b { ?a sayso:relays+ ?b FILTER(?a != ?b) }")
    relays = {(row["a"].value, row["b"].value) for row in pairs}
    straight = {pair for pair in relays if pair[::-1] not in relays}
    search = Search(trial, Ahead(trial))
    for word in ("knave", "count", "herald"):
        found = search.find(word, {}).claims
        assert len(found) > 1
        assert not straight & {(one, other) for one in found for other in found}
    said = search.find("", {"work": trial.base + "id/work/heralds-report"}).claims
    assert straight & {(one, other) for one in said for other in said}, "who asks for all gets all"


def test_a_stranger_finds_on_whose_word_something_rests(client: FlaskClient) -> None:
    """By one search from the start page, of the words that somebody would type."""
    assert 'action="/search"' in client.get("/").text
    eight = words(client, "/search?words=at+least+eight")
    assert "Ramzi bin al-Shibh says that at least eight of the" in eight
    assert "Rests on Ramzi bin al-Shibh alone" in eight
    for typed in ("foreknowledge", "2004+report+foreknowledge", "knew+beforehand"):
        known = words(client, f"/search?words={typed}")
        assert "9/11 Commission finds no evidence" in known
        assert "takes no side on" in known
        assert "Iran (the state) · knew of · September 11 attacks" in known


def test_a_long_list_of_claims_is_cut_into_pages(client: FlaskClient) -> None:
    first = client.get("/search?words=iran").text
    assert total(first) > 40
    assert "&amp;page=2" in first
    seen = [re.findall(r'href="([^"]+)" title="This claim', first)]
    second = client.get("/search?words=iran&page=2").text
    seen.append(re.findall(r'href="([^"]+)" title="This claim', second))
    assert [len(one) for one in seen] == [20, 20]
    assert not set(seen[0]) & set(seen[1])


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999999999999999999"])
def test_a_strange_page_is_the_first_or_empty(client: FlaskClient, page: str) -> None:
    for path in ("/search?words=iran&page=", "/statements?page=", "/speakers?page="):
        assert client.get(path + page).status_code == 200


@pytest.mark.parametrize("kind", ["speaker", "said", "entity"])
@pytest.mark.parametrize("value", ["'", "https://x.example/'; DROP TABLE claim", "%", "2001 OR 1"])
def test_whatever_a_facet_is_given_is_a_value(client: FlaskClient, kind: str, value: str) -> None:
    response = client.get("/search", query_string={kind: value})
    assert response.status_code == 200
    assert total(response.text) == 0 or value.startswith("2001")
    assert client.get("/search?words=iran").status_code == 200


@pytest.mark.parametrize("kind", ["speakers", "works", "things", "statements", "articles"])
def test_a_list_has_every_one_with_its_claims(trial: ClaimStore, kind: str) -> None:
    queries = {
        "speakers": "SELECT ?x (COUNT(?c) AS ?n) { ?c sayso:claimant ?x } GROUP BY ?x",
        "works": "SELECT ?x (COUNT(?c) AS ?n) { ?c sayso:saidIn ?x } GROUP BY ?x",
        "things": """SELECT ?x (COUNT(DISTINCT ?c) AS ?n) { ?x a sayso:Referent OPTIONAL {
                       ?c sayso:states ?s . ?s sayso:subject|sayso:object|schema:contentLocation ?x
                     } } GROUP BY ?x""",
        "statements": "SELECT ?x (COUNT(?c) AS ?n) { ?c sayso:states ?x } GROUP BY ?x",
        "articles": """SELECT ?x (COUNT(?c) AS ?n) { ?c a sayso:Claim ; dcterms:isPartOf ?x }
                       GROUP BY ?x""",
    }
    html = create_app(trial).test_client().get("/" + kind).text
    listed = re.findall(r'<li><a href="([^"]+)">[^<]*</a> <span class="count" [^>]*>(\d+)<', html)
    wanted = {
        (row["x"].value.removeprefix(trial.base), row["n"].value)
        for row in rows(trial, queries[kind])
    }
    assert wanted
    assert {(href[1:], count) for href, count in listed} == wanted
    counts = [int(count) for _, count in listed]
    assert counts == sorted(counts, reverse=True)


def test_dates_stand_in_order_by_what_happened_and_by_what_was_said(client: FlaskClient) -> None:
    for by in ("", "?by=said"):
        html = client.get("/dates" + by).text
        years = [int(year) for year in re.findall(r'<h2><a href="[^"]+">(\d+)</a></h2>', html)]
        assert len(years) > 3
        assert years == sorted(years)
        first = re.search(r'<h2><a href="(/search\?[^"]+)">', html)
        assert first
        assert total(client.get(first[1]).text) > 0
    assert "That a date stands here does not say that anything happened then." in words(
        client, "/dates"
    )


# ---------------------------------------------------------------- the index


def test_processes_that_are_forked_ask_the_same_index_at_once(trial: ClaimStore) -> None:
    search = Search(trial, Ahead(trial))
    before = search.find("knave", {}).total
    assert before > 0
    children = [os.fork() for _ in range(3) if os.getpid() == PARENT]
    if os.getpid() != PARENT:
        words = ("knave", "hatter", "knave", "tarts", "knave")
        same = all(search.find(word, {}).total == before for word in words if word == "knave")
        os._exit(0 if same else 1)
    assert search.find("knave", {}).total == before
    assert [os.waitpid(child, 0)[1] for child in children] == [0, 0, 0]
    assert search.find("knave", {}).total == before


def test_circles_of_claims_are_found(trial: ClaimStore) -> None:
    """Of claims that rest on each other none is left out for passing on another."""
    found = Search(trial, Ahead(trial)).find("hatter court", {})
    assert {iri.rpartition("/")[2] for iri in found.claims} >= {
        "march-hare-1865-11-27-tea#c10",
        "dormouse-1865-11-28-treacle#c2",
    }


@pytest.fixture(scope="module")
def served() -> Iterator[str]:
    with serving("--data", str(EXAMPLE), "--no-check", "--text", str(TEXT)) as site:
        yield site.address


def test_a_server_answers_searches_from_the_index_of_its_start(served: str) -> None:
    from urllib.request import urlopen  # noqa: PLC0415

    for _ in range(2):
        with urlopen(served + "search?words=hatter") as answer:
            assert b"the Hatter" in answer.read()
    with urlopen(served + f"article/{NAME}") as page:
        assert b'class="text"' in page.read()


# ---------------------------------------------------------------- downloads and the ontology


@pytest.fixture(scope="module")
def downloads() -> dict[str, bytes]:
    visitor = create_app(load(DataFolder(TRIAL))).test_client()
    names = ("ttl", "nt", "jsonld", "rdf", "trig", "nq")
    return {suffix: visitor.get(f"/download/sayso.{suffix}").data for suffix in names}


def test_the_page_of_downloads_tells_each_files_hash(
    trial: ClaimStore, downloads: dict[str, bytes]
) -> None:
    """The files come from another loading of the same graph: equal graphs are equal bytes."""
    html = create_app(trial).test_client().get("/download/").text
    for suffix, content in downloads.items():
        row = re.search(rf"<tr>.*?/download/sayso\.{suffix}.*?</tr>", html)
        assert row
        assert sha256(content).hexdigest() in row[0]


def test_the_data_set_tells_machines_each_files_hash(
    trial: ClaimStore, downloads: dict[str, bytes]
) -> None:
    data = create_app(trial).test_client().get("/dataset.nt").text
    for suffix, content in downloads.items():
        node = f"<{trial.base}dataset#{suffix}-checksum>"
        spdx = "http://spdx.org/rdf/terms#"
        value = f'"{sha256(content).hexdigest()}"^^<http://www.w3.org/2001/XMLSchema#hexBinary>'
        assert f"{node} <{spdx}checksumValue> {value} ." in data
        assert f"<{trial.base}dataset#{suffix}> <{spdx}checksum> {node} ." in data


def test_the_page_of_downloads_says_how_to_cite(client: FlaskClient, claims: ClaimStore) -> None:
    told = words(client, "/download/")
    cited = "The sayso project (2026): sayso: the claims that news articles make."
    assert f"{cited} Version {claims.version[:12]}. https://w3id.org/sayso/dataset" in told
    assert f"@misc{{sayso-{claims.version[:12]}," in told
    assert "https://creativecommons.org/licenses/by/4.0/" in told


def test_the_ontology_is_documented_term_by_term(client: FlaskClient, claims: ClaimStore) -> None:
    html = client.get("/ns").text
    told = " ".join(Page(html).words.split())
    defined = rows(claims, "SELECT ?t ?d { ?t rdfs:isDefinedBy <ns> ; skos:definition ?d }")
    terms = [row for row in defined if row["t"].value.startswith(claims.base + "ns#")]
    assert len(terms) > 40
    for row in terms:
        name = row["t"].value.rpartition("#")[2]
        assert html.count(f'id="{name}"') == 1
        assert f'<a href="#{name}">{name}</a>' in html
        assert " ".join(row["d"].value.split()) in told
