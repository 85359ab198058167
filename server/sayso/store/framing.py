"""Nest the triples of an IRI as a reader expects them (JSON-LD 1.1 Framing).

A claim stands in its record, and in the claim its statement, place and date. Whatever the frame
does not reach stands beside it under ``included`` (JSON-LD 1.1, section 4.13), so that the
document holds each triple that it was given.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import pyoxigraph as ox
from pyld import jsonld

from sayso.store.jsonld import context, expanded, refused
from sayso.terms import SAYSO, VOCABULARIES

Spec = Mapping[str, "Spec"]
Node = dict[str, Any]

_MARK = "urn:x-sayso:node"
_DEEP = 8  # claims of a chain within each other; what lies deeper is included
_REVERSED = {"parts": VOCABULARIES["dcterms"] + "isPartOf"}
_REVERSED |= {"terms": VOCABULARIES["rdfs"] + "isDefinedBy"}
_OPTIONS = {"omitGraph": True, "omitDefault": True, "documentLoader": refused}


def framed(quads: Iterable[ox.Quad], iri: str) -> bytes:
    """Write triples, without the names of their graphs, as one JSON-LD object about an IRI."""
    nodes = expanded(quads)
    known = {node["@id"]: node for node in nodes}
    spec = _spec()
    document: Node = dict(context())
    if iri in known:
        marked = _marked(nodes)
        frame = {**context(), "@id": iri, **_frame(spec, _never(marked))}
        document |= _unmarked(jsonld.frame(marked, frame, _OPTIONS))
    told = _told(known, _parts(nodes), iri, spec, ()) if iri in known else set()
    rest = [node for node in nodes if node["@id"] not in told]
    if rest:
        document["included"] = _listed(rest)
    return json.dumps(document, ensure_ascii=False, indent=2).encode() + b"\n"


def _spec() -> Spec:
    """Say what is nested in what, from any root: predicates with those within them."""
    oa, prov = VOCABULARIES["oa"], VOCABULARIES["prov"]
    place: Spec = {oa + "hasSelector": {}}
    parts = ("subject", "predicate", "object", "eventDate")
    of_statement: Spec = {
        **{str(SAYSO[name]): {} for name in parts},
        VOCABULARIES["schema"] + "contentLocation": {},
    }
    of_claim: Spec = {
        **{str(SAYSO[name]): {} for name in ("claimant", "saidIn", "saidOn")},
        str(SAYSO.states): of_statement,
        str(SAYSO.evidence): place,
    }
    text: Spec = {str(SAYSO.sentence): place}
    chain: Spec = of_claim
    for _ in range(_DEEP):
        chain = {**of_claim, str(SAYSO.relays): chain}
    return {
        **chain,
        **of_statement,
        **place,
        prov + "wasGeneratedBy": {prov + "used": text, prov + "wasAssociatedWith": {}},
        VOCABULARIES["dcterms"] + "source": {},
        VOCABULARIES["dcat"] + "distribution": {},
        VOCABULARIES["void"] + "subset": {},
        "parts": of_claim,
        "terms": {},
    }


def _marked(nodes: list[Node]) -> list[Node]:
    """Mark every node, those too that are only pointed to: a frame drops what has no property."""
    known = {node["@id"] for node in nodes}
    pointed = {
        value["@id"]: {"@id": value["@id"]}
        for node in nodes
        for key, values in node.items()
        if key[0] != "@"
        for value in values
        if "@id" in value and value["@id"] not in known
    }
    return [{**node, _MARK: [{"@value": True}]} for node in (*nodes, *pointed.values())]


def _unmarked(part: Any) -> Any:  # noqa: ANN401 - any JSON
    """Take the marks out of a document again."""
    if isinstance(part, list):
        return [_unmarked(one) for one in part]
    if isinstance(part, dict):
        return {key: _unmarked(value) for key, value in part.items() if key != _MARK}
    return part


def _never(nodes: Iterable[Node]) -> Node:
    """Let what no specification names be only named; else a frame would embed it, too."""
    return {key: {"@embed": "@never"} for node in nodes for key in node if key[0] != "@"}


def _frame(spec: Spec, never: Node) -> Node:
    nested = {key: _frame(inner, never) for key, inner in spec.items()}
    return {"@embed": "@always", **never, **nested}


def _parts(nodes: Iterable[Node]) -> dict[str, dict[str, list[str]]]:
    """List, for each reversed name, the nodes that point to a node."""
    found: dict[str, dict[str, list[str]]] = {name: {} for name in _REVERSED}
    for node in nodes:
        for name, predicate in _REVERSED.items():
            for value in node.get(predicate, ()):
                found[name].setdefault(value.get("@id", ""), []).append(node["@id"])
    return found


def _told(
    known: Mapping[str, Node],
    parts: Mapping[str, Mapping[str, list[str]]],
    iri: str,
    spec: Spec,
    path: tuple[str, ...],
) -> set[str]:
    """Find the nodes that the frame tells in full; a circle is not gone round again."""
    found = {iri}
    for name, inner in spec.items():
        if name in _REVERSED:
            there = parts[name].get(iri, [])
        else:
            there = [value["@id"] for value in known[iri].get(name, ()) if "@id" in value]
        for other in there:
            if other in known and other not in (*path, iri):
                found |= _told(known, parts, other, inner, (*path, iri))
    return found


def _listed(nodes: list[Node]) -> list[Node]:
    options = {"skipExpansion": True, "documentLoader": refused, "graph": True}
    found: list[Node] = jsonld.compact(nodes, context(), options)["@graph"]
    return found
