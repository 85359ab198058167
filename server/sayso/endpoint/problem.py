"""Tell a client what was wrong: problem+json (RFC 9457) for a machine, one line for a person."""

import json
from collections.abc import Mapping
from http import HTTPStatus

from werkzeug.wrappers import Response

from sayso import errors
from sayso.endpoint.negotiation import Form, negotiate

_STATUS: dict[type[errors.SaysoError], HTTPStatus] = {
    errors.NotAcceptable: HTTPStatus.NOT_ACCEPTABLE,
    errors.QueryFailed: HTTPStatus.INTERNAL_SERVER_ERROR,
    errors.TooLong: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    errors.ReadOnly: HTTPStatus.METHOD_NOT_ALLOWED,
    errors.UnknownGraph: HTTPStatus.NOT_FOUND,
    errors.UnknownIri: HTTPStatus.NOT_FOUND,
    errors.UpdateRefused: HTTPStatus.FORBIDDEN,
    errors.ServiceRefused: HTTPStatus.FORBIDDEN,
    errors.ServiceUnknown: HTTPStatus.FORBIDDEN,
    errors.WrongMediaType: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    errors.WrongMethod: HTTPStatus.METHOD_NOT_ALLOWED,
}


JSON = Form(("application/problem+json", "application/json"), "json")
TEXT = Form(("text/plain",), "txt")


def status_of(error: errors.SaysoError) -> HTTPStatus:
    """Return the status of an error: 400 unless it has one of its own."""
    return _STATUS.get(type(error), HTTPStatus.BAD_REQUEST)


def problem(error: errors.SaysoError, accept: str | None) -> Response:
    """Make the answer that tells of an error; its facts are members of the JSON object."""
    status = status_of(error)
    facts = {name: str(fact) for name, fact in error.facts.items()}
    return problem_response(status, str(error), accept, facts)


def unknown_problem(accept: str | None) -> Response:
    """Make the answer to a fault of the server, which shows nothing of it."""
    detail = "Something is wrong with this server; it has been written to its log."
    return problem_response(HTTPStatus.INTERNAL_SERVER_ERROR, detail, accept)


def problem_response(
    status: HTTPStatus, detail: str, accept: str | None, facts: Mapping[str, object] | None = None
) -> Response:
    """Make the answer that tells of a status and why."""
    try:
        form = negotiate(accept, (JSON, TEXT))
    except errors.NotAcceptable:
        form = JSON
    body = {"title": status.phrase, "status": status.value, "detail": detail, **(facts or {})}
    text = detail + "\n" if form is TEXT else json.dumps(body, ensure_ascii=False) + "\n"
    response = Response(text, status, content_type=form.media_types[0])
    response.headers["Cache-Control"] = "no-store"
    return response
