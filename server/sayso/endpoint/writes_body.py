"""Read the triples that a client sends for one graph; nothing that the body names is fetched."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass

import pyoxigraph as ox
from werkzeug.http import parse_options_header
from werkzeug.wrappers import Request

from sayso.errors import (
    BadSyntax,
    NoBoundary,
    NotReadable,
    NotUtf8,
    OneGraphOnly,
    PartOfABody,
    TooLong,
    TripleTerm,
    WrongMediaType,
)
from sayso.store.advice import advised
from sayso.store.formats import GRAPH_FORMATS, TURTLE, GraphFormat
from sayso.text.graph import Node, Term

METHODS = ("PUT", "POST", "DELETE")
LONGEST = 8_000_000  # bytes of a body; the largest formats say a record in five times its file
BODY = "body"  # what sentences call it
_PARTS = "multipart/form-data"
Triple = tuple[Node, ox.NamedNode, Term]


@dataclass(frozen=True)
class Body:
    """What was sent: its triples, and its text where that is Turtle."""

    triples: frozenset[Triple]
    turtle: str | None


def content_of(http: Request) -> bytes:
    """Return the body of a request; raise PartOfABody, WrongMediaType or TooLong."""
    if "Content-Range" in http.headers:
        raise PartOfABody
    coding = http.headers.get("Content-Encoding", "identity").lower()
    if coding != "identity":
        raise WrongMediaType(given=coding, taken="no content coding")
    if (http.content_length or 0) > LONGEST:
        raise TooLong(limit=LONGEST)
    content = http.get_data(cache=True)
    if len(content) > LONGEST:
        raise TooLong(limit=LONGEST)
    return content


def read_graph(http: Request, graph: str | None, base: str) -> list[ox.Quad]:
    """Read the triples that are sent for a graph, None being the default graph.

    A form of several files is all of them (SPARQL 1.1 Graph Store HTTP Protocol, section 5.5).
    Blank nodes are other ones each time. Raise as ``content_of`` and ``read_body`` do, and
    NoBoundary.
    """
    content = content_of(http)
    name = ox.DefaultGraph() if graph is None else ox.NamedNode(graph)
    found: list[ox.Quad] = []
    for part, kind in _parts(http) if http.mimetype == _PARTS else [(content, http.content_type)]:
        quads = _parsed(_text(part), _form(kind or ""), base, fresh=True)
        found += (_put(quad, name) for quad in quads)
    return found


def _parts(http: Request) -> Iterator[tuple[bytes, str | None]]:
    files = list(http.files.values())
    if not files:
        raise NoBoundary
    for file in files:
        with closing(file):
            yield file.read(), file.content_type


def _put(quad: ox.Quad, graph: ox.NamedNode | ox.DefaultGraph) -> ox.Quad:
    found = quad.graph_name
    if not isinstance(found, ox.DefaultGraph) and found != graph:
        named = "default graph" if isinstance(graph, ox.DefaultGraph) else graph.value
        raise OneGraphOnly(found=found.value, iri=named)
    return ox.Quad(quad.subject, quad.predicate, quad.object, graph)


def read_body(content: bytes, content_type: str, iri: str) -> Body:
    """Parse a body; relative IRIs resolve against the graph's IRI.

    Raise WrongMediaType, NotUtf8, BadSyntax with line and column, NotReadable, TripleTerm, or
    OneGraphOnly where a data set has triples in another named graph.
    """
    form = _form(content_type)
    text = _text(content)
    quads = _parsed(text, form, iri)
    return Body(frozenset(_triple(quad, iri) for quad in quads), text if form is TURTLE else None)


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise NotUtf8(part=BODY) from error


def _form(content_type: str) -> GraphFormat:
    kind, options = parse_options_header(content_type)
    utf8 = options.get("charset", "utf-8").lower() in {"utf-8", "utf8"}
    for form in GRAPH_FORMATS:
        if utf8 and kind in form.media_types:
            return form
    taken = ", ".join(form.media_type for form in GRAPH_FORMATS) + ", in UTF-8"
    raise WrongMediaType(given=content_type, taken=taken)


def _parsed(text: str, form: GraphFormat, iri: str, *, fresh: bool = False) -> list[ox.Quad]:
    try:
        return list(ox.parse(text, format=form.engine, base_iri=iri, rename_blank_nodes=fresh))
    except SyntaxError as error:
        reason = " ".join(error.msg.split())
        if error.lineno is None:
            raise NotReadable(format=form.name, reason=reason.rstrip(".")) from error
        facts = {"line": error.lineno, "column": error.offset or 1, "format": form.name}
        reason = reason.split(": ", 1)[-1]
        raise BadSyntax(path=BODY, **facts, reason=advised(reason)) from error
    except (ValueError, OSError) as error:
        raise NotReadable(format=form.name, reason=str(error).rstrip(".")) from error


def _triple(quad: ox.Quad, iri: str) -> Triple:
    graph = quad.graph_name
    if not isinstance(graph, ox.DefaultGraph) and graph != ox.NamedNode(iri):
        raise OneGraphOnly(found=graph.value, iri=iri)
    if isinstance(quad.subject, ox.Triple) or isinstance(quad.object, ox.Triple):
        raise TripleTerm(path=BODY)
    return quad.subject, quad.predicate, quad.object
