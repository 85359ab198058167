"""The pages and the data of every IRI, over the made-up trial and a folder with another base."""

import json
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from rdflib import RDF, Dataset, Graph, Literal, URIRef
from rdflib.collection import Collection

import sayso
from reading import FORMATS, rdflibs_own
from sayso.analysis.questions import question, questions
from sayso.analysis.telling import in_words
from sayso.paths import DataFolder
from sayso.store import ClaimStore, load
from sayso.store.export import exported
from sayso.store.formats import N_TRIPLES
from sayso.store.jsonld import context
from sayso.store.queries import rows
from sayso.terms import BASE, SAYSO
from sayso.web import create_app
from sayso.web.kept import Kept

TRIAL = Path(__file__).parent / "trial"
EXAMPLE = Path(sayso.__file__).parent / "example"
SHACL = "http://www.w3.org/ns/shacl#"
RECORD = "/article/white-rabbit-1865-11-26-trial"
CLAIM = "/claim/white-rabbit-1865-11-26-trial/c3"
RETELLING = "/article/march-hare-1865-11-27-tea"
THEFT = "/statement/knave-of-hearts-committed-theft-of-the-tarts-b45889ea"
# One path of each kind of IRI, with the IRI's end where it differs.
KINDS = (
    RECORD,
    THEFT,
    "/id/person/hatter",
    "/id/event/theft-of-the-tarts",
    "/id/place/court",
    "/id/work/kings-notebook",
    "/date/1865-11-25",
    "/code/act/denies",
    "/code/act",
    "/code",
    "/predicate/committed",
    "/ns",
    "/graph/links",
    "/graph/entities/people",
    "/graph/ontology/codes",
    "/dataset",
)


@pytest.fixture(scope="module")
def site(trial: ClaimStore) -> Flask:
    return create_app(trial)


@pytest.fixture
def visitor(site: Flask) -> FlaskClient:
    return site.test_client()


@pytest.fixture(scope="module")
def whole(trial: ClaimStore) -> Graph:
    """All triples of the trial, as rdflib reads them."""
    return Graph().parse(data=b"".join(exported(trial, N_TRIPLES)), format="nt")


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """The trial in a folder whose own IRIs begin elsewhere; sayso's words keep theirs."""
    root = tmp_path_factory.mktemp("elsewhere") / "trial"
    shutil.copytree(TRIAL, root)
    for file in root.rglob("*.ttl"):
        text = file.read_text(encoding="utf-8")
        own = re.sub(BASE + r"(?=id/|article/|statement/|date/|dataset|\" ?\.)", OWN, text)
        file.write_text(own, encoding="utf-8")
    return create_app(load(DataFolder(root))).test_client()


OF_EVERY_PAGE = (
    *("/", "#main", "/overview", "/search", "/articles", "/speakers", "/works", "/dates"),
    *("/origins", "/disputes", "/drift", "/query", "/download/", "/ns"),
    *("/static/style.css", "/static/icon.svg"),
)
OWN = "https://trial.example/claims/"


