"""Answer `/download/` and the JSON-LD context."""

from flask import Blueprint, Response, abort, jsonify, redirect, render_template
from werkzeug.wrappers import Response as BaseResponse

from sayso import __version__
from sayso.store.export import exported
from sayso.store.formats import GRAPH_FORMATS, graph_format
from sayso.store.jsonld import context
from sayso.terms import BASE
from sayso.web.site import Site, tagged


def downloads(site: Site) -> Blueprint:
    """Make the routes of the whole graph as files."""
    blueprint = Blueprint("downloads", __name__)

    @blueprint.get("/download/")
    def page() -> str:
        dataset = site.claims.base + "dataset"
        return render_template(
            "download.html",
            formats=GRAPH_FORMATS,
            version=site.claims.version,
            size=f"{site.claims.size:,}",
            licence=site.facts.value(dataset, "dcterms:license"),
        )

    @blueprint.get("/download/sayso.<suffix>")
    def file(suffix: str) -> BaseResponse:
        form = graph_format(suffix)
        if form is None:
            abort(404, f"there is no format with the ending .{suffix}")
        response = Response(exported(site.claims, form), content_type=form.media_type)
        response.headers["Content-Disposition"] = f'attachment; filename="sayso.{suffix}"'
        response.headers["Access-Control-Allow-Origin"] = "*"
        return tagged(response, site.claims.version, suffix)

    @blueprint.get("/download")
    def directory() -> BaseResponse:
        return redirect("/download/", 308)

    @blueprint.get("/context.jsonld")
    @blueprint.get("/context/<version>.jsonld")
    def jsonld_context(version: str = "") -> BaseResponse:
        known = ontology_version(site)
        if version not in {"", known}:
            abort(404, f"there is no context of version {version}; this is {known}")
        response = jsonify(context())
        response.content_type = "application/ld+json"
        response.headers["Access-Control-Allow-Origin"] = "*"
        own = f'</context/{known}.jsonld>; rel="{"self" if version else "latest-version"}"'
        response.headers["Link"] = own
        return tagged(response, site.claims.version, f"context-{__version__}")

    return blueprint


def ontology_version(site: Site) -> str:
    """Return the version of sayso's ontology, which is that of its JSON-LD context."""
    return site.facts.value(f"{BASE}ns", "owl:versionInfo") or __version__
