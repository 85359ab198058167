"""Find where each triple of a document is written, beside the parse and not in the graph.

The engine alone says what a document means. This goes over its terminals and tells, in the order
in which the engine gives the triples, from which of them each one comes; no term is made here.
The order is not the engine's promise, so ``fitting`` compares every triple with its terminals,
and where one does not fit, no place is claimed.
"""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

import pyoxigraph as ox

from sayso.store.turtle import Kind, Terminal, scan, terminal_at
from sayso.vocabularies import VOCABULARIES

_RDF = VOCABULARIES["rdf"]


class Spot(NamedTuple):
    """The terminals of one triple.

    A node without a name is where its bracket opens, a further cell of a list where its item
    is. ``predicate`` is None where a list implies rdf:first, and its terminal is the bracket or
    the item where it implies rdf:rest.
    """

    subject: Terminal
    predicate: Terminal | None
    object: Terminal


@dataclass
class _Frame:
    """What is open: the document or a graph, the brackets of a node, or of a list."""

    opened: Terminal | None = None
    subject: Terminal | None = None
    predicate: Terminal | None = None

    @property
    def is_list(self) -> bool:
        return self.opened is not None and self.opened.text == "("


@dataclass
class _Reader:
    frames: list[_Frame] = field(default_factory=lambda: [_Frame()])
    found: list[Spot] = field(default_factory=list)
    string: Terminal | None = None  # it waits for its language tag or its datatype
    typed: bool = False
    directive: Terminal | None = None

    def take(self, terminal: Terminal) -> None:
        if self.directive is not None:
            self._directive(terminal)
        elif self.string is None or not self._suffix(terminal):
            self._plain(terminal)

    def _plain(self, terminal: Terminal) -> None:
        frame = self.frames[-1]
        if terminal.kind is Kind.DIRECTIVE:
            self.directive = terminal
        elif terminal.text in ("]", ")"):
            self._close(self.frames.pop(), terminal)
        elif terminal.text in (".", "{", "}"):
            frame.subject = frame.predicate = None
        elif terminal.text == ";":
            frame.predicate = None
        elif terminal.text != "," and terminal.kind is not Kind.GRAPH:
            self._begin(frame, terminal)

    def _directive(self, terminal: Terminal) -> None:
        at = self.directive is not None and self.directive.text.startswith("@")
        last = (Kind.PUNCTUATION,) if at else (Kind.IRI, Kind.STRING)
        if terminal.kind in last:
            self.directive = None

    def _suffix(self, terminal: Terminal) -> bool:
        """Take what belongs to a string; return False where the string ended before it."""
        string = self.string
        if string is None or terminal.text == "^^":
            self.typed = True
            return True
        belongs = self.typed or terminal.kind is Kind.LANGTAG
        self.string, self.typed = None, False
        self._node(self.frames[-1], string)
        return belongs

    def _begin(self, frame: _Frame, terminal: Terminal) -> None:
        """Begin a term; in a list, this begins a cell as well."""
        if frame.is_list:
            self._cell(frame, terminal)
        if terminal.text in ("[", "("):
            own = terminal if terminal.text == "[" else None
            self.frames.append(_Frame(terminal, own))
        elif terminal.kind is Kind.STRING:
            self.string = terminal
        else:
            self._node(frame, terminal)

    def _cell(self, frame: _Frame, item: Terminal) -> None:
        before, opened = frame.subject, frame.opened
        if before is None and opened is not None:
            frame.subject = opened
            self._node(self.frames[-2], opened)
        elif before is not None:
            frame.subject = Terminal(item.kind, "", item.offset)
            self.found.append(Spot(before, item, frame.subject))

    def _close(self, frame: _Frame, terminal: Terminal) -> None:
        if frame.opened is None:
            return
        if not frame.is_list or frame.subject is None:
            self._node(self.frames[-1], frame.opened)
        else:
            self.found.append(Spot(frame.subject, terminal, terminal))

    def _node(self, frame: _Frame, node: Terminal) -> None:
        """Put a whole term where the frame wants one."""
        if frame.subject is None:
            frame.subject = node
        elif frame.is_list:
            self.found.append(Spot(frame.subject, None, node))
        elif frame.predicate is None:
            frame.predicate = node
        else:
            self.found.append(Spot(frame.subject, frame.predicate, node))


def spots(text: str) -> Iterator[Spot]:
    """Yield a spot for each triple of a Turtle or TriG document that the engine has accepted.

    Of the triples that one terminal completes, the engine gives the last one first. Raise
    SyntaxError where the text has no terminals.
    """
    reader = _Reader()
    end = Terminal(Kind.PUNCTUATION, ".", len(text))
    for terminal in chain(scan(text), (end,)):
        if terminal.kind is not Kind.COMMENT:
            reader.take(terminal)
            yield from reversed(reader.found)
            reader.found.clear()


