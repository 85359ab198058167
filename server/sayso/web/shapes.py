"""Answer `/shape/<code>`: each rule that a graph is checked against, as sentence and as RDF.

The rules are no part of a graph. Here are those that come with sayso; a folder's own have IRIs
of its own.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import pyoxigraph as ox
from flask import Blueprint, Response, render_template
from werkzeug.wrappers import Response as BaseResponse

from sayso import __version__
from sayso.endpoint.negotiation import Form
from sayso.endpoint.tags import digest
from sayso.errors import UnknownIri
from sayso.paths import DataFolder
from sayso.store.export import export_quads
from sayso.store.files import read_text
from sayso.store.formats import JSON_LD, TURTLE, GraphFormat
from sayso.store.jsonld import compacted
from sayso.vocabularies import BASE, VOCABULARIES
from sayso.web.forms import Offered, asked, content_type, of_suffix
from sayso.web.sending import tagged
from sayso.web.site import Site, alternates

_SHAPE = BASE + "shape"
_PREFIXES = VOCABULARIES | {"shape": _SHAPE + "/", "sh": "http://www.w3.org/ns/shacl#"}
_MESSAGE = ox.NamedNode(_PREFIXES["sh"] + "message")
_SEVERITY = ox.NamedNode(_PREFIXES["sh"] + "severity")


@dataclass(frozen=True)
class Rule:
    """A shape with a code, and what the check says where it is broken."""

    code: str
    sentence: str
    severity: str


class Rules:
    """The shapes that come with sayso, read when they are first asked for."""

    @cached_property
    def texts(self) -> list[str]:
        """Read the files."""
        return [read_text(path) for path in DataFolder().shapes()]

    @cached_property
    def version(self) -> str:
        """The hash of the files."""
        return digest(self.texts)

    @cached_property
    def store(self) -> ox.Store:
        """Load the files."""
        store = ox.Store()
        for text in self.texts:
            store.bulk_load(text.encode(), format=ox.RdfFormat.TURTLE, base_iri=_SHAPE)
        return store

    @cached_property
    def all(self) -> list[Rule]:
        """Every shape that says something, by code."""
        found = self.store.quads_for_pattern(None, _MESSAGE, None)
        return sorted((self._rule(iri) for iri in {*self._named(found)}), key=lambda one: one.code)

    def described(self, iri: str) -> list[ox.Quad]:
        """List the triples of a shape, with all that has no name within; of all, without one."""
        if iri == _SHAPE:
            return list(self.store)
        found, waiting = [], [ox.NamedNode(iri)]
        while waiting:
            node: ox.NamedNode | ox.BlankNode = waiting.pop()
            own = list(self.store.quads_for_pattern(node, None, None))
            found += own
            waiting += [q.object for q in own if isinstance(q.object, ox.BlankNode)]  # type: ignore[misc]
        return sorted(found, key=str)

    def _named(self, quads: Iterable[ox.Quad]) -> Iterator[str]:
        """Yield the IRIs of the shapes that quads, or nameless nodes in the shapes, tell of."""
        for quad in quads:
            if isinstance(quad.subject, ox.NamedNode):
                yield quad.subject.value
            elif isinstance(quad.subject, ox.BlankNode):
                yield from self._named(self.store.quads_for_pattern(None, None, quad.subject))

    def _rule(self, iri: str) -> Rule:
        quads = self.described(iri)
        message = next((q.object.value for q in quads if q.predicate == _MESSAGE), "")  # type: ignore[union-attr]
        severity = next((q.object.value for q in quads if q.predicate == _SEVERITY), "")  # type: ignore[union-attr]
        kind = "warning" if severity.endswith("Warning") else "error"
        return Rule(iri.removeprefix(_SHAPE + "/"), message, kind)


def shapes(_: Site) -> Blueprint:
    """Make the routes of the rules."""
    blueprint = Blueprint("shapes", __name__)
    rules = Rules()

    @blueprint.get("/shape")
    @blueprint.get("/shape.<any(html, ttl, nt, jsonld, rdf, trig, nq):suffix>", endpoint="listed")
    @blueprint.get("/shape/<code>", endpoint="one")
    def answer(code: str = "", suffix: str = "") -> BaseResponse:
        name, form = _named_form(code) if code else ("", of_suffix(suffix))
        iri = f"{_SHAPE}/{name}" if name else _SHAPE
        quads = rules.described(iri)
        if not quads:
            raise UnknownIri(iri=iri)
        chosen = form or asked()
        body = _page(rules, name, quads) if isinstance(chosen, Form) else _data(quads, chosen)
        response = Response(body, content_type=content_type(chosen))
        response.headers["Access-Control-Allow-Origin"] = "*"
        if form is None:
            response.vary.add("Accept")
        return tagged(response, digest((__version__, rules.version)), chosen.suffix)

    return blueprint


def _named_form(code: str) -> tuple[str, Offered | None]:
    name, _, suffix = code.rpartition(".")
    return (name, of_suffix(suffix)) if name and of_suffix(suffix) else (code, None)


def _page(rules: Rules, code: str, quads: list[ox.Quad]) -> bytes:
    return render_template(
        "shape.html",
        rule=next((rule for rule in rules.all if rule.code == code), None),
        code=code,
        rules=[] if code else rules.all,
        turtle=_data(quads, TURTLE).decode() if code else "",
        iri=f"{_SHAPE}/{code}" if code else _SHAPE,
        alternates=alternates(f"/shape/{code}" if code else "/shape"),
    ).encode()


def _data(quads: list[ox.Quad], form: GraphFormat) -> bytes:
    return compacted(quads) if form is JSON_LD else export_quads(quads, form, _PREFIXES)
