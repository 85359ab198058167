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
from sayso.endpoint.tags import Tag
from sayso.endpoint.worker import SERVING
from sayso.endpoint.writes_body import METHODS, content_of
from sayso.endpoint.writes_conditions import Conditions
from sayso.endpoint.writes_folder import Folder, Wanted, Written
from sayso.endpoint.writes_refusal import refused
from sayso.endpoint.writes_report import report
from sayso.endpoint.writes_token import Token
from sayso.store.formats import TURTLE
from sayso.validation.check import Outcome


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
    makes_graphs: bool = False

    def answer(self, environ: Environ, target: Target) -> Response:
        """Change a graph, or say why not; only what is no fault of the client's is raised."""
        http = Request(environ)
        accept = http.headers.get("Accept")
        try:
            self.token.check(http.headers.get("Authorization"))
            done = self._write(http, target)
        except errors.SaysoError as error:
            return refused(error, accept)
        if isinstance(done, Outcome):
            deleting = http.method == "DELETE"
            status = HTTPStatus.CONFLICT if deleting else HTTPStatus.UNPROCESSABLE_ENTITY
            return report(done, self.folder.data.root, status, accept)
        return _told(http, done)

    def _write(self, http: Request, target: Target) -> Written | Outcome:
        if target.graph is None:
            raise errors.NotWritable(articles=self.folder.articles, iri="?default")
        wanted = Wanted(http.method, target.graph, Conditions.of(http))
        body = None if http.method == "DELETE" else content_of(http)
        serving: Serving | None = http.environ.get(SERVING)
        begin = serving.writes if serving else _nothing
        done = self.folder.write(wanted, body, http.headers.get("Content-Type", ""), begin)
        if isinstance(done, Written) and done.changed and serving:
            fault = serving.load()
            if fault:
                raise errors.NotServedYet(reason=fault)
        return done


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
