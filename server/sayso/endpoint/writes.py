"""Write records over HTTP: PUT, POST and DELETE of SPARQL 1.1 Graph Store HTTP Protocol.

Only who holds the token writes, only what the rules allow is written, and what is written is
the Turtle file of the record: there is no other database. The application stands before the
one that reads, and leaves everything else to it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import quote

from werkzeug.wrappers import Request, Response

from sayso import errors
from sayso.endpoint.exchange import Environ
from sayso.endpoint.gateway import Application, StartResponse
from sayso.endpoint.headers import OPEN, preflight
from sayso.endpoint.problem import problem_response, status_of
from sayso.endpoint.writes_folder import Folder, Wanted, Written
from sayso.endpoint.writes_report import report
from sayso.endpoint.writes_token import Token
from sayso.validation.check import Outcome

WRITING = ("PUT", "POST", "DELETE")
METHODS = ("GET", "HEAD", "OPTIONS", *WRITING)
RELOAD = "sayso.reload"  # in the environment: what makes the server serve what is written
LONGEST = 8_000_000  # bytes of a body; the largest formats say a record in five times its file

_STATUS: dict[type[errors.SaysoError], HTTPStatus] = {
    errors.TokenMissing: HTTPStatus.UNAUTHORIZED,
    errors.WrongToken: HTTPStatus.FORBIDDEN,
    errors.NotWritable: HTTPStatus.FORBIDDEN,
    errors.NoSuchRecord: HTTPStatus.NOT_FOUND,
    errors.ChangedSince: HTTPStatus.PRECONDITION_FAILED,
    errors.LastRecord: HTTPStatus.CONFLICT,
    errors.FolderBusy: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.CannotWrite: HTTPStatus.INSUFFICIENT_STORAGE,
    errors.NotServedYet: HTTPStatus.ACCEPTED,
    errors.TooLong: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    errors.WrongMediaType: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
}
# What a draft lacks before it can be a record: it could be read, and not be used.
_UNFIT = (
    errors.NamelessNode,
    errors.SeveralThings,
    errors.TextNeeded,
    errors.NoPlace,
    errors.PlaceOutside,
    errors.OtherWords,
    errors.NotADate,
    errors.HalfStatement,
)


@dataclass(frozen=True)
class Writes:
    """An application that writes; ``stores`` are the paths that take ``?graph=``."""

    app: Application
    folder: Folder
    token: Token
    stores: tuple[str, ...] = ("/store",)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Serve one request (WSGI)."""
        http = Request(environ)
        if not self._mine(http):
            return self.app(environ, start_response)
        response = self._answer(http)
        response.headers.extend(OPEN)
        return response(environ, start_response)

    def _mine(self, http: Request) -> bool:
        direct = http.path.startswith("/article/")
        if http.method == "OPTIONS":
            return direct
        return http.method in WRITING and (direct or http.path in self.stores)

    def _answer(self, http: Request) -> Response:
        if http.method == "OPTIONS":
            return Response(status=HTTPStatus.NO_CONTENT, headers=preflight(METHODS))
        accept = http.headers.get("Accept")
        try:
            self.token.check(http.headers.get("Authorization"))
            done = self._write(http)
        except errors.SaysoError as error:
            return _refused(error, accept)
        if isinstance(done, Outcome):
            deleting = http.method == "DELETE"
            status = HTTPStatus.CONFLICT if deleting else HTTPStatus.UNPROCESSABLE_ENTITY
            return report(done, self.folder.data.root, status, accept)
        return _told(http, done)

    def _write(self, http: Request) -> Written | Outcome:
        wanted = Wanted(
            method=http.method,
            iri=self._iri(http),
            if_match=http.headers.get("If-Match"),
            if_none_match=http.headers.get("If-None-Match"),
        )
        body = None if http.method == "DELETE" else self._body(http)
        done = self.folder.write(wanted, body, http.headers.get("Content-Type", ""))
        reload: Callable[[], None] | None = http.environ.get(RELOAD)
        if isinstance(done, Written) and done.changed and reload is not None:
            reload()
        return done

    def _iri(self, http: Request) -> str:
        if http.path not in self.stores:
            return self.folder.base + http.path[1:]
        graphs = http.args.getlist("graph")
        if len(graphs) != 1 or set(http.args) - {"graph", "timeout"}:
            raise errors.NotWritable(
                articles=self.folder.articles, iri=graphs[0] if graphs else "?default"
            )
        return graphs[0]

    def _body(self, http: Request) -> bytes:
        if "Content-Range" in http.headers:
            raise errors.PartOfABody
        coding = http.headers.get("Content-Encoding", "identity").lower()
        if coding != "identity":
            raise errors.WrongMediaType(given=coding, taken="no content coding")
        if (http.content_length or 0) > LONGEST:
            raise errors.TooLong(limit=LONGEST)
        content = http.get_data(cache=False)
        if len(content) > LONGEST:
            raise errors.TooLong(limit=LONGEST)
        return content


def _told(http: Request, done: Written) -> Response:
    status = HTTPStatus.CREATED if done.created else HTTPStatus.NO_CONTENT
    response = Response(status=status)
    response.headers["Cache-Control"] = "no-store"
    if done.tag is not None:
        response.headers["ETag"] = f'"{done.tag}"'
    if done.created:
        path = quote(done.path, safe="/:@!$&'()*+,;=~-._%")
        response.headers["Location"] = http.host_url.rstrip("/") + path
    return response


def _refused(error: errors.SaysoError, accept: str | None) -> Response:
    status = _STATUS.get(type(error)) or status_of(error)
    if isinstance(error, _UNFIT):
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    facts = {name: str(fact) for name, fact in error.facts.items()}
    response = problem_response(status, str(error), accept, facts)
    if status is HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = 'Bearer realm="sayso"'
    if status is HTTPStatus.SERVICE_UNAVAILABLE:
        response.headers["Retry-After"] = "5"
    return response
