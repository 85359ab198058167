"""Document the ontology: every term with its definition, its examples and its place among them."""

from collections.abc import Iterator
from dataclasses import dataclass

from sayso.analysis.reading import natural
from sayso.web.facts import Facts, Link

_KINDS = (
    ("owl:Class", "Classes"),
    ("owl:ObjectProperty", "Properties that lead to a node"),
    ("owl:DatatypeProperty", "Properties that have a value"),
    ("owl:AnnotationProperty", "Annotations"),
    ("rdf:Property", "Other properties"),
)
_RELATED = {
    "rdfs:subClassOf": "kind of",
    "rdfs:subPropertyOf": "implies",
    "schema:domainIncludes": "used of",
    "rdfs:domain": "entails of its subject",
    "schema:rangeIncludes": "has as value",
    "rdfs:range": "entails of its value",
    "owl:inverseOf": "inverse of",
    "dcterms:isReplacedBy": "replaced by",
    "skos:closeMatch": "close to",
    "skos:broadMatch": "narrower than",
    "skos:relatedMatch": "related to",
    "rdfs:seeAlso": "see also",
}
_NARROWER = {"rdfs:subClassOf": "kinds of it", "rdfs:subPropertyOf": "implied by"}


@dataclass(frozen=True)
class Word:
    """A term as its documentation shows it."""

    iri: str
    name: str
    label: str
    definitions: list[str]
    examples: list[str]
    notes: list[str]
    related: list[tuple[str, list[Link]]]
    retired: bool


def documented(facts: Facts, ontology: str) -> list[tuple[str, list[Word]]]:
    """List the terms that an ontology defines, by kind, each once, in the order of their names."""
    start = ontology + "#"
    defined = [one for one in facts.subjects("rdfs:isDefinedBy", ontology) if one.startswith(start)]
    waiting = dict.fromkeys(sorted(defined, key=natural))
    found = []
    for kind, title in _KINDS:
        words = [_word(facts, iri) for iri in waiting if facts.is_a(iri, kind)]
        for word in words:
            del waiting[word.iri]
        found.append((title, words))
    found.append(("Other terms", [_word(facts, iri) for iri in waiting]))
    return [(title, words) for title, words in found if words]


def _word(facts: Facts, iri: str) -> Word:
    return Word(
        iri=iri,
        name=iri.rpartition("#")[2],
        label=facts.label(iri),
        definitions=_texts(facts, iri, "skos:definition"),
        examples=_texts(facts, iri, "skos:example"),
        notes=_texts(facts, iri, "skos:note") + _texts(facts, iri, "skos:scopeNote"),
        related=[*_related(facts, iri)],
        retired=facts.retired(iri),
    )


def _related(facts: Facts, iri: str) -> Iterator[tuple[str, list[Link]]]:
    for predicate, words in _RELATED.items():
        others = facts.iris(iri, predicate)
        if others:
            yield words, [facts.link(other) for other in others]
    for predicate, words in _NARROWER.items():
        others = facts.subjects(predicate, iri)
        if others:
            yield words, [facts.link(other) for other in others]


def _texts(facts: Facts, iri: str, predicate: str) -> list[str]:
    return [term.value for term in facts.values(iri, predicate) if hasattr(term, "value")]
