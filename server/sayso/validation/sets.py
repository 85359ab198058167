"""Ask the queries of shapes once of the whole store, and not once for each focus node.

SHACL has a query asked anew for each focus node (SHACL-SPARQL, section 5.3.1), which for a rule
of every record takes as many times longer as there are records. Where a query binds ``$this``
by its own patterns, in each group that names it, to ask once for all of them is the same.
Whether it does so is not worked out: it is known of sayso's own queries, by tests.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from sayso.validation.results import Term
from sayso.vocabularies import BASE, VOCABULARIES

_SH, _RDFS = VOCABULARIES["sh"], VOCABULARIES["rdfs"]
_OWN = BASE + "shape/"
_COMPONENT = ox.NamedNode(_SH + "SPARQLConstraintComponent")
_TYPE = ox.NamedNode(VOCABULARIES["rdf"] + "type")
_WHERE = re.compile(r"\bWHERE\s*\{")
_CLASS, _NODE = _SH + "targetClass", _SH + "targetNode"
_ALLOWED = {_CLASS, _NODE, _SH + "sparql", _SH + "message", _SH + "severity", _TYPE.value}
About = dict[str, list[object]]


@dataclass(frozen=True)
class SetQuery:
    """A query of a node shape, with what its results say; ``kinds`` and ``nodes`` are targets."""

    shape: ox.NamedNode
    select: str
    prefixes: str
    kinds: tuple[str, ...]
    nodes: tuple[str, ...]
    severity: ox.NamedNode
    messages: tuple[ox.Literal, ...]

    def results(self, store: ox.Store, report: ox.BlankNode) -> Iterator[ox.Triple]:
        """Yield the triples of each result, and that it is one of the report's."""
        for text in self._texts(store):
            rows = store.query(text)
            if not isinstance(rows, ox.QuerySolutions):
                raise TypeError(f"{self.shape} selects nothing")
            names = {variable.value for variable in rows.variables}
            for row in rows:
                path = row["path"] if "path" in names else None
                yield from self._result(report, row["this"], row["value"], path)

    def _texts(self, store: ox.Store) -> Iterator[str]:
        """Yield the query for each target."""
        for node in self.nodes:
            given = f"WHERE {{ VALUES $this {{ <{node}> }} "
            yield self.prefixes + _WHERE.sub(given, self.select, count=1)
        before, _, after = self.select.rpartition("}")
        for kind in self.kinds:
            below = store.query(f"SELECT ?c {{ ?c <{_RDFS}subClassOf>* <{kind}> }}")
            classes = {kind, *(row["c"].value for row in below)}  # type: ignore[union-attr]
            listed = " ".join(f"<{each}>" for each in sorted(classes))
            # Last, as a filter: joined with a UNION of patterns it took a hundred times as long.
            fits = f"FILTER EXISTS {{ VALUES ?kind_ {{ {listed} }} $this a ?kind_ }}"
            yield f"{self.prefixes}{before}{fits} }}{after}"

    def _result(
        self, report: ox.BlankNode, focus: object, value: object, path: object
    ) -> Iterator[ox.Triple]:
        node = ox.BlankNode()
        yield ox.Triple(report, ox.NamedNode(_SH + "result"), node)
        said = (
            ("focusNode", focus),
            ("value", value),
            ("resultPath", path),
            ("sourceShape", self.shape),
            ("sourceConstraintComponent", _COMPONENT),
            ("resultSeverity", self.severity),
            *(("resultMessage", each) for each in self.messages),
        )
        yield ox.Triple(node, _TYPE, ox.NamedNode(_SH + "ValidationResult"))
        for name, term in said:
            if isinstance(term, Term):
                yield ox.Triple(node, ox.NamedNode(_SH + name), term)


def set_queries(shapes: Iterable[ox.Quad]) -> dict[ox.Quad, SetQuery]:
    """Find the queries that can be asked once, by the triple that gives one to its shape."""
    quads = list(shapes)
    about: dict[object, About] = {}
    for quad in quads:
        about.setdefault(quad.subject, {}).setdefault(quad.predicate.value, []).append(quad.object)
    given = (quad for quad in quads if quad.predicate.value == _SH + "sparql")
    found = {quad: _set_query(quad, about) for quad in given}
    return {quad: query for quad, query in found.items() if query is not None}


def _set_query(given: ox.Quad, about: dict[object, About]) -> SetQuery | None:
    shape, said, query = given.subject, about[given.subject], about.get(given.object, {})
    messages = [each for each in said.get(_SH + "message", ()) if isinstance(each, ox.Literal)]
    selects = [each.value for each in query.get(_SH + "select", ()) if isinstance(each, ox.Literal)]
    severities = said.get(_SH + "severity", [])
    fits = (
        isinstance(shape, ox.NamedNode)
        and shape.value.startswith(_OWN)
        and set(said) <= _ALLOWED
        and set(query) <= {_SH + "select", _SH + "prefixes"}
        and len(selects) == len(severities) == 1
        and "?value" in selects[0]
        and not any("{" in each.value for each in messages)
    )
    if not fits or not isinstance(shape, ox.NamedNode):
        return None
    severity = severities[0]
    if not isinstance(severity, ox.NamedNode):
        return None
    return SetQuery(
        shape,
        selects[0],
        "".join(_prefixes(query, about)),
        _iris(said.get(_CLASS, ())),
        _iris(said.get(_NODE, ())),
        severity,
        tuple(messages),
    )


def _prefixes(query: About, about: dict[object, About]) -> Iterator[str]:
    """Write out the prefixes that a query names (SHACL, section 5.2.1)."""
    for ontology in query.get(_SH + "prefixes", ()):
        for declared in about.get(ontology, {}).get(_SH + "declare", ()):
            said = about.get(declared, {})
            for prefix in said.get(_SH + "prefix", ()):
                for namespace in said.get(_SH + "namespace", ()):
                    if isinstance(prefix, ox.Literal) and isinstance(namespace, ox.Literal):
                        yield f"PREFIX {prefix.value}: <{namespace.value}>\n"


def _iris(terms: Iterable[object]) -> tuple[str, ...]:
    return tuple(each.value for each in terms if isinstance(each, ox.NamedNode))
