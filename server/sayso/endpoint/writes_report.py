"""Tell a client which rules a write would break, as it likes to read it."""

import json
from http import HTTPStatus
from pathlib import Path

import pyoxigraph as ox
from werkzeug.wrappers import Response

from sayso.endpoint.negotiation import Form, negotiate
from sayso.endpoint.problem import JSON, TEXT
from sayso.errors import NotAcceptable
from sayso.store.formats import GRAPH_FORMATS, GraphFormat
from sayso.validation.check import Outcome
from sayso.validation.report import as_json, as_text, as_turtle

_OFFERS: tuple[Form | GraphFormat, ...] = (TEXT, JSON, *GRAPH_FORMATS)
_DETAIL = "The graph would break its rules, so nothing is written."


def report(outcome: Outcome, root: Path, status: HTTPStatus, accept: str | None) -> Response:
    """Answer with the findings: text, problem+json (RFC 9457), or the W3C validation report."""
    try:
        form = negotiate(accept, _OFFERS)
    except NotAcceptable:
        form = TEXT
    response = Response(_body(form, outcome, root, status), status)
    response.content_type = form.media_types[0] + ("; charset=utf-8" if form is TEXT else "")
    response.headers["Cache-Control"] = "no-store"
    return response


def _body(form: Form | GraphFormat, outcome: Outcome, root: Path, status: HTTPStatus) -> bytes:
    if isinstance(form, GraphFormat):
        return _rdf(as_turtle(outcome, root), form)
    if form is TEXT:
        return f"{_DETAIL}\n{as_text(outcome, root)}".encode()
    told = {"title": status.phrase, "status": status.value, "detail": _DETAIL}
    findings = json.loads(as_json(outcome, root))
    return json.dumps({**told, "findings": findings}, ensure_ascii=False).encode() + b"\n"


def _rdf(turtle: str, form: GraphFormat) -> bytes:
    if form.engine == ox.RdfFormat.TURTLE:
        return turtle.encode()
    return ox.serialize(ox.parse(turtle, format=ox.RdfFormat.TURTLE), format=form.engine) or b""
