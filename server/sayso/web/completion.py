"""Complete what somebody types into a query with the graph's own terms."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Self

import pyoxigraph as ox

from sayso.store import ClaimStore
from sayso.store.queries import rows
from sayso.terms import VOCABULARIES

_MOST = 50  # offered at once
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_\-]|\.(?=[A-Za-z0-9_\-]))*")
_TERMS = """
SELECT ?term ?label ?kind {
  { ?term a sayso:Predicate BIND("predicate" AS ?kind) }
  UNION { ?term a rdfs:Class BIND("class" AS ?kind) }
  UNION { ?term a owl:Class BIND("class" AS ?kind) }
  UNION { ?term a rdf:Property BIND("property" AS ?kind) }
  UNION { ?term a owl:ObjectProperty BIND("property" AS ?kind) }
  UNION { ?term a owl:DatatypeProperty BIND("property" AS ?kind) }
  UNION { ?term a skos:Concept BIND("code" AS ?kind) }
  UNION { ?term a sayso:Referent BIND("entity" AS ?kind) }
  UNION { ?term a sayso:Record BIND("record" AS ?kind) }
  FILTER(isIRI(?term))
  OPTIONAL { ?term skos:prefLabel|rdfs:label|dcterms:title ?label }
}
"""
# The most telling first, for a term that is several of them.
_KINDS = ("predicate", "record", "code", "entity", "class", "property")
_REUSED = "SELECT DISTINCT ?property { ?claim a sayso:%s ; ?property ?value }"
_BEARERS = ("Claim", "Statement", "Record", "Period", "TextSpan", "Encoding", "Referent")


@dataclass(frozen=True, order=True)
class Term:
    """A term as a query names it, its label, and what it is."""

    name: str
    label: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Completion:
    """The terms of one loaded graph, found by the beginnings of their names and labels.

    The keys are the words that find a term, each with the term's number, sorted.
    """

    terms: list[Term]
    keys: list[tuple[str, int]]

    @classmethod
    def of(cls, claims: ClaimStore) -> Self:
        """Find all terms of a graph."""
        terms = _terms(claims)
        keys = {(key, number) for number, term in enumerate(terms) for key in _words_of(term)}
        return cls(terms, sorted(keys))

    def matching(self, typed: str) -> list[Term]:
        """List the terms of which a word begins with what is typed, in the order of these words.

        A word is the prefixed name, the label, or a word of either.
        """
        wanted = typed.strip().casefold()
        found = dict.fromkeys(self._beginning(wanted))
        return list(found)[:_MOST]

    def _beginning(self, wanted: str) -> Iterator[Term]:
        if not wanted:
            return
        start = bisect_left(self.keys, (wanted,))
        for key, number in self.keys[start:]:
            if not key.startswith(wanted):
                return
            yield self.terms[number]


def _terms(claims: ClaimStore) -> list[Term]:
    """List all terms: those that are declared or named here, and the properties that are reused."""
    found: dict[str, Term] = {}
    known = {**VOCABULARIES, **claims.prefixes}
    prefixes = sorted(known.items(), key=lambda one: -len(one[1]))
    declared = rows(claims, _TERMS)
    for row in sorted(declared, key=lambda row: _KINDS.index(row["kind"].value)):
        iri = row["term"].value
        label = row["label"].value if "label" in row else ""
        found.setdefault(iri, Term(_name(iri, prefixes), label, row["kind"].value))
    for kind in _BEARERS:
        for row in rows(claims, _REUSED % kind):
            iri = row["property"].value
            found.setdefault(iri, Term(_name(iri, prefixes), "", "property"))
    return sorted(found.values())


def _name(iri: str, prefixes: Iterable[tuple[str, str]]) -> str:
    """Write an IRI with a prefix where what follows it needs no escape, else whole."""
    for prefix, start in prefixes:
        if iri.startswith(start) and _LOCAL.fullmatch(iri.removeprefix(start)):
            return f"{prefix}:{iri.removeprefix(start)}"
    return str(ox.NamedNode(iri))


def _words_of(term: Term) -> Iterator[str]:
    name = term.name.casefold()
    yield name
    yield from re.findall(r"\w[\w\-.]*", name.partition(":")[2])
    yield from re.findall(r"\w+", name.partition(":")[2])
    yield term.label.casefold()
    yield from re.findall(r"\w+", term.label.casefold())
