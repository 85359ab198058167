"""The overview: which works rest on whose word, as a picture, a table, and lists of claims."""

import re
from html import unescape
from itertools import pairwise
from xml.etree import ElementTree as ET

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from sayso.analysis.flows import ends, flows
from sayso.store import ClaimStore
from sayso.store.queries import rows
from sayso.terms import BASE, prefixes
from sayso.web import create_app
from sayso.web.flows import Asked
from sayso.web.sankey import drawn

SVG = "{http://www.w3.org/2000/svg}"
HERALD, HATTER = BASE + "id/work/heralds-report", BASE + "id/person/hatter"
COOK = BASE + "id/person/duchess-cook"


def page(visitor: FlaskClient, address: str = "/overview") -> str:
    response = visitor.get(address)
    assert response.status_code == 200
    return response.text


def picture(html: str, name: str = "wide") -> ET.Element:
    found = re.search(rf'<svg class="sankey {name}".*?</svg>', html, re.DOTALL)
    assert found, "there is no picture"
    return ET.fromstring(found[0].replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" '))


def told(html: str) -> list[tuple[str, str, str, int, str]]:
    """Read the table: work, end, how, claims, and the address of these claims."""
    found = re.findall(
        r'"stands in"><a href="[^"]*">(.*?)</a>.*?"rests on the word of"><a href="[^"]*">(.*?)</a>'
        r'.*?"how">(.*?)</td>.*?<a href="([^"]*)"[^>]*>([\d,]+)</a>',
        html,
    )
    assert found
    return [
        (work, end, how, int(number.replace(",", "")), unescape(href))
        for work, end, how, href, number in found
    ]


# ---------------------------------------------------------------- what flows


def test_a_flow_is_what_paths_in_sparql_find(trial: ClaimStore) -> None:
    path = """SELECT DISTINCT ?work ?who ?end {
      ?claim sayso:saidIn ?work ; sayso:relays* ?end . ?end sayso:claimant ?who
      FILTER NOT EXISTS { ?end sayso:relays ?further }
      FILTER NOT EXISTS { ?claim prov:wasInvalidatedBy ?one }
      FILTER NOT EXISTS { ?end prov:wasInvalidatedBy ?other } }"""
    expected = {
        tuple(row[name].value for name in ("work", "who", "end")) for row in rows(trial, path)
    }
    found = {(flow.work, flow.end, claim) for flow in flows(trial) for claim in flow.claims}
    assert len(found) == 20
    assert found == expected


def test_what_a_work_says_itself_is_told_from_what_it_passes_on(trial: ClaimStore) -> None:
    by_pair = {(flow.work, flow.end): flow for flow in flows(trial)}
    assert not by_pair[HERALD, HATTER].own
    assert by_pair[HERALD, BASE + "id/person/white-rabbit"].own
    unnamed = {flow.end for flow in by_pair.values() if flow.unnamed}
    assert len(unnamed) == 2
    assert all("#" in end for end in unnamed)


def test_a_circle_has_no_end() -> None:
    assert list(ends("a", {"a": ["b"], "b": ["a"]})) == []
    assert sorted(ends("a", {"a": ["b", "c"], "b": ["a", "d"], "c": ["d"]})) == ["d"]
    assert list(ends("a", {})) == ["a"]


WITHDRAWN = """
<#c1> a sayso:Claim ; sayso:claimant <#herald> ; sayso:saidIn <#report> .
<#c1> sayso:relays <#c2>, <#c3> .
<#c2> a sayso:Claim ; sayso:claimant <#cook> ; sayso:saidIn <#note> .
<#c3> a sayso:Claim ; sayso:claimant <#cook> ; prov:wasInvalidatedBy <#w> .
<#c4> a sayso:Claim ; sayso:claimant <#hatter> ; sayso:saidIn <#note> ; prov:wasInvalidatedBy <#w> .
"""


def test_what_was_withdrawn_does_not_flow() -> None:
    head = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in prefixes().items())
    triples = ox.parse(head + WITHDRAWN, format=ox.RdfFormat.TURTLE, base_iri=BASE + "r")
    record = ox.NamedNode(BASE + "r")
    quads = (ox.Quad(t.subject, t.predicate, t.object, record) for t in triples)
    store = ClaimStore.of(quads, BASE)
    found = {(flow.work, flow.end): flow.claims for flow in flows(store)}
    named = {tuple(iri.partition("#")[2] for iri in pair): found[pair] for pair in found}
    assert set(named) == {("report", "cook"), ("note", "cook")}
    assert all(claims == (BASE + "r#c2",) for claims in named.values())
    assert list(ends("a", {"a": ["b", "c"], "b": ["d"]}, without={"b"})) == ["c"]
    assert list(ends("a", {"a": ["b"]}, without={"b"})) == [], "what passes something on is no end"


