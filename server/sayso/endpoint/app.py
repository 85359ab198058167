"""Answer SPARQL over HTTP as a WSGI application of its own, which any server can mount."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from hashlib import blake2b
from typing import Protocol
from urllib.parse import parse_qsl, urlencode

from werkzeug.wrappers import Response
from werkzeug.wsgi import get_current_url

from sayso.endpoint.coding import codings
from sayso.endpoint.description import service_description
from sayso.endpoint.evaluation import Evaluator
from sayso.endpoint.exchange import Environ, answered, not_modified, read_http
from sayso.endpoint.federation import calls_service
from sayso.endpoint.headers import preflight
from sayso.endpoint.negotiation import PAGE, Form, negotiate
from sayso.endpoint.protocol import FORM, LONGEST, METHODS, Query, Request, read_query
from sayso.endpoint.reply import Header, Reply, Sink, StartResponse, send
from sayso.endpoint.results import Written
from sayso.endpoint.tags import Tag, changes, digest
from sayso.store import RdfStore
from sayso.store.export import export_quads
from sayso.store.formats import GRAPH_FORMATS, GraphFormat

_LONGEST_LINK = 8000  # bytes; header fields are bounded in clients and proxies
_READING = {"GET", "HEAD"}


class Updater(Protocol):
    """What does updates, for an endpoint that is opened for them."""

    @property
    def longest(self) -> int:
        """The bytes of a body that are taken."""

    def takes(self, request: Request) -> bool:
        """Say whether a request is about an update, rightly or not."""

    def answer(self, environ: Environ, request: Request) -> Response:
        """Do an update, or say why not."""


@dataclass(frozen=True)
class SparqlApp:
    """The endpoint over one loaded graph; ``form`` is the address of a page for people.

    ``most_rows`` cuts longer tables, and says so; 0 cuts none. Without an ``updater`` there are
    no updates. A query may call the ``services`` (SPARQL 1.1 Federated Query), and no other.
    """

    claims: RdfStore
    form: str = "/query"
    most_rows: int = 0
    updater: Updater | None = None
    services: Collection[str] = ()
    evaluator: Evaluator = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(
            self, "evaluator", Evaluator.of(self.claims, self.most_rows, self.services)
        )

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Serve one request (WSGI)."""
        return answered(self._answer, environ, start_response, METHODS)

    def _answer(self, environ: Environ, start: StartResponse) -> Iterable[bytes] | Response:
        if environ["REQUEST_METHOD"] == "OPTIONS":
            return Response(status=204, headers=preflight(METHODS))
        request = read_http(environ, self.updater.longest if self.updater else LONGEST)
        if self.updater is not None and self.updater.takes(request):
            return self.updater.answer(environ, request)
        if request.method in _READING and not request.query_string:
            return self._description(environ, start, request)
        reply = self.reply(request, partial(get_current_url, environ, strip_querystring=True))
        if isinstance(reply, Response):
            return reply
        return send(
            reply, start, codings(request.accept_encoding), head_only=request.method == "HEAD"
        )

    def reply(self, request: Request, address: Callable[[], str]) -> Reply | Response:
        """Answer a query as far as it must be before its rows are written.

        Relative IRIs resolve against the ``address``, where the data has no base of its own
        (Protocol, section 2.1.5; RFC 3986, section 5.1.3). Raise as `read_query` and
        `Evaluator.begin` do.
        """
        query = read_query(request)
        if request.if_none_match:
            known = self._known(request, query)
            if known is not None:
                return not_modified(known)
        evaluator = self.evaluator
        if evaluator.base is None:
            evaluator = replace(evaluator, base=address())
        written = evaluator.begin(query, request.accept)
        return Reply(
            written.write,
            written.media_type,
            self._tag(request, query, written.media_type),
            self._rest(request, written),
        )

    def _tag(self, request: Request, query: Query, media_type: str) -> Tag | None:
        """Name what an answer says.

        It is a weak tag, for rows without ORDER BY may come in another order. A query that asks
        for the time or for chance has none, nor has an answer to POST, which no cache may keep.
        """
        if request.method not in _READING or changes(query.text):
            return None
        if self.services and calls_service(query.text):  # who knows what they answer next time
            return None
        answers = _answers(self.claims.version, self.most_rows, media_type)
        return Tag(blake2b(request.query_string, digest_size=16, person=answers).hexdigest())

    def _known(self, request: Request, query: Query) -> str | None:
        """Return the tag of an answer that the client has already: nothing need be evaluated.

        A tag was given out only with an answer, so this query can be answered in that format.
        """
        if "*" in request.if_none_match:
            return None
        for media_type in self.evaluator.media_types(query, request.accept):
            tag = self._tag(request, query, media_type)
            known = tag.known(request.if_none_match) if tag else None
            if known:
                return known
        return None

    def _rest(self, request: Request, written: Written) -> tuple[Header, ...]:
        """Say that rows were left out, and where the others are."""
        if written.rest is None:
            return ()
        given = request.query_string
        if request.method == "POST":
            body = ("&" if given else "").encode() + _as_parameters(request)
            given += body
        pairs = [pair for pair in parse_qsl(given.decode()) if pair[0] != "offset"]
        link = "?" + urlencode([*pairs, ("offset", str(written.rest))])
        cut = ("Sayso-Row-Limit", str(self.most_rows))
        if len(link) > _LONGEST_LINK:
            return (cut,)
        return cut, ("Link", f'<{link}>; rel="next"')

    def _description(
        self, environ: Environ, start: StartResponse, request: Request
    ) -> Iterable[bytes] | Response:
        """Send a browser to the page, and describe the service to all others."""
        offers: tuple[GraphFormat | Form, ...] = (*GRAPH_FORMATS, PAGE)
        chosen = negotiate(request.accept, offers)
        if isinstance(chosen, Form):
            return Response(status=303, headers={"Location": self.form})
        address = get_current_url(environ, strip_querystring=True)
        tag = Tag(digest((self.claims.version, address, chosen.suffix)))
        known = tag.known(request.if_none_match)
        if known:
            return not_modified(known)
        reply = Reply(partial(self._describe, address, chosen), chosen.media_type, tag)
        return send(
            reply, start, codings(request.accept_encoding), head_only=request.method == "HEAD"
        )

    def _describe(self, address: str, form: GraphFormat, output: Sink) -> None:
        quads = service_description(
            self.claims, address, updates=self.updater is not None, federated=bool(self.services)
        )
        output.write(export_quads(quads, form, self.claims.prefixes))


@lru_cache(maxsize=64)
def _answers(version: str, most_rows: int, media_type: str) -> bytes:
    """Name what all answers of a media type have in common."""
    told = digest((version, str(most_rows), media_type))
    return bytes.fromhex(told)


def _as_parameters(request: Request) -> bytes:
    """Write what a POST request says as it would stand in the address of a GET request."""
    if request.content_type.lower().startswith(FORM):
        return request.body
    return urlencode({"query": request.body}).encode()
