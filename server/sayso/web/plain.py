"""Put the server together for data that is anybody's: an endpoint, downloads and one page.

Nothing is known of the data's IRIs, so none is answered at its path, and no page speaks of
claims.
"""

from collections.abc import Collection

from flask import Flask, render_template
from werkzeug.wrappers import Response as BaseResponse

from sayso.endpoint.app import SparqlApp, Updater
from sayso.endpoint.graphs import ADDRESS, GraphStoreApp, Writer
from sayso.endpoint.protocol import LONGEST
from sayso.store import RdfStore
from sayso.store.formats import GRAPH_FORMATS, RESULT_FORMATS
from sayso.web.app import Mounted, secured
from sayso.web.compression import compressed
from sayso.web.faults import faults
from sayso.web.sending import download

_EXAMPLE = """SELECT ?class (COUNT(?thing) AS ?things) {
  ?thing a ?class .
}
GROUP BY ?class
ORDER BY DESC(?things)
LIMIT 20
"""


def create_plain_app(
    data: RdfStore,
    most_rows: int = 0,
    writer: Writer | None = None,
    updater: Updater | None = None,
    services: Collection[str] = (),
) -> Flask:
    """Make the web application over any RDF.

    ``most_rows`` cuts longer tables of results, and says so; 0 cuts none. Without a ``writer``
    no graph is written, and without an ``updater`` there is no SPARQL Update. A query
    may call the ``services``.
    """
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = LONGEST
    app.jinja_env.globals["plain"] = True
    app.jinja_env.filters["here"] = str
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    _pages(app, data)
    sparql = SparqlApp(data, "/", most_rows, updater, services)
    graphs = GraphStoreApp(data, writer)
    app.wsgi_app = Mounted(sparql, graphs, app.wsgi_app)  # type: ignore[method-assign]
    faults(app)
    app.after_request(secured)
    app.after_request(compressed)
    return app


def _pages(app: Flask, data: RdfStore) -> None:
    @app.get("/")
    def start() -> str:
        return render_template(
            "plain.html",
            size=data.size if data.united else data.size + len(data.store),
            united=data.united,
            graphs=data.graphs,
            version=data.version,
            prefixes=sorted(data.prefixes),
            text=_EXAMPLE,
            formats=GRAPH_FORMATS,
            results=RESULT_FORMATS,
            graph_store=ADDRESS,
        )

    @app.get("/download/data.<suffix>")
    def file(suffix: str) -> BaseResponse:
        return download(data, "data", suffix)
