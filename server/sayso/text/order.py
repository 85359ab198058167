"""Say in which order a tidied file gives its blocks, properties and objects."""

import re
from functools import cache

import pyoxigraph as ox

from sayso.terms import BASE, OA, SAYSO, VOCABULARIES
from sayso.text.graph import (
    END,
    EVIDENCE,
    SENTENCE,
    START,
    TYPE,
    Graph,
    Node,
    Term,
)

_READING_ORDER = (
    "rdf:type",
    "dcterms:isPartOf",
    *("rdfs:subClassOf", "rdfs:subPropertyOf", "owl:inverseOf", "rdfs:domain", "rdfs:range"),
    *("dcterms:title", "dcterms:description", "dcterms:creator", "dcterms:created"),
    *("dcterms:modified", "dcterms:issued", "dcterms:source", "dcterms:license"),
    *("dcterms:bibliographicCitation", "owl:versionIRI", "owl:versionInfo"),
    "prov:wasGeneratedBy",
    *("rdfs:label", "skos:prefLabel", "skos:altLabel", "skos:definition", "skos:example"),
    *("skos:note", "schema:domainIncludes", "schema:rangeIncludes"),
    *("sayso:claimant", "sayso:act", "sayso:certainty", "sayso:basis", "sayso:states"),
    *("sayso:relays", "sayso:paraphrase", "sayso:saidIn", "sayso:saidOn", "sayso:evidence"),
    *("prov:wasInvalidatedBy", "dcterms:isReplacedBy"),
    *("sayso:confidence", "sayso:supports", "sayso:contradicts", "sayso:qualifies"),
    "sayso:restates",
    *("sayso:subject", "sayso:predicate", "sayso:object", "sayso:eventDate"),
    "schema:contentLocation",
    *("sayso:edtf", "sayso:earliest", "sayso:latest"),
    *("dcterms:isVersionOf", "dcterms:conformsTo", "sayso:charCount"),
    *("oa:hasSource", "oa:hasSelector", "oa:start", "oa:end", "schema:sha256"),
    *("sayso:omitted", "sayso:sentence"),
    *("prov:wasAssociatedWith", "prov:startedAtTime", "prov:endedAtTime", "prov:used"),
    *("sayso:stance", "sayso:singleValued", "skos:inScheme", "skos:topConceptOf"),
)
_LAST = ("rdfs:seeAlso", "rdfs:isDefinedBy")
_KINDS = {
    str(SAYSO.Record): 0,
    str(SAYSO.TextVersion): 1,
    str(SAYSO.Encoding): 2,
    str(SAYSO.UnnamedSource): 3,
    str(SAYSO.Claim): 4,
    str(SAYSO.Withdrawal): 4,  # right after its claim, whose name its own begins with
    str(SAYSO.Statement): 5,
    str(SAYSO.Period): 6,
    str(OA.TextPositionSelector): 8,
}
_CLAIMS, _SENTENCES, _REST = 4, 7, 9
Natural = tuple[tuple[int, int, str], ...]


def natural(text: str) -> Natural:
    """Return a sorting key by which c2 comes before c10."""
    parts = re.split(r"([0-9]+)", text)
    return tuple((0, int(part), part) if part.isdecimal() else (1, 0, part) for part in parts)


def property_key(predicate: ox.NamedNode) -> tuple[int, str]:
    """Return the sorting key of a property: the reading order, then the alphabet."""
    return _ranks().get(predicate.value, len(_READING_ORDER)), predicate.value


@cache
def _ranks() -> dict[str, int]:
    first = {_expanded(term): rank for rank, term in enumerate(_READING_ORDER)}
    last = {_expanded(term): 1000 + rank for rank, term in enumerate(_LAST)}
    return first | last


def _expanded(term: str) -> str:
    prefix, _, local = term.partition(":")
    return VOCABULARIES[prefix] + local


def object_key(term: Term, written: str) -> tuple[int, int, Natural, str, str]:
    """Return the sorting key of an object: IRIs as they are written, then literals."""
    if isinstance(term, ox.Literal):
        return 1, 0, natural(term.value), term.language or "", term.datatype.value
    # sayso's own words come before those of other vocabularies that they specialise.
    own = isinstance(term, ox.NamedNode) and term.value.startswith(BASE + "ns#")
    return 0, 0 if own else 1, natural(written), "", ""


def iri_key(node: Term) -> Natural:
    """Return the sorting key of a subject: its IRI in natural order."""
    return natural(node.value)


def record_order(graph: Graph) -> list[Node]:
    """List the subjects of a record in the order in which they are read."""
    sentences = set(_sentences(graph))
    ranked = {node: _rank(graph, node, sentences) for node in graph.subjects()}
    found: list[Node] = []
    for node in sorted(ranked, key=lambda node: (ranked[node], _within(graph, node))):
        spans = graph.objects(node, EVIDENCE) if ranked[node] == _CLAIMS else []
        own = [s for s in spans if not isinstance(s, ox.Literal) and s in graph]
        found += [node, *sorted((s for s in own if s not in sentences), key=iri_key)]
    return list(dict.fromkeys(found))


def _sentences(graph: Graph) -> list[Term]:
    texts = graph.typed(str(SAYSO.TextVersion))
    return [sentence for text in texts for sentence in graph.objects(text, SENTENCE)]


def _rank(graph: Graph, node: Node, sentences: set[Term]) -> int:
    if node in sentences:
        return _SENTENCES
    kinds = (_KINDS.get(str(kind.value), _REST) for kind in graph.objects(node, TYPE))
    return min(kinds, default=_REST)


def _within(graph: Graph, node: Node) -> tuple[int, int, Natural]:
    start, end = _place(graph, node)
    return start, end, natural(node.value)


def _place(graph: Graph, node: Node) -> tuple[int, int]:
    if name_of_kind(graph, node) == str(OA.TextPositionSelector):
        return _number(graph, node, START), _number(graph, node, END)
    return 0, 0


def name_of_kind(graph: Graph, node: Node) -> str:
    """Return the IRI of a node's first class, or an empty string."""
    kinds = graph.objects(node, TYPE)
    return str(kinds[0].value) if kinds else ""


def _number(graph: Graph, node: Node, predicate: ox.NamedNode) -> int:
    found = graph.objects(node, predicate)
    return int(found[0].value) if found and str(found[0].value).isdecimal() else 0
