"""Read a Turtle file with all that a rewrite has to keep: triples, prefixes, comments, places."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from sayso.errors import BadSyntax, TripleTerm, UndeclaredPrefix
from sayso.paths import HOME, DataFolder
from sayso.store.files import Source, base_iri, graph_iri, read, read_text
from sayso.store.turtle import Block, Kind, Token, blocks
from sayso.terms import SAYSO, prefixes
from sayso.text.comments import Comments, comments
from sayso.text.graph import Graph, Node, Term


@dataclass
class Document:
    """One Turtle file.

    ``iri`` is what ``<>`` stands for, ``base`` what the IRIs of its data folder begin with,
    ``prefixes`` those that the file declares.
    """

    path: Path
    iri: str
    base: str
    content: str
    graph: Graph
    comments: Comments
    prefixes: dict[str, str]
    blocks: list[Block] = field(repr=False)

    @property
    def is_record(self) -> bool:
        """Whether the file says that it is a record, or holds claims."""
        typed = self.graph.typed
        return ox.NamedNode(self.iri) in typed(str(SAYSO.Record)) or bool(typed(str(SAYSO.Claim)))

    @property
    def is_entities(self) -> bool:
        """Whether the file is one of the lists of entities."""
        return self.path.resolve().parent.name == "entities"

    def here(self, fragment: str) -> ox.NamedNode:
        """Return the IRI of a part of the file."""
        return ox.NamedNode(f"{self.iri}#{fragment}")

    def shown(self, node: Term) -> str:
        """Write a node as it stands in the file, for a sentence about it."""
        if not isinstance(node, ox.NamedNode):
            return "a node without a name"
        return f"<{node.value.removeprefix(self.iri)}>"

    def has_block(self, node: Node) -> bool:
        """Tell whether the file says something of a node at its top level."""
        return any(block.subject == key(node) for block in self.blocks)

    def line_of(self, node: Term) -> int:
        """Return the line on which a node's first block begins, or 1."""
        at = key(node)
        return next((block.tokens[0].line for block in self.blocks if block.subject == at), 1)

    def rename(self, names: Mapping[Node, Node]) -> None:
        """Put new nodes in the place of old ones, and their comments with them."""
        self.graph.rename(names)
        self.comments.rename({key(old): key(new) for old, new in names.items()})

    def line_of_use(self, node: ox.NamedNode, words: str) -> int:
        """Return the first line where an IRI stands, or else a string with these words, or 1."""
        for block in self.blocks:
            for token in block.tokens:
                if block.names.resolve(token) == node.value:
                    return token.line
        return self.line_of_words(words)

    def line_of_words(self, words: str, owner: Node | None = None) -> int:
        """Return the line of the first string with this value, its owner's own first; else 1."""
        at = key(owner) if owner else None
        for block in sorted(self.blocks, key=lambda block: block.subject != at):
            for token in block.tokens:
                if token.kind is Kind.STRING and spoken(token) == words:
                    return token.line
        return 1


def key(node: Term) -> str:
    """Return how blocks and comments name a subject: an absolute IRI or ``_:…``."""
    return str(node) if isinstance(node, ox.BlankNode) else node.value


def folder_of(path: Path, otherwise: DataFolder) -> DataFolder:
    """Return the data folder that a file lies in, or the one given where it lies in none."""
    for parent in path.resolve().parents:
        if (parent / "graph" / "dataset.ttl").is_file():
            return DataFolder(parent)
    return otherwise


def read_document(path: Path, folder: DataFolder) -> Document:
    """Read one Turtle file of a data folder; one from elsewhere is read as a record of it.

    Raise NoFile, NoBase, BadEncoding, UndeclaredPrefix or BadSyntax.
    """
    content = read_text(path)
    folder = folder_of(path, folder)
    base = base_iri(folder)
    iri = _iri(path, folder, base)
    graph = Graph()
    for quad in _quads(Source(path, iri), content, base):
        if isinstance(quad.subject, ox.Triple) or isinstance(quad.object, ox.Triple):
            raise TripleTerm(path=path)
        graph.add(quad.subject, quad.predicate, quad.object)
    found = blocks(content, iri)
    return Document(
        path=path,
        iri=iri,
        base=base,
        content=content,
        graph=graph,
        comments=comments(content, found),
        prefixes=dict(found[-1].names.prefixes) if found else {},
        blocks=found,
    )


def _quads(source: Source, content: str, base: str) -> list[ox.Quad]:
    try:
        return read(source)
    except BadSyntax as error:
        raise _undeclared(source, content, base) or error from error


def _undeclared(source: Source, content: str, base: str) -> UndeclaredPrefix | None:
    """Name the first prefix of the project that a file uses without declaring it."""
    known = prefixes(base)
    try:
        for block in blocks(content, source.graph):
            for token in () if block.is_directive else block.tokens:
                prefix = token.text.partition(":")[0]
                unknown = token.kind is Kind.PREFIXED_NAME and block.names.resolve(token) is None
                if unknown and prefix in known:
                    facts = {"path": source.path, "line": token.line, "prefix": prefix}
                    return UndeclaredPrefix(**facts, space=known[prefix])
    except SyntaxError:
        return None
    return None


def _iri(path: Path, folder: DataFolder, base: str) -> str:
    inside = path.resolve()
    if inside.is_relative_to(folder.root.resolve()) or inside.is_relative_to(HOME):
        return graph_iri(path, folder, base)
    return f"{base}article/{path.stem}"


def spoken(token: Token) -> str:
    """Return what a string says, its escapes undone; any other token as it is written."""
    if token.kind is not Kind.STRING:
        return token.text
    triple = next(iter(ox.parse(f"<a:> <a:> {token.text} .", format=ox.RdfFormat.TURTLE)))
    return triple.object.value if isinstance(triple.object, ox.Literal) else ""
