"""Put the parts of the server together."""

from collections.abc import Callable, Collection, Iterable
from pathlib import Path

from flask import Flask, Response, request

from sayso.endpoint.answer import Answer
from sayso.endpoint.app import SparqlApp
from sayso.endpoint.direct import answer_query, takes
from sayso.endpoint.exchange import Environ
from sayso.endpoint.gateway import Direct, by_wsgi
from sayso.endpoint.graphs import ADDRESS, GraphStoreApp, Writer
from sayso.endpoint.headers import SECURITY, preflight
from sayso.endpoint.protocol import LONGEST
from sayso.endpoint.reply import StartResponse
from sayso.endpoint.wire import Call
from sayso.store import ClaimStore
from sayso.web.ahead import Ahead
from sayso.web.browse import browse
from sayso.web.bundle import scripts
from sayso.web.compression import compressed
from sayso.web.dateline import dateline
from sayso.web.downloads import downloads
from sayso.web.facts import Facts
from sayso.web.faults import faults
from sayso.web.findings import findings
from sayso.web.iris import iris
from sayso.web.overview import overview
from sayso.web.provenance import provenance
from sayso.web.query import query
from sayso.web.search import search
from sayso.web.shapes import shapes
from sayso.web.site import Site
from sayso.web.start import start
from sayso.web.texts import Texts
from sayso.web.void import void

Application = Callable[[Environ, StartResponse], Iterable[bytes]]

PARTS = (
    start,
    overview,
    search,
    browse,
    dateline,
    findings,
    query,
    downloads,
    void,
    shapes,
    provenance,
    iris,
)


def create_app(
    claims: ClaimStore,
    most_rows: int = 0,
    writer: Writer | None = None,
    texts: Iterable[Path] = (),
    ahead: Ahead | None = None,
    *,
    services: Collection[str] = (),
) -> Flask:
    """Make the web application over a loaded graph: pages, data and the SPARQL endpoint.

    ``most_rows`` cuts longer tables of results, and says so; 0 cuts none. Without a ``writer``
    nothing is written. The files of ``texts`` are shown, each on the page of its record; raise
    what `Texts.of` raises. What is not made ``ahead`` is made when it is first asked for. A
    query may call the ``services``.
    """
    site = Site(claims, most_rows, writer, Texts.of(Facts(claims), texts), ahead, services)
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = LONGEST
    app.jinja_env.globals["scripts"] = scripts()
    app.jinja_env.filters["here"] = lambda iri: site.facts.here(iri) or iri
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    for part in PARTS:
        app.register_blueprint(part(site))
    _mount(app, site)
    faults(app, site)
    app.after_request(secured)
    app.after_request(compressed)
    return app


def _mount(app: Flask, site: Site) -> None:
    """Let the endpoint answer before Flask looks: half of a short answer's time would be its."""
    for address in ("/sparql", ADDRESS, f"{ADDRESS}/<path:path>"):
        app.add_url_rule(address, endpoint=address[1:], build_only=True)
    app.wsgi_app = Mounted(site.sparql, site.graphs, app.wsgi_app)  # type: ignore[method-assign]


_SPARQL = {"/sparql", "/sparql/"}
_DIRECT = {path.encode() for path in _SPARQL}


class Mounted:
    """A WSGI application that gives the endpoint's addresses to it and all others to the pages."""

    def __init__(self, sparql: SparqlApp, graphs: GraphStoreApp, pages: Application) -> None:
        self._sparql = sparql
        self._graphs = graphs
        self._pages = pages
        writer = graphs.writer
        records = isinstance(graphs.claims, ClaimStore)
        self._writing = ("OPTIONS", *writer.methods) if writer and records else ()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Serve one request."""
        path = str(environ.get("PATH_INFO", ""))
        if path in _SPARQL:
            return self._sparql(environ, start_response)
        writing = path.startswith("/article/") and environ["REQUEST_METHOD"] in self._writing
        if path == ADDRESS or path.startswith(ADDRESS + "/") or writing:
            return self._graphs(environ, start_response)
        return self._pages(environ, start_response)

    def direct(self, call: Call, environ: Callable[[], Environ], answer: Answer) -> bool:
        """Answer a query without WSGI, and say whether it was one (`Direct`)."""
        if call.path not in _DIRECT or not takes(self._sparql, call):
            return False
        answer_query(self._sparql, call, environ, answer)
        return True


def directly(app: Flask) -> Direct:
    """Return what an application answers without WSGI."""
    mounted = app.wsgi_app
    return mounted.direct if isinstance(mounted, Mounted) else by_wsgi


def secured(response: Response) -> Response:
    """Give a page the header fields that every answer bears, and a script elsewhere its leave."""
    response.headers.update(SECURITY)
    if request.method == "OPTIONS":
        response.headers.update(preflight(tuple(sorted(response.allow))))
        response.headers["Access-Control-Allow-Origin"] = "*"
    return response