class Page(HTMLParser):
    """What a test needs of a page: its links, its anchors and its words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.anchors: list[str] = []
        self.tags: list[str] = []
        self.words = ""
        self.scripts: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append(tag)
        if tag == "script":
            self.scripts.add(found.get("type") or "")
        if tag in {"a", "link"} and found.get("href"):
            self.links.append(found["href"] or "")
        if found.get("id"):
            self.anchors.append(found["id"] or "")

    def handle_data(self, data: str) -> None:
        if self.tags[-1:] != ["script"]:
            self.words += data


def page(visitor: FlaskClient, path: str) -> Page:
    response = visitor.get(path, headers={"Accept": "text/html"})
    assert response.status_code == 200, path
    assert response.mimetype == "text/html"
    return Page(response.text)


# ---------------------------------------------------------------- the start page


def test_the_start_page_counts_what_the_graph_holds(visitor: FlaskClient, whole: Graph) -> None:
    html = visitor.get("/").text
    for kind, name in (("Claim", "claims"), ("Statement", "statements"), ("Record", "articles")):
        found = set(whole.subjects(RDF.type, SAYSO[kind]))
        assert f"<dt>{name}</dt><dd>{len(found)}</dd>" in html
    claimants = set(whole.objects(None, SAYSO.claimant))
    assert f"<dt>claimants</dt><dd>{len(claimants)}</dd>" in html


def cards(visitor: FlaskClient) -> list[str]:
    return re.findall(r'<h3><a href="(/query\?name=[^"]+)">', visitor.get("/").text)


def test_the_start_page_offers_every_question(visitor: FlaskClient) -> None:
    start = page(visitor, "/")
    for stored in questions():
        assert f"/query?name={stored.name}" in start.links
        assert stored.tells in " ".join(start.words.split())


@pytest.mark.parametrize("folder", [TRIAL, EXAMPLE, None], ids=["trial", "example", "own"])
def test_the_questions_to_begin_with_have_answers(folder: Path | None) -> None:
    visitor = create_app(load(DataFolder(folder) if folder else DataFolder())).test_client()
    assert len(cards(visitor)) == 5
    for card in cards(visitor):
        text = visitor.get(card).text
        assert re.search(r">[1-9][0-9]* rows?", text), card
        assert "<tbody>" in text


def test_no_question_is_tried_where_that_would_take_long(
    trial: ClaimStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def tried(*_: object) -> bool:
        raise AssertionError("a question was tried")

    monkeypatch.setattr("sayso.web.offer._TRIED", 10)
    monkeypatch.setattr("sayso.web.offer.Offer._has_rows", tried)
    visitor = create_app(trial).test_client()
    assert len(cards(visitor)) == 5
    assert "the March Hare" in visitor.get("/").text, "whom to ask about is still looked up"


def test_a_question_without_a_row_says_what_that_means(visitor: FlaskClient) -> None:
    text = visitor.get("/query?name=bare-facts").text
    assert "No rows." in text
    assert question("bare-facts").none in text
    assert "<tbody>" not in text
    assert "/query?name=bare-facts" not in cards(visitor)
    nothing = visitor.get("/query", query_string={"query": "SELECT * { ?s a sayso:Nothing }"}).text
    assert "Nothing in this graph fits the question." in nothing


def test_a_folder_is_asked_about_its_own_people(visitor: FlaskClient) -> None:
    html = visitor.get("/").text + visitor.get("/query?name=claims-of-somebody").text
    assert "What is the March Hare said to claim?" in html
    assert not re.search("Ramzi|Soleimani|Iran|2001", html)


# ---------------------------------------------------------------- IRIs as pages and data


@pytest.mark.parametrize("path", KINDS)
def test_every_kind_of_iri_has_a_page(visitor: FlaskClient, path: str) -> None:
    found = page(visitor, path)
    assert found.tags.count("h1") == 1
    assert found.scripts <= {"application/ld+json"}
    assert BASE + path[1:] in found.words


@rdflibs_own
@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("path", KINDS)
def test_every_kind_of_iri_has_data_by_suffix_and_by_accept(
    visitor: FlaskClient, whole: Graph, path: str, suffix: str
) -> None:
    media_type, parser = FORMATS[suffix]
    by_suffix = visitor.get(f"{path}.{suffix}")
    by_accept = visitor.get(path, headers={"Accept": media_type})
    assert by_suffix.mimetype == by_accept.mimetype == media_type
    assert by_suffix.data == by_accept.data
    data = Dataset(default_union=True).parse(data=by_suffix.data, format=parser)
    triples = set(data.triples((None, None, None)))
    counted = {triple for triple in triples if str(triple[0]).startswith(f"{BASE}dataset")}
    assert triples - counted <= set(whole)
    assert counted <= set(whole) or path == "/dataset", "what is counted stands nowhere else"
    own = set(whole.triples((URIRef(BASE + path[1:]), None, None)))
    assert own <= triples
    assert triples


def test_a_graph_answers_with_all_of_it(visitor: FlaskClient, trial: ClaimStore) -> None:
    found = Graph().parse(data=visitor.get("/graph/links.ttl").data, format="turtle")
    graph = trial.dataset().graph(URIRef(BASE + "graph/links"))
    assert set(graph) <= set(found)
    assert len(set(graph)) == 12


def test_a_record_answers_with_what_a_reader_needs(visitor: FlaskClient) -> None:
    found = Graph().parse(data=visitor.get(RECORD + ".ttl").data, format="turtle")
    claim = URIRef(BASE + RECORD[1:] + "#c3")
    for way in (SAYSO.states, SAYSO.saidOn, SAYSO.evidence):
        node = next(found.objects(claim, way))
        assert set(found.predicate_objects(node)), f"{way} leads to a node without facts"
    hatter = URIRef(BASE + "id/person/hatter")
    assert Literal("the Hatter", lang="en") in set(found.objects(hatter))


def test_a_record_answers_with_what_other_files_say_of_its_claims(visitor: FlaskClient) -> None:
    """That a retelling relays an earlier claim stands in the file of links."""
    found = Graph().parse(data=visitor.get(RETELLING + ".ttl").data, format="turtle")
    claim, earlier = URIRef(BASE + RETELLING[1:] + "#c2"), URIRef(BASE + RECORD[1:] + "#c1")
    assert (claim, SAYSO.relays, earlier) in found


def test_the_ontology_answers_with_all_its_terms(visitor: FlaskClient, whole: Graph) -> None:
    found = Graph().parse(data=visitor.get("/ns.ttl").data, format="turtle")
    terms = {term for term in whole.subjects() if str(term).startswith(BASE + "ns#")}
    assert len(terms) > 30
    for term in terms:
        assert set(whole.predicate_objects(term)) <= set(found.predicate_objects(term))


@rdflibs_own
def test_trig_keeps_the_names_of_graphs(visitor: FlaskClient) -> None:
    data = Dataset().parse(data=visitor.get("/id/person/hatter.trig").data, format="trig")
    names = {str(name) for *_, name in data.quads((None, None, None, None))}
    assert BASE + "graph/entities/people" in names


@pytest.mark.parametrize(
    ("accept", "mimetype"),
    [
        (None, "text/html"),
        ("*/*", "text/html"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
        ("text/turtle, text/html;q=0.5", "text/turtle"),
        ("application/json", "application/ld+json"),
        ("application/rdf+xml;q=0.4, application/n-triples;q=0.6", "application/n-triples"),
        ('application/ld+json;profile="https://example.org/"', "application/ld+json"),
    ],
)  # fmt: skip
def test_accept_chooses(visitor: FlaskClient, accept: str | None, mimetype: str) -> None:
    headers = {"Accept": accept} if accept else {}
    response = visitor.get("/id/person/hatter", headers=headers)
    assert response.mimetype == mimetype
    assert "Accept" in response.headers["Vary"]


def test_what_no_format_satisfies_is_406(visitor: FlaskClient) -> None:
    response = visitor.get("/id/person/hatter", headers={"Accept": "image/png"})
    assert response.status_code == 406
    assert "text/turtle" in json.loads(response.data)["offered"]


def test_format_and_html_suffix_overrule_accept(visitor: FlaskClient) -> None:
    turtle = {"Accept": "text/turtle"}
    assert visitor.get("/id/person/hatter.html", headers=turtle).mimetype == "text/html"
    assert visitor.get("/id/person/hatter?format=nt", headers=turtle).mimetype == FORMATS["nt"][0]


def test_links_lead_to_the_other_formats_and_the_licence(visitor: FlaskClient) -> None:
    header = visitor.get(RECORD).headers["Link"]
    for suffix, (media_type, _) in FORMATS.items():
        assert f'<{RECORD}.{suffix}>; rel="alternate"; type="{media_type}"' in header
    assert 'licenses/by/4.0/>; rel="license"' in header


def test_what_has_not_changed_is_not_sent_again(visitor: FlaskClient) -> None:
    first = visitor.get(RECORD + ".ttl")
    again = visitor.get(RECORD + ".ttl", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_head_answers_as_get_does(visitor: FlaskClient) -> None:
    response = visitor.head(RECORD + ".ttl")
    assert (response.status_code, response.data) == (200, b"")
    assert response.headers["Content-Length"] == str(len(visitor.get(RECORD + ".ttl").data))


# ---------------------------------------------------------------- JSON-LD


def test_json_ld_is_compact_and_carries_its_context(visitor: FlaskClient) -> None:
    found = json.loads(visitor.get(RECORD + ".jsonld").data)
    assert found["@context"] == context()["@context"]
    assert found["id"] == BASE + RECORD[1:]
    nodes = {node["id"]: node for node in found["parts"]}
    claim = nodes[BASE + RECORD[1:] + "#c3"]
    assert claim["claimant"]["id"] == "person:hatter"
    assert claim["claimant"]["label"] == "the Hatter"
    assert claim["act"] == "confirms"
    assert claim["basis"] == "firsthand"
    assert claim["paraphrase"].startswith("The Hatter")
    assert "Claim" in claim["type"]
    assert claim["evidence"][0]["hasSelector"]["start"] == 120
    assert claim["states"]["subject"]["label"] == "the Knave of Hearts"


def test_the_context_is_served_for_other_sites(visitor: FlaskClient) -> None:
    response = visitor.get("/context.jsonld")
    assert response.mimetype == "application/ld+json"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert json.loads(response.data) == context()


def test_the_context_names_every_term_of_the_ontology(trial: ClaimStore) -> None:
    ontology = trial.dataset().graph(URIRef(BASE + "graph/ontology/sayso"))
    terms = {str(term) for term in ontology.subjects() if str(term).startswith(BASE + "ns#")}
    declared = [value for key, value in context()["@context"].items() if key != "@version"]
    named = [value if isinstance(value, str) else value.get("@id", "") for value in declared]
    expanded = {name.replace("sayso:", BASE + "ns#") for name in named}
    assert len(terms) > 30
    assert terms <= expanded


# ---------------------------------------------------------------- what pages say


@pytest.mark.parametrize("path", [RECORD, RETELLING, "/article/dormouse-1865-11-28-treacle"])
def test_every_node_of_a_record_is_an_anchor_on_its_page(
    visitor: FlaskClient, trial: ClaimStore, path: str
) -> None:
    anchors = page(visitor, path).anchors
    record = BASE + path[1:]
    nodes = {str(s) for s in trial.dataset().graph(URIRef(record)).subjects()}
    inside = {node.partition("#")[2] for node in nodes if node.startswith(record + "#")}
    assert len(inside) > 5
    assert inside <= set(anchors)
    assert len(anchors) == len(set(anchors)), "an anchor must stand once"


def test_a_ladder_runs_from_the_newspaper_to_the_end(visitor: FlaskClient) -> None:
    html = visitor.get(RECORD).text
    places = [html.index(f'id="{name}"') for name in ("c1", "c2", "c3", "c4", "c5")]
    assert places == sorted(places), "c1 relays c2, which relays c3 and c4; c5 begins anew"
    depth = html[places[0] : places[2]].count('<ol class="ladder">')
    assert depth == 2
    rung = " ".join(Page(html[places[2] : places[3]]).words.split())
    assert "the Hatter confirms" in rung
    assert "The Hatter agrees that he watched the Knave do it." in rung
    assert "no word on how sure" in rung
    assert "first hand" in rung
    assert "characters 120 to 185" in rung
    assert "1865-11-25" in rung


def test_a_claim_on_two_ladders_is_told_once_and_then_linked_to(tmp_path: Path) -> None:
    shutil.copytree(TRIAL, tmp_path / "trial")
    record = BASE + RECORD[1:]
    links = tmp_path / "trial" / "graph" / "links.ttl"
    more = f"<{record}#c5> <{SAYSO.relays}> <{record}#c2> .\n"
    links.write_text(links.read_text(encoding="utf-8") + more, encoding="utf-8")
    html = create_app(load(DataFolder(tmp_path / "trial"))).test_client().get(RECORD).text
    assert [html.count(f'id="{name}"') for name in ("c1", "c2", "c3", "c5")] == [1, 1, 1, 1]
    assert '<a class="anchor" href="#c2">told at c2</a>' in html


def test_a_record_begins_with_those_on_whom_it_rests(visitor: FlaskClient) -> None:
    html = visitor.get(RECORD).text
    outline = html[html.index('class="outline"') : html.index('id="claims"')]
    found = re.findall(r'<li><a href="[^"]+">([^<]+)</a>.*?"count">(\d+)<', outline)
    assert ("the Hatter", "1") in found
    assert ("somebody in the kitchen", "1") in found
    assert "(not named)" in outline
    assert [int(number) for _, number in found] == sorted((int(n) for _, n in found), reverse=True)


def found_claims(visitor: FlaskClient, **fields: str) -> list[str]:
    html = visitor.get(RECORD, query_string=fields).text
    assert 'class="outline"' not in html
    return re.findall(r'title="This claim on its ladder">(\w+)<', html)


def test_a_record_finds_claims_by_word_speaker_act_and_end(visitor: FlaskClient) -> None:
    hatter = BASE + "id/person/hatter"
    rabbit = BASE + "id/person/white-rabbit"
    reports = BASE + "code/act/reports"
    assert found_claims(visitor, words="watched HATTER") == ["c3"]
    assert found_claims(visitor, words="watched", claimant=rabbit) == []
    assert found_claims(visitor, end=hatter) == ["c3"]
    assert found_claims(visitor, end=hatter, claimant=rabbit) == ["c1"]
    assert "c1" in found_claims(visitor, act=reports)
    assert "c3" not in found_claims(visitor, act=reports)
    assert found_claims(visitor, words="walrus") == []


def test_a_claim_that_is_found_names_those_through_whom_it_came(visitor: FlaskClient) -> None:
    html = visitor.get(RECORD, query_string={"words": "watched"}).text
    words = " ".join(Page(html).words.split())
    assert "1 claim" in words
    assert "Passed on by the King of Hearts (asserts), then the White Rabbit (reports)" in words
    assert f'href="{CLAIM}"' in html
    assert f'<a href="{RECORD}">Show all' in html


def test_what_is_typed_into_a_form_is_no_markup(visitor: FlaskClient) -> None:
    html = visitor.get(RECORD, query_string={"words": '"><script>', "end": '"><script>'}).text
    assert "<script>" not in html
    assert Page(html).scripts <= {"application/ld+json"}


def test_a_page_is_made_once_and_not_for_those_who_have_it(
    trial: ClaimStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor = create_app(trial).test_client()
    first = visitor.get(RECORD)

    def broken(*_: object) -> None:
        raise AssertionError("it was made again")

    monkeypatch.setattr("sayso.web.iris.view", broken)
    assert visitor.get(RECORD).data == first.data
    turtle = visitor.get(RECORD + ".ttl")
    monkeypatch.setattr("sayso.web.iris.describe", broken)
    assert visitor.get(RECORD + ".ttl").data == turtle.data
    other = create_app(trial).test_client()
    had = other.get(RECORD, headers={"If-None-Match": first.headers["ETag"]})
    assert (had.status_code, had.data) == (304, b"")


def test_no_more_pages_are_kept_than_there_is_room_for() -> None:
    kept = Kept(most=10)
    made: list[str] = []

    def get(address: str, size: int) -> None:
        kept.get(address, lambda: made.append(address) or b"x" * size)  # type: ignore[func-returns-value]

    for address, size in (("a", 4), ("b", 4), ("a", 4), ("c", 4), ("a", 4), ("b", 4), ("d", 11)):
        get(address, size)
    assert made == ["a", "b", "c", "b", "d"], "b was asked for longest ago when c came"
    get("d", 11)
    assert made[-1] == "d"
    assert made.count("d") == 2


def test_a_ladder_that_runs_in_a_circle_ends(visitor: FlaskClient) -> None:
    for path in ("/article/march-hare-1865-11-27-tea", "/article/dormouse-1865-11-28-treacle"):
        assert page(visitor, path).anchors


def test_a_statement_page_tells_who_takes_which_side(visitor: FlaskClient) -> None:
    words = " ".join(page(visitor, THEFT).words.split())
    standing, against = words.index("Who stands by it"), words.index("Who stands against it")
    assert standing < words.index("the Hatter confirms") < against
    assert against < words.index("the Knave of Hearts denies")
    assert "Passed on by the King of Hearts (asserts), then the White Rabbit (reports)" in words


def test_an_entity_page_groups_what_is_said_by_who_says_it(visitor: FlaskClient) -> None:
    html = visitor.get("/id/person/knave-of-hearts").text
    groups = re.findall(r'<section class="speaker-group">\s*<h3><a href="([^"]+)"', html)
    assert "/id/person/hatter" in groups
    assert len(groups) == len(set(groups)) > 3
    assert "What the Knave of Hearts says" in Page(html).words


@pytest.mark.parametrize("path", ["/id/person/knave-of-hearts", THEFT, RECORD])
def test_no_claimed_thing_is_worded_as_a_fact(visitor: FlaskClient, path: str) -> None:
    """Each paraphrase stands under the name and the act of the one who says so."""
    html = visitor.get(path).text
    found = list(re.finditer(r'<p class="paraphrase">', html))
    assert found
    for match in found:
        before = html[: match.start()].rstrip()
        says = before.rfind('<p class="says">')
        assert before.endswith("</p>")
        assert 'class="act"' in before[says:]
        assert before.count("<p", says) == 1


@pytest.mark.parametrize("path", ["/predicate/committed", "/date/1865-11-25"])
def test_a_statement_is_called_one_wherever_it_is_listed(visitor: FlaskClient, path: str) -> None:
    html = visitor.get(path).text
    listed = re.findall(r'<a href="/statement/[^"]+">([^<]+)</a>', html)
    assert listed
    for words in listed:
        assert words.startswith("statement, held by nobody here: ")
        assert words.count(" · ") >= 2
    assert not re.search(r">[^<]*-[0-9a-f]{8}<", html), "a slug reads as a fact"


def test_an_event_page_says_that_the_event_is_only_spoken_of(visitor: FlaskClient) -> None:
    words = page(visitor, "/id/event/theft-of-the-tarts").words
    assert "An event that claims speak of; nobody here says that it happened" in words
    assert "nobody here says that it happened" not in page(visitor, "/id/person/hatter").words


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("../2004", "on or before 2004"),
        ("1998/..", "from 1998 on"),
        ("2005/2011", "2005 to 2011"),
        ("2004", "2004"),
    ],
)
def test_a_date_is_said_as_a_person_would(edtf: str, words: str) -> None:
    assert in_words(edtf) == words


def test_pages_say_open_dates_in_words(client: FlaskClient) -> None:
    """On the graph that comes with sayso, where many a claim has an open date."""
    html = client.get("/id/person/ramzi-bin-al-shibh").text
    html += client.get("/date/open_2004").text
    assert "<h1>on or before 2004</h1>" in html
    told = re.sub(r'(?s)<dl class="table">.*?</dl>', "", html)
    assert not re.search(r">[^<]*\.\./\d", told)


def test_another_sites_iri_is_shown_whole_and_a_known_term_by_its_prefix(
    visitor: FlaskClient,
) -> None:
    html = visitor.get(RECORD).text
    assert ">https://creativecommons.org/licenses/by/4.0/</a>" in html
    assert ">dcterms:license</a>" in html


# ---------------------------------------------------------------- another base


def test_a_folder_with_its_own_base_answers_at_the_same_paths(elsewhere: FlaskClient) -> None:
    html = page(elsewhere, RECORD)
    assert OWN + RECORD[1:] in html.words
    assert THEFT in html.links
    assert "/code/act/denies" in html.links
    turtle = Graph().parse(data=elsewhere.get(RECORD + ".ttl").data, format="turtle")
    assert (URIRef(OWN + RECORD[1:]), None, None) in turtle
    assert page(elsewhere, "/code/act/denies").tags
    assert page(elsewhere, "/ns").tags


# ---------------------------------------------------------------- what goes wrong


def test_an_unknown_iri_is_404_with_near_matches(visitor: FlaskClient) -> None:
    response = visitor.get("/id/person/hater", headers={"Accept": "text/html"})
    assert response.status_code == 404
    assert "/id/person/hatter" in Page(response.text).links
    machine = visitor.get("/id/person/hater", headers={"Accept": "text/turtle"})
    assert machine.status_code == 404
    assert machine.mimetype == "application/problem+json"
    assert BASE + "id/person/hatter" in json.loads(machine.data)["near"]


@pytest.mark.parametrize(
    ("path", "near"),
    [
        ("/id/person/knave", ["/id/person/knave-of-hearts"]),
        ("/id/person/Hatter", ["/id/person/hatter"]),
        ("/statement/knave-of-hearts-committed-theft-of-the-tarts", []),
        ("/favourite-colour", []),
        ("/id/person/zzz", []),
    ],
)
def test_only_what_is_near_is_offered_and_no_statement(
    visitor: FlaskClient, path: str, near: list[str]
) -> None:
    response = visitor.get(path, headers={"Accept": "text/html"})
    assert response.status_code == 404
    found = [link for link in Page(response.text).links if link not in OF_EVERY_PAGE]
    assert found == near


@pytest.mark.parametrize(
    "path",
    ["/x", "/id/", "/id/person/hatter.docx", "/.ttl", "/id/person/%3Cscript%3E", "/a%00b", "/%FF"],
)
def test_a_strange_path_is_404_and_is_not_echoed_as_markup(visitor: FlaskClient, path: str) -> None:
    response = visitor.get(path, headers={"Accept": "text/html"})
    assert response.status_code == 404
    assert "<script" not in response.text


def test_a_fault_of_the_server_shows_nothing_of_it(
    trial: ClaimStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("the cook threw a saucepan")

    monkeypatch.setattr("sayso.web.iris.describe", broken)
    for accept in ("text/turtle", "application/json"):
        response = (
            create_app(trial).test_client().get("/id/person/hatter.ttl", headers={"Accept": accept})
        )
        assert response.status_code == 500
        assert "saucepan" not in response.text
        assert "Traceback" not in response.text


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_pages_are_only_read(visitor: FlaskClient, method: str) -> None:
    response = visitor.open(RECORD, method=method)
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]


@pytest.mark.parametrize("path", ["/", RECORD + ".ttl", "/x", "/sparql", "/static/style.css"])
def test_every_answer_bears_the_security_headers(visitor: FlaskClient, path: str) -> None:
    with visitor.get(path) as response:
        headers = response.headers
    assert headers["Content-Security-Policy"].startswith("default-src 'self'")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Referrer-Policy" in headers


# ---------------------------------------------------------------- the rules


def codes() -> list[str]:
    text = "".join(path.read_text(encoding="utf-8") for path in DataFolder().shapes())
    return re.findall(r"^shape:(\S+)$", text, re.MULTILINE)


def test_each_rule_answers_at_its_iri_with_its_sentence_and_its_shape(visitor: FlaskClient) -> None:
    listed = page(visitor, "/shape")
    assert len(codes()) > 90
    for code in codes():
        html = visitor.get(f"/shape/{code}").text
        assert f"<h1>{code}</h1>" in html
        assert f"shape:{code}" in html
        if code != "place":  # which says nothing: it leads to a place
            assert f"/shape/{code}" in listed.links
            assert '<p class="lead">' in html


@rdflibs_own
@pytest.mark.parametrize("suffix", FORMATS)
def test_a_rule_answers_as_data(visitor: FlaskClient, suffix: str) -> None:
    media_type, parser = FORMATS[suffix]
    address = "/shape/claim-one-act"
    by_suffix = visitor.get(f"{address}.{suffix}")
    by_accept = visitor.get(address, headers={"Accept": media_type})
    assert by_suffix.mimetype == by_accept.mimetype == media_type
    assert by_suffix.data == by_accept.data
    found = Dataset(default_union=True).parse(data=by_suffix.data, format=parser)
    path, least = (URIRef(SHACL + name) for name in ("path", "minCount"))
    assert (URIRef(BASE + address[1:]), path, SAYSO.act) in found
    assert (URIRef(BASE + address[1:]), least, Literal(1)) in found


def test_a_rule_comes_with_what_has_no_name_within_it(visitor: FlaskClient) -> None:
    data = visitor.get("/shape/claim-act-listed.ttl").data
    found = Graph().parse(data=data, format="turtle")
    listed = found.value(URIRef(BASE + "shape/claim-act-listed"), URIRef(SHACL + "in"))
    assert listed is not None
    assert URIRef(BASE + "code/act/reports") in set(Collection(found, listed))


def test_a_rule_that_there_is_not_is_404(visitor: FlaskClient) -> None:
    assert visitor.get("/shape/claim-two-acts").status_code == 404
    assert visitor.get("/shape.docx").status_code == 404
    assert len(Graph().parse(data=visitor.get("/shape.ttl").data, format="turtle")) > 500


# ---------------------------------------------------------------- searching


def searched(visitor: FlaskClient, words: str) -> tuple[list[str], str]:
    response = visitor.get("/search", query_string={"words": words})
    assert response.status_code == 200
    found = re.findall(r'href="([^"]+)" title="This claim on its ladder"', response.text)
    return found, " ".join(Page(response.text).words.split())


def test_the_start_page_leads_to_the_claims_that_have_some_words(visitor: FlaskClient) -> None:
    assert '<form class="find" method="get" action="/search">' in visitor.get("/").text
    found, words = searched(visitor, "Watched the knave")
    assert found == [CLAIM], "the claims that pass it on are named under it"
    assert "the Hatter confirms" in words
    assert "Passed on by the King of Hearts (asserts), then the White Rabbit (reports)" in words


def test_a_name_that_is_searched_leads_to_its_page(visitor: FlaskClient) -> None:
    assert "/id/person/march-hare" in page(visitor, "/search?words=march+hare").links


def test_a_claim_is_found_by_what_its_predicate_means(
    visitor: FlaskClient, trial: ClaimStore
) -> None:
    meaning = "SELECT ?d { p:committed skos:definition ?d }"
    definition = str(rows(trial, meaning)[0]["d"].value)
    found, words = searched(visitor, "Hatter " + definition)
    assert CLAIM in found
    assert "No claim has all" not in words


def test_claims_come_in_the_order_of_their_numbers(visitor: FlaskClient) -> None:
    reports = BASE + "code/act/reports"
    html = visitor.get("/search", query_string={"act": reports}).text
    found = re.findall(r'href="([^"]+)" title="This claim on its ladder"', html)
    own = [int(iri.rpartition("/c")[2]) for iri in found if iri.startswith(CLAIM[:-1])]
    assert own == sorted(own)
    assert max(own) > 9


def test_where_no_claim_has_all_words_those_with_most_come_and_it_is_said(
    visitor: FlaskClient,
) -> None:
    found, words = searched(visitor, "who watched the jabberwock")
    assert CLAIM in found
    assert "No claim has all of these words" in words
    found, words = searched(visitor, "jabberwock")
    assert found == []
    assert "No claim here has any of these words" in words


@pytest.mark.parametrize(
    "words", ["", " ", '"', "\\", '") || true', "<script>", "{}", "\x00", "the"]
)
def test_whatever_is_typed_is_searched_for_and_nothing_else(
    visitor: FlaskClient, words: str
) -> None:
    response = visitor.get("/search", query_string={"words": words})
    assert response.status_code == 200
    assert "<script" not in response.text


# ---------------------------------------------------------------- asking


@pytest.mark.parametrize("name", [stored.name for stored in questions()])
def test_every_stored_question_runs_on_its_page(visitor: FlaskClient, name: str) -> None:
    response = visitor.get("/query", query_string={"name": name})
    assert response.status_code == 200
    assert 'aria-label="Answer"' in response.text


def test_a_query_page_shows_rows_a_yes_a_graph_or_what_is_wrong(visitor: FlaskClient) -> None:
    def asked(query: str) -> tuple[int, str]:
        response = visitor.get("/query", query_string={"query": query})
        return response.status_code, response.text

    assert (
        '<a href="/id/person/hatter">the Hatter</a>'
        in asked("SELECT ?x { VALUES ?x { person:hatter } }")[1]
    )
    assert ">Yes<" in asked("ASK {}")[1]
    assert "prefLabel" in asked("DESCRIBE person:hatter")[1]
    status, text = asked("SELECT ?x <script>alert(1)</script>")
    assert status == 400
    assert "<script>" not in text
    assert asked("SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }")[0] == 403


def test_rows_left_out_of_a_page_are_announced(visitor: FlaskClient) -> None:
    text = visitor.get("/query", query_string={"query": "SELECT * { ?s ?p ?o } LIMIT 300"}).text
    assert "300 rows; the first 200 are shown" in text
    assert text.count("<tr>") == 201


def test_sparql_is_mounted(visitor: FlaskClient) -> None:
    response = visitor.get("/sparql", query_string={"query": "ASK {}"})
    assert json.loads(response.data)["boolean"] is True
    assert visitor.put("/sparql").status_code == 405
    assert visitor.options("/sparql").headers["Access-Control-Allow-Methods"]
