"""Read of a graph what its index is made of: values by predicate, and names."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

import pyoxigraph as ox

from sayso.analysis.telling import in_words
from sayso.store import ClaimStore
from sayso.web.facts import named

_UNION = ox.DefaultGraph()
_LABELS = ("skos:prefLabel", "rdfs:label", "dcterms:title")
_NAMES = (*_LABELS, "skos:altLabel", "skos:definition")
Column = dict[str, str]


@dataclass
class Columns:
    """The union of a graph, each predicate of it read once, when it is first asked for."""

    claims: ClaimStore
    _read: dict[str, Column] = field(default_factory=dict)

    def of(self, predicate: str) -> Column:
        """Return the first value of a predicate (``prefix:name``) for each subject."""
        if predicate not in self._read:
            found: Column = {}
            for subject, value in self.pairs(predicate):
                if value < found.get(subject, "\uffff"):
                    found[subject] = value
            self._read[predicate] = found
        return self._read[predicate]

    def value(self, iri: str | None, predicate: str) -> str | None:
        """Return the first value of a predicate for one subject, if there is one."""
        return self.of(predicate).get(iri) if iri else None

    def pairs(self, predicate: str) -> Iterator[tuple[str, str]]:
        """Yield the subjects of a predicate, each with each of its values."""
        for quad in self._quads(predicate):
            if isinstance(quad.subject, ox.NamedNode) and not isinstance(quad.object, ox.Triple):
                yield quad.subject.value, quad.object.value

    def of_class(self, name: str) -> Iterator[str]:
        """Yield all that is of a class (``prefix:name``)."""
        for quad in self._quads("rdf:type", name):
            if isinstance(quad.subject, ox.NamedNode):
                yield quad.subject.value

    def _quads(self, predicate: str, value: str | None = None) -> Iterator[ox.Quad]:
        pattern = None, named(predicate), named(value) if value else None, _UNION
        return self.claims.default.quads_for_pattern(*pattern)

    def names(self, iri: str | None) -> str:
        """Join the names of a thing, and what a predicate means."""
        return " ".join(self._all_names.get(iri or "", ()))

    @cached_property
    def _all_names(self) -> dict[str, list[str]]:
        predicates = {*self.of("sayso:predicate").values()}
        found: dict[str, list[str]] = defaultdict(list)
        for name in _NAMES:
            for subject, value in self.pairs(name):
                if name != "skos:definition" or subject in predicates:
                    found[subject].append(value)
        return found

    def label(self, iri: str) -> str:
        """Return what a thing is called: a period in words, and where nothing else is, its path."""
        for name in _LABELS:
            if iri in self.of(name):
                return self.of(name)[iri]
        edtf = self.value(iri, "sayso:edtf")
        return in_words(edtf) if edtf else iri.rpartition("/")[2]
