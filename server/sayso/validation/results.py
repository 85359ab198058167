"""Read a validation report as results, whichever engine wrote it (SHACL, section 3.6)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import pyoxigraph as ox

from sayso.vocabularies import VOCABULARIES

if TYPE_CHECKING:
    from rdflib import Graph

Term = ox.NamedNode | ox.BlankNode | ox.Literal
_SH, _RDF = VOCABULARIES["sh"], VOCABULARIES["rdf"]


@dataclass(frozen=True)
class Result:
    """One result of SHACL: what is at fault, by which path and value, and which shape says so."""

    focus: Term
    path: Term | None
    value: Term | None
    shape: Term | None
    component: str
    severity: str
    messages: tuple[ox.Literal, ...]

    @property
    def sentence(self) -> str:
        """The message in English, or the first in any language."""
        english = [each.value for each in self.messages if each.language == "en"]
        every = english or [each.value for each in self.messages]
        return min(every, default="This breaks a rule that has no sentence.")


@dataclass(frozen=True)
class Report:
    """The W3C validation report, as its triples."""

    triples: tuple[ox.Triple, ...]

    @classmethod
    def of_graph(cls, graph: "Graph") -> "Report":
        """Take over a report that rdflib holds."""
        lines = graph.serialize(format="nt")
        return cls.of_quads(ox.parse(lines, format=ox.RdfFormat.N_TRIPLES))

    @classmethod
    def of_quads(cls, quads: Iterable[ox.Quad]) -> "Report":
        """Take over a report that was parsed."""
        return cls(tuple(quad.triple for quad in quads))

    @classmethod
    def of_results(cls, nodes: Sequence[Term], triples: Iterable[ox.Triple]) -> "Report":
        """Put a report together, of the nodes of its results and what is said of these."""
        root = ox.BlankNode()
        heading = (
            ox.Triple(root, ox.NamedNode(_RDF + "type"), ox.NamedNode(_SH + "ValidationReport")),
            ox.Triple(root, ox.NamedNode(_SH + "conforms"), ox.Literal(not nodes)),
        )
        told = (ox.Triple(root, ox.NamedNode(_SH + "result"), node) for node in nodes)
        return cls((*heading, *told, *triples))

    @classmethod
    def joined(cls, reports: Iterable["Report"]) -> "Report":
        """Make one report of several."""
        every = list(reports)
        nodes = [node for each in every for node, _ in each.nodes]
        return cls.of_results(nodes, (t for each in every for t in each._said_of_results()))

    def only(self, results: Iterable["Result"]) -> "Report":
        """Return a report of some of its results."""
        chosen = {id(each) for each in results}
        nodes = [node for node, result in self.nodes if id(result) in chosen]
        if len(nodes) == len(self.nodes):
            return self
        return self.of_results(nodes, self._said_of(nodes))

    def _said_of_results(self) -> Iterator[ox.Triple]:
        return self._said_of([node for node, _ in self.nodes])

    def _said_of(self, nodes: Iterable[Term]) -> Iterator[ox.Triple]:
        """Yield what is said of nodes, and of the blank ones among what is said."""
        about: dict[object, list[ox.Triple]] = {}
        for triple in self.triples:
            about.setdefault(triple.subject, []).append(triple)
        waiting = list(nodes)
        while waiting:
            for triple in about.pop(waiting.pop(), ()):
                yield triple
                if isinstance(triple.object, ox.BlankNode):
                    waiting.append(triple.object)

    @property
    def results(self) -> list[Result]:
        """The results, in no order."""
        return [result for _, result in self.nodes]

    @cached_property
    def nodes(self) -> list[tuple[Term, Result]]:
        """The results with the nodes that they are in the report, in no order."""
        about: dict[object, dict[str, list[Term]]] = {}
        for triple in self.triples:
            said = about.setdefault(triple.subject, {})
            said.setdefault(triple.predicate.value, []).append(_term(triple.object))
        told = [_term(t.object) for t in self.triples if t.predicate.value == _SH + "result"]
        return [(node, _result(about[node])) for node in told]

    @property
    def has_blank_nodes(self) -> bool:
        """Whether a focus node or a value is blank."""
        return any(isinstance(n, ox.BlankNode) for r in self.results for n in (r.focus, r.value))

    @cached_property
    def graph(self) -> "Graph":
        """The report for rdflib."""
        from rdflib import SH, Graph  # noqa: PLC0415 - takes longer than a whole check

        text = ox.serialize(self.triples, format=ox.RdfFormat.N_TRIPLES) or b""
        graph = Graph().parse(data=text, format="nt")
        graph.bind("sh", SH)
        return graph


def _result(said: dict[str, list[Term]]) -> Result:
    def one(name: str) -> Term | None:
        return next(iter(said.get(_SH + name, ())), None)

    focus = one("focusNode")
    if focus is None:
        raise ValueError("a result of SHACL has a focus node (section 3.6.2.1)")
    return Result(
        focus,
        one("resultPath"),
        one("value"),
        one("sourceShape"),
        _iri(one("sourceConstraintComponent")),
        _iri(one("resultSeverity")),
        tuple(_literals(said.get(_SH + "resultMessage", ()))),
    )


def _literals(terms: Iterable[Term]) -> Iterator[ox.Literal]:
    for term in terms:
        if isinstance(term, ox.Literal):
            yield term


def _iri(term: Term | None) -> str:
    return term.value if isinstance(term, ox.NamedNode) else ""


def _term(term: object) -> Term:
    if isinstance(term, ox.NamedNode | ox.BlankNode | ox.Literal):
        return term
    raise TypeError(f"{term} is no node and no literal")
