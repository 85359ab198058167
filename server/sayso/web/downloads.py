"""Answer `/download/` and the JSON-LD context."""

from dataclasses import dataclass

from flask import Blueprint, abort, jsonify, redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from sayso import __version__
from sayso.store.formats import GRAPH_FORMATS
from sayso.store.jsonld import context
from sayso.terms import BASE
from sayso.web.facts import Facts
from sayso.web.schema_org import data_set
from sayso.web.sending import download, tagged
from sayso.web.site import Site


@dataclass(frozen=True)
class Citation:
    """How to cite a data set: in words, and as BibTeX."""

    words: str
    bibtex: str

    @classmethod
    def of(cls, facts: Facts, iri: str, version: str) -> "Citation":
        """Write both from what the graph says of the data set."""
        who = " and ".join(facts.label(one) for one in facts.iris(iri, "dcterms:creator"))
        date = facts.value(iri, "dcterms:modified") or facts.value(iri, "dcterms:issued") or ""
        title, year = facts.label(iri), date[:4]
        name = f"{who[:1].upper()}{who[1:]}" if who else "Anonymous"
        words = f"{name} ({year or 'no date'}): {title}. Version {version[:12]}. {iri}"
        fields = {"author": f"{{{name}}}", "title": f"{{{title}}}", "year": year, "url": iri}
        fields |= {"version": version[:12]}
        listed = ",\n".join(f"  {key} = {{{value}}}" for key, value in fields.items() if value)
        return cls(words, f"@misc{{sayso-{version[:12]},\n{listed}\n}}")


def downloads(site: Site) -> Blueprint:
    """Make the routes of the whole graph as files."""
    blueprint = Blueprint("downloads", __name__)

    @blueprint.get("/download/")
    def page() -> str:
        facts, files = site.facts, site.catalogue.files
        dataset = site.claims.base + "dataset"
        ontology = f"{BASE}ns"
        return render_template(
            "download.html",
            formats=[(form, files.get(form.suffix)) for form in GRAPH_FORMATS],
            version=site.claims.version,
            size=f"{site.claims.size:,}",
            licence=facts.licence(dataset),
            date=facts.value(dataset, "dcterms:modified") or facts.value(dataset, "dcterms:issued"),
            citation=Citation.of(facts, dataset, site.claims.version),
            ontology_citation=facts.value(ontology, "dcterms:bibliographicCitation"),
            schema_org=data_set(facts, site.claims.version, _files(site)),
        )

    @blueprint.get("/download/sayso.<suffix>")
    def file(suffix: str) -> BaseResponse:
        return download(site.claims, "sayso", suffix)

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


def _files(site: Site) -> list[dict[str, object]]:
    """Describe the downloads to search engines."""
    found: list[dict[str, object]] = []
    for form in GRAPH_FORMATS:
        file = site.catalogue.files.get(form.suffix)
        measured = {"contentSize": f"{file.size} B", "sha256": file.sha256} if file else {}
        address = f"{request.url_root}download/sayso.{form.suffix}"
        found.append({"encodingFormat": form.media_type, "contentUrl": address, **measured})
    return found


def ontology_version(site: Site) -> str:
    """Return the version of sayso's ontology, which is that of its JSON-LD context."""
    return site.facts.value(f"{BASE}ns", "owl:versionInfo") or __version__
