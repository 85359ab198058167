"""Write records over HTTP: PUT, POST and DELETE of SPARQL 1.1 Graph Store HTTP Protocol.

Only who holds the token writes, only what the rules allow is written, and what is written is
the Turtle file of the record: there is no other database.
"""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Protocol
from urllib.parse import quote

from werkzeug.wrappers import Request, Response

from sayso import errors
from sayso.endpoint.exchange import Environ
from sayso.endpoint.graphs import Target
from sayso.endpoint.problem import problem_response, status_of
from sayso.endpoint.tags import Tag
from sayso.endpoint.worker import SERVING
from sayso.endpoint.writes_folder import Folder, Wanted, Written
from sayso.endpoint.writes_report import report
from sayso.endpoint.writes_token import Token
from sayso.store.formats import TURTLE
from sayso.validation.check import Outcome

METHODS = ("PUT", "POST", "DELETE")
LONGEST = 8_000_000  # bytes of a body; the largest formats say a record in five times its file

_STATUS: dict[type[errors.SaysoError], HTTPStatus] = {
    errors.TokenMissing: HTTPStatus.UNAUTHORIZED,
    errors.WrongToken: HTTPStatus.FORBIDDEN,
    errors.NotWritable: HTTPStatus.FORBIDDEN,
    errors.NoSuchRecord: HTTPStatus.NOT_FOUND,
    errors.ChangedSince: HTTPStatus.PRECONDITION_FAILED,
    errors.LastRecord: HTTPStatus.CONFLICT,
    errors.SpoiltFolder: HTTPStatus.CONFLICT,
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


class Serving(Protocol):
    """What the server that this runs in offers to who writes."""

    def writes(self) -> None:
        """Say that a file may be changed from now on, whatever becomes of this process."""

    def load(self) -> str:
        """Have the folder loaded anew; return when it is served, else say why it is not."""


@dataclass(frozen=True)
class RecordWriter:
    """What writes records for a graph store."""

    folder: Folder
    token: Token
    methods: tuple[str, ...] = METHODS

    def answer(self, environ: Environ, target: Target) -> Response:
        """Change a graph, or say why not; only what is no fault of the client's is raised."""
        http = Request(environ)
        accept = http.headers.get("Accept")
        try:
            self.token.check(http.headers.get("Authorization"))
            done = self._write(http, target)
        except errors.SaysoError as error:
            return _refused(error, accept)
        if isinstance(done, Outcome):
            deleting = http.method == "DELETE"
            status = HTTPStatus.CONFLICT if deleting else HTTPStatus.UNPROCESSABLE_ENTITY
            return report(done, self.folder.data.root, status, accept)
        return _told(http, done)

    def _write(self, http: Request, target: Target) -> Written | Outcome:
        if target.graph is None:
            raise errors.NotWritable(articles=self.folder.articles, iri="?default")
        wanted = Wanted(
            method=http.method,
            iri=target.graph,
            if_match=http.headers.get("If-Match"),
            if_none_match=http.headers.get("If-None-Match"),
        )
        body = None if http.method == "DELETE" else self._body(http)
        serving: Serving | None = http.environ.get(SERVING)
        begin = serving.writes if serving else _nothing
        done = self.folder.write(wanted, body, http.headers.get("Content-Type", ""), begin)
        if isinstance(done, Written) and done.changed and serving:
            fault = serving.load()
            if fault:
                raise errors.NotServedYet(reason=fault)
        return done

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


def _nothing() -> None:
    """Tell nobody: no server waits to hear of a write."""


def _told(http: Request, done: Written) -> Response:
    status = HTTPStatus.CREATED if done.created else HTTPStatus.NO_CONTENT
    response = Response(status=status)
    response.headers["Cache-Control"] = "no-store"
    if done.state is not None:
        response.headers["ETag"] = Tag(f"{done.state}-{TURTLE.suffix}", strong=True).field()
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
