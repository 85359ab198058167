"""Read the triples that a client sends for one graph; nothing that the body names is fetched."""

from dataclasses import dataclass

import pyoxigraph as ox
from werkzeug.http import parse_options_header

from sayso.errors import (
    BadSyntax,
    NotReadable,
    NotUtf8,
    OneGraphOnly,
    TripleTerm,
    WrongMediaType,
)
from sayso.store.advice import advised
from sayso.store.formats import GRAPH_FORMATS, TURTLE, GraphFormat
from sayso.text.graph import Node, Term

BODY = "body"  # what sentences call it
Triple = tuple[Node, ox.NamedNode, Term]


@dataclass(frozen=True)
class Body:
    """What was sent: its triples, and its text where that is Turtle."""

    triples: frozenset[Triple]
    turtle: str | None


def read_body(content: bytes, content_type: str, iri: str) -> Body:
    """Parse a body; relative IRIs resolve against the graph's IRI.

    Raise WrongMediaType, NotUtf8, BadSyntax with line and column, NotReadable, TripleTerm, or
    OneGraphOnly where a data set has triples in another named graph.
    """
    form = _form(content_type)
    try:
        text = content.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise NotUtf8(part=BODY) from error
    quads = _parsed(text, form, iri)
    return Body(frozenset(_triple(quad, iri) for quad in quads), text if form is TURTLE else None)


def _form(content_type: str) -> GraphFormat:
    kind, options = parse_options_header(content_type)
    utf8 = options.get("charset", "utf-8").lower() in {"utf-8", "utf8"}
    for form in GRAPH_FORMATS:
        if utf8 and kind in form.media_types:
            return form
    taken = ", ".join(form.media_type for form in GRAPH_FORMATS) + ", in UTF-8"
    raise WrongMediaType(given=content_type, taken=taken)


def _parsed(text: str, form: GraphFormat, iri: str) -> list[ox.Quad]:
    try:
        return list(ox.parse(text, format=form.engine, base_iri=iri))
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
