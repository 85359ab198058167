"""Share what every WSGI application here does with a request: read it, refuse it, answer it."""

import logging
from collections.abc import Callable, Iterable
from http import HTTPStatus

from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response
from werkzeug.wsgi import get_input_stream

from sayso.endpoint.headers import OPEN
from sayso.endpoint.problem import problem, unknown_problem
from sayso.endpoint.protocol import LONGEST, Request
from sayso.endpoint.reply import Headers, StartResponse, Write
from sayso.errors import SaysoError, TooLong, WrongMediaType

Environ = dict[str, object]
Answerer = Callable[[Environ, StartResponse], Iterable[bytes] | Response]
_LOG = logging.getLogger(__name__)


def answered(
    answer: Answerer, environ: Environ, start: StartResponse, methods: tuple[str, ...]
) -> Iterable[bytes]:
    """Call what answers a request, and tell the client what goes wrong before the body begins.

    Afterwards an error goes on to the server, which must break the connection.
    """
    begun = False

    def started(status: str, headers: Headers, exc_info: object = None) -> Write:  # noqa: ARG001 - PEP 3333 has it
        nonlocal begun
        begun = True
        return start(status, headers)

    try:
        response = answer(environ, started)
    except Exception as error:
        if begun:
            raise
        response = told(error, environ, methods)
    return opened(response)(environ, start) if isinstance(response, Response) else response


def told(error: Exception, environ: Environ, methods: tuple[str, ...]) -> Response:
    """Tell the client what went wrong before the body began."""
    accept = str(environ.get("HTTP_ACCEPT", "")) or None
    if not isinstance(error, SaysoError):
        _LOG.error("no answer to %s", environ.get("PATH_INFO"), exc_info=error)
        return unknown_problem(accept)
    response = problem(error, accept)
    if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        response.headers["Allow"] = ", ".join(methods)
    return response


def opened(response: Response) -> Response:
    """Give an answer the header fields that every one bears."""
    response.headers.extend(OPEN)
    if response.status_code == HTTPStatus.NO_CONTENT:
        response.headers.pop("Content-Type", None)  # of nothing
    return response


def read_http(environ: Environ, longest: int = LONGEST) -> Request:
    """Take what the protocol needs; raise TooLong before a long body is read."""
    method = str(environ["REQUEST_METHOD"])
    return Request(
        method,
        str(environ.get("QUERY_STRING", "")).encode("latin-1"),
        str(environ.get("CONTENT_TYPE", "")),
        body(environ, longest) if method == "POST" else b"",
        _field(environ, "HTTP_ACCEPT"),
        _field(environ, "HTTP_ACCEPT_ENCODING"),
        _field(environ, "HTTP_IF_NONE_MATCH") or "",
    )


def body(environ: Environ, longest: int) -> bytes:
    """Read the body of a request; raise TooLong at more bytes, WrongMediaType where it is coded."""
    coding = str(environ.get("HTTP_CONTENT_ENCODING", "identity")).lower()
    if coding != "identity":
        raise WrongMediaType(given=f"(compressed with {coding})", taken="a body as it is")
    try:
        read: bytes = get_input_stream(environ, max_content_length=longest).read()
    except RequestEntityTooLarge as error:
        raise TooLong(limit=longest) from error
    return read


def _field(environ: Environ, name: str) -> str | None:
    value = environ.get(name)
    return None if value is None else str(value)


def not_modified(tag: str) -> Response:
    """Answer that the client has what it asks for (RFC 9110, section 15.4.5)."""
    return Response(status=304, headers={"ETag": tag, "Cache-Control": "no-cache"})
