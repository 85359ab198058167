"""Find where in the files something is said, without a trace of it in the graph."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from rdflib import RDF, BNode, Graph
from rdflib.term import Node

from sayso.store.files import Source, read_text
from sayso.store.turtle import Block, Token, blocks
from sayso.validation.finding import Place

_TYPE = str(RDF.type)


@dataclass(frozen=True)
class Places:
    """The blocks of some files by the IRI of their subject, in the order of the files."""

    by_subject: Mapping[str, list[tuple[Path, Block]]]

    @classmethod
    def of(cls, sources: Iterable[Source]) -> "Places":
        """Read the blocks of files that are known to be Turtle."""
        found = defaultdict(list)
        for source in sources:
            for block in blocks(read_text(source.path), source.graph):
                if block.subject:
                    found[block.subject].append((source.path, block))
        return cls(dict(found))

    def find(
        self, subject: str, predicate: str | None = None, value: str | None = None
    ) -> Place | None:
        """Return where the subject is given the predicate, else where the subject is described.

        Of several blocks, that which has the value comes first, or that which gives the type.
        """
        candidates = self.by_subject.get(subject, [])
        having = [(path, block) for path, block in candidates if value and _has(block, value)]
        given = _given([*having, *candidates], predicate) if predicate else None
        if given:
            return given
        typed = [(path, block) for path, block in candidates if _given([(path, block)], _TYPE)]
        for path, block in typed or candidates:
            return _place(path, block.tokens[0])
        return None


def _has(block: Block, value: str) -> bool:
    return any(block.names.resolve(token) == value for token in block.tokens)


def _given(candidates: Iterable[tuple[Path, Block]], predicate: str) -> Place | None:
    for path, block in candidates:
        for iri, token in block.predicates():
            if iri == predicate:
                return _place(path, token)
    return None


def _place(path: Path, token: Token) -> Place:
    return Place(path, token.line, token.column)


def named(node: Node, predicate: str | None, graph: Graph) -> tuple[Node, str | None]:
    """Go up from a blank node to the named node that it is said of, and by which predicate."""
    seen = set()
    while isinstance(node, BNode) and node not in seen:
        seen.add(node)
        for above, relation in graph.subject_predicates(node):
            node, predicate = above, str(relation)
            break
    return node, predicate
