"""Answer SPARQL over HTTP as a WSGI application of its own, which any server can mount."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from werkzeug.wrappers import Request as HttpRequest
from werkzeug.wrappers import Response

from sayso.endpoint.description import service_description
from sayso.endpoint.evaluation import Evaluator
from sayso.endpoint.negotiation import HTML, negotiate
from sayso.endpoint.problem import problem
from sayso.endpoint.protocol import LONGEST, METHODS, Request, read_query
from sayso.errors import SaysoError, TooLong
from sayso.store import ClaimStore
from sayso.store.export import export_quads
from sayso.store.formats import GRAPH_FORMATS, GraphFormat

_CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Content-Type, Link",
    "X-Content-Type-Options": "nosniff",
}
_PREFLIGHT = {
    "Allow": ", ".join(METHODS),
    "Access-Control-Allow-Methods": ", ".join(METHODS),
    "Access-Control-Allow-Headers": "Accept, Content-Type",
    "Access-Control-Max-Age": "86400",
}


@dataclass(frozen=True)
class _Page:
    media_types: tuple[str, ...] = (HTML,)
    suffix: str = "html"


@dataclass(frozen=True)
class SparqlApp:
    """The endpoint over one loaded graph; ``form`` is the address of a page for people."""

    claims: ClaimStore
    form: str = "/query"
    evaluator: Evaluator = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "evaluator", Evaluator.of(self.claims))

    def __call__(
        self, environ: dict[str, object], start_response: Callable[..., object]
    ) -> Iterable[bytes]:
        """Serve one request (WSGI)."""
        response = self.respond(HttpRequest(environ))
        return response(environ, start_response)  # type: ignore[arg-type]

    def respond(self, http: HttpRequest) -> Response:
        """Answer one request, in vain or not."""
        try:
            response = self._response(http)
        except SaysoError as error:
            response = problem(error, http.headers.get("Accept"))
        response.headers.update(_CORS)
        response.vary.add("Accept")
        if response.status_code in {200, 204, 405}:
            response.headers["Allow"] = _PREFLIGHT["Allow"]
        return response

    def _response(self, http: HttpRequest) -> Response:
        if http.method == "OPTIONS":
            return Response(status=204, headers=_PREFLIGHT)
        request = read_http(http)
        if request.method in {"GET", "HEAD"} and not request.query_string:
            return self._description(http, request)
        answer = self.evaluator.answer(read_query(request), request.accept)
        return Response(answer.body, content_type=answer.media_type)

    def _description(self, http: HttpRequest, request: Request) -> Response:
        """Send a browser to the page, and describe the service to all others."""
        offers: tuple[GraphFormat | _Page, ...] = (*GRAPH_FORMATS, _Page())
        chosen = negotiate(request.accept, offers)
        if isinstance(chosen, _Page):
            return Response(status=303, headers={"Location": self.form})
        quads = service_description(self.claims, http.base_url)
        prefixes = self.claims.prefixes
        return Response(export_quads(quads, chosen, prefixes), content_type=chosen.media_type)


def read_http(http: HttpRequest) -> Request:
    """Take what the protocol needs; raise TooLong before a long body is read."""
    if (http.content_length or 0) > LONGEST:
        raise TooLong(limit=LONGEST)
    return Request(
        http.method,
        http.query_string,
        http.headers.get("Content-Type", ""),
        http.get_data(cache=False) if http.method == "POST" else b"",
        http.headers.get("Accept"),
    )
