"""Tell in header fields what goes with an answer (RFC 8288): formats, licence, provenance."""

from collections.abc import Iterator
from urllib.parse import quote

from flask import Response

from sayso.web.finding import Found
from sayso.web.site import Site, alternates, provenance_of

HAS_PROVENANCE = "http://www.w3.org/ns/prov#has_provenance"  # PROV-AQ, section 3.1


def link(response: Response, site: Site, found: Found) -> None:
    """Point to what goes with an IRI, and allow scripts of other sites to read the answer."""
    response.headers["Link"] = ", ".join(_links(site, found))
    response.headers["Access-Control-Allow-Origin"] = "*"
    if found.form is None:
        response.vary.add("Accept")


def _links(site: Site, found: Found) -> Iterator[str]:
    for one in alternates(found.path):
        yield f'<{one.href}>; rel="alternate"; type="{one.media_type}"'
    yield f'<{found.path}.html>; rel="alternate"; type="text/html"'
    licence = site.facts.licence(found.iri)
    if licence:
        yield f'<{licence}>; rel="license"'
    provenance = provenance_of(found.iri)
    anchor = quote(found.iri, safe=":/?#[]@!$&'()*+,;=~-._%")
    yield f'<{provenance}>; rel="describedby"'
    yield f'<{provenance}>; rel="{HAS_PROVENANCE}"; anchor="{anchor}"'
    for successor in successors(site, found.iri):
        yield f'<{site.facts.here(successor) or successor}>; rel="successor-version"'


def successors(site: Site, iri: str) -> list[str]:
    """List what took the place of a retired IRI; of one that is in use, nothing."""
    retired = site.facts.retired(iri)
    return site.facts.iris(iri, "dcterms:isReplacedBy") if retired else []
