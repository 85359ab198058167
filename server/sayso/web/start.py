"""Answer `/`: what this is, how much there is, and questions to begin with."""

from flask import Blueprint, render_template

from sayso.store.queries import rows
from sayso.terms import SAYSO
from sayso.web.site import Site

_MOST = 50  # articles listed
_FIGURES = (
    ("sayso:Claim", "claims"),
    ("sayso:Statement", "statements"),
    (None, "claimants"),
    ("sayso:Record", "articles"),
)


def start(site: Site) -> Blueprint:
    """Make the route of the start page."""
    blueprint = Blueprint("start", __name__)

    @blueprint.get("/")
    def page() -> str:
        facts = site.facts
        records = facts.subjects("rdf:type", str(SAYSO.Record))
        return render_template(
            "start.html",
            figures=[(_count(site, kind), words) for kind, words in _FIGURES],
            records=[facts.link(record) for record in records[:_MOST]],
            more=len(records) > _MOST,
            questions=site.offer.first,
            others=[one for one in site.offer.all if one not in site.offer.first],
        )

    return blueprint


def _count(site: Site, kind: str | None) -> int:
    pattern = f"?x a {kind}" if kind else "[] sayso:claimant ?x"
    counted = rows(site.claims, f"SELECT (COUNT(DISTINCT ?x) AS ?n) {{ {pattern} }}")
    return int(counted[0]["n"].value)
