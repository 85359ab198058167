"""How the pages look, wide and narrow, light and dark, to eyes and to assistive technology."""

from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Page, ViewportSize

from .conftest import lacking

ARTICLE = "washington-times-2020-01-04-iran-al-qaeda-passage"
PAGES = {
    "start": "/",
    "overview": "/overview",
    "overview-of-one": "/overview?end=https%3A%2F%2Fw3id.org%2Fsayso%2Fid%2Forg%2F9-11-commission",
    "query": "/query",
    "answer": "/query?name=ends-of-chains",
    "chart": "/query?name=ends-of-chains#chart",
    "graph": "/query?query=SELECT+%3Fwho+%3Fact+%7B+%3Fc+sayso%3Aclaimant+%3Fwho+%3B"
    "+sayso%3Aact+%3Fact+%7D#graph",
    "fault": "/query?query=SELECT+%7B",
    "record": f"/article/{ARTICLE}",
    "claim": f"/claim/{ARTICLE}/c128",
    "person": "/id/person/ramzi-bin-al-shibh",
    "work": "/id/work/9-11-commission-report",
    "search": "/search?words=hijackers",
    "dates": "/dates",
    "speakers": "/speakers",
    "downloads": "/download/",
    "words": "/ns",
    "missing": "/id/person/nobody",
}
WIDE: ViewportSize = {"width": 1280, "height": 900}
NARROW: ViewportSize = {"width": 360, "height": 740}
EDITED = {"query", "answer", "chart", "graph", "fault"}
LIGHT, HEAVY = 100_000, 250_000  # bytes that a first load sends, compressed
GRAVE = {"serious", "critical"}
_HIGHEST = 2000  # pixels of a picture; the longest pages are ten times that, and much the same
# Of a long row of parts that are made alike the first are checked: all would take half a minute.
_ALIKE = [
    ".outermost > li:nth-child(n+6)",
    ".term:nth-of-type(n+6)",
    ".parts li:nth-child(n+20)",
    ".bars li:nth-child(n+10)",
    ".list > li:nth-child(n+20)",
    "tbody tr:nth-child(n+20)",
]
_PRUNE = "(alike) => document.querySelectorAll(alike).forEach((part) => part.remove())"
_AXE = "async (rules) => (await axe.run(document, rules)).violations"
# What can be touched is 24 pixels wide and high, or stands apart (WCAG 2.2, 2.5.8).
_ALL: dict[str, Any] = {
    "resultTypes": ["violations"],
    "rules": {"target-size": {"enabled": True}},
}
_TARGETS = {**_ALL, "runOnly": ["target-size"]}
_COLOURS = {**_ALL, "runOnly": ["color-contrast"]}  # all that another scheme changes
_SENT = """[...performance.getEntriesByType("navigation"),
  ...performance.getEntriesByType("resource")].reduce((sum, one) => sum + one.transferSize, 0)"""
_SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="session")
def axe(checkout: Path) -> str:
    """Read the checker, which comes with the parts of the pages' scripts."""
    file = checkout / "server/frontend/node_modules/axe-core/axe.min.js"
    if not file.is_file():
        lacking("axe-core is not installed (make bundle)")
    return file.read_text(encoding="utf-8")


def faults(page: Page, axe: str, rules: dict[str, Any] = _ALL) -> list[str]:
    """List the grave faults that the checker finds, each with the first place of it."""
    if page.evaluate("typeof window.axe === 'undefined'"):
        page.evaluate(axe)
    found: list[dict[str, Any]] = page.evaluate(_AXE, rules)
    return [
        f"{one['id']}: {one['help']}: {one['nodes'][0]['html'][:200]}"
        for one in found
        if one["impact"] in GRAVE
    ]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_can_be_read_by_all(page: Page, axe: str, shots: Path, name: str) -> None:
    response = page.goto(PAGES[name], wait_until="networkidle")
    assert response
    assert response.status == {"fault": 400, "missing": 404}.get(name, 200)
    assert 1_000 < page.evaluate(_SENT) < (HEAVY if name in EDITED else LIGHT)
    assert_readable(page, axe, shots, name)


def test_what_else_the_navigation_names_can_be_read_by_all(
    page: Page, axe: str, shots: Path
) -> None:
    page.goto("/")
    links = page.get_by_role("navigation", name="Site").get_by_role("link").all()
    named = {str(link.get_attribute("href")) for link in links}
    assert named & set(PAGES.values()), "the navigation was found"
    for address in sorted(named - set(PAGES.values())):
        response = page.goto(address, wait_until="networkidle")
        assert response
        assert response.status == 200, address
        assert_readable(page, axe, shots, address.strip("/").replace("/", "-"))


def assert_readable(page: Page, axe: str, shots: Path, name: str) -> None:
    """Look at the page that is open, wide, dark and narrow, and take pictures of it."""
    look(page, "light", NARROW)
    picture(page, shots / f"{name}-narrow.png")
    assert page.evaluate(_SIDEWAYS) <= 0, f"{name}: a narrow page must not scroll sideways"
    assert faults(page, axe, _TARGETS) == [], name
    look(page, "dark", WIDE)
    picture(page, shots / f"{name}-dark.png")
    look(page, "light", WIDE)
    picture(page, shots / f"{name}.png")
    page.evaluate(_PRUNE, ", ".join(_ALIKE))
    assert faults(page, axe) == [], name
    look(page, "dark", WIDE)
    assert faults(page, axe, _COLOURS) == [], name


def look(page: Page, scheme: Literal["light", "dark"], size: ViewportSize) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size(size)
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def picture(page: Page, path: Path) -> None:
    """Take a picture of a page as if the window were as high as it, up to a bound."""
    width = page.evaluate("window.innerWidth")
    height = min(page.evaluate("document.documentElement.scrollHeight"), _HIGHEST)
    page.set_viewport_size({"width": width, "height": height})
    page.screenshot(path=path)


def test_the_checker_finds_what_is_wrong(page: Page, axe: str) -> None:
    page.goto("/")
    page.evaluate("document.querySelector('#words').labels[0].remove()")
    assert any(fault.startswith("label: ") for fault in faults(page, axe))
