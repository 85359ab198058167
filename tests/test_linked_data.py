"""Every IRI of a graph answers, in every format that it offers, and together they are the graph."""

import json
import re
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from sayso.paths import DataFolder
from sayso.store import ClaimStore, load
from sayso.store.framing import framed
from sayso.store.jsonld import context
from sayso.terms import BASE, prefixes
from sayso.web import create_app
from test_web import Page

TRIAL = Path(__file__).parent / "trial"
RECORD = "/article/white-rabbit-1865-11-26-trial"
RETELLING = "/article/march-hare-1865-11-27-tea"
PARSERS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdf": ox.RdfFormat.RDF_XML,
    "trig": ox.RdfFormat.TRIG,
    "nq": ox.RdfFormat.N_QUADS,
}
LEFT = re.compile(
    r"^/(?:sparql|search|provenance|query)\?(?!name=)|\.(?:ttl|nt|jsonld|rdf|trig|nq)$"
)
ASKED = re.compile(LEFT.pattern + r"|\?(?!page=)")  # also what a form on a page asks
DATA = re.compile(r"\.(?:ttl|nt|jsonld|rdf|trig|nq)$")


TYPE = ox.NamedNode(prefixes()["rdf"] + "type")


def triples(data: bytes, suffix: str) -> set[ox.Triple]:
    return {
        ox.Triple(quad.subject, quad.predicate, quad.object)
        for quad in ox.parse(data, format=PARSERS[suffix])
    }


def subjects(found: Iterable[ox.Triple]) -> set[str]:
    return {t.subject.value for t in found if isinstance(t.subject, ox.NamedNode)}


def union(claims: ClaimStore) -> set[ox.Triple]:
    return {ox.Triple(quad.subject, quad.predicate, quad.object) for quad in claims.store}


def documents(claims: ClaimStore) -> set[str]:
    """List the paths at which the IRIs of a graph are told: those of its own, without the hash."""
    named = {
        node.value
        for triple in union(claims)
        for node in (triple.subject, triple.object)
        if isinstance(node, ox.NamedNode) and node.value.startswith(BASE)
    }
    named |= {str(graph.value) for graph in claims.store.named_graphs()}
    return {"/" + urldefrag(iri.removeprefix(BASE))[0] for iri in named}


def crawled(visitor: FlaskClient, left: re.Pattern[str] = LEFT) -> dict[str, Page]:
    """Follow the links of all pages from the start page, each once; data and searches are left."""
    waiting, found = ["/"], {}
    seen = {"/"}
    while waiting:
        path = waiting.pop()
        with visitor.get(path, headers={"Accept": "text/html"}) as response:
            assert response.status_code == 200, path
            if response.mimetype != "text/html":
                continue
            found[path] = Page(response.get_data(as_text=True))
        for link in found[path].links:
            target = urldefrag(urljoin(path, link))[0]
            if target.startswith("/") and target not in seen and not left.search(target):
                seen.add(target)
                waiting.append(target)
    return found


# ---------------------------------------------------------------- the crawl


@pytest.fixture(scope="module")
def pages(visitor: FlaskClient) -> dict[str, Page]:
    return crawled(visitor)


def test_a_crawl_from_the_start_reaches_every_iri(
    pages: dict[str, Page], trial: ClaimStore
) -> None:
    wanted = {unquote(path) for path in documents(trial)}
    assert len(wanted) > 60
    assert wanted - {unquote(path) for path in pages} == set()


def test_every_hash_iri_is_an_anchor_of_its_document_or_has_a_page(
    pages: dict[str, Page], trial: ClaimStore
) -> None:
    own = {iri for iri in subjects(union(trial)) if iri.startswith(BASE) and "#" in iri}
    assert len(own) > 80
    for iri in own:
        path, _, anchor = iri.removeprefix(BASE).partition("#")
        assert anchor in pages["/" + path].anchors, iri


def test_a_crawl_of_the_real_graph_reaches_every_iri_of_it(
    client: FlaskClient, claims: ClaimStore
) -> None:
    pages = crawled(client, ASKED)
    wanted = {unquote(path) for path in documents(claims)}
    assert len(wanted) > 600
    assert wanted - {unquote(path) for path in pages} == set()
    no_anchor_is_dead(pages)


