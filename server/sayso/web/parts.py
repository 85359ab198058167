"""List what else has an IRI in a record: its text, sentences and places, and the unnamed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from sayso.analysis.reading import natural
from sayso.web.facts import Facts, Link, named

_SERVED = ("sayso:evidence", "sayso:claimant")


@dataclass(frozen=True)
class Part:
    """A node of a record that is no claim: its name there, some words, and its claims."""

    name: str
    words: str
    claims: list[Link]
    unnamed: str = ""


Node = dict[str, list[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]]


def other_parts(facts: Facts, record: str) -> list[Part]:
    """List the nodes of a record that are no claims, in one pass over its graph."""
    nodes, serves = _read(facts, record)
    hidden = {named("sayso:Claim"), named("sayso:Encoding")}
    shown = (iri for iri, node in nodes.items() if hidden.isdisjoint(node[_TYPE]))
    local = sorted(
        (iri.removeprefix(record + "#") for iri in shown if iri.startswith(record + "#")),
        key=natural,
    )
    return [_part(facts, record, name, nodes, serves) for name in local]


def _read(facts: Facts, record: str) -> tuple[dict[str, Node], dict[str, list[str]]]:
    nodes: dict[str, Node] = defaultdict(lambda: defaultdict(list))
    serves: dict[str, list[str]] = defaultdict(list)
    served = {named(name).value for name in _SERVED}
    for quad in facts.claims.engine.quads_for_pattern(None, None, None, ox.NamedNode(record)):
        if not isinstance(quad.subject, ox.NamedNode):
            continue
        nodes[quad.subject.value][quad.predicate.value].append(quad.object)
        if quad.predicate.value in served and isinstance(quad.object, ox.NamedNode):
            serves[quad.object.value].append(quad.subject.value)
    return nodes, serves


def _part(
    facts: Facts, record: str, name: str, nodes: dict[str, Node], serves: dict[str, list[str]]
) -> Part:
    iri = f"{record}#{name}"
    selectors = [iri, *_iris(nodes[iri][_SELECTOR])]
    words = [*_places(nodes[selector] for selector in selectors if selector in nodes)]
    words += [facts.label(code) for code in _iris(nodes[iri][_OMITTED])]
    words += [label.value for label in nodes[iri][_LABEL] if isinstance(label, ox.Literal)]
    claims = [
        Link(claim.partition("#")[2], facts.addresses.local(claim), claim)
        for claim in sorted(serves[iri], key=lambda claim: natural(claim.partition("#")[2]))
    ]
    unnamed = iri if named("sayso:UnnamedSource") in nodes[iri][_TYPE] else ""
    return Part(name, ", ".join(words), claims, unnamed)


def _places(nodes: Iterable[Node]) -> Iterator[str]:
    for node in nodes:
        for start, end in zip(node[_START], node[_END], strict=False):
            if isinstance(start, ox.Literal) and isinstance(end, ox.Literal):
                yield f"characters {start.value} to {end.value}"


def _iris(terms: Iterable[object]) -> list[str]:
    return [term.value for term in terms if isinstance(term, ox.NamedNode)]


_TYPE = named("rdf:type").value
_LABEL = named("skos:prefLabel").value
_SELECTOR = named("oa:hasSelector").value
_START = named("oa:start").value
_END = named("oa:end").value
_OMITTED = named("sayso:omitted").value
