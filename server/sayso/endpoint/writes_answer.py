"""Answer who wants to write: only who holds the token is heard, and told what was done."""

from collections.abc import Callable
from http import HTTPStatus

from werkzeug.wrappers import Request, Response

from sayso.endpoint.exchange import Environ
from sayso.endpoint.tags import Tag
from sayso.endpoint.writes_refusal import refused
from sayso.endpoint.writes_token import Token
from sayso.errors import SaysoError


def attempted(environ: Environ, token: Token, write: Callable[[], Response]) -> Response:
    """Let the holder of a token write, or say why not; what is no SaysoError is raised."""
    http = Request(environ)
    try:
        token.check(http.headers.get("Authorization"))
        return write()
    except SaysoError as error:
        return refused(error, http.headers.get("Accept"))


def done(tag: Tag | None = None, created: str | None = None) -> Response:
    """Tell what was done: the new state's tag, and where a graph was ``created``, its address."""
    response = Response(status=HTTPStatus.CREATED if created else HTTPStatus.NO_CONTENT)
    response.headers["Cache-Control"] = "no-store"
    if tag is not None:
        response.headers["ETag"] = tag.field()
    if created:
        response.headers["Location"] = created
    return response
