"""The words hold together: each is described, in one order, and entails nothing but PROV-O."""

import json
from collections.abc import Iterator
from functools import cache
from itertools import groupby, pairwise
from pathlib import Path

import pyoxigraph as ox
import pytest
from pyld import jsonld
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, VANN

import sayso
from sayso.paths import HOME, DataFolder
from sayso.terms import BASE, SAYSO, SCHEMA, VOCABULARIES

ONTOLOGY = URIRef(BASE + "ns")
FILES = {path.name: path for path in DataFolder().ontology()}

ORDER = (
    RDF.type,
    RDFS.subClassOf,
    RDFS.subPropertyOf,
    RDFS.range,
    RDFS.label,
    SKOS.definition,
    SKOS.example,
    SKOS.note,
    SCHEMA.domainIncludes,
    SCHEMA.rangeIncludes,
    RDFS.isDefinedBy,
)


def quads(name: str) -> list[ox.Quad]:
    """Read one file of the ontology, its triples in the order of the file."""
    return list(ox.parse(path=FILES[name], format=ox.RdfFormat.TURTLE))


@cache
def graph(*names: str) -> Graph:
    """Read some of the files, or all."""
    found = Graph()
    for name in names or FILES:
        found += Graph().parse(FILES[name])
    return found


def terms() -> list[str]:
    declared = [str(term) for term in graph("sayso.ttl").subjects(RDF.type)]
    return sorted({term for term in declared if term.startswith(str(SAYSO))})


def concepts() -> list[str]:
    return sorted({str(s) for s in graph("codes.ttl").subjects(RDF.type, SKOS.Concept)})


def predicates() -> list[str]:
    return sorted({str(s) for s in graph().subjects(RDF.type, SAYSO.Predicate)})


def described(words: Graph, term: str, *properties: URIRef) -> Iterator[str]:
    """Name each property of which the term has no one English value."""
    for p in properties:
        values = list(words.objects(URIRef(term), p))
        good = [v for v in values if isinstance(v, Literal) and v.strip() and v.language == "en"]
        if not len(good) == len(values) == 1:
            yield str(p)


def test_the_files_of_the_ontology_are_these() -> None:
    assert set(FILES) == {"alignments.ttl", "codes.ttl", "predicates.ttl", "sayso.ttl"}


def test_the_code_knows_the_terms_of_the_ontology_and_no_others() -> None:
    known = {str(SAYSO[name]) for name in SAYSO.__annotations__ if not name.startswith("_")}
    assert known == set(terms())


@pytest.mark.parametrize("term", terms())
def test_each_term_has_label_definition_example_and_ontology(term: str) -> None:
    words = graph("sayso.ttl")
    assert not list(described(words, term, RDFS.label, SKOS.definition, SKOS.example))
    assert list(words.objects(URIRef(term), RDFS.isDefinedBy)) == [ONTOLOGY]


def test_each_term_is_described_in_one_place_and_in_one_order() -> None:
    blocks = [(s, list(block)) for s, block in groupby(quads("sayso.ttl"), lambda q: q.subject)]
    subjects = [s for s, _ in blocks]
    assert len(subjects) == len(set(subjects)) == len(terms()) + 1
    for subject, block in blocks:
        if str(subject).startswith(f"<{SAYSO}"):
            places = [ORDER.index(URIRef(quad.predicate.value)) for quad in block]
            assert all(a <= b for a, b in pairwise(places)), subject


def test_what_the_ontology_is_is_said_in_full() -> None:
    words = graph("sayso.ttl")
    expected = {
        DCTERMS.license: URIRef("https://creativecommons.org/licenses/by/4.0/"),
        DCTERMS.creator: URIRef(BASE + "id/org/sayso"),
        OWL.versionIRI: URIRef(f"{BASE}ns/{sayso.__version__}"),
        OWL.versionInfo: Literal(sayso.__version__),
        VANN.preferredNamespacePrefix: Literal("sayso"),
        VANN.preferredNamespaceUri: Literal(str(SAYSO)),
    }
    assert (ONTOLOGY, RDF.type, OWL.Ontology) in words
    assert {p: words.value(ONTOLOGY, p, any=False) for p in expected} == expected
    assert not list(
        described(
            words, str(ONTOLOGY), DCTERMS.title, DCTERMS.description, DCTERMS.bibliographicCitation
        )
    )
    days = [words.value(ONTOLOGY, p, any=False) for p in (DCTERMS.created, DCTERMS.modified)]
    assert all(isinstance(day, Literal) and str(day.datatype).endswith("#date") for day in days)
    assert sayso.__version__ in str(words.value(ONTOLOGY, DCTERMS.bibliographicCitation))