# ---------------------------------------------------------------- the picture


def test_bars_are_as_high_as_their_ribbons_are_wide() -> None:
    numbers = {("a", "x"): 30, ("a", "y"): 10, ("b", "y"): 60}
    made = drawn(numbers, ["a", "b"], ["x", "y"])
    heights = {bar.key: bar.height for bar in made.left + made.right}
    assert heights["a"] + heights["b"] == pytest.approx(heights["x"] + heights["y"])
    assert heights["a"] / heights["b"] == pytest.approx(40 / 60)
    for bars in (made.left, made.right):
        for upper, lower in pairwise(bars):
            assert upper.y + upper.height < lower.y
        assert bars[0].y >= 0
        assert bars[-1].y + bars[-1].height <= made.height
    assert len(made.ribbons) == 3


def test_a_thin_bar_still_has_room_for_its_words() -> None:
    keys = [f"k{number}" for number in range(30)]
    made = drawn({("a", key): 1000 if key == "k0" else 1 for key in keys}, ["a"], keys)
    middles = [bar.middle for bar in made.right]
    assert min(lower - upper for upper, lower in pairwise(middles)) >= 15


def test_nothing_is_drawn_of_nothing() -> None:
    made = drawn({}, [], [])
    assert (made.left, made.right, made.ribbons, made.height) == ([], [], [], 0)


def test_picture_and_table_tell_the_same(visitor: FlaskClient) -> None:
    html = page(visitor)
    links = [a for a in picture(html).iter(SVG + "a") if a.get("class", "").startswith("ribbon")]
    drawn_rows = {(a.get("href"), a.get("aria-label", "").rpartition(": ")[2]) for a in links}
    assert len(links) == len(told(html)) > 15
    assert drawn_rows == {
        (href, f"{number} {'claim' if number == 1 else 'claims'}")
        for *_, number, href in told(html)
    }


def test_a_narrow_picture_tells_what_the_wide_one_tells(visitor: FlaskClient) -> None:
    html = page(visitor)
    wide, narrow = ([*picture(html, name).iter(SVG + "a")] for name in ("wide", "narrow"))
    assert [a.get("href") for a in wide] == [a.get("href") for a in narrow]
    width = float(picture(html, "narrow").get("viewBox", "").split()[2])
    for path in picture(html, "narrow").iter(SVG + "path"):
        numbers = [float(n) for n in re.findall(r"-?[\d.]+", path.get("d", ""))]
        assert all(0 <= x <= width for x in numbers[0:1] + numbers[6:7])


def test_every_part_of_the_picture_has_words(visitor: FlaskClient) -> None:
    for part in picture(page(visitor)).iter(SVG + "a"):
        title = part.find(SVG + "title")
        assert title is not None
        assert re.search(r": \d+ claims?", title.text or "")
        assert part.get("href", "").startswith("/overview?")


# ---------------------------------------------------------------- choosing


def test_every_ribbon_leads_to_its_claims(visitor: FlaskClient) -> None:
    for work, end, _, number, href in told(page(visitor)):
        html = page(visitor, href)
        assert html.count('<article class="claim') == number, (work, end)
        assert end in html
        assert work in html


