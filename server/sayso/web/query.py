"""Answer `/query`: a form for a query, and its answer as a page for people."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import pyoxigraph as ox
from flask import Blueprint, make_response, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from sayso.endpoint.negotiation import Offer
from sayso.endpoint.problem import status_of
from sayso.endpoint.protocol import Query
from sayso.errors import SaysoError
from sayso.store.formats import GRAPH_FORMATS, RESULT_FORMATS
from sayso.web.facts import Link
from sayso.web.site import Site

_SHOWN = 200  # rows
_ANY = "application/sparql-results+json, text/turtle;q=0.9"
_EXAMPLE = """SELECT ?claim ?who ?paraphrase {
  ?claim a sayso:Claim ;
    sayso:claimant ?who ;
    sayso:paraphrase ?paraphrase .
}
LIMIT 20
"""


@dataclass(frozen=True)
class Shown:
    """An answer as a page shows it: rows, a yes or no, or a graph in Turtle."""

    columns: list[str] = field(default_factory=list)
    rows: list[list[Link | None]] = field(default_factory=list)
    total: int = 0
    boolean: bool | None = None
    graph: str | None = None
    downloads: list[tuple[str, str]] = field(default_factory=list)


def query(site: Site) -> Blueprint:
    """Make the route of the query page."""
    blueprint = Blueprint("asking", __name__)

    @blueprint.get("/query", endpoint="query")
    def page() -> BaseResponse:
        name = request.args.get("name")
        stored = site.offer.find(name) if name else None
        text = request.args.get("query") or (stored.query if stored else None)
        if stored and text != stored.query:
            stored = None  # what was written into the form is another question
        facts: dict[str, Any] = {"question": stored, "text": text or _EXAMPLE}
        status = 200
        if text:
            try:
                facts["answer"] = _answer(site, text)
            except SaysoError as error:
                facts["problem"], status = str(error), status_of(error).value
        known = {"questions": site.offer.all, "prefixes": sorted(site.claims.prefixes)}
        return make_response(render_template("query.html", **facts, **known), status)

    return blueprint


def _answer(site: Site, text: str) -> Shown:
    answer = site.sparql.evaluator.answer(Query(text), _ANY)
    if answer.media_type == "text/turtle":
        graph = answer.body.decode("utf-8")
        return Shown(graph=graph, downloads=_downloads(text, GRAPH_FORMATS))
    found = json.loads(answer.body)
    if "boolean" in found:
        return Shown(boolean=found["boolean"], downloads=_downloads(text, RESULT_FORMATS[:2]))
    columns, rows = found["head"]["vars"], found["results"]["bindings"]
    shown = [[_cell(site, row.get(column)) for column in columns] for row in rows[:_SHOWN]]
    return Shown(columns, shown, len(rows), downloads=_downloads(text, RESULT_FORMATS))


def _cell(site: Site, term: dict[str, Any] | None) -> Link | None:
    if term is None:
        return None
    if term["type"] == "uri":
        return site.facts.link(ox.NamedNode(term["value"]))
    return Link(str(term["value"]))


def _downloads(text: str, formats: Sequence[Offer]) -> list[tuple[str, str]]:
    return [
        (form.suffix, "/sparql?" + urlencode({"query": text, "format": form.suffix}))
        for form in formats
    ]
