"""Answer the IRIs of the graph at their paths, by negotiation and by suffix."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from http import HTTPStatus
from urllib.parse import quote

from flask import Blueprint, Response, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from sayso import __version__
from sayso.analysis.telling import in_words
from sayso.endpoint.negotiation import by_name, negotiate
from sayso.errors import UnknownIri
from sayso.store.export import declared, export_quads
from sayso.store.formats import GRAPH_FORMATS, JSON_LD, GraphFormat
from sayso.store.jsonld import compacted
from sayso.web.description import describe
from sayso.web.facts import Link
from sayso.web.site import PAGE, Page, Site, alternates, tagged
from sayso.web.views import view

OFFERS: tuple[GraphFormat | Page, ...] = (PAGE, *GRAPH_FORMATS)
_NEAR = 5
_ALIKE = 0.7  # of 1, above which two names are near


@dataclass(frozen=True)
class Found:
    """The IRI that a path stands for, its path without suffix, and the format of the suffix."""

    iri: str
    path: str
    form: GraphFormat | Page | None


def iris(site: Site) -> Blueprint:
    """Make the routes of all IRIs."""
    blueprint = Blueprint("iris", __name__)
    blueprint.add_app_template_filter(in_words, "day")

    @blueprint.get("/<path:path>")
    def answer(path: str) -> BaseResponse:
        found = _find(site, path)
        form = found.form or _asked(request.args.get("format"))
        response = Response(content_type=_content_type(form))
        _link(response, site, found)
        sent = tagged(response, site.claims.version, f"{form.suffix}-{__version__}")
        if sent.status_code != HTTPStatus.NOT_MODIFIED:  # what is not sent need not be made
            sent.set_data(_body(site, found, form))
        return sent

    return blueprint


def near(site: Site, iri: str) -> list[Link]:
    """Find what an unknown IRI may have been meant for: what has all its words, or nearly its name.

    Of its own kind first, and else of any; where nothing is that near, nothing is offered.
    """
    kind, _, name = iri.rpartition("/")
    asked = _words(name)
    scored = [
        (_alike(asked, _words(known.rpartition("/")[2])), known.startswith(kind + "/"), known)
        for known in site.facts.documents
    ]
    nearest = sorted((one for one in scored if one[0] >= _ALIKE), reverse=True)
    of_its_kind = [one for one in nearest if one[1]] or nearest
    return [site.facts.link(known) for *_, known in of_its_kind[:_NEAR]]


def _words(name: str) -> list[str]:
    return [word for word in re.split(r"[^a-z0-9]+", name.casefold()) if word]


def _alike(asked: list[str], known: list[str]) -> float:
    """Compare two names, from 0 to 1: a name that has all the words asked for is near at least."""
    matcher = SequenceMatcher(None, " ".join(asked), " ".join(known))
    least = _ALIKE if asked and set(asked) <= set(known) else 0
    near = matcher.real_quick_ratio() >= _ALIKE and matcher.quick_ratio() >= _ALIKE
    return max(least, matcher.ratio() if near else 0)


def _find(site: Site, path: str) -> Found:
    """Find the IRI at a path: first as it stands, then without a suffix; raise UnknownIri."""
    stem, _, suffix = path.rpartition(".")
    form = next((offer for offer in OFFERS if offer.suffix == suffix), None)
    for name, chosen in ((path, None), (stem, form)):
        for iri in site.facts.addresses.candidates(name) if name else ():
            if site.facts.has_page(iri) and (chosen or name == path):
                return Found(iri, "/" + quote(name, safe="/:@!$&'()*+,;=~-._%"), chosen)
    raise UnknownIri(iri=site.claims.base + path)


def _asked(name: str | None) -> GraphFormat | Page:
    return by_name(name, OFFERS) if name else negotiate(request.headers.get("Accept"), OFFERS)


def _body(site: Site, found: Found, form: GraphFormat | Page) -> bytes:
    def make() -> bytes:
        return _page(site, found) if isinstance(form, Page) else _data(site, found, form)

    by_request = request.args if isinstance(form, Page) else found.iri == site.catalogue.iri
    return make() if by_request else site.kept.get(f"{form.suffix} {found.path} {found.iri}", make)


def _page(site: Site, found: Found) -> bytes:
    shown = view(site.facts, found.iri, request.args)
    return render_template(
        shown.template,
        title=shown.title,
        iri=found.iri,
        here=found.path,
        alternates=alternates(found.path),
        **shown.facts,
    ).encode()


def _data(site: Site, found: Found, form: GraphFormat) -> bytes:
    quads = describe(site.facts, found.iri)
    if found.iri == site.catalogue.iri:
        quads += site.catalogue.described(request.url_root)
    if form is JSON_LD:
        return compacted(quads)
    return export_quads(quads, form, declared(site.claims))


def _content_type(form: GraphFormat | Page) -> str:
    return "text/html; charset=utf-8" if isinstance(form, Page) else form.media_type


def _link(response: Response, site: Site, found: Found) -> None:
    """Point to the other formats and to the licence (RFC 8288), and allow scripts elsewhere."""
    links = [
        f'<{one.href}>; rel="alternate"; type="{one.media_type}"' for one in alternates(found.path)
    ]
    links.append(f'<{found.path}.html>; rel="alternate"; type="text/html"')
    licence = site.facts.value(found.iri, "dcterms:license")
    if licence:
        links.append(f'<{licence}>; rel="license"')
    response.headers["Link"] = ", ".join(links)
    response.headers["Access-Control-Allow-Origin"] = "*"
    if found.form is None:
        response.vary.add("Accept")