def test_a_work_and_an_end_can_be_chosen_and_dropped(visitor: FlaskClient) -> None:
    of_work = page(visitor, Asked(work=HERALD).address)
    assert len({work for work, *_ in told(of_work)}) == 1
    assert len({end for _, end, *_ in told(of_work)}) > 2
    assert 'href="/overview">show all works</a>' in of_work
    of_end = page(visitor, Asked(end=COOK).address)
    assert len({end for _, end, *_ in told(of_end)}) == 1
    assert len({work for work, *_ in told(of_end)}) > 2
    both = page(visitor, Asked(work=HERALD, end=COOK).address)
    assert f'href="{Asked(end=COOK).address}">show all works</a>' in both
    assert f'href="{Asked(work=HERALD).address}">show all on whom they rest</a>' in both


def test_what_is_not_drawn_by_name_is_told_together(
    visitor: FlaskClient, trial: ClaimStore
) -> None:
    html = page(visitor, "/overview?most=2")
    assert re.search(r"\d+ other works", html)
    assert re.search(r"\d+ others", html)
    assert 'href="/overview?most=4">Draw more of them by name</a>' in html
    whole = sum(number for *_, number, _ in told(page(visitor)))
    assert sum(number for *_, number, _ in told(html)) == whole
    assert whole == sum(len(flow.claims) for flow in flows(trial))
    left_out = re.search(r"Not drawn are (\d+) claims? that flow between others", html)
    assert left_out
    links = picture(html).iter(SVG + "a")
    assert not any(
        "others" in str(a.get("aria-label")) and "other works" in str(a.get("aria-label"))
        for a in links
    )


@pytest.mark.parametrize(
    "query", ["most=no", "most=-1", "most=99999999999999", "most=%C2%B2", "most=0", "other=1"]
)
def test_a_number_that_is_none_is_the_usual_one_or_bounded(
    visitor: FlaskClient, query: str
) -> None:
    assert "<svg" in page(visitor, f"/overview?{query}")


@pytest.mark.parametrize("work", ["x", "<script>", '"><b>', "\x00", BASE + "id/work/no-such"])
def test_what_is_not_there_is_told_and_nothing_else(visitor: FlaskClient, work: str) -> None:
    response = visitor.get("/overview", query_string={"work": work})
    assert response.status_code == 200
    assert "No claim here flows that way" in response.text
    assert "<script>" not in response.text
    assert '"><b>' not in response.text


def test_a_long_list_of_claims_says_what_it_leaves_out(
    visitor: FlaskClient, monkeypatch: pytest.MonkeyPatch, trial: ClaimStore
) -> None:
    monkeypatch.setattr("sayso.web.overview._LISTED", 1)
    html = page(create_app(trial).test_client(), Asked(work=HERALD, end=COOK).address)
    assert "; the first 1 are shown" in html
    assert html.count('<article class="claim') == 1


def test_of_a_graph_that_is_too_large_no_chain_is_followed(
    monkeypatch: pytest.MonkeyPatch, trial: ClaimStore
) -> None:
    monkeypatch.setattr("sayso.web.ahead._DRAWN", 10)
    monkeypatch.delattr("sayso.web.ahead.flows")
    html = page(create_app(trial).test_client())
    assert "too large for one picture" in html
    assert "<svg" not in html


def test_the_start_page_and_every_page_lead_here(visitor: FlaskClient) -> None:
    assert '<a href="/overview">which works rest on whose word</a>' in visitor.get("/").text
    assert '<a href="/overview">Overview</a>' in visitor.get("/id/person/hatter").text


def test_an_overview_that_has_not_changed_is_not_sent_again(visitor: FlaskClient) -> None:
    tag = visitor.get("/overview").headers["ETag"]
    again = visitor.get("/overview", headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")


def test_a_graph_without_claims_says_so() -> None:
    empty = create_app(ClaimStore.of((), BASE)).test_client()
    assert "No claim here flows that way" in page(empty)
