"""Answer `/search`: claims and things by the words in paraphrases and names."""

import re
from typing import Any

import pyoxigraph as ox
from flask import Blueprint, render_template, request

from sayso.analysis.reading import natural
from sayso.store import ClaimStore
from sayso.store.queries import rows
from sayso.web.claims import innermost, taken, words
from sayso.web.site import Site

_CLAIMS = 40  # shown on one page
_READ = 400  # claims with the same number of words, among which those that pass one on leave
_THINGS = 12
_WORDS = 12  # of a long text typed in, those looked for
# Words that stand in every sentence and tell nothing apart.
_EMPTY = frozenset(
    re.findall(
        r"\w+",
        "a an and are as at be by did do does for from had has have how in is it its of on or that"
        " the their they this to was were what when where which who whom whose why with",
    )
)

_FIND = """
SELECT ?claim (MAX(?of_text) AS ?score) WHERE {
  ?claim a sayso:Claim ; sayso:claimant/skos:prefLabel ?who ; sayso:act/skos:prefLabel ?act .
  OPTIONAL { ?claim sayso:paraphrase ?paraphrase }
  OPTIONAL { ?claim sayso:saidIn/skos:prefLabel ?work }
  OPTIONAL { ?claim sayso:saidOn/sayso:edtf ?date }
  OPTIONAL {
    ?claim sayso:states ?statement .
    ?statement sayso:subject/skos:prefLabel ?subject ; sayso:object ?thing ;
               sayso:predicate/(rdfs:label|skos:altLabel|skos:definition) ?predicate .
    OPTIONAL { ?thing skos:prefLabel ?name }
    BIND(CONCAT(?subject, " ", ?predicate, " ", COALESCE(?name, STR(?thing))) AS ?stated)
  }
  BIND(LCASE(CONCAT(?who, " ", ?act, " ", COALESCE(?paraphrase, ""), " ", COALESCE(?work, ""), " ",
       COALESCE(STR(?date), ""), " ", COALESCE(?stated, ""))) AS ?text)
  BIND(%s AS ?of_text)
  FILTER(?of_text > 0)
} GROUP BY ?claim ORDER BY DESC(?score) ?claim LIMIT %d
"""
_NAMED = """
SELECT DISTINCT ?thing WHERE {
  ?thing a sayso:Referent ; skos:prefLabel|skos:altLabel ?name BIND(LCASE(STR(?name)) AS ?text)
  FILTER(%s)
} ORDER BY ?thing LIMIT %d
"""


def search(site: Site) -> Blueprint:
    """Make the route of the search."""
    blueprint = Blueprint("searching", __name__)

    @blueprint.get("/search", endpoint="search")
    def page() -> str:
        typed = request.args.get("words", "").strip()
        return render_template("search.html", typed=typed, **_found(site, typed))

    return blueprint


def _found(site: Site, typed: str) -> dict[str, Any]:
    asked = words(typed)
    asked = ([word for word in asked if word not in _EMPTY] or asked)[:_WORDS]
    if not asked:
        return {"claims": [], "things": [], "more": False, "all": True}
    nearest, score = _nearest(site.claims, asked)
    claims = innermost(site.facts, nearest)
    return {
        "claims": taken(site.facts, claims[:_CLAIMS]),
        "more": len(claims) > _CLAIMS or len(nearest) == _READ,
        "all": score == len(asked),
        "things": [site.facts.link(iri) for iri in _named(site.claims, asked)],
    }


def _nearest(claims: ClaimStore, asked: list[str]) -> tuple[list[str], int]:
    """Find the claims that have most of the words, and how many words those are."""
    score = " + ".join(f"IF(CONTAINS(?text, {_literal(word)}), 1, 0)" for word in asked)
    found = [
        (int(row["score"].value), row["claim"].value)
        for row in rows(claims, _FIND % (score, _READ))
    ]
    best = max((number for number, _ in found), default=0)
    return sorted((claim for number, claim in found if number == best), key=natural), best


def _named(claims: ClaimStore, asked: list[str]) -> list[str]:
    having = " && ".join(f"CONTAINS(?text, {_literal(word)})" for word in asked)
    return [row["thing"].value for row in rows(claims, _NAMED % (having, _THINGS))]


def _literal(word: str) -> str:
    """Write a word as a literal in which nothing ends the literal."""
    return str(ox.Literal(word))
