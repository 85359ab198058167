"""What people do on the pages: follow, ask, share, download, search, choose."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from .conftest import DEADLINE, Watch

EIGHT = "at least eight"
RAMZI = "Ramzi bin al-Shibh"
COUNT = "SELECT ?act (COUNT(?claim) AS ?claims) { ?claim sayso:act ?act } GROUP BY ?act"
RELAYED = """SELECT DISTINCT ?one ?other {
  ?a sayso:relays ?b ; sayso:claimant ?one . ?b sayso:claimant ?other
  FILTER(?one = org:9-11-commission) }"""
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def write(page: Page, query: str) -> None:
    """Write a query in place of what the editor holds, as one would."""
    page.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    page.keyboard.insert_text(query)


def rows(page: Page) -> Locator:
    return page.locator("#answer tbody tr")


def middle(shape: Locator) -> tuple[float, float]:
    box = shape.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


# ---------------------------------------------------------------- following


def test_from_the_start_page_to_the_end_of_a_chain(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Words of a claim, or a name").fill(EIGHT)
    page.keyboard.press("Enter")
    claim = page.locator("article.claim", has_text=EIGHT).first
    expect(claim).to_contain_text(RAMZI)
    claim.locator("a.anchor").click()
    end = page.locator("article.claim.end", has_text=EIGHT).first
    expect(end).to_contain_text(RAMZI)
    end.get_by_role("link", name=RAMZI).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(RAMZI)


def test_how_the_report_stood_on_foreknowledge(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Words of a claim, or a name").fill("foreknowledge report 2004")
    page.get_by_role("button", name="Find").click()
    found = page.locator("article.claim", has_text="9/11 Commission").first
    expect(found).to_contain_text("no evidence")


def test_a_search_is_narrowed_by_a_facet(page: Page) -> None:
    page.goto("/search?words=hijackers")
    before = page.locator("#found").inner_text()
    page.locator(".facets").get_by_role("link", name=RAMZI).first.click()
    assert page.locator("#found").inner_text() != before
    for claim in page.locator("article.claim .says .speaker").all():
        expect(claim).to_contain_text(RAMZI)


# ---------------------------------------------------------------- asking


def test_a_query_is_asked_shown_shared_and_downloaded(
    page: Page, context: BrowserContext, tmp_path: Path
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/query")
    write(page, COUNT)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#status")).to_contain_text("Answered in")
    shown = rows(page).all_inner_texts()
    assert len(shown) > 5
    page.get_by_role("tab", name="Chart").click()
    expect(page.locator("#as-chart canvas")).to_be_visible()
    expect(page.locator("#as-table")).to_be_hidden()
    page.get_by_role("link", name="Link to this question").click()
    expect(page.locator("#status")).to_have_text("The link is copied.")
    link = page.evaluate("navigator.clipboard.readText()")
    assert link == page.url
    with page.expect_download() as begun:
        page.get_by_role("link", name="json", exact=True).click()
    begun.value.save_as(tmp_path / "answer.json")
    found = json.loads((tmp_path / "answer.json").read_text(encoding="utf-8"))
    assert len(found["results"]["bindings"]) == len(shown)
    other = context.new_page()
    other.goto(link)
    expect(other.locator("#as-chart canvas")).to_be_visible()
    other.get_by_role("tab", name="Table").click()
    assert rows(other).all_inner_texts() == shown


def test_the_bars_of_a_chart_are_as_many_as_its_names(page: Page) -> None:
    page.goto("/query?name=ends-of-chains#chart")
    canvas = page.locator("#as-chart canvas")
    expect(canvas).to_have_attribute("aria-label", re.compile("Bars: claims by who"))
    high = canvas.bounding_box()
    page.get_by_label("Bars for").select_option("named")
    expect(canvas).to_have_attribute("aria-label", re.compile("Bars: claims by named"))
    low = canvas.bounding_box()
    assert high
    assert low
    names = set(page.locator("#as-table td[data-column=who]").all_text_contents())
    assert high["height"] - low["height"] == 26 * (len(names) - 2)


def test_an_answer_is_drawn_as_a_graph_whose_nodes_are_links(page: Page) -> None:
    page.goto("/query")
    write(page, RELAYED)
    page.get_by_role("button", name="Ask").click()
    page.get_by_role("tab", name="Graph").click()
    nodes = page.locator("#as-graph svg a.node")
    cells = {a.get_attribute("href") for a in page.locator("#as-table td a").all()}
    assert {node.get_attribute("href") for node in nodes.all()} == cells
    assert len(cells) > 3
    nodes.first.scroll_into_view_if_needed()
    before = middle(nodes.first.locator("circle"))
    page.mouse.move(*before)
    page.mouse.down()
    page.mouse.move(before[0] + 80, before[1] + 40, steps=3)
    page.mouse.up()
    assert middle(nodes.first.locator("circle")) == pytest.approx(
        (before[0] + 80, before[1] + 40), abs=2
    )
    assert page.url.endswith("#graph"), "what is dragged is not followed"


def test_a_drawing_of_a_part_says_so(page: Page) -> None:
    page.goto("/query?query=SELECT+%3Fc+%3Fw+%7B%3Fc+sayso%3Aclaimant+%3Fw%7D#chart")
    expect(page.locator("#as-chart .note")).to_contain_text("Drawn from the first 200 rows alone")
    page.get_by_role("tab", name="Graph").click()
    expect(page.locator("#as-graph .note")).to_contain_text("Drawn from the first 200 rows alone")


def test_the_graphs_own_terms_complete_what_is_typed(page: Page) -> None:
    page.goto("/query")
    write(page, "SELECT ?claim { ?claim sayso:claimant ")
    page.keyboard.type("ramz")
    option = page.get_by_role("option", name="person:ramzi-bin-al-shibh")
    expect(option).to_contain_text(RAMZI)
    page.wait_for_timeout(100)  # the editor takes no choice at once, as it may be a slip
    page.keyboard.press("Enter")
    page.keyboard.type(" }")
    page.keyboard.press("Control+Enter")
    expect(rows(page).first).to_contain_text(RAMZI)


def test_a_fault_is_marked_at_its_line_and_goes_with_it(page: Page) -> None:
    page.goto("/query")
    write(page, "SELECT * {\n  ?s ?p\n}")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("alert")).to_contain_text("Line 2, column 3.")
    expect(page.locator(".cm-lintRange-error")).to_have_text("?s ?p")
    expect(page.locator(".cm-lint-marker-error")).to_have_count(1)
    write(page, "ASK {}")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#answer .answer")).to_have_text("Yes")
    expect(page.locator(".cm-lintRange-error")).to_have_count(0)


def test_a_question_that_runs_is_stopped(page: Page) -> None:
    page.goto("/query")
    write(page, ENDLESS)
    page.get_by_role("button", name="Ask").click()
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("#status")).to_have_text("Stopped.")
    expect(page.get_by_role("button", name="Stop")).to_be_hidden()


def test_a_question_that_takes_too_long_is_told_so(page: Page) -> None:
    page.goto("/query")
    write(page, ENDLESS)
    page.get_by_role("button", name="Ask").click()
    sentence = f"The query took longer than the {DEADLINE} s it may take."
    expect(page.get_by_role("alert")).to_contain_text(sentence)
    expect(page.locator("textarea#query")).to_have_value(ENDLESS)


def test_the_keyboard_alone_leaves_the_editor_and_turns_the_tabs(page: Page) -> None:
    page.goto("/query?name=ends-of-chains")
    page.locator(".cm-content").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Ask")).to_be_focused()
    page.get_by_role("tab", name="Table").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Chart")).to_be_focused()
    expect(page.locator("#as-chart canvas")).to_be_visible()


# ---------------------------------------------------------------- the overview


def test_a_work_is_chosen_in_the_overview_and_a_ribbon_leads_to_its_claims(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Overview").click()
    page.evaluate("window.before = true")
    ribbons = page.locator("svg.sankey.wide a.ribbon")
    every = ribbons.count()
    page.locator("svg.sankey.wide a.bar[data-left]", has_text="9/11 Commission Report").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("9/11 Commission Report")
    assert 1 < ribbons.count() < every
    ribbon = page.get_by_role("link", name=re.compile(f"rests on {RAMZI}: "))
    number = re.findall(r"(\d+) claims?$", ribbon.get_attribute("aria-label") or "")[0]
    ribbon.focus()
    page.keyboard.press("Enter")
    expect(page.locator("article.claim")).to_have_count(int(number))
    assert page.evaluate("window.before"), "the page stayed"
    page.go_back()
    expect(ribbons.first).to_be_visible()
    page.get_by_role("link", name="show all works").click()
    expect(ribbons).to_have_count(every)


def test_what_belongs_to_a_bar_lights_up(page: Page) -> None:
    page.goto("/overview")
    bar = page.locator("svg.sankey.wide a.bar[data-left]", has_text="9/11 Commission Report")
    index = bar.get_attribute("data-left")
    bar.locator("text").hover()
    lit = page.locator("svg.sankey.wide a.ribbon.lit")
    assert lit.count() > 1
    assert {one.get_attribute("data-left") for one in lit.all()} == {index}


# ---------------------------------------------------------------- without scripts


def test_all_of_it_works_without_scripts(browser: Browser, address: str, watch: Watch) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    watch.on(context)
    page = context.new_page()
    page.goto("/query")
    page.get_by_label("A question in SPARQL").fill(COUNT)
    page.get_by_role("button", name="Ask").click()
    assert rows(page).count() > 5
    page.goto("/overview")
    page.locator("svg.sankey.wide a.bar[data-left] text", has_text="9/11 Commission Report").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("9/11 Commission Report")
    context.close()
    assert watch.faults == []
