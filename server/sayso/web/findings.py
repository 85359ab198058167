"""Answer `/origins`, `/disputes` and `/drift`: what is derived, for somebody who reads no RDF.

Each page shows the rows of one stored question, and that question, so that whoever knows
SPARQL finds each figure again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Any

import pyoxigraph as ox
from flask import Blueprint, render_template, request

from sayso.analysis.findings_told import range_in_words
from sayso.analysis.model import Claim
from sayso.analysis.questions import Question, question
from sayso.analysis.reading import Reader
from sayso.store.queries import rows
from sayso.web.claims import Taken, taken
from sayso.web.facts import Facts, Link
from sayso.web.site import Site

_MOST = 200  # findings on one page
_DISPUTES = 50  # on one page, each with all who take a side
_TAKEN = {"affirms": "Affirmed", "rejects": "Rejected", "withholds": "Looked into without finding"}
Row = Mapping[str, ox.NamedNode | ox.Literal]


@dataclass(frozen=True)
class Counted:
    """One stance on a statement: in how many works, on how many origins, and which these are."""

    taken: str
    statement: Link
    range: str
    works: list[Link]
    origins: list[tuple[Link, bool]]
    chokepoints: list[Link]
    circle: list[Link]
    left_out: list[Link]
    stance: str = ""

    @classmethod
    def of(cls, facts: Facts, row: Row) -> "Counted":
        """Fill a row of a stored question with what its sourcing lists."""
        iri, statement = row["sourcing"].value, row["statement"].value

        def links(name: str) -> list[Link]:
            return [facts.link(each) for each in facts.iris(iri, f"sayso:{name}")]

        stance = (facts.value(iri, "sayso:stance") or "").rpartition("/")[2]
        return cls(
            taken=_TAKEN.get(stance, row["stance"].value),
            statement=Link(row["words"].value, facts.here(statement), statement),
            range=range_in_words(int(row["fewest"].value), int(row["most"].value)),
            works=links("carriedIn"),
            origins=[
                (link, facts.is_a(link.iri, "sayso:UnnamedSource")) for link in links("origin")
            ],
            chokepoints=links("chokepoint"),
            circle=links("circle"),
            left_out=links("leftOut"),
            stance=stance,
        )

    def claims(self, facts: Facts) -> list[Taken]:
        """Read those who take the stance, each with those through whom it came."""
        stating = facts.subjects("sayso:states", self.statement.iri)
        standing = [iri for iri in stating if not facts.iris(iri, "prov:wasInvalidatedBy")]
        found = taken(facts, standing)
        return [one for one in found if one.claim.stance and one.claim.stance.code == self.stance]


@dataclass(frozen=True)
class Changed:
    """What a retelling changed, from what to what, with both claims."""

    what: str
    before: str
    after: str
    original: Claim
    retelling: Claim


def findings(site: Site) -> Blueprint:
    """Make the routes of the pages of what is derived."""
    blueprint = Blueprint("findings", __name__)

    @blueprint.get("/origins", endpoint="origins")
    def origins() -> str:
        asked = _about(question("origins"), request.args.get("statement"))
        found = rows(site.claims, f"{asked.query} LIMIT {_MOST + 1}")
        counted = [Counted.of(site.facts, row) for row in found[:_MOST]]
        return _page("origins.html", asked, counted, more=len(found) > _MOST)

    @blueprint.get("/disputes", endpoint="disputes")
    def disputes() -> str:
        asked = question("disputes")
        groups = groupby(rows(site.claims, asked.query), lambda row: row["dispute"].value)
        found = [_dispute(site.facts, list(sides)) for _, sides in islice(groups, _DISPUTES + 1)]
        return _page("disputes.html", asked, found[:_DISPUTES], more=len(found) > _DISPUTES)

    @blueprint.get("/drift", endpoint="drift")
    def drift() -> str:
        asked = question("retellings")
        found = rows(site.claims, f"{asked.query} LIMIT {_MOST + 1}")
        changed = _changed(Reader(site.claims), found[:_MOST])
        return _page("drift.html", asked, changed, more=len(found) > _MOST)

    return blueprint


def _page(template: str, asked: Question, found: list[Any], *, more: bool) -> str:
    return render_template(template, question=asked, found=found, more=more, most=len(found))


def _about(asked: Question, statement: str | None) -> Question:
    """Ask about one statement alone, where it is one that can be named in a query."""
    try:
        node = ox.NamedNode(statement or "")
    except ValueError:
        return asked
    begin = "WHERE {\n"
    only = f"{begin}  VALUES ?statement {{ {node} }}\n"
    return Question(
        asked.name, asked.title, asked.tells, asked.query.replace(begin, only, 1), asked.none
    )


def _dispute(facts: Facts, sides: list[Row]) -> tuple[str, list[tuple[Counted, list[Taken]]]]:
    counted = [Counted.of(facts, side) for side in sides]
    return sides[0]["by"].value, [(one, one.claims(facts)) for one in counted]


def _changed(reader: Reader, found: list[dict[str, ox.NamedNode | ox.Literal]]) -> list[Changed]:
    claims = reader.read(row[name].value for row in found for name in ("original", "retelling"))
    return [
        Changed(
            row["changed"].value,
            row["from"].value,
            row["to"].value,
            claims[row["original"].value],
            claims[row["retelling"].value],
        )
        for row in found
    ]


def counted(facts: Facts, statement: str) -> list[Counted]:
    """Count the origins of one statement, for its own page."""
    asked = _about(question("origins"), statement)
    return [Counted.of(facts, row) for row in rows(facts.claims, asked.query)]
