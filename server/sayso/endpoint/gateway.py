"""Call a WSGI application for a request (PEP 3333), or what answers it without WSGI."""

import sys
from collections.abc import Callable, Iterable
from functools import lru_cache
from io import BytesIO
from urllib.parse import unquote_to_bytes

from sayso.endpoint.answer import Answer
from sayso.endpoint.wire import Call, Fields

Environ = dict[str, object]
StartResponse = Callable[..., Callable[[bytes], object]]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

_PLAIN = {b"content-type": "CONTENT_TYPE", b"content-length": "CONTENT_LENGTH"}


def base_environ(server: tuple[str, int]) -> Environ:
    """Make what is the same in the environment of all requests; ``server`` is host and port."""
    return {
        "SCRIPT_NAME": "",
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1]),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": False,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }


def environ_of(call: Call, base: Environ, client: str) -> Environ:
    """Put a request into the form that WSGI applications read."""
    path, _, query = call.target.partition(b"?")
    if not path.startswith(b"/"):  # the absolute form (RFC 9112, section 3.2.2)
        path = b"/" + path.partition(b"://")[2].partition(b"/")[2]
    environ: Environ = {
        **base,
        **_fields(call.headers),
        "REQUEST_METHOD": call.method,
        "PATH_INFO": (unquote_to_bytes(path) if b"%" in path else path).decode("latin-1"),
        "QUERY_STRING": query.decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{call.version}",
        "REMOTE_ADDR": client,
        "wsgi.input": BytesIO(call.body),
    }
    if call.body:
        environ["CONTENT_LENGTH"] = str(len(call.body))  # also where it came in chunks
    return environ


@lru_cache(maxsize=256)
def _fields(headers: Fields) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in headers:
        if b"_" in name:  # it would pass for another field
            continue
        key = _PLAIN.get(name) or "HTTP_" + name.decode("latin-1").upper().replace("-", "_")
        text = value.decode("latin-1")
        found[key] = f"{found[key]}, {text}" if key in found else text
    return found


Direct = Callable[[Call, Callable[[], Environ], Answer], bool]


def by_wsgi(call: Call, environ: Callable[[], Environ], answer: Answer) -> bool:  # noqa: ARG001 - a `Direct`
    """Answer nothing directly, so that the application is called by WSGI."""
    return False


def run(app: Application, environ: Environ, answer: Answer) -> None:
    """Call an application and pass on what it gives; raise what it raises."""
    body = app(environ, answer.start)
    try:
        for piece in body:
            if piece:
                answer.write(piece)
    finally:
        close = getattr(body, "close", None)
        if close is not None:
            close()
