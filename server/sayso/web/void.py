"""Answer `/.well-known/void`."""

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from sayso.endpoint.description import SD
from sayso.endpoint.negotiation import PAGE, Form, choose
from sayso.store.export import export_quads
from sayso.store.formats import GRAPH_FORMATS
from sayso.web.forms import Offered
from sayso.web.sending import negotiated
from sayso.web.site import Site

_OFFERS: tuple[Offered, ...] = (*GRAPH_FORMATS, PAGE)


def void(site: Site) -> Blueprint:
    """Make the route at which VoID says that a server describes its data (VoID, section 7.2)."""
    blueprint = Blueprint("void", __name__)

    @blueprint.get("/.well-known/void")
    def described() -> BaseResponse:
        accept = request.headers.get("Accept")
        form = choose(request.args.get("format"), accept, _OFFERS)
        if isinstance(form, Form):
            return redirect("/dataset", 303)
        quads = [*site.catalogue.own(), *site.catalogue.described(request.url_root)]
        body = export_quads(quads, form, site.claims.prefixes | {"sd": SD})
        return negotiated(body, form, site.claims.version)

    return blueprint