def no_anchor_is_dead(pages: dict[str, Page]) -> None:
    for path, found in pages.items():
        for link in found.links:
            target, fragment = urldefrag(urljoin(path, link))
            if fragment and target in pages:
                assert unquote(fragment) in pages[target].anchors, (path, link)


def test_no_link_and_no_anchor_on_any_page_is_dead(pages: dict[str, Page]) -> None:
    no_anchor_is_dead(pages)
    assert len({path for path in pages if path.startswith("/article/") and "?" not in path}) == 3


def test_every_claim_has_a_page_that_is_reached(pages: dict[str, Page], trial: ClaimStore) -> None:
    kind = ox.NamedNode(prefixes()["sayso"] + "Claim")
    claims = subjects(t for t in union(trial) if t.object == kind and t.predicate == TYPE)
    assert len(claims) > 20
    for iri in claims:
        record, _, name = iri.removeprefix(BASE + "article/").partition("#")
        assert f"/claim/{record}/{name}" in pages


def test_every_page_that_says_it_has_data_has_them(
    visitor: FlaskClient, pages: dict[str, Page]
) -> None:
    offered = {
        link
        for path, page in pages.items()
        for link in page.links
        if DATA.search(link) and path != "/download/"
    }
    for suffix in PARSERS:
        some = sorted(link for link in offered if link.endswith("." + suffix))
        assert len(some) > 60
        for link in some if suffix == "ttl" else some[::9]:
            response = visitor.get(link)
            assert response.status_code == 200, link
            assert triples(response.data, suffix) or link.startswith("/shape"), link


def answered(visitor: FlaskClient, claims: ClaimStore) -> set[ox.Triple]:
    """Join what every IRI of a graph answers with."""
    return {
        triple
        for path in documents(claims)
        for triple in triples(visitor.get(path, headers={"Accept": "text/turtle"}).data, "ttl")
    }


def more_than(claims: ClaimStore, together: set[ox.Triple]) -> set[ox.Triple]:
    """Leave the triples that no graph holds, but for what the data set counts of itself."""
    dataset = BASE + "dataset"
    extra = together - union(claims)
    return {t for t in extra if not getattr(t.subject, "value", "").startswith(dataset)}


def test_the_answers_together_are_the_graph(visitor: FlaskClient, trial: ClaimStore) -> None:
    together = answered(visitor, trial)
    assert union(trial) - together == set()
    assert more_than(trial, together) == set()


def test_the_answers_of_the_real_graph_are_that_graph(
    client: FlaskClient, claims: ClaimStore
) -> None:
    together = answered(client, claims)
    assert len(union(claims)) > 5000
    assert union(claims) - together == set()
    assert more_than(claims, together) == set()


# ---------------------------------------------------------------- JSON-LD


@pytest.mark.parametrize(
    "path",
    [
        *(RECORD, RETELLING, "/article/dormouse-1865-11-28-treacle", "/id/person/hatter", "/ns"),
        *("/code/act", "/graph/links", "/claim/march-hare-1865-11-27-tea/c2", "/dataset"),
    ],
)
def test_framed_json_ld_holds_the_same_triples(visitor: FlaskClient, path: str) -> None:
    """Also of records whose claims rest on each other in a circle."""
    flat = triples(visitor.get(path + ".nt").data, "nt")
    assert flat
    assert triples(visitor.get(path + ".jsonld").data, "jsonld") == flat


def test_a_claim_comes_with_its_chain_within_it(visitor: FlaskClient) -> None:
    found = json.loads(visitor.get("/claim/white-rabbit-1865-11-26-trial/c1.jsonld").data)
    king = found["relays"][0]
    hatter = next(one for one in king["relays"] if one["id"].endswith("#c3"))
    assert king["claimant"]["label"] == "the King of Hearts"
    assert hatter["claimant"]["label"] == "the Hatter"
    assert hatter["saidOn"]["edtfDate"] == "1865-11-25"
    assert hatter["states"]["predicate"]["id"] == "p:committed"


def test_what_a_frame_would_drop_is_included() -> None:
    """A node that nothing leads to, one that is not described, and one that has only a type."""
    lines = f"""<{BASE}a> <{prefixes()["sayso"]}claimant> <{BASE}b> .
<{BASE}a> <{prefixes()["sayso"]}states> <{BASE}c> .
<{BASE}c> a <{BASE}Kind> .
<{BASE}d> <{prefixes()["sayso"]}relays> <{BASE}d> ."""
    quads = list(ox.parse(lines, format=ox.RdfFormat.TURTLE))
    found = framed(quads, BASE + "a")
    assert triples(found, "jsonld") == {ox.Triple(*quad.triple) for quad in quads}
    assert json.loads(found)["id"] == BASE + "a"


