"""Write triples as Turtle that changes only where they change.

One property a line, several objects one a line, everything in a fixed order, prefixes at the
top, own IRIs relative. A blank node that is used once stands where it is used, and a list as
a list (Turtle 1.1, sections 2.7 and 2.8).
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox

from sayso.text.comments import Comments
from sayso.text.document import key
from sayso.text.graph import TYPE, Graph, Node, Term, name
from sayso.text.order import object_key, property_key
from sayso.vocabularies import VOCABULARIES

_INDENT = "    "
_XSD = VOCABULARIES["xsd"]
_FIRST, _NEXT, _NIL = (name(VOCABULARIES["rdf"] + local) for local in ("first", "rest", "nil"))
_START = r"A-Za-z_\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff"
_LOCAL = re.compile(rf"(?:[{_START}0-9]|%[0-9A-F]{{2}})(?:[{_START}0-9.\-]|%[0-9A-F]{{2}})*(?<!\.)")
_BARE = {
    _XSD + "integer": re.compile(r"[+-]?[0-9]+"),
    _XSD + "decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    _XSD + "double": re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)[eE][+-]?[0-9]+"),
    _XSD + "boolean": re.compile(r"true|false"),
}
_ESCAPES = {"\\": "\\\\", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}


@dataclass
class Writer:
    """Writes the terms of one file and remembers which prefixes that took."""

    iri: str
    prefixes: Mapping[str, str]
    graph: Graph
    used: set[str] = field(default_factory=set)
    inlined: set[Node] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._times = Counter(t for _, _, t in self.graph)
        # The sort is stable: of two prefixes for one space, the first given is written.
        self._spaces = sorted(self.prefixes.items(), key=lambda item: -len(item[1]))

    def term(self, term: Term, depth: int = 1) -> str:
        """Write one term."""
        if isinstance(term, ox.NamedNode):
            return self._name(term.value)
        if isinstance(term, ox.Literal):
            return self._literal(term)
        return self._blank(term, depth)

    def waits(self, node: Node) -> bool:
        """Tell whether a node is a blank one that stands where it is used."""
        return isinstance(node, ox.BlankNode) and self._times[node] == 1

    def block(self, subject: Node) -> str:
        """Write all that is said of a subject."""
        if isinstance(subject, ox.BlankNode):
            self.inlined.add(subject)
        return f"{self.term(subject, 0)}\n{self._said(subject, 1)} .\n"

    def _said(self, subject: Node, depth: int) -> str:
        said = self.graph.said_of(subject)
        lines = (
            self._property(predicate, said[predicate], depth)
            for predicate in sorted(said, key=property_key)
        )
        return " ;\n".join(lines)

    def _property(self, predicate: ox.NamedNode, objects: Iterable[Term], depth: int) -> str:
        verb = "a" if predicate == TYPE else self.term(predicate)
        several = sorted(objects, key=self._object_key)
        indent = _INDENT * depth
        if len(several) == 1:
            return f"{indent}{verb} {self.term(several[0], depth)}"
        deeper = "\n" + indent + _INDENT
        return f"{indent}{verb}{deeper}" + f" ,{deeper}".join(
            self.term(term, depth + 1) for term in several
        )

    def _object_key(self, term: Term) -> tuple[object, ...]:
        if isinstance(term, ox.BlankNode):
            return 2, self._shape(term)
        return object_key(term, self._name(term.value) if isinstance(term, ox.NamedNode) else "")

    def _shape(self, node: Node) -> str:
        """Return a blank node's content, since its label means nothing."""
        probe = Writer(self.iri, self.prefixes, self.graph, inlined=set(self.inlined))
        return probe.term(node) if self._times[node] == 1 else key(node)

    def _name(self, iri: str) -> str:
        if iri == self.iri or iri.startswith(self.iri + "#"):
            return f"<{iri.removeprefix(self.iri)}>"
        for prefix, space in self._spaces:
            if iri.startswith(space) and _LOCAL.fullmatch(iri, len(space)):
                self.used.add(prefix)
                return f"{prefix}:{iri[len(space) :]}"
        return f"<{iri}>"

    def _literal(self, literal: ox.Literal) -> str:
        datatype = literal.datatype.value
        bare = _BARE.get(datatype)
        if bare and bare.fullmatch(literal.value):
            return literal.value
        written = _quoted(literal.value)
        if literal.language:
            return f"{written}@{literal.language}"
        return written if datatype == _XSD + "string" else f"{written}^^{self._name(datatype)}"

    def _blank(self, node: ox.BlankNode, depth: int) -> str:
        if self._times[node] == 0:
            return "[]"
        if depth == 0 or self._times[node] > 1 or node in self.inlined:
            return str(node)
        self.inlined.add(node)
        items = self._items(node)
        if items is not None:
            return f"( {' '.join(self.term(item, depth) for item in items)} )"
        if not self.graph.said_of(node):
            return "[]"
        indent = _INDENT * depth
        return f"[\n{self._said(node, depth + 1)}\n{indent}]"

    def _items(self, node: Node) -> list[Term] | None:
        """Return the items of a well-formed list, or None."""
        items: list[Term] = []
        cells: list[Node] = []
        at: Term = node
        while isinstance(at, ox.BlankNode):
            said = self.graph.said_of(at)
            if set(said) != {_FIRST, _NEXT} or any(len(objects) != 1 for objects in said.values()):
                return None
            if at in cells or self._times[at] != 1:
                return None
            cells.append(at)
            items.append(next(iter(said[_FIRST])))
            at = next(iter(said[_NEXT]))
        self.inlined.update(cells if at == _NIL else ())
        return items if at == _NIL else None


def write(
    graph: Graph,
    order: list[Node],
    iri: str,
    prefixes: Mapping[str, str],
    notes: Comments,
    *,
    kept: Collection[str] = (),
) -> str:
    """Write a graph as Turtle, its blocks in the order given and its comments with them.

    The prefixes that it takes are declared, and those that are ``kept`` whether it takes them
    or not.
    """
    writer = Writer(iri, prefixes, graph)
    blocks: list[str] = []
    written: set[str] = set()
    # A blank node that is used once waits for its user; of a ring of them, the first is written.
    for subject in [*(node for node in order if not writer.waits(node)), *order]:
        if key(subject) not in written and subject not in writer.inlined:
            written.add(key(subject))
            blocks.append(_lines(notes.above.get(key(subject), [])) + writer.block(subject))
    head = [
        f"@prefix {prefix}: <{prefixes[prefix]}> .\n" for prefix in sorted({*writer.used, *kept})
    ]
    left = notes.without_block(written)
    parts = [_lines(notes.head), "".join(head), _lines(notes.notes), *blocks]
    parts.append(_lines([*left, *notes.tail]))
    return "\n".join(part.strip("\n") + "\n" for part in parts if part.strip())


def _lines(lines: list[str]) -> str:
    return "".join(line + "\n" for line in lines)


def _quoted(text: str) -> str:
    escaped = "".join(_ESCAPES.get(char) or _control(char) for char in text)
    if "\n" not in text:
        return '"' + escaped.replace('"', '\\"') + '"'
    return '"""' + re.sub(r'"(?="")|"(?="?\Z)', r"\"", escaped) + '"""'


def _control(char: str) -> str:
    return f"\\u{ord(char):04X}" if (char < " " and char != "\n") or char == "\x7f" else char
