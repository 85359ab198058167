"""Name statements by what they say, so that equal statements of two records are one node."""

import re
from hashlib import sha256
from unicodedata import normalize

import pyoxigraph as ox

from sayso.errors import HalfStatement, SaysoError
from sayso.terms import SAYSO, SCHEMA
from sayso.text.document import Document
from sayso.text.graph import STATES, TYPE, Graph, Node, Term, name

_STATEMENT = name(SAYSO.Statement)
_PARTS = {
    "sayso:subject": name(SAYSO.subject),
    "sayso:predicate": name(SAYSO.predicate),
    "sayso:object": name(SAYSO.object),
    "sayso:eventDate": name(SAYSO.eventDate),
    "schema:contentLocation": name(SCHEMA.contentLocation),
}
_NEEDED = frozenset(("sayso:subject", "sayso:predicate", "sayso:object"))
_LONGEST = 40


def mint_statements(document: Document) -> list[SaysoError]:
    """Give every statement the IRI of its content; return what is wrong with any."""
    graph = document.graph
    errors: list[SaysoError] = []
    names: dict[Node, Node] = {}
    for claim, predicate, statement in list(graph):
        if predicate != STATES or isinstance(statement, ox.Literal) or statement not in graph:
            continue
        found = _faults(document, claim, statement)
        errors += found
        if not found:
            graph.add(statement, TYPE, _STATEMENT)
            names[statement] = statement_iri(graph, statement, document.base)
    document.rename(names)
    return errors


def statement_iri(graph: Graph, statement: Node, base: str) -> ox.NamedNode:
    """Return the IRI of a whole statement: subject, predicate, object and a hash in hexadecimal.

    The hash is the first 8 digits of the SHA-256 of the subject, predicate and object (IRI or
    lexical form), datatype, language, date and place, one a line, in UTF-8.
    """
    subject, predicate, thing, date, place = (
        next(iter(graph.objects(statement, part)), None) for part in _PARTS.values()
    )
    literal = thing if isinstance(thing, ox.Literal) else None
    parts = (
        *(_value(part) for part in (subject, predicate, thing)),
        literal.datatype.value if literal else "",
        (literal.language or "") if literal else "",
        *(_value(part) for part in (date, place)),
    )
    content = sha256("\n".join(parts).encode("utf-8")).hexdigest()[:8]
    readable = "-".join(slug for slug in map(_slug, (subject, predicate, thing)) if slug)
    return ox.NamedNode(f"{base}statement/{readable}-{content}")


def _value(term: Term | None) -> str:
    return "" if term is None else term.value


def _slug(term: Term | None) -> str:
    """Return the readable part that a term gives: the end of an IRI, the start of a literal."""
    literal = isinstance(term, ox.Literal)
    text = _value(term) if literal else re.split(r"[/#]", _value(term))[-1]
    text = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", text) if not literal else text
    plain = normalize("NFKD", text).encode("ascii", "ignore").decode("ascii").lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return slug[:_LONGEST].strip("-") if literal else slug


def _faults(document: Document, claim: Node, statement: Node) -> list[SaysoError]:
    found: list[SaysoError] = []
    for label, part in _PARTS.items():
        count = len(document.graph.objects(statement, part))
        if count > 1 or (count == 0 and label in _NEEDED):
            facts = {"line": document.line_of(claim), "node": document.shown(claim)}
            found.append(HalfStatement(path=document.path, **facts, property=label, count=count))
    return found