def test_a_long_chain_is_nested_only_so_deep_and_whole() -> None:
    relays = prefixes()["sayso"] + "relays"
    lines = "".join(f"<{BASE}{n}> <{relays}> <{BASE}{n + 1}> .\n" for n in range(30))
    quads = list(ox.parse(lines, format=ox.RdfFormat.TURTLE))
    found = framed(quads, BASE + "0")
    assert triples(found, "jsonld") == {ox.Triple(*quad.triple) for quad in quads}
    assert Counter(re.findall(r'"relays"', found.decode()))['"relays"'] == 30 + 1  # in the context


def test_the_context_is_served_by_its_version(visitor: FlaskClient) -> None:
    version = "0.1.0"
    response = visitor.get(f"/context/{version}.jsonld")
    assert json.loads(response.data) == context()
    latest = visitor.get("/context.jsonld").headers["Link"]
    assert latest == f'</context/{version}.jsonld>; rel="latest-version"'
    assert visitor.get("/context/9.9.9.jsonld").status_code == 404


# ---------------------------------------------------------------- header fields


def links(visitor: FlaskClient, path: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for target, rel in re.findall(r'<([^>]*)>; rel="([^"]*)"', visitor.get(path).headers["Link"]):
        found.setdefault(rel, []).append(target)
    return found


@pytest.mark.parametrize("path", [RECORD, "/id/person/hatter", "/date/1865-11-25", "/ns"])
def test_links_lead_to_licence_and_provenance(visitor: FlaskClient, path: str) -> None:
    found = links(visitor, path)
    assert found["license"] == ["https://creativecommons.org/licenses/by/4.0/"]
    provenance = found["http://www.w3.org/ns/prov#has_provenance"]
    assert provenance == found["describedby"]
    response = visitor.get(provenance[0], headers={"Accept": "application/n-triples"})
    assert response.mimetype == "application/n-triples"
    told = subjects(triples(response.data, "nt"))
    assert BASE + "dataset" in told
    assert path != RECORD or BASE + RECORD[1:] in told


def test_the_provenance_of_a_claim_leads_to_whom_it_rests_on_and_to_the_text(
    visitor: FlaskClient,
) -> None:
    target = BASE + RECORD[1:]
    data = visitor.get("/provenance", query_string={"target": target + "#c1", "format": "nt"}).data
    found = {(t.subject.value, t.predicate.value, t.object.value) for t in triples(data, "nt")}  # type: ignore[union-attr]
    prov = prefixes()["prov"]
    assert (target + "#c1", prov + "wasDerivedFrom", target + "#c2") in found
    assert (target + "#c3", prov + "wasAttributedTo", BASE + "id/person/hatter") in found
    assert (target + "#c3", prov + "wasGeneratedBy", target + "#encoding") in found
    assert (target + "#encoding", prov + "used", target + "#text") in found
    assert not {p for _, p, _ in found if p.startswith(prefixes()["sayso"])}


@pytest.mark.parametrize(("target", "status"), [("", 400), ("x y", 404), (BASE + "id/x", 404)])
def test_provenance_of_nothing_is_refused(visitor: FlaskClient, target: str, status: int) -> None:
    problem = {"Accept": "application/json"}
    response = visitor.get("/provenance", query_string={"target": target}, headers=problem)
    assert response.status_code == status
    assert json.loads(response.data)["detail"]


# ---------------------------------------------------------------- what was retired


@pytest.fixture(scope="module")
def retired(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    root = tmp_path_factory.mktemp("retired") / "trial"
    shutil.copytree(TRIAL, root)
    people = root / "graph" / "entities" / "people.ttl"
    owl, dcterms = prefixes()["owl"], prefixes()["dcterms"]
    more = f"""
<{BASE}id/person/hater> <{owl}deprecated> true ; <{dcterms}isReplacedBy> <{BASE}id/person/hatter> .
<{BASE}id/person/nobody> <{owl}deprecated> true .
"""
    people.write_text(people.read_text(encoding="utf-8") + more, encoding="utf-8")
    return create_app(load(DataFolder(root))).test_client()


def test_what_was_retired_is_410_with_what_took_its_place(retired: FlaskClient) -> None:
    response = retired.get("/id/person/hater", headers={"Accept": "text/html"})
    assert response.status_code == 410
    assert "/id/person/hatter" in Page(response.text).links
    assert '</id/person/hatter>; rel="successor-version"' in response.headers["Link"]
    data = retired.get("/id/person/hater.ttl")
    assert data.status_code == 410
    replaced = ox.NamedNode(prefixes()["dcterms"] + "isReplacedBy")
    assert {t.object.value for t in triples(data.data, "ttl") if t.predicate == replaced} == {  # type: ignore[union-attr]
        BASE + "id/person/hatter"
    }


def test_what_was_retired_for_nothing_says_so(retired: FlaskClient) -> None:
    response = retired.get("/id/person/nobody", headers={"Accept": "text/html"})
    assert response.status_code == 410
    assert "Nothing was put in its place." in Page(response.text).words
    assert retired.get("/id/person/hatter").status_code == 200


# ---------------------------------------------------------------- schema.org


def embedded(visitor: FlaskClient, path: str) -> Iterator[dict[str, object]]:
    html = visitor.get(path, headers={"Accept": "text/html"}).text
    for block in re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL):
        document = json.loads(block)
        yield from document.get("@graph", [document])


def test_a_claims_page_embeds_it_as_what_somebody_says(visitor: FlaskClient) -> None:
    claim, *reviews = embedded(visitor, "/claim/white-rabbit-1865-11-26-trial/c3")
    assert claim["@type"] == "Claim"
    assert claim["@id"] == BASE + RECORD[1:] + "#c3"
    assert claim["author"] == {
        "@type": "Person",
        "@id": BASE + "id/person/hatter",
        "name": "the Hatter",
    }
    assert str(claim["text"]).startswith("The Hatter")
    assert reviews == []


def test_only_a_claim_on_another_claim_is_a_review_and_gives_no_rating(
    visitor: FlaskClient, trial: ClaimStore
) -> None:
    kinds = {ox.NamedNode(prefixes()["sayso"] + name) for name in ("contradicts", "supports")}
    pairs = {(t.subject.value, t.object.value) for t in union(trial) if t.predicate in kinds}  # type: ignore[union-attr]
    assert pairs
    supported = {pair[::-1] for pair in pairs} - pairs
    assert supported
    for subject, other in pairs | supported:
        record, _, name = subject.removeprefix(BASE + "article/").partition("#")
        found = [*embedded(visitor, f"/claim/{record}/{name}")]
        reviewed = [one["itemReviewed"]["@id"] for one in found if one["@type"] == "ClaimReview"]  # type: ignore[index]
        assert (other in reviewed) == ((subject, other) in pairs)
        assert "reviewRating" not in json.dumps(found)


# ---------------------------------------------------------------- claims taken back, and notes


def test_the_page_of_a_withdrawn_claim_says_who_took_it_back_and_what_stands_instead(
    visitor: FlaskClient,
) -> None:
    page = visitor.get("/claim/dormouse-1865-11-28-treacle/c4", headers={"Accept": "text/html"})
    (told,) = re.findall(r'<p class="problem">(.*?)</p>', page.text)
    words = re.sub("<.*?>", "", told)
    assert words.startswith("This claim was taken back by the Dormouse, 1865-11-29. In its place")
    assert 'href="/claim/dormouse-1865-11-28-treacle/c3"' in told
    # Whom it relays has taken back nothing.
    other = visitor.get("/claim/march-hare-1865-11-27-tea/c9", headers={"Accept": "text/html"})
    assert other.status_code == 200
    assert 'class="problem"' not in other.text


def test_the_page_of_a_claim_from_notes_leads_to_the_work_and_to_no_place(
    claims: ClaimStore,
) -> None:
    visitor = create_app(claims).test_client()

    def page(claim: str) -> str:
        return visitor.get(f"/claim/{claim}", headers={"Accept": "text/html"}).text

    times = page("military-times-2019-04-04-us-deaths-in-iraq/c1")
    assert "made from notes" in times
    assert re.search(r'href="https://www.militarytimes.com/[^"]+" rel="external">open', times)
    wire = page("associated-press-2017-11-02-bin-laden-files/c1")
    assert "made from notes" in wire
    assert "open the article" not in wire  # the wire copy has no address of its own
    assert "made from notes" not in page("washington-times-2020-01-04-iran-al-qaeda-passage/c1")
