"""Answer `/overview`: which works rest on whose word, as a picture and as a table."""

from dataclasses import dataclass
from functools import cached_property, partial
from http import HTTPStatus

from flask import Blueprint, Response, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from sayso import __version__
from sayso.web.ahead import Ahead
from sayso.web.claims import taken
from sayso.web.facts import Link
from sayso.web.flows import Asked, Shown
from sayso.web.sending import tagged
from sayso.web.site import Site

_LISTED = 100  # claims on one page


@dataclass(frozen=True)
class Overview:
    """Who is in the flows of one loaded graph."""

    ahead: Ahead

    @cached_property
    def known(self) -> frozenset[str]:
        """All works and all at the ends."""
        return frozenset(name for flow in self.ahead.flows for name in (flow.work, flow.end))


def overview(site: Site) -> Blueprint:
    """Make the route of the overview."""
    blueprint = Blueprint("overviewing", __name__)
    whole = Overview(site.ahead)

    def named(iri: str) -> Link | None:
        return site.facts.link(iri) if iri in whole.known else Link(iri) if iri else None

    @blueprint.get("/overview", endpoint="overview")
    def page() -> BaseResponse:
        asked = Asked.of(request.args)
        response = Response(content_type="text/html; charset=utf-8")
        sent = tagged(response, site.claims.version, f"overview-{__version__}")
        if sent.status_code != HTTPStatus.NOT_MODIFIED:
            known = {asked.work, asked.end} <= {"", *whole.known}
            made = partial(body, asked)
            sent.set_data(site.kept.get(asked.address, made) if known else made())
        return sent

    def body(asked: Asked) -> bytes:
        shown = Shown(site.facts, asked, [flow for flow in site.ahead.flows if asked.wants(flow)])
        listed = shown.claims[:_LISTED] if asked.work and asked.end else []
        return render_template(
            "overview.html",
            too_large=site.ahead.too_large,
            asked=asked,
            shown=shown,
            work=named(asked.work),
            end=named(asked.end),
            listed=taken(site.facts, listed),
        ).encode()

    return blueprint
