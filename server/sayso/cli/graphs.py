"""Write triples so that a person can read them and a second run writes the same."""

from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from sayso.store.formats import RDF_XML, TRIG, TURTLE, GraphFormat

_PREFIX = b"@prefix "


def graph_text(
    triples: Iterable[ox.Triple], form: GraphFormat, prefixes: Mapping[str, str]
) -> bytes:
    """Write each triple once, sorted, with the prefixes that it needs and no others."""
    found = ordered(triples)
    named = _used(map(str, found), prefixes) if form in _WITH_PREFIXES else None
    content = ox.serialize(found, format=form.engine, prefixes=named) or b""
    return content if form is RDF_XML else _sorted_head(content)


def ordered(triples: Iterable[ox.Triple]) -> list[ox.Triple]:
    """Take each triple once, those of one subject together."""
    return sorted(set(triples), key=str)


_WITH_PREFIXES = (TURTLE, TRIG, RDF_XML)


def _used(lines: Iterable[str], prefixes: Mapping[str, str]) -> dict[str, str]:
    text = "\n".join(lines)
    return {name: iri for name, iri in prefixes.items() if f"<{iri}" in text}


def _sorted_head(content: bytes) -> bytes:
    """Sort the prefixes, which the engine writes in an order of its own."""
    lines = content.splitlines(keepends=True)
    head = [line for line in lines if line.startswith(_PREFIX)]
    return b"".join([*sorted(head), *lines[len(head) :]])
