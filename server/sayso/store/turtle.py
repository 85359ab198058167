"""Read Turtle as its author wrote it: tokens and top-level statements, each with its place.

A parser gives triples and forgets where they stood. A report has to name lines, and a
rewrite has to leave alone what it does not change, so this follows the terminals of
W3C Turtle 1.1, section 6.5, with the braces and the word GRAPH of TriG, section 4, and nothing
more: whether a file is Turtle, a parser says.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from typing import NamedTuple
from urllib.parse import urljoin


class Kind(Enum):
    """The terminals of Turtle and TriG; comments are kept, white space is not."""

    COMMENT = "comment"
    IRI = "iri"
    PREFIXED_NAME = "prefixed name"
    BLANK_NODE = "blank node"
    DIRECTIVE = "directive"
    LANGTAG = "language tag"
    STRING = "string"
    NUMBER = "number"
    BOOLEAN = "boolean"
    A = "a"
    GRAPH = "the word GRAPH"
    PUNCTUATION = "punctuation"


class Terminal(NamedTuple):
    """One terminal: its text as written and its offset in code points."""

    kind: Kind
    text: str
    offset: int


class Token(NamedTuple):
    """One terminal: its text as written, its offset in code points, its line and column from 1."""

    kind: Kind
    text: str
    offset: int
    line: int
    column: int

    @property
    def end(self) -> int:
        """The offset behind the last character."""
        return self.offset + len(self.text)


_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_START = _BASE + "_"
_INNER = _START + "0-9\u00b7\u0300-\u036f\u203f-\u2040\\-"
_ESCAPE = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_UCHAR = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
_STRING_ESCAPE = rf"\\[tbnrf\"'\\]|{_UCHAR}"
_PREFIX = rf"(?:[{_BASE}](?:\.*[{_INNER}])*)?:"
_LOCAL = rf"(?:[{_START}:0-9]|{_ESCAPE})(?:\.*(?:[{_INNER}:]|{_ESCAPE}))*"

_TERMINALS = (
    (Kind.COMMENT, r"#[^\r\n]*"),
    (Kind.IRI, rf"<(?:[^\x00-\x20<>\"{{}}|^`\\]|{_UCHAR})*>"),
    (Kind.BLANK_NODE, rf"_:[{_START}0-9](?:\.*[{_INNER}])*"),
    (Kind.PREFIXED_NAME, rf"{_PREFIX}(?:{_LOCAL})?"),
    (Kind.LANGTAG, r"@[a-zA-Z]+(?:-[a-zA-Z0-9]+)*(?:--[a-zA-Z]+)?"),
    (
        Kind.STRING,
        rf'"""(?:"{{0,2}}(?:[^"\\]|{_STRING_ESCAPE}))*"""'
        rf"|'''(?:'{{0,2}}(?:[^'\\]|{_STRING_ESCAPE}))*'''"
        rf'|"(?:[^"\\\r\n]|{_STRING_ESCAPE})*"'
        rf"|'(?:[^'\\\r\n]|{_STRING_ESCAPE})*'",
    ),
    (
        Kind.NUMBER,
        r"[+-]?(?:[0-9]+\.[0-9]*[eE][+-]?[0-9]+|\.?[0-9]+[eE][+-]?[0-9]+|[0-9]*\.[0-9]+|[0-9]+)",
    ),
    (Kind.BOOLEAN, r"(?:true|false)\b"),
    (Kind.DIRECTIVE, r"(?i:prefix|base|version)\b"),
    (Kind.GRAPH, r"(?i:graph)\b"),
    (Kind.A, r"a\b"),
    (Kind.PUNCTUATION, r"\^\^|[\[\](){},;.]"),
)
_KINDS = (Kind.COMMENT, *(kind for kind, _ in _TERMINALS))  # a group's number is its index
# The last group takes what is no terminal, so that nothing is passed over.
_SCANNER = rf"[ \t\r\n]*(?:{'|'.join(f'({form})' for _, form in _TERMINALS)}|\Z|([\s\S]))"
_BEHIND_STRING = re.compile(
    rf"@[a-zA-Z]+(?:-[a-zA-Z0-9]+)*(?:--[a-zA-Z]+)?"
    rf"|[ \t\r\n]*\^\^[ \t\r\n]*(?:<[^>\x00-\x20]*>|{_PREFIX}(?:{_LOCAL})?)"
)
_LINE_END = re.compile(r"\r\n|\r|\n")
_UNESCAPED = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_BYTE_ORDER_MARK = "\ufeff"
_AT_DIRECTIVES = frozenset({"@prefix", "@base", "@version"})


class Lines:
    """The lines of a text; CR, LF and both together end one (Turtle 1.1, section 6.4)."""

    def __init__(self, text: str) -> None:
        # A byte order mark is no part of the first line.
        first = int(text.startswith(_BYTE_ORDER_MARK))
        self._starts = [first, *(match.end() for match in _LINE_END.finditer(text))]

    def at(self, offset: int) -> tuple[int, int]:
        """Return the line and the column of an offset, both from 1."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


@cache
def _scanner() -> re.Pattern[str]:
    """Compile the pattern of all terminals, which takes longer than many a command."""
    return re.compile(_SCANNER)


def scan(text: str) -> Iterator[Terminal]:
    """Yield the terminals of a Turtle or TriG document in order, comments among them.

    Offsets count code points of the text as given, a byte order mark included. Raise
    SyntaxError with line and column at what is no terminal.
    """
    kind: Kind | None = None
    for found in _scanner().finditer(text, int(text.startswith(_BYTE_ORDER_MARK))):
        group = found.lastindex
        if group is None:
            return
        written, offset, after_string = found[group], found.start(group), kind is Kind.STRING
        if group == len(_KINDS):
            message = f"no Turtle begins with {written!r} here"
            raise SyntaxError(message, (None, *Lines(text).at(offset), None))
        kind = _KINDS[group]
        if not after_string and written in _AT_DIRECTIVES:
            kind = Kind.DIRECTIVE
        yield Terminal(kind, written, offset)


