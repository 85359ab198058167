"""Find where in the files something is said, without a trace of it in the graph."""

import gzip
import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

import pyoxigraph as ox

from sayso.store.files import Source, read_bytes
from sayso.store.formats import N_QUADS, N_TRIPLES, TRIG, TURTLE, GraphFormat
from sayso.store.rdf import SUFFIXES
from sayso.store.spots import Written
from sayso.store.turtle import Lines, end_of
from sayso.validation.finding import Place
from sayso.vocabularies import VOCABULARIES

_TYPE = VOCABULARIES["rdf"] + "type"
_NIL = VOCABULARIES["rdf"] + "nil"
_INVERSE = VOCABULARIES["sh"] + "inversePath"
_MARK = "\ufeff"
_WITH_PLACES = (TURTLE, TRIG, N_TRIPLES, N_QUADS)
_ESCAPED = re.compile(r"[\"\\\n\r\t]")  # what is not written as it is meant
# An escape in an IRI, or a prefix that stands for the beginning of a name.
_HIDING = re.compile(rb"\\[uU]|(?i:prefix)[^\n<]*<[^>\n]*[^/#>]>")
_MOST_NODES = 10_000  # that a property path is followed to
_MOST_READ = 64  # files whose triples are held at once


class Steps(NamedTuple):
    """The predicates that a property path follows, and those that it follows backwards."""

    there: frozenset[str]
    back: frozenset[str]

    @classmethod
    def of(cls, path: str, triples: Iterable[ox.Triple]) -> "Steps":
        """Read the path of a label (SHACL, section 2.3.1) from triples that describe it."""
        told = defaultdict(list)
        for triple in triples:
            told[_key(triple.subject)].append((triple.predicate.value, _key(triple.object)))
        there: set[str] = set()
        back: set[str] = set()
        seen: set[str] = set()
        waiting = [(path, False)]
        while waiting:
            node, inverse = waiting.pop()
            if node in told and node not in seen:
                seen.add(node)
                waiting += [(below, inverse ^ (p == _INVERSE)) for p, below in told[node]]
            elif node not in told and node != _NIL:
                (back if inverse else there).add(node)
        return cls(frozenset(there), frozenset(back))


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
            found[_key(quad.subject)].append(number)
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
        parts = [_last_part(document), _last_part(node)] if hash_sign else [_last_part(node)]
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
        return (n for n, quad in enumerate(self.quads) if _key(quad.object) == value)

    def subject(self, number: int) -> str:
        """Return the subject of a triple, as ``Places.find`` has it."""
        return _key(self.quads[number].subject)

    def predicate(self, number: int) -> str:
        """Return the predicate of a triple."""
        return self.quads[number].predicate.value

    def value(self, number: int) -> str:
        """Return the object of a triple, as ``Places.find`` has it."""
        return _key(self.quads[number].object)

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


