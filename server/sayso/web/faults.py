"""Tell people and machines what was wrong, and never how the server is made."""

from http import HTTPStatus

from flask import Flask, current_app, make_response, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as BaseResponse

from sayso.endpoint.negotiation import PAGE, Form, negotiate
from sayso.endpoint.problem import JSON, TEXT, problem_response, status_of
from sayso.errors import NotAcceptable, SaysoError, UnknownIri
from sayso.web.facts import Link
from sayso.web.finding import near
from sayso.web.site import Site


def faults(app: Flask, site: Site | None = None) -> None:
    """Register the answers to what goes wrong; a site of claims knows what may be meant."""

    @app.errorhandler(SaysoError)
    def known(error: SaysoError) -> BaseResponse:
        alike: list[Link] = []
        if site is not None and isinstance(error, UnknownIri):
            alike = near(site, str(error.facts["iri"]))
        facts = {name: str(fact) for name, fact in error.facts.items()}
        return _told(status_of(error), str(error), facts, alike)

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> BaseResponse:
        if error.response is not None:
            return error.response  # type: ignore[return-value]
        status = HTTPStatus(error.code or 500)
        response = _told(status, error.description or status.phrase)
        for name, value in error.get_headers():
            if name == "Allow":
                response.headers[name] = value
        return response

    @app.errorhandler(Exception)
    def unknown(error: Exception) -> BaseResponse:
        current_app.logger.error("no answer to %s", request.path, exc_info=error)
        detail = "Something is wrong with this server; it has been written to its log."
        return _told(HTTPStatus.INTERNAL_SERVER_ERROR, detail)


def _told(
    status: HTTPStatus,
    detail: str,
    facts: dict[str, str] | None = None,
    alike: list[Link] | None = None,
) -> BaseResponse:
    accept = request.headers.get("Accept")
    if _form(accept) is not PAGE:
        members: dict[str, object] = dict(facts or {})
        if alike:
            members["near"] = [one.iri for one in alike]
        return problem_response(status, detail, accept, members)
    page = render_template("error.html", phrase=status.phrase, detail=detail, near=alike)
    response = make_response(page, status)
    response.vary.add("Accept")
    return response


def _form(accept: str | None) -> Form:
    try:
        return negotiate(accept, (PAGE, JSON, TEXT))
    except NotAcceptable:
        return JSON
