"""Answer the lists: who speaks, in what works, of whom and what, when; with how many claims."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, render_template, request

from sayso.web.facts import Link
from sayso.web.site import Site

_PER_PAGE = 200
_MOST_PAGES = 1_000_000


@dataclass(frozen=True)
class Kind:
    """A list: its title, what it tells, what its counts are of, and the query of the index."""

    title: str
    tells: str
    query: str
    counted: str = "claims"


KINDS: Mapping[str, Kind] = {
    "speakers": Kind(
        "Who speaks",
        "Everybody who claims something or passes it on, with the number of their claims.",
        """SELECT term.iri, n FROM (SELECT speaker AS t, COUNT(*) AS n FROM claim GROUP BY t)
           JOIN term ON term.id = t ORDER BY n DESC, term.label, term.iri""",
    ),
    "works": Kind(
        "Works",
        "The articles, reports and letters in which something is claimed, with their claims.",
        """SELECT term.iri, n FROM (SELECT work AS t, COUNT(*) AS n FROM claim
           WHERE work NOT NULL GROUP BY t) JOIN term ON term.id = t
           ORDER BY n DESC, term.label, term.iri""",
    ),
    "things": Kind(
        "Of whom and what",
        "Whom and what claims speak of, events and places too, with the claims on each.",
        """SELECT term.iri, COALESCE(n, 0) AS n FROM term
           LEFT JOIN (SELECT term AS t, COUNT(*) AS n FROM about GROUP BY t) ON t = term.id
           WHERE term.kind = 'referent' ORDER BY n DESC, term.label, term.iri""",
    ),
    "statements": Kind(
        "Statements",
        "What claims are about, held by nobody here, with the claims that look at each.",
        """SELECT term.iri, n FROM (SELECT statement AS t, COUNT(*) AS n FROM claim
           WHERE statement NOT NULL GROUP BY t) JOIN term ON term.id = t
           ORDER BY n DESC, term.iri""",
    ),
    "articles": Kind(
        "Articles",
        "The records, one for each article or work that was read, with the number of claims.",
        """SELECT substr(iri, 1, instr(iri, '#') - 1) AS record, COUNT(*) AS n FROM claim
           WHERE instr(iri, '#') GROUP BY record ORDER BY n DESC, record""",
    ),
}


def browse(site: Site) -> Blueprint:
    """Make the routes of the lists."""
    blueprint = Blueprint("browse", __name__)

    @blueprint.get("/<any(speakers, works, things, statements, articles):kind>", endpoint="list")
    def page(kind: str) -> str:
        number = min(max(request.args.get("page", 1, int), 1), _MOST_PAGES)
        found, total = listed(site, KINDS[kind].query, number)
        return render_template(
            "browse.html",
            kind=KINDS[kind],
            listed=found,
            total=total,
            first=(number - 1) * _PER_PAGE + 1,
            before=f"/{kind}?page={number - 1}" if number > 1 else None,
            after=f"/{kind}?page={number + 1}" if number * _PER_PAGE < total else None,
        )

    return blueprint


def listed(site: Site, query: str, number: int) -> tuple[list[tuple[Link, int]], int]:
    """Read one page of a list, and the length of all of it."""
    total, rows = site.search.page(query, number, _PER_PAGE)
    return [(site.facts.link(iri), count) for iri, count in rows], total