def terminal_at(text: str, offset: int) -> Terminal:
    """Return the terminal that begins at an offset; raise SyntaxError where none does."""
    found = _scanner().match(text, offset)
    group = found.lastindex if found else None
    if found is None or group is None or group == len(_KINDS):
        message = "no Turtle begins here"
        raise SyntaxError(message, (None, *Lines(text).at(offset), None))
    return Terminal(_KINDS[group], found[group], found.start(group))


def end_of(text: str, offset: int) -> int:
    """Return the offset behind the terminal at another; a literal has its tag or its datatype."""
    terminal = terminal_at(text, offset)
    end = terminal.offset + len(terminal.text)
    behind = _BEHIND_STRING.match(text, end) if terminal.kind is Kind.STRING else None
    return behind.end() if behind else end


def tokens(text: str) -> Iterator[Token]:
    """Yield the terminals of a document as ``scan`` does, with their lines and columns.

    A column does not count a byte order mark. Raise SyntaxError as ``scan`` does.
    """
    lines = Lines(text)
    for kind, written, offset in scan(text):
        yield Token(kind, written, offset, *lines.at(offset))


@dataclass(frozen=True)
class Names:
    """The prefixes and the base in force at a place of the document."""

    base: str = ""
    prefixes: Mapping[str, str] = field(default_factory=dict)

    def resolve(self, token: Token) -> str | None:
        """Return the absolute IRI that a token writes, `_:…` of a blank node, else None."""
        if token.kind is Kind.IRI:
            return self._absolute(token)
        if token.kind is Kind.BLANK_NODE:
            return token.text
        if token.kind is Kind.A:
            return "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
        if token.kind is Kind.PREFIXED_NAME:
            prefix, _, local = token.text.partition(":")
            start = self.prefixes.get(prefix)
            return None if start is None else start + re.sub(r"\\(.)", r"\1", local)
        return None

    def after(self, directive: list[Token]) -> "Names":
        """Return the names in force behind a directive."""
        iri = next((token for token in directive if token.kind is Kind.IRI), None)
        name = next((token for token in directive if token.kind is Kind.PREFIXED_NAME), None)
        if iri is None:
            return self
        if name is None:
            return Names(self._absolute(iri), self.prefixes)
        prefix = name.text.partition(":")[0]
        return Names(self.base, {**self.prefixes, prefix: self._absolute(iri)})

    def _absolute(self, token: Token) -> str:
        relative = _UNESCAPED.sub(
            lambda match: chr(int(match[1] or match[2], 16)), token.text[1:-1]
        )
        joined = urljoin(self.base, relative) if self.base else relative
        # urljoin drops an empty fragment, and with it the end of a namespace.
        return joined + "#" if relative.endswith("#") and not joined.endswith("#") else joined


@dataclass(frozen=True)
class Block:
    """One top-level statement: a directive, or a subject with all that is said of it.

    ``subject`` is absolute, `_:…` for a labelled blank node, None for a directive or `[ … ]`.
    ``comments`` are the comment lines directly above, with no empty line between; a comment
    inside is among ``tokens``. ``start`` and ``end`` are offsets, comments above not counted.
    """

    tokens: tuple[Token, ...]
    comments: tuple[Token, ...]
    subject: str | None
    names: Names

    @property
    def start(self) -> int:
        """The offset of the first token."""
        return self.tokens[0].offset

    @property
    def end(self) -> int:
        """The offset behind the full stop, or behind the IRI of a SPARQL-style directive."""
        return self.tokens[-1].end

    @property
    def is_directive(self) -> bool:
        """Whether this sets a prefix or the base."""
        return self.tokens[0].kind is Kind.DIRECTIVE


def blocks(text: str, base: str = "") -> list[Block]:
    """Split a Turtle document into its top-level statements, in order.

    Relative IRIs resolve against ``base`` until the document sets its own. Raise SyntaxError
    where the text has no tokens; a last statement without its full stop is given as it is.
    """
    names, found = Names(base), []
    for comments, statement in _statements(text):
        names = names.after(statement) if statement[0].kind is Kind.DIRECTIVE else names
        subject = names.resolve(statement[0])
        found.append(Block(tuple(statement), tuple(comments), subject, names))
    return found


def _statements(text: str) -> Iterator[tuple[list[Token], list[Token]]]:
    above: list[Token] = []
    inside: list[Token] = []
    depth, last_line = 0, 0
    for token in tokens(text):
        if token.kind is Kind.COMMENT and not inside:
            own_line = token.line != last_line
            apart = not above or token.line != above[-1].line + 1
            above = ([token] if apart else [*above, token]) if own_line else above
            continue
        inside.append(token)
        last_line = token.line + len(_LINE_END.findall(token.text))
        depth += (token.text in _OPENING) - (token.text in _CLOSING)
        if depth == 0 and _closes(inside):
            yield _adjacent(above, inside[0].line), inside
            above, inside = [], []
    if inside:
        yield _adjacent(above, inside[0].line), inside


def _closes(statement: list[Token]) -> bool:
    first, last = statement[0], statement[-1]
    if first.kind is Kind.DIRECTIVE and not first.text.startswith("@"):
        return last.kind is Kind.IRI
    return last.kind is Kind.PUNCTUATION and last.text == "."


def _adjacent(comments: list[Token], line: int) -> list[Token]:
    return comments if comments and comments[-1].line == line - 1 else []


_OPENING, _CLOSING = frozenset("[("), frozenset("])")
