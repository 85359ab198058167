"""Read the manifests of the suite, and compare reports as its test protocol has it."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlparse

import pyoxigraph as ox

_MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
_SHT = "http://www.w3.org/ns/shacl-test#"
_SH = "http://www.w3.org/ns/shacl#"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_COMPARED = ("focusNode", "resultPath", "value", "sourceConstraintComponent", "resultSeverity")
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Told = tuple[str, ...]


@dataclass(frozen=True)
class Case:
    """One test: what is validated by what; ``expected`` is None where the shapes are refused."""

    name: str
    data: tuple[Path, ...]
    shapes: tuple[Path, ...]
    expected: Counter[Told] | None


def cases(folder: Path) -> Iterator[Case]:
    """Yield the approved tests of a folder."""
    for path in sorted(folder.rglob("*.ttl")):
        base = path.resolve().as_uri()
        quads = list(ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE, base_iri=base))
        graph = [quad.triple for quad in quads]
        for test in _subjects(graph, _TYPE, ox.NamedNode(_SHT + "Validate")):
            (action,) = _objects(graph, test, _MF + "action")
            (result,) = _objects(graph, test, _MF + "result")
            yield Case(
                f"{path.parent.name}/{path.stem}",
                tuple(map(_path, _objects(graph, action, _SHT + "dataGraph"))),
                tuple(map(_path, _objects(graph, action, _SHT + "shapesGraph"))),
                None if result == ox.NamedNode(_SHT + "Failure") else told(graph, result),
            )


def told(graph: Iterable[ox.Triple], report: Term | None = None) -> Counter[Told]:
    """Count the results of a report, each by what the protocol compares; blank nodes are equal."""
    triples = list(graph)
    results = [
        triple.object
        for triple in triples
        if triple.predicate.value == _SH + "result" and report in (None, triple.subject)
    ]
    return Counter(tuple(_said(triples, each)) for each in results)


def _said(triples: list[ox.Triple], result: Term) -> Iterator[str]:
    for name in _COMPARED:
        term = next(iter(_objects(triples, result, _SH + name)), None)
        yield _structure(triples, term) if name == "resultPath" else _shown(term)
    yield _shown(next(iter(_objects(triples, result, _SH + "sourceShape")), None))


def _structure(triples: list[ox.Triple], term: Term | None) -> str:
    if not isinstance(term, ox.BlankNode):
        return str(term)
    steps = (t for t in triples if t.subject == term and t.predicate.value != _TYPE)
    told = sorted(f"{t.predicate} {_structure(triples, t.object)}" for t in steps)
    return f"[{'; '.join(told)}]"


def _shown(term: Term | None) -> str:
    return "blank" if isinstance(term, ox.BlankNode) else str(term)


def _path(term: Term) -> Path:
    if not isinstance(term, ox.NamedNode):
        raise TypeError(f"{term} is no file")
    return Path(unquote(urlparse(term.value).path))


def _subjects(triples: list[ox.Triple], predicate: str, value: Term) -> Iterator[Term]:
    return (t.subject for t in triples if t.predicate.value == predicate and t.object == value)


def _objects(triples: list[ox.Triple], subject: Term, predicate: str) -> list[Term]:
    return [t.object for t in triples if t.subject == subject and t.predicate.value == predicate]
