"""Know of one file the triples that it holds and, once one is sought, where each is written."""

import gzip
import re
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

import pyoxigraph as ox

from sayso.store.files import Source, read_bytes
from sayso.store.formats import N_QUADS, N_TRIPLES, TRIG, TURTLE, GraphFormat
from sayso.store.rdf import SUFFIXES
from sayso.store.spots import Written
from sayso.store.turtle import Lines, end_of
from sayso.validation.finding import Place

_MARK = "\ufeff"
_WITH_PLACES = (TURTLE, TRIG, N_TRIPLES, N_QUADS)
_ESCAPED = re.compile(r"[\"\\\n\r\t]")  # what is not written as it is meant
# An escape in an IRI, or a prefix that stands for the beginning of a name.
_HIDING = re.compile(rb"\\[uU]|(?i:prefix)[^\n<]*<[^>\n]*[^/#>]>")


class Script:
    """One file: the triples that it holds and, once one is sought, where each is written."""

    def __init__(self, source: Source, quads: Sequence[ox.Quad] | None = None) -> None:
        self.path, self.graph, self._given = source.path, source.graph, quads

    @cached_property
    def _content(self) -> bytes:
        content = read_bytes(self.path)
        return gzip.decompress(content) if self.path.suffix.lower() == ".gz" else content

    @cached_property
    def _text(self) -> str:
        return self._content.decode("utf-8", "replace")

    @cached_property
    def _form(self) -> GraphFormat:
        """The format that the name tells; what tells none is Turtle."""
        name = self.path.name.lower().removesuffix(".gz")
        return SUFFIXES.get(name.rpartition(".")[2], TURTLE)

    @cached_property
    def quads(self) -> Sequence[ox.Quad]:
        """The triples in the order of the engine; none where they cannot be read."""
        if self._given is not None:
            return self._given
        text = self._text.removeprefix(_MARK)
        try:
            return list(ox.parse(text, format=self._form.engine, base_iri=self.graph))
        except SyntaxError:
            return []

    @cached_property
    def _written(self) -> Written | None:
        if self._form not in _WITH_PLACES:
            return None
        # What was read before, and may be another text by now, has to fit as a whole.
        read_before = self._given is not None
        return Written(self._text, in_lines=self._form is N_QUADS, whole=read_before)

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self._text)

    def release(self) -> None:
        """Forget what can be read again, since there may be thousands of files."""
        for name in ("quads", "_said_of", "_content", "_text", "_unescaped", "_lines"):
            vars(self).pop(name, None)

    @cached_property
    def _said_of(self) -> Mapping[str, list[int]]:
        found = defaultdict(list)
        for number, quad in enumerate(self.quads):
            found[key(quad.subject)].append(number)
        return dict(found)

    @property
    def is_read(self) -> bool:
        """Whether the triples are known already."""
        return self._given is not None or "quads" in vars(self)

    def may_name(self, name: str) -> bool:
        """Whether this may say something of what ends in a name; it is read only if it may."""
        if self.is_read or self._form not in _WITH_PLACES or _ESCAPED.search(name):
            return True
        return name.encode() in self._content or self._hides_names

    def speaks_of(self, node: str) -> bool:
        """Whether a name of a node stands in the text, which need not be whole."""
        if node == self.graph or node.startswith(f"{self.graph}#") or self._is_hidden:
            return True
        document, hash_sign, _ = node.partition("#")
        parts = [last_part(document), last_part(node)] if hash_sign else [last_part(node)]
        return all(
            re.search(rf"(?<![\w-]){re.escape(part)}(?![\w-])", self._unescaped) for part in parts
        )

    @cached_property
    def _unescaped(self) -> str:
        return self._text.replace("\\", "")

    @cached_property
    def _is_hidden(self) -> bool:
        """Whether nobody can see what this is about: it is no text, or writes names otherwise."""
        try:
            return self._form not in _WITH_PLACES or self._hides_names or "\0" in self._text
        except (OSError, EOFError, zlib.error):
            return True

    @cached_property
    def _hides_names(self) -> bool:
        return bool(_HIDING.search(self._content))

    def said_of(self, subject: str) -> list[int]:
        """List the numbers of the triples of a subject, in their order."""
        return self._said_of.get(subject, [])

    def naming(self, value: str) -> Iterator[int]:
        """List the numbers of the triples that have an object of a value."""
        return (n for n, quad in enumerate(self.quads) if key(quad.object) == value)

    def subject(self, number: int) -> str:
        """Return the subject of a triple, as ``Places.find`` has it."""
        return key(self.quads[number].subject)

    def predicate(self, number: int) -> str:
        """Return the predicate of a triple."""
        return self.quads[number].predicate.value

    def value(self, number: int) -> str:
        """Return the object of a triple, as ``Places.find`` has it."""
        return key(self.quads[number].object)

    def at(self, number: int, part: str) -> Place:
        """Return the place of a part of a triple: subject, predicate or object.

        Where the file does not tell, the place is the file alone.
        """
        spot = None if self._written is None else self._written.spot(number, self.quads)
        if spot is None:
            return Place(self.path)
        terminal = getattr(spot, part) or spot.object
        end = end_of(self._text, terminal.offset)
        return Place(self.path, *self._lines.at(terminal.offset), *self._lines.at(end))


def key(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    """Return a term as places are sought by: its IRI, its label or its text."""
    return str(term) if isinstance(term, ox.Triple) else term.value


def last_part(iri: str) -> str:
    """Return what an IRI ends with however it is written, but for what ``_HIDING`` finds."""
    return iri.rstrip("#/").rpartition("#")[2].rpartition("/")[2]
