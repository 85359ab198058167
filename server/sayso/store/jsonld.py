"""Write JSON-LD compacted by the project's own context, which is embedded: nothing is fetched."""

import json
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, NoReturn

import pyoxigraph as ox
from pyld import jsonld

from sayso.paths import HOME
from sayso.store.export import export_quads
from sayso.store.formats import JSON_LD
from sayso.vocabularies import VOCABULARIES

_TYPE = VOCABULARIES["rdf"] + "type"
_INTEGER = VOCABULARIES["xsd"] + "integer"


@cache
def context() -> dict[str, Any]:
    """Read ``ontology/context.jsonld``."""
    content = (HOME / "ontology" / "context.jsonld").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(content)
    return loaded


def compacted(quads: Iterable[ox.Quad]) -> bytes:
    """Write triples, without the names of their graphs, as compacted JSON-LD."""
    options = {"skipExpansion": True, "documentLoader": refused}
    document = jsonld.compact(expanded(quads), context(), options)
    return json.dumps(document, ensure_ascii=False, indent=2).encode() + b"\n"


def expanded(quads: Iterable[ox.Quad]) -> list[dict[str, Any]]:
    """Write triples, without the names of their graphs, as expanded JSON-LD: a list of nodes."""
    union = [ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads]
    return [_plain(node) for node in json.loads(export_quads(union, JSON_LD, {}))]


def _plain(node: dict[str, Any]) -> dict[str, Any]:
    """Write types as ``@type`` and whole numbers as JSON's own, as JSON-LD readers expect them."""
    plain = {key: [_number(value) for value in values] for key, values in _lists(node)}
    types = plain.pop(_TYPE, [])
    kinds = {"@type": [value["@id"] for value in types]} if types else {}
    return {"@id": node["@id"], **kinds, **plain}


def _lists(node: dict[str, Any]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    return ((key, values) for key, values in node.items() if key != "@id")


def _number(value: dict[str, Any]) -> dict[str, Any]:
    if value.get("@type") == _INTEGER:
        return {"@value": int(value["@value"])}
    return value


def refused(url: str, options: object) -> NoReturn:  # noqa: ARG001 the loader's signature
    """Fetch no context: raise LookupError."""
    raise LookupError(f"no context is fetched from another place, not even {url}")
