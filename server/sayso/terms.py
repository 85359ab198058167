"""Name the vocabularies that the graph is written in."""

from rdflib import Namespace, URIRef
from rdflib.namespace import DefinedNamespace

BASE = "https://w3id.org/sayso/"


class SAYSO(DefinedNamespace):
    """The terms of ``ontology/sayso.ttl``."""

    _NS = Namespace(BASE + "ns#")
    _fail = True

    Claim: URIRef
    ClaimedEvent: URIRef
    Dispute: URIRef
    Drift: URIRef
    Encoding: URIRef
    Period: URIRef
    Predicate: URIRef
    Record: URIRef
    Referent: URIRef
    Sourcing: URIRef
    SpeechAct: URIRef
    Statement: URIRef
    TextSpan: URIRef
    TextVersion: URIRef
    UnnamedSource: URIRef
    Withdrawal: URIRef

    act: URIRef
    basis: URIRef
    carriedIn: URIRef
    certainty: URIRef
    changedFrom: URIRef
    changedTo: URIRef
    charCount: URIRef
    chokepoint: URIRef
    circle: URIRef
    claimant: URIRef
    confidence: URIRef
    contradicts: URIRef
    earliest: URIRef
    edtf: URIRef
    eventDate: URIRef
    evidence: URIRef
    fewestOrigins: URIRef
    latest: URIRef
    mostOrigins: URIRef
    object: URIRef
    omitted: URIRef
    origin: URIRef
    original: URIRef
    paraphrase: URIRef
    predicate: URIRef
    qualifies: URIRef
    relays: URIRef
    restates: URIRef
    retelling: URIRef
    saidIn: URIRef
    saidOn: URIRef
    sentence: URIRef
    side: URIRef
    singleValued: URIRef
    sourcingOf: URIRef
    stance: URIRef
    states: URIRef
    subject: URIRef
    supports: URIRef


OA = Namespace("http://www.w3.org/ns/oa#")
SCHEMA = Namespace("https://schema.org/")
EDTF = Namespace("http://id.loc.gov/datatypes/edtf/")

VOCABULARIES: dict[str, str] = {
    "sayso": BASE + "ns#",
    "act": BASE + "code/act/",
    "basis": BASE + "code/basis/",
    "cert": BASE + "code/certainty/",
    "conf": BASE + "code/confidence/",
    "dispute": BASE + "code/dispute/",
    "drift": BASE + "code/drift/",
    "method": BASE + "code/method/",
    "omission": BASE + "code/omission/",
    "stance": BASE + "code/stance/",
    "textform": BASE + "code/text-form/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "edtf": str(EDTF),
    "foaf": "http://xmlns.com/foaf/0.1/",
    "oa": str(OA),
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": str(SCHEMA),
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "time": "http://www.w3.org/2006/time#",
    "vann": "http://purl.org/vocab/vann/",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def prefixes(base: str = BASE) -> dict[str, str]:
    """Return every prefix by name, with those of the data under the given base IRI."""
    return VOCABULARIES | {
        "date": base + "date/",
        "event": base + "id/event/",
        "group": base + "id/group/",
        "org": base + "id/org/",
        "p": base + "predicate/",
        "person": base + "id/person/",
        "place": base + "id/place/",
        "stmt": base + "statement/",
        "work": base + "id/work/",
    }
