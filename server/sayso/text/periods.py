"""Give the dates of a record their IRIs and the days that they allow."""

import pyoxigraph as ox

from sayso.errors import NotADate, SaysoError
from sayso.terms import EDTF, SAYSO, VOCABULARIES
from sayso.text.dates import date_iri, days, edtf_of
from sayso.text.document import Document
from sayso.text.graph import TYPE, Node, Term, name

_DATED = (name(SAYSO.saidOn), name(SAYSO.eventDate))
_EDTF = name(SAYSO.edtf)
_PERIOD = name(SAYSO.Period)
_BOUNDS = (name(SAYSO.earliest), name(SAYSO.latest))


def mint_dates(document: Document) -> list[SaysoError]:
    """Turn every date into a Period under the IRI of its EDTF; return what is no date."""
    errors: list[SaysoError] = []
    for subject, predicate, term in list(document.graph):
        if predicate in _DATED and not isinstance(term, ox.NamedNode):
            errors += _replace(document, subject, predicate, term)
    for node in _dates(document):
        try:
            _describe(document, node)
        except ValueError as error:
            date = _written(document, node)
            line = document.line_of_use(node, date)
            errors.append(NotADate(path=document.path, line=line, date=date, reason=error))
    return errors


def _replace(
    document: Document, subject: Node, predicate: ox.NamedNode, term: Term
) -> list[SaysoError]:
    graph = document.graph
    if isinstance(term, ox.BlankNode):
        written = graph.objects(term, _EDTF)
        if len(written) != 1:
            facts = {"line": document.line_of(subject), "date": "[ … ]"}
            return [NotADate(path=document.path, **facts, reason="it needs one sayso:edtf")]
        graph.drop(term)
        date = written[0].value
    else:
        date = term.value
    graph.discard(subject, predicate, term)
    graph.add(subject, predicate, ox.NamedNode(date_iri(date, document.base)))
    return []


def _dates(document: Document) -> list[ox.NamedNode]:
    """List the dates that something refers to, and those that are described."""
    space = document.base + "date/"
    nodes = [*document.graph.referred(), *document.graph.typed(str(SAYSO.Period))]
    found = {
        node for node in nodes if isinstance(node, ox.NamedNode) and node.value.startswith(space)
    }
    return sorted(found, key=lambda node: node.value)


def _written(document: Document, node: ox.NamedNode) -> str:
    return edtf_of(node.value, document.base)


def _describe(document: Document, node: ox.NamedNode) -> None:
    graph, date = document.graph, _written(document, node)
    allowed = days(date)
    graph.add(node, TYPE, _PERIOD)
    graph.let(node, _EDTF, ox.Literal(date, datatype=name(EDTF.EDTF)))
    for bound, day in zip(_BOUNDS, (allowed.earliest, allowed.latest), strict=True):
        graph.drop(node, bound)
        if day:
            graph.let(node, bound, ox.Literal(day, datatype=name(VOCABULARIES["xsd"] + "date")))
