"""Describe claims to search engines in schema.org's words, as what somebody says and no more.

A claim is the text of its paraphrase, which names who says so, with its author. Only a claim
that takes a position on another one is a review of it; no rating is given, for a rating would be
a verdict of ours.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from sayso.analysis.model import Claim, Named, Relation
from sayso.terms import SCHEMA
from sayso.web.facts import Facts

Node = dict[str, Any]

_CONTEXT = "https://schema.org"
_REVIEWS = {"supports", "contradicts", "qualifies"}
_AGENTS = ("Person", "Organization", "GovernmentOrganization", "NewsMediaOrganization")


def claim_and_review(facts: Facts, claim: Claim, relations: Iterable[Relation]) -> Node:
    """Describe a claim, and for each claim that it takes a position on a review of that."""
    reviewed = [one.other for one in relations if one.outward and one.kind in _REVIEWS]
    reviews = [_review(facts, claim, other) for other in reviewed if other.paraphrase]
    return {"@context": _CONTEXT, "@graph": [_claim(facts, claim), *reviews]}


def record(facts: Facts, iri: str, title: str, claims: Iterable[str]) -> Node:
    """Describe a record: a work based on an article, whose parts are claims."""
    return {
        "@context": _CONTEXT,
        "@type": "CreativeWork",
        "@id": iri,
        "name": title,
        "license": facts.licence(iri),
        "isBasedOn": [{"@id": work} for work in facts.iris(iri, "dcterms:source")],
        "hasPart": [{"@type": "Claim", "@id": claim} for claim in claims],
    }


def data_set(facts: Facts, version: str, files: Iterable[Mapping[str, Any]]) -> Node:
    """Describe the data set with its files, as search engines of data sets read it."""
    iri = facts.claims.base + "dataset"
    return {
        "@context": _CONTEXT,
        "@type": "Dataset",
        "@id": iri,
        "name": facts.label(iri),
        "description": facts.value(iri, "dcterms:description"),
        "license": facts.licence(iri),
        "version": version,
        "dateModified": facts.value(iri, "dcterms:modified") or facts.value(iri, "dcterms:issued"),
        "distribution": [{"@type": "DataDownload", **file} for file in files],
    }


def _claim(facts: Facts, claim: Claim) -> Node:
    node: Node = {
        "@type": "Claim",
        "@id": claim.iri,
        "text": claim.paraphrase or f"{claim.claimant.label} {claim.act.label}",
        "author": _author(facts, claim.claimant),
        "license": facts.licence(claim.iri),
    }
    if claim.said_in:
        node["appearance"] = {
            "@type": "CreativeWork",
            "@id": claim.said_in.iri,
            "name": claim.said_in.label,
        }
    if claim.record:
        node["isPartOf"] = {
            "@type": "CreativeWork",
            "@id": claim.record.iri,
            "name": claim.record.label,
        }
    relayed = facts.iris(claim.iri, "sayso:relays")
    if relayed:
        node["isBasedOn"] = [{"@type": "Claim", "@id": other} for other in relayed]
    return {key: value for key, value in node.items() if value}


def _review(facts: Facts, claim: Claim, other: Claim) -> Node:
    return {
        "@type": "ClaimReview",
        "author": _author(facts, claim.claimant),
        "claimReviewed": other.paraphrase,
        "itemReviewed": _claim(facts, other),
        "reviewBody": claim.paraphrase,
    }


def _author(facts: Facts, who: Named) -> Node:
    kinds = {kind.removeprefix(str(SCHEMA)) for kind in facts.iris(who.iri, "rdf:type")}
    kind = next((known for known in _AGENTS if known in kinds), "Thing")
    return {"@type": kind, "@id": who.iri, "name": who.label}
