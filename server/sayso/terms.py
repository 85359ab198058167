"""Name the vocabularies that the graph is written in."""

from rdflib import Namespace, URIRef
from rdflib.namespace import DefinedNamespace

from sayso.vocabularies import BASE, VOCABULARIES, prefixes

__all__ = ["BASE", "EDTF", "OA", "SAYSO", "SCHEMA", "VOCABULARIES", "prefixes"]


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
    leftOut: URIRef
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


OA = Namespace(VOCABULARIES["oa"])
SCHEMA = Namespace(VOCABULARIES["schema"])
EDTF = Namespace(VOCABULARIES["edtf"])