def _key(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    return str(term) if isinstance(term, ox.Triple) else term.value


class Places:
    """Where in some files things are said; a file is searched when something in it is sought."""

    def __init__(self, scripts: Iterable[Script]) -> None:
        self._scripts = list(scripts)
        self._telling: dict[str, list[Script]] = {}
        self._of_graph: dict[str, list[Script]] = {}
        self._recent: dict[Script, None] = {}
        for script in self._scripts:
            self._of_graph.setdefault(script.graph, []).append(script)

    def quads_of(self, source: Source) -> Sequence[ox.Quad]:
        """Return what a file says; they are not kept for long."""
        (script,) = (each for each in self._of_graph[source.graph] if each.path == source.path)
        return self._used(script).quads

    def _used(self, script: Script) -> Script:
        """Note that a file is read, and forget the one that was read first of too many."""
        self._recent.pop(script, None)
        self._recent[script] = None
        if len(self._recent) > _MOST_READ:
            first = next(iter(self._recent))
            del self._recent[first]
            first.release()
        return script

    @classmethod
    def of(cls, sources: Iterable[Source]) -> "Places":
        """Take files, as a mapping with the quads that they were read into, or alone.

        A blank node has the label that it has in those quads.
        """
        known = sources if isinstance(sources, Mapping) else {}
        return cls(Script(source, known.get(source)) for source in sources)

    def find(
        self, subject: str, predicate: str | None = None, value: str | None = None
    ) -> Place | None:
        """Return the place that a person would point at; of equals, the first.

        That is the value which the subject is given by the predicate, or by any where there is
        none; else the predicate; else the subject where its type is told, or anything else of
        it; else where it is named. A term is its IRI, its label or its text. What the document
        of the subject's own IRI says comes before what others say.
        """
        given = self._given(subject, predicate, value) if value is not None else None
        if given is not None:
            return given
        said = self._said_at_home(subject) or self._said(subject)
        for script, number in said if predicate else ():
            if script.predicate(number) == predicate:
                return script.at(number, "predicate")
        for script, number in [e for e in said if e[0].predicate(e[1]) == _TYPE] or said:
            return script.at(number, "subject")
        return self._named(subject)

    def point(
        self,
        focus: str,
        predicate: str | None,
        value: str | None,
        *,
        steps: Steps | None = None,
        closed: bool = False,
    ) -> Place | None:
        """Return the place of a result of SHACL, terms as ``find`` has them.

        Where the path is none of a single predicate, ``steps`` are those of it, and the place is
        where the focus itself is given the value, or else where the path comes upon it. A
        property that a ``closed`` shape has no room for is at fault itself, and not its value.
        """
        if steps is not None and value is not None:
            found = self._given(focus, None, value) or self._reached(focus, value, steps)
            if found:
                return found
        return self.find(focus, predicate, None if closed else value)

    def _reached(self, focus: str, value: str, steps: Steps) -> Place | None:
        for script, number, end in self._followed(focus, steps):
            if end == value:
                part = "object" if script.value(number) == value else "subject"
                return script.at(number, part)
        return None

    def upon(self, focus: str, steps: Steps) -> Iterator[str]:
        """Yield the nodes that a path may come upon, from the nearest on."""
        return (end for _, _, end in self._followed(focus, steps))

    def _followed(self, focus: str, steps: Steps) -> Iterator[tuple[Script, int, str]]:
        seen, waiting = {focus}, [focus]
        while waiting and len(seen) < _MOST_NODES:
            node = waiting.pop(0)
            for step in self._steps(node, steps):
                yield step
                end = step[2]
                if end not in seen:
                    seen.add(end)
                    waiting.append(end)

    def _steps(self, node: str, steps: Steps) -> Iterator[tuple[Script, int, str]]:
        for script in self._telling_of(node):
            for number in self._used(script).said_of(node):
                if script.predicate(number) in steps.there:
                    yield script, number, script.value(number)
            for number in script.naming(node) if steps.back else ():
                if script.predicate(number) in steps.back:
                    yield script, number, script.subject(number)

    def _said(self, subject: str) -> list[tuple[Script, int]]:
        scripts = self._telling_of(subject)
        return [(each, n) for each in scripts for n in self._used(each).said_of(subject)]

    def _said_at_home(self, subject: str) -> list[tuple[Script, int]]:
        """List what the subject's own document says, if that tells what it is."""
        own = self._of_graph.get(subject.partition("#")[0], [])
        said = [(script, n) for script in own for n in self._used(script).said_of(subject)]
        typed = any(script.predicate(number) == _TYPE for script, number in said)
        return said if typed else []

    def _given(self, subject: str, predicate: str | None, value: str) -> Place | None:
        said = self._said_at_home(subject)
        return _valued(said, predicate, value) or _valued(self._said(subject), predicate, value)

    def _telling_of(self, subject: str) -> list[Script]:
        name = _last_part(subject)
        if ":" not in subject:
            # The label of a blank node stands in no text; it is known from what was read.
            return [each for each in self._scripts if each.is_read or each.may_name(name)]
        if name not in self._telling:
            self._telling[name] = [each for each in self._scripts if each.may_name(name)]
        return self._telling[name]

    def _named(self, value: str) -> Place | None:
        for script in self._telling_of(value):
            for number in self._used(script).naming(value):
                return script.at(number, "object")
        return None


def _valued(said: Iterable[tuple[Script, int]], predicate: str | None, value: str) -> Place | None:
    for script, number in said:
        if predicate in (None, script.predicate(number)) and script.value(number) == value:
            return script.at(number, "object")
    return None


def _last_part(iri: str) -> str:
    """Return what an IRI ends with however it is written, but for what ``_HIDING`` finds."""
    return iri.rstrip("#/").rpartition("#")[2].rpartition("/")[2]
