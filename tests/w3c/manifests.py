"""Read the W3C's manifests of query tests (https://www.w3.org/2001/sw/DataAccess/tests/)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urljoin

from rdflib import RDF, RDFS, BNode, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
TESTS = {
    MF.QueryEvaluationTest: "evaluation",
    MF.CSVResultFormatTest: "evaluation",
    MF.PositiveSyntaxTest: "syntax",
    MF.PositiveSyntaxTest11: "syntax",
    MF.NegativeSyntaxTest: "bad syntax",
    MF.NegativeSyntaxTest11: "bad syntax",
}
# Entailment regimes are no part of a plain endpoint, and a call to another server is refused.
APART = ("entailment", "service", "syntax-fed")
SUITES = ("sparql/sparql10", "sparql/sparql11")
_FROM = re.compile(r"\bFROM\s+(?:NAMED\s+)?<([^>]*)>", re.IGNORECASE)
_COMMENT = re.compile(r"^\s*#.*$", re.MULTILINE)


@dataclass(frozen=True)
class Case:
    """One test: a query, the files of its data set, and the file with its results."""

    name: str
    kind: str
    query: Path
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    result: Path | None = None
    lax: bool = False

    @property
    def text(self) -> str:
        """The query, with its place as its base."""
        text = self.query.read_bytes().decode("utf-8")
        return f"BASE <{self.query.as_uri()}>\n{text}"

    @property
    def graphs(self) -> tuple[str, ...]:
        """The files to load: those of the manifest, and those that the query names itself."""
        if self.kind != "evaluation":
            return ()
        own = [urljoin(self.query.as_uri(), name) for name in _from(self.query)]
        return tuple(dict.fromkeys((*self.default, *self.named, *own)))

    @property
    def has_own(self) -> bool:
        """Say whether the query names its data set itself."""
        return bool(_from(self.query))


def _from(query: Path) -> list[str]:
    names: list[str] = _FROM.findall(_COMMENT.sub("", query.read_bytes().decode("utf-8")))
    return names


def cases(folder: Path) -> Iterator[Case]:
    """Yield the query tests of a copy of w3c/rdf-tests, in order."""
    for suite in SUITES:
        root = folder / suite
        for manifest in sorted(root.glob("*/manifest.ttl")):
            if manifest.parent.name not in APART:
                yield from _entries(manifest, f"{root.name}/{manifest.parent.name}")


def _entries(manifest: Path, name: str) -> Iterator[Case]:
    graph = Graph().parse(manifest, format="turtle", publicID=manifest.as_uri())
    for head in graph.objects(None, MF.entries):
        for entry in Collection(graph, head):
            kinds = [kind for test, kind in TESTS.items() if (entry, RDF.type, test) in graph]
            if kinds:
                yield _case(graph, entry, kinds[0], name)


def _case(graph: Graph, entry: Node, kind: str, name: str) -> Case:
    action, result = graph.value(entry, MF.action), graph.value(entry, MF.result)
    label = str(entry).partition("#")[2] or str(graph.value(entry, MF.name))
    if isinstance(action, BNode) or graph.value(action, QT.query):
        query = graph.value(action, QT.query)
    else:
        query = action
    return Case(
        f"{name}/{label}",
        kind,
        path_of(str(query)),
        tuple(sorted(str(file) for file in graph.objects(action, QT.data))),
        tuple(sorted(_named(graph, node) for node in graph.objects(action, QT.graphData))),
        path_of(str(result)) if result else None,
        graph.value(entry, MF.resultCardinality) == MF.LaxCardinality,
    )


def _named(graph: Graph, node: Node) -> str:
    if isinstance(node, URIRef):
        return str(node)
    return str(graph.value(node, QT.graph) or graph.value(node, RDFS.label))


def path_of(iri: str) -> Path:
    """Return the file that a file: IRI names."""
    return Path(unquote(iri.removeprefix("file://")))
