"""Write records over HTTP: PUT, POST and DELETE of SPARQL 1.1 Graph Store HTTP Protocol.

Only who holds the token writes, only what the rules allow is written, and what is written is
the Turtle file of the record: there is no other database.
"""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Protocol

from werkzeug.wrappers import Request, Response

from sayso import errors
from sayso.endpoint.exchange import Environ
from sayso.endpoint.graphs import Target
from sayso.endpoint.headers import in_path
from sayso.endpoint.tags import Tag
from sayso.endpoint.worker import SERVING
from sayso.endpoint.writes_answer import attempted, done
from sayso.endpoint.writes_body import METHODS, content_of
from sayso.endpoint.writes_conditions import Conditions
from sayso.endpoint.writes_folder import Folder, Wanted, Written
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
        return attempted(environ, self.token, lambda: self._change(http, target))

    def _change(self, http: Request, target: Target) -> Response:
        written = self._write(http, target)
        if isinstance(written, Outcome):
            deleting = http.method == "DELETE"
            status = HTTPStatus.CONFLICT if deleting else HTTPStatus.UNPROCESSABLE_ENTITY
            return report(written, self.folder.data.root, status, http.headers.get("Accept"))
        return done(_tag(written), _address(http, written) if written.created else None)

    def _write(self, http: Request, target: Target) -> Written | Outcome:
        if target.graph is None:
            raise errors.NotWritable(articles=self.folder.articles, iri="?default")
        wanted = Wanted(http.method, target.graph, Conditions.of(http))
        body = None if http.method == "DELETE" else content_of(http)
        serving: Serving | None = http.environ.get(SERVING)
        begin = serving.writes if serving else _nothing
        written = self.folder.write(wanted, body, http.headers.get("Content-Type", ""), begin)
        if isinstance(written, Written) and written.changed and serving:
            fault = serving.load()
            if fault:
                raise errors.NotServedYet(reason=fault)
        return written


def _nothing() -> None:
    """Tell nobody: no server waits to hear of a write."""


def _tag(written: Written) -> Tag | None:
    return Tag(f"{written.state}-{TURTLE.suffix}", strong=True) if written.state else None


def _address(http: Request, written: Written) -> str:
    return http.host_url.rstrip("/") + in_path(written.path)
