"""Put the parts of the server together."""

from flask import Flask, Response, request
from werkzeug.wrappers import Response as BaseResponse

from sayso.endpoint.protocol import LONGEST
from sayso.store import ClaimStore
from sayso.web.downloads import downloads
from sayso.web.faults import faults
from sayso.web.iris import iris
from sayso.web.query import query
from sayso.web.site import Site
from sayso.web.start import start

_METHODS = ["GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"]
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; form-action 'self';"
        " frame-ancestors 'none'; object-src 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
}


def create_app(claims: ClaimStore) -> Flask:
    """Make the web application over a loaded graph: pages, data and the SPARQL endpoint."""
    site = Site(claims)
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = LONGEST
    app.jinja_env.filters["here"] = lambda iri: site.facts.addresses.local(iri) or iri
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    for part in (start, query, downloads, iris):
        app.register_blueprint(part(site))
    _mount_sparql(app, site)
    faults(app, site)
    app.after_request(_secured)
    return app


def _mount_sparql(app: Flask, site: Site) -> None:
    """Answer /sparql by the endpoint, which knows nothing of Flask and may stand before it."""

    @app.route("/sparql", methods=_METHODS, provide_automatic_options=False)
    def sparql() -> BaseResponse:
        return site.sparql.respond(request)


def _secured(response: Response) -> Response:
    response.headers.update(_HEADERS)
    return response
