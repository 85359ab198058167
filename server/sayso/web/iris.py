"""Answer the IRIs of the graph at their paths, by negotiation and by suffix."""

from http import HTTPStatus

from flask import Blueprint, Response, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from sayso import __version__
from sayso.analysis.telling import in_words
from sayso.endpoint.negotiation import Form
from sayso.store.export import declared, export_quads
from sayso.store.formats import JSON_LD, GraphFormat
from sayso.store.framing import framed
from sayso.web.description import describe
from sayso.web.finding import Found, find
from sayso.web.forms import Offered, asked, content_type
from sayso.web.links import link, successors
from sayso.web.sending import tagged
from sayso.web.site import Site, alternates, provenance_of
from sayso.web.views import view


def iris(site: Site) -> Blueprint:
    """Make the routes of all IRIs."""
    blueprint = Blueprint("iris", __name__)
    blueprint.add_app_template_filter(in_words, "day")

    @blueprint.get("/<path:path>")
    def answer(path: str) -> BaseResponse:
        found = find(site, path)
        form = found.form or asked()
        response = Response(content_type=content_type(form))
        link(response, site, found)
        if site.facts.retired(found.iri):
            return _gone(response, site, found, form)
        sent = tagged(response, site.claims.version, f"{form.suffix}-{__version__}")
        if sent.status_code != HTTPStatus.NOT_MODIFIED:  # what is not sent need not be made
            sent.set_data(_body(site, found, form))
        return sent

    return blueprint


def _gone(response: Response, site: Site, found: Found, form: Offered) -> BaseResponse:
    """Say that an IRI was retired, with what took its place; its data say the same in RDF."""
    response.status_code = HTTPStatus.GONE
    links = [site.facts.link(successor) for successor in successors(site, found.iri)]
    if isinstance(form, Form):
        title = site.facts.label(found.iri)
        page = render_template("retired.html", title=title, iri=found.iri, successors=links)
        response.set_data(page.encode())
    else:
        response.set_data(_data(site, found, form))
    return response


def _body(site: Site, found: Found, form: Offered) -> bytes:
    def make() -> bytes:
        return _page(site, found) if isinstance(form, Form) else _data(site, found, form)

    by_request = request.args if isinstance(form, Form) else found.iri == site.catalogue.iri
    return make() if by_request else site.kept.get(f"{form.suffix} {found.path} {found.iri}", make)


def _page(site: Site, found: Found) -> bytes:
    shown = view(site, found.iri, request.args)
    return render_template(
        shown.template,
        title=shown.title,
        iri=found.iri,
        here=found.path,
        alternates=alternates(found.path),
        provenance=provenance_of(found.iri),
        licence=site.facts.licence(found.iri),
        **shown.facts,
    ).encode()


def _data(site: Site, found: Found, form: GraphFormat) -> bytes:
    quads = describe(site.facts, found.iri)
    if found.iri == site.catalogue.iri:
        quads += site.catalogue.described(request.url_root)
    if form is JSON_LD:
        return framed(quads, found.iri)
    return export_quads(quads, form, declared(site.claims))
