"""Answer `/query`: a form for a query, and its answer as a page for people."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, jsonify, make_response, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from sayso.endpoint.problem import status_of
from sayso.errors import BadSyntax, SaysoError
from sayso.web.answers import Shown
from sayso.web.sending import tagged
from sayso.web.site import Site

_EXAMPLE = """SELECT ?claim ?who ?paraphrase {
  ?claim a sayso:Claim ;
    sayso:claimant ?who ;
    sayso:paraphrase ?paraphrase .
}
LIMIT 20
"""


@dataclass(frozen=True)
class Problem:
    """What is wrong with a query, and where that is known the line and column, from 1."""

    sentence: str
    status: HTTPStatus
    line: int | None = None
    column: int | None = None
    excerpt: str = ""

    @classmethod
    def of(cls, error: SaysoError, text: str) -> "Problem":
        """Tell of an error, with the line that it is in."""
        if not isinstance(error, BadSyntax):
            return cls(str(error), status_of(error))
        line, column = int(str(error.facts["line"])), int(str(error.facts["column"]))
        excerpt = dict(enumerate(text.splitlines(), 1)).get(line, "")
        sentence = f"This is not a SPARQL query: {error.facts['reason']}."
        return cls(sentence, status_of(error), line, column, excerpt)


def query(site: Site) -> Blueprint:
    """Make the routes of the query page."""
    blueprint = Blueprint("asking", __name__)

    @blueprint.get("/query", endpoint="query")
    def page() -> BaseResponse:
        name = request.args.get("name")
        stored = site.offer.find(name) if name else None
        text = request.args.get("query") or (stored.query if stored else None)
        if stored and text != stored.query:
            stored = None  # what was written into the form is another question
        facts: dict[str, Any] = {"question": stored, "text": text or _EXAMPLE}
        status = HTTPStatus.OK
        if text:
            facts["share"] = "/query?" + urlencode({"query": text})
            try:
                facts["answer"] = Shown.of(site, text)
            except SaysoError as error:
                facts["problem"] = Problem.of(error, text)
                status = facts["problem"].status
        known = {
            "questions": site.offer.all,
            "prefixes": sorted(site.claims.prefixes),
            "most_rows": site.most_rows,
        }
        return make_response(render_template("query.html", **facts, **known), status)

    @blueprint.get("/query/terms", endpoint="terms")
    def terms() -> BaseResponse:
        typed = request.args.get("text", "")
        found = [
            {"name": term.name, "label": term.label, "kind": term.kind}
            for term in site.ahead.completion.matching(typed)
        ]
        return tagged(jsonify(found), site.claims.version, "terms")

    return blueprint
