"""Read a validation report as results, whichever engine wrote it (SHACL, section 3.6)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import pyoxigraph as ox

from sayso.vocabularies import VOCABULARIES

if TYPE_CHECKING:
    from rdflib import Graph

Term = ox.NamedNode | ox.BlankNode | ox.Literal
_SH = VOCABULARIES["sh"]


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

    @cached_property
    def results(self) -> list[Result]:
        """The results, in no order."""
        about: dict[object, dict[str, list[Term]]] = {}
        for triple in self.triples:
            said = about.setdefault(triple.subject, {})
            said.setdefault(triple.predicate.value, []).append(_term(triple.object))
        told = [t.object for t in self.triples if t.predicate.value == _SH + "result"]
        return [_result(about[node]) for node in told]

    @property
    def has_blank_nodes(self) -> bool:
        """Whether a focus node or a value is blank."""
        return any(isinstance(n, ox.BlankNode) for r in self.results for n in (r.focus, r.value))

    @property
    def conforms(self) -> bool:
        """Whether SHACL found nothing at all, not even a warning."""
        return not self.results

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
