"""Write JSON-LD compacted by the project's own context, which is embedded: nothing is fetched."""

import json
from collections.abc import Iterable
from functools import cache
from typing import Any, NoReturn

import pyoxigraph as ox
from pyld import jsonld

from sayso.paths import HOME
from sayso.store.export import export_quads
from sayso.store.formats import N_TRIPLES


@cache
def context() -> dict[str, Any]:
    """Read ``ontology/context.jsonld``."""
    content = (HOME / "ontology" / "context.jsonld").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(content)
    return loaded


def compacted(quads: Iterable[ox.Quad]) -> bytes:
    """Write triples, without the names of their graphs, as compacted JSON-LD."""
    lines = export_quads(quads, N_TRIPLES, {}).decode("utf-8")
    options = {"format": "application/n-quads", "useNativeTypes": True}
    expanded = jsonld.from_rdf(lines, options)
    document = jsonld.compact(expanded, context(), {"documentLoader": _refuse})
    return json.dumps(document, ensure_ascii=False, indent=2).encode() + b"\n"


def _refuse(url: str, options: object) -> NoReturn:  # noqa: ARG001 the loader's signature
    raise LookupError(f"no context is fetched from another place, not even {url}")