def line_spots(text: str) -> Iterator[Spot]:
    """Yield a spot for each line of N-Quads; raise SyntaxError as ``spots`` does."""
    nodes: list[Terminal] = []
    datatype = False
    for terminal in scan(text):
        if terminal.text == ".":
            yield Spot(*nodes[:3])
            nodes = []
        elif terminal.kind in (Kind.IRI, Kind.BLANK_NODE, Kind.STRING) and not datatype:
            nodes.append(terminal)
        datatype = terminal.text == "^^"


def fitting(text: str, quads: Sequence[ox.Quad], *, in_lines: bool = False) -> list[Spot] | None:
    """Return the spot of each of the quads that the engine made of a text, in their order.

    The text is Turtle, N-Triples or TriG, or ``in_lines`` of N-Quads. None where the two do not
    fit: the text is something else, has triples for terms (RDF 1.2), or is not that of the quads.
    """
    try:
        found = list(line_spots(text) if in_lines else spots(text))
    except SyntaxError:
        return None
    nodes: dict[tuple[str, int], str] = {}
    pairs = zip(found, quads, strict=False)
    fit = len(found) == len(quads) and all(_fits(spot, quad, nodes) for spot, quad in pairs)
    return found if fit else None


class Written:
    """Where the triples of a text are written, sought no further than is asked for.

    Offsets are kept, and no terminals: there may be thousands of texts.
    """

    def __init__(self, text: str, *, in_lines: bool = False, whole: bool = False) -> None:
        self.text = text
        self._coming = line_spots(text) if in_lines else spots(text)
        self._in_lines, self._whole = in_lines, whole
        self._offsets = array("q")
        self._every: list[Spot] | None = None

    def spot(self, number: int, quads: Sequence[ox.Quad]) -> Spot | None:
        """Return the spot of one of the quads that the engine made, None where it does not fit.

        A triple with a blank node fits if the ``whole`` text does, as ``fitting`` has it, since
        such a node has no name of its own to be known by.
        """
        quad = quads[number]
        blank = isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode)
        if self._whole or blank:
            if self._every is None:
                self._every = fitting(self.text, quads, in_lines=self._in_lines) or []
            return self._every[number] if self._every else None
        found = self._found(number)
        return found if found and _fits(found, quad, {}) else None

    def _found(self, number: int) -> Spot | None:
        """Return the spot of a triple in which each term has a terminal of its own."""
        try:
            while len(self._offsets) <= 3 * number:
                spot = next(self._coming)
                predicate = spot.object if spot.predicate is None else spot.predicate
                self._offsets.extend((spot.subject.offset, predicate.offset, spot.object.offset))
        except (StopIteration, SyntaxError):
            return None
        ends = (terminal_at(self.text, each) for each in self._offsets[3 * number : 3 * number + 3])
        return Spot(*ends)


def _fits(spot: Spot, quad: ox.Quad, nodes: dict[tuple[str, int], str]) -> bool:
    predicate, written = quad.predicate.value, spot.predicate
    if written is None:
        fits = predicate == _RDF + "first"
    else:
        fits = predicate == _RDF + "rest" or _named(written, predicate)
    return fits and _is(spot.subject, quad.subject, nodes) and _is(spot.object, quad.object, nodes)


def _is(written: Terminal, term: object, nodes: dict[tuple[str, int], str]) -> bool:
    kind, text, offset = written
    if isinstance(term, ox.BlankNode):
        at = -1 if kind is Kind.BLANK_NODE and text else offset
        return nodes.setdefault((text, at), term.value) == term.value
    if isinstance(term, ox.NamedNode):
        return _named(written, term.value)
    if isinstance(term, ox.Literal):
        shown = text.strip(text[0]) if kind is Kind.STRING else text
        # An escape makes another text of what is written, and quotes may be part of it.
        return "\\" in shown or shown == term.value.strip(text[0] if kind is Kind.STRING else "")
    return False


def _named(written: Terminal, iri: str) -> bool:
    kind, text, _ = written
    if kind is Kind.A:
        return iri == _RDF + "type"
    if text in ("(", ")"):
        return iri == _RDF + "nil"
    if kind not in (Kind.IRI, Kind.PREFIXED_NAME):
        return False
    shown = text[1:-1] if kind is Kind.IRI else text.partition(":")[2]
    # What has an escape or a dot in its path is not written as it is meant.
    return "\\" in shown or (kind is Kind.IRI and "." in shown) or iri.endswith(shown)
