"""Answer a query over the server's own interface: WSGI would take half of a short answer's time."""

from collections.abc import Callable
from functools import lru_cache, partial

from werkzeug.wsgi import get_current_url

from sayso.endpoint.answer import Answer, lines
from sayso.endpoint.app import SparqlApp
from sayso.endpoint.coding import codings
from sayso.endpoint.exchange import Environ, opened, told
from sayso.endpoint.gateway import run
from sayso.endpoint.protocol import METHODS, Request
from sayso.endpoint.reply import Output, Reply, common
from sayso.endpoint.wire import Call, Fields


def takes(app: SparqlApp, call: Call) -> bool:
    """Say whether a request to the endpoint is a query that is answered here."""
    return call.method == "GET" and b"?" in call.target and app.updater is None


def answer_query(
    app: SparqlApp, call: Call, environ: Callable[[], Environ], answer: Answer
) -> None:
    """Answer as the application does by WSGI; raise what goes wrong once the body has begun.

    The ``environ`` is made only where it is needed: for what is told of errors.
    """
    query = call.target.partition(b"?")[2]
    accept, accept_encoding, if_none_match = _fields(call.headers)
    request = Request("GET", query, "", b"", accept, accept_encoding, if_none_match)
    try:
        reply = app.reply(request, partial(_address, environ))
        if isinstance(reply, Reply):
            _send(reply, answer, accept_encoding)
            return
    except Exception as error:
        if answer.status:
            raise
        reply = told(error, environ(), METHODS)
    run(opened(reply), environ(), answer)


def _send(reply: Reply, answer: Answer, accept_encoding: str | None) -> None:
    accepted = codings(accept_encoding)
    accepted.best()
    output = Output(answer.start, reply, accepted, head_only=False)
    try:
        reply.produce(output)
        if output.begun:
            answer.write(output.rest())
            return
        coding, body = output.whole()
    except Exception as error:
        said = output.told(error)
        if said is error:
            raise
        raise said from error
    head = _common(reply.media_type, coding) + lines(reply.own(coding))
    answer.give(head, body, private=reply.tag is None)


def _address(environ: Callable[[], Environ]) -> str:
    return get_current_url(environ(), strip_querystring=True)


@lru_cache(maxsize=256)
def _common(media_type: str, coding: str) -> bytes:
    return lines(common(media_type, coding))


@lru_cache(maxsize=256)
def _fields(headers: Fields) -> tuple[str | None, str | None, str]:
    """Find what of the header fields matters here; clients say the same again and again."""

    def given(name: bytes) -> str | None:
        values = [value.decode("latin-1") for key, value in headers if key == name]
        return ", ".join(values) if values else None

    return given(b"accept"), given(b"accept-encoding"), given(b"if-none-match") or ""
