"""Find where in the files something is said, without a trace of it in the graph."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import pyoxigraph as ox

from sayso.store.files import Source
from sayso.validation.finding import Place
from sayso.validation.script import Script, last_part
from sayso.validation.steps import Steps
from sayso.vocabularies import VOCABULARIES

_TYPE = VOCABULARIES["rdf"] + "type"
_MOST_NODES = 10_000  # that a property path is followed to
_MOST_READ = 64  # files whose triples are held at once


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
        name = last_part(subject)
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
