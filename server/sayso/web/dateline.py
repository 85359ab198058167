"""Answer `/dates`: claims on a time line, by when it is said to have happened, or was said."""

from dataclasses import dataclass

from flask import Blueprint, render_template, request

from sayso.web.facts import Link
from sayso.web.site import Site

_KINDS = ("happened", "said")
_MOST = 1000  # dates on one page


@dataclass(frozen=True)
class Mark:
    """A date on the line: its link, its number of claims, and the width of its bar of 100."""

    date: Link
    count: int
    width: int


def dateline(site: Site) -> Blueprint:
    """Make the route of the time line."""
    blueprint = Blueprint("dateline", __name__)

    @blueprint.get("/dates", endpoint="dates")
    def page() -> str:
        by = request.args.get("by", "")
        kind = by if by in _KINDS else _KINDS[0]
        years = years_of(site, kind)
        return render_template("dates.html", kind=kind, years=years, most=_MOST)

    return blueprint


def years_of(site: Site, kind: str) -> list[tuple[str, list[Mark]]]:
    """List the dates of claims by year, the earliest first; an open one by the end that it has."""
    rows = site.search.dates(kind, _MOST)
    most = max((count for _, _, count in rows), default=1)
    found: dict[str, list[Mark]] = {}
    for iri, year, count in rows:
        mark = Mark(site.facts.link(iri), count, max(1, round(100 * count / most)))
        found.setdefault(year or "without a year", []).append(mark)
    return list(found.items())