@pytest.mark.parametrize("concept", concepts())
def test_each_code_is_described_and_in_one_scheme(concept: str) -> None:
    words = graph("codes.ttl")
    assert not list(described(words, concept, SKOS.prefLabel, SKOS.definition, SKOS.example))
    [scheme] = words.objects(URIRef(concept), SKOS.inScheme)
    assert (scheme, RDF.type, SKOS.ConceptScheme) in words
    assert (URIRef(concept), SKOS.topConceptOf, scheme) in words
    assert concept.startswith(f"{scheme}/")


def test_each_scheme_is_a_code_list_of_the_collection_and_has_codes() -> None:
    words = graph("codes.ttl")
    schemes = set(words.subjects(RDF.type, SKOS.ConceptScheme))
    assert schemes == set(words.objects(URIRef(BASE + "code"), SKOS.member))
    assert schemes == set(words.objects(None, SKOS.inScheme))


def test_each_speech_act_has_one_stance_but_for_the_mere_report() -> None:
    words = graph("codes.ttl")
    acts = set(words.subjects(RDF.type, SAYSO.SpeechAct))
    without = {act for act in acts if not list(words.objects(act, SAYSO.stance))}
    assert without == {URIRef(BASE + "code/act/reports")}
    for act in acts - without:
        [stance] = words.objects(act, SAYSO.stance)
        assert (stance, SKOS.inScheme, URIRef(BASE + "code/stance")) in words


@pytest.mark.parametrize("predicate", predicates())
def test_each_predicate_is_described(predicate: str) -> None:
    words = graph()
    assert predicate.startswith(BASE + "predicate/")
    assert not list(described(words, predicate, RDFS.label, SKOS.definition, SKOS.example))
    assert len(list(words.objects(URIRef(predicate), SAYSO.singleValued))) == 1
    assert list(words.objects(URIRef(predicate), RDFS.isDefinedBy)) == [ONTOLOGY]


def test_alignments_are_hints_about_terms_that_exist() -> None:
    alignments = graph("alignments.ttl")
    relations = {p for p in alignments.predicates() if p != SKOS.note}
    assert relations
    assert relations <= {SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch}
    assert {str(s) for s in alignments.subjects()} <= {*terms(), *concepts(), *predicates()}
    own = [o for p in relations for o in alignments.objects(None, p) if str(o).startswith(BASE)]
    assert not own


def test_nothing_is_declared_the_same_as_anything() -> None:
    files = DataFolder().files()
    assert files
    for path in files:
        found = ox.parse(path=path, base_iri=BASE)
        assert not [q for q in found if q.predicate.value == str(OWL.sameAs)], path


def test_a_term_entails_nothing_but_prov() -> None:
    """RDFS domains and ranges make facts of what is only said, so hints stand in their place."""
    words = graph()
    assert not list(words.subject_objects(RDFS.domain))
    ranges = set(words.objects(None, RDFS.range))
    above = set(words.objects(None, RDFS.subPropertyOf))
    assert ranges
    assert above
    assert all(str(term).startswith(VOCABULARIES["prov"]) for term in ranges | above)


@pytest.fixture(scope="module")
def context() -> dict[str, object]:
    """Read the JSON-LD context that comes with the ontology."""
    path: Path = HOME / "ontology" / "context.jsonld"
    content = json.loads(path.read_text(encoding="utf-8"))
    assert isinstance(content, dict)
    return content


@pytest.mark.parametrize("term", terms())
def test_the_json_ld_context_has_each_term(term: str, context: dict[str, object]) -> None:
    words = graph("sayso.ttl")
    name = json_name(term, context)
    if (URIRef(term), RDF.type, OWL.Class) in words:
        [found] = jsonld.expand({**context, "@type": name, "@id": "x:1"})
        assert found["@type"] == [term]
    elif (URIRef(term), RDF.type, OWL.ObjectProperty) in words:
        [found] = jsonld.expand({**context, name: "https://wonderland.example/tart"})
        assert found == {term: [{"@id": "https://wonderland.example/tart"}]}
    else:
        [found] = jsonld.expand({**context, name: "tart"})
        assert list(found) == [term]
        assert found[term][0]["@value"] == "tart"


def json_name(term: str, context: dict[str, object]) -> str:
    """Return the term's own name, or where a prefix has that name, the one given instead."""
    own = term.removeprefix(str(SAYSO))
    entries = context["@context"]
    assert isinstance(entries, dict)
    if own in VOCABULARIES and entries.get(own) == VOCABULARIES[own]:
        [own] = [
            n for n, e in entries.items() if isinstance(e, dict) and e.get("@id") == f"sayso:{own}"
        ]
    return own
