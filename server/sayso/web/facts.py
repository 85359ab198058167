"""Look up single facts in the union of the graph, for pages and descriptions."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

import pyoxigraph as ox

from sayso.analysis.reading import natural
from sayso.analysis.telling import in_words
from sayso.store import ClaimStore
from sayso.store.queries import rows
from sayso.vocabularies import VOCABULARIES
from sayso.web.addresses import Addresses

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
_UNION = ox.DefaultGraph()
_PARTS = (
    "sayso:subject",
    "sayso:predicate",
    "sayso:object",
    "sayso:eventDate",
    "schema:contentLocation",
)
_DOCUMENTS = """
SELECT DISTINCT ?s {
  ?s ?p ?o FILTER(isIRI(?s) && !CONTAINS(STR(?s), "#"))
  FILTER NOT EXISTS { ?s a sayso:Statement } FILTER NOT EXISTS { ?s a sayso:Sourcing }
} ORDER BY ?s
"""
_LABELS = ("skos:prefLabel", "rdfs:label", "dcterms:title", "sayso:paraphrase")


@dataclass(frozen=True)
class Link:
    """What a page shows of a thing: its words, and its address where it has one."""

    text: str
    href: str | None = None
    iri: str = ""
    outside: bool = False


@dataclass(frozen=True)
class Facts:
    """Look up a loaded graph by subject, predicate and object."""

    claims: ClaimStore
    addresses: Addresses = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "addresses", Addresses(self.claims.base))

    def values(self, subject: str, predicate: str) -> list[Term]:
        """List the objects of a subject and a predicate (``prefix:name`` or IRI), sorted."""
        pattern = ox.NamedNode(subject), named(predicate), None, _UNION
        found = [quad.object for quad in self.claims.default.quads_for_pattern(*pattern)]
        return sorted(found, key=str)

    def value(self, subject: str, predicate: str) -> str | None:
        """Return the first object as a string."""
        return next((text(term) for term in self.values(subject, predicate)), None)

    def iris(self, subject: str, predicate: str) -> list[str]:
        """List the objects that are IRIs."""
        found = self.values(subject, predicate)
        return [term.value for term in found if isinstance(term, ox.NamedNode)]

    def subjects(self, predicate: str, value: str) -> list[str]:
        """List the subjects that point to an IRI, sorted so that #c2 comes before #c10."""
        pattern = None, named(predicate), ox.NamedNode(value), _UNION
        found = {quad.subject for quad in self.claims.default.quads_for_pattern(*pattern)}
        return sorted((s.value for s in found if isinstance(s, ox.NamedNode)), key=natural)

    def facts(self, subject: str) -> Iterator[tuple[str, Term]]:
        """Yield each predicate and object of a subject, once."""
        pattern = ox.NamedNode(subject), None, None, _UNION
        for quad in self.claims.default.quads_for_pattern(*pattern):
            yield quad.predicate.value, quad.object

    def pointing(self, iri: str) -> Iterator[tuple[str, str]]:
        """Yield each predicate and subject that point to an IRI, once."""
        pattern = None, None, ox.NamedNode(iri), _UNION
        for quad in self.claims.default.quads_for_pattern(*pattern):
            if isinstance(quad.subject, ox.NamedNode):
                yield quad.predicate.value, quad.subject.value

    def has_page(self, iri: str) -> bool:
        """Say whether an IRI without a hash occurs: as subject, object, graph or document."""
        try:
            node = ox.NamedNode(iri)
        except ValueError:
            return False
        store = self.claims.default
        return (
            self.claims.engine.contains_named_graph(node)
            or any(True for _ in store.quads_for_pattern(node, None, None, _UNION))
            or any(True for _ in store.quads_for_pattern(None, None, node, _UNION))
        )

    @cached_property
    def documents(self) -> list[str]:
        """The IRIs here without a hash of which the graph says something, but for statements.

        The name of a statement would read as a fact where only names are listed.
        """
        found = rows(self.claims, _DOCUMENTS)
        return [iri for row in found if self.addresses.local(iri := row["s"].value)]

    def retired(self, iri: str) -> bool:
        """Say whether an IRI was taken out of use."""
        return self.value(iri, "owl:deprecated") == "true"

    def licence(self, iri: str) -> str | None:
        """Return the licence of an IRI: its own, its record's, or that of all."""
        owners = (iri, *self.iris(iri, "dcterms:isPartOf"), self.claims.base + "dataset")
        return next(filter(None, (self.value(one, "dcterms:license") for one in owners)), None)

    def is_a(self, subject: str, kind: str) -> bool:
        """Say whether a subject is of a class."""
        quad = ox.Quad(ox.NamedNode(subject), named("rdf:type"), named(kind), _UNION)
        return quad in self.claims.default

    def label(self, iri: str) -> str:
        """Return the words for an IRI: its label, title or paraphrase, else what it is made of.

        A statement is called one, since its parts alone would read as a fact.
        """
        for predicate in _LABELS:
            found = self.value(iri, predicate)
            if found:
                return found
        if self.is_a(iri, "sayso:Statement"):
            return "statement, held by nobody here: " + " · ".join(self.parts(iri))
        edtf = self.value(iri, "sayso:edtf")
        return in_words(edtf) if edtf else self.addresses.name(iri)

    def parts(self, statement: str) -> list[str]:
        """Name the subject, predicate, object, date and place of a statement, side by side."""
        terms = (term for part in _PARTS for term in self.values(statement, part)[:1])
        return [self.link(term).text for term in terms]

    def link(self, term: str | Term) -> Link:
        """Return the link to a term; a literal has words only."""
        if isinstance(term, ox.Literal):
            return Link(term.value)
        iri = term if isinstance(term, str) else text(term)
        here = self.here(iri)
        return Link(self.label(iri), here or _safe(iri), iri, outside=here is None)

    def here(self, iri: str) -> str | None:
        """Return the path of the page of an IRI: a claim has one of its own."""
        page = self.addresses.claim_page(iri) if "#" in iri else None
        return page if page and self.is_a(iri, "sayso:Claim") else self.addresses.local(iri)


def named(name: str) -> ox.NamedNode:
    """Expand ``prefix:name``; an IRI stays as it is."""
    prefix, _, local = name.partition(":")
    if prefix in VOCABULARIES and not local.startswith("//"):
        return ox.NamedNode(VOCABULARIES[prefix] + local)
    return ox.NamedNode(name)


def text(term: Term) -> str:
    """Return the IRI or the lexical form of a term."""
    return str(term) if isinstance(term, ox.Triple) else term.value


def _safe(iri: str) -> str | None:
    """Link to web pages only: the graph is data, and other schemes could run code."""
    return iri if iri.startswith(("https://", "http://")) else None
