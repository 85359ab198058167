"""Let what calls a WSGI application call a running `oxigraph serve` in its place."""

import http.client
from collections.abc import Iterable
from dataclasses import dataclass
from wsgiref.types import StartResponse, WSGIEnvironment

from werkzeug.wrappers import Request

from sayso.endpoint.graphs import ADDRESS

_PATIENCE = 30.0
_PASSED = ("accept", "content-type", "host")
_GIVEN_BACK = ("content-type", "location")
_UPDATE = "application/sparql-update"


@dataclass(frozen=True)
class Forwarding:
    """An application that sends each request to a port of this machine, at Oxigraph's addresses."""

    port: int

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Send one request on, and give back its answer."""
        request = Request(environ)
        body = request.get_data(cache=True, parse_form_data=False)
        headers = {k: v for k, v in request.headers.items() if k.lower() in _PASSED and v}
        asked = request.query_string.decode("latin-1")
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=_PATIENCE)
        try:
            path = _address(request, body) + ("?" + asked if asked else "")
            connection.request(request.method, path, body, headers)
            response = connection.getresponse()
            content = response.read()
        finally:
            connection.close()
        kept = [
            (k, v) for k, v in response.getheaders() if k.lower() in {"content-type", "location"}
        ]
        start_response(f"{response.status} {response.reason}", kept)
        return [content]


def _address(request: Request, body: bytes) -> str:
    """Find the address at which Oxigraph takes such a request: it has one for each purpose."""
    if request.path.startswith(ADDRESS):
        return "/store" + request.path.removeprefix(ADDRESS)
    form = request.query_string + b"&" + body
    updates = request.mimetype == _UPDATE or form.startswith(b"update=") or b"&update=" in form
    return "/update" if updates else "/query"
