"""Write the records of one data folder, each change checked before it is made."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pyoxigraph as ox

from sayso.endpoint.graphs import GraphStoreApp
from sayso.endpoint.negotiation import HTML
from sayso.endpoint.tags import among
from sayso.endpoint.writes_body import BODY, Body, Triple, read_body
from sayso.endpoint.writes_check import Change, judge
from sayso.endpoint.writes_conditions import Conditions
from sayso.endpoint.writes_record import Record, merged_comments, own, rewritten
from sayso.errors import (
    LastRecord,
    NoSuchRecord,
    NotWritable,
    SaysoError,
    SpoiltFolder,
)
from sayso.paths import DataFolder
from sayso.store import ClaimStore
from sayso.store.files import Source, read
from sayso.store.formats import GRAPH_FORMATS
from sayso.store.implied import Rules
from sayso.store.write import put, remove, sole_writer
from sayso.validation.check import Outcome
from sayso.vocabularies import BASE

PATIENCE = 20.0  # seconds that a write waits for another
_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,198}[A-Za-z0-9_-])?")
_SUFFIXES = (HTML.rpartition("/")[2], *(form.suffix for form in GRAPH_FORMATS))
_LONG_ENOUGH = 16  # digits of a version that tell it from all others


@dataclass(frozen=True)
class Wanted:
    """What a client wants: a method, the IRI of a graph, and the state that it has to be in."""

    method: str
    iri: str
    conditions: Conditions


@dataclass(frozen=True)
class Written:
    """What was done; ``state`` names the new one, ``path`` is the record's on this server."""

    changed: bool
    created: bool
    state: str | None
    path: str


@dataclass(frozen=True)
class Folder:
    """A data folder, and what is served of it at the moment.

    Where it is ``strict``, all of it has to conform after a write, for then that is promised.
    """

    data: DataFolder
    claims: ClaimStore
    strict: bool = True
    patience: float = PATIENCE

    @property
    def base(self) -> str:
        """What the folder's own IRIs begin with."""
        return self.claims.base

    @property
    def articles(self) -> str:
        """What the IRIs of records begin with."""
        return self.base + "article/"

    def write(
        self,
        wanted: Wanted,
        content: bytes | None,
        content_type: str,
        begin: Callable[[], object],
    ) -> Written | Outcome:
        """Make a change, or return what the check found against it; nothing is written then.

        ``begin`` is called when all is well, just before a file changes.

        Raise NotWritable, ChangedSince, NoSuchRecord, LastRecord, FolderBusy, SpoiltFolder,
        CannotWrite, or what the reading of the body raises.
        """
        name = self._name(wanted.iri)
        body = None if content is None else read_body(content, content_type, wanted.iri)
        with sole_writer(self.data, self.patience):
            try:
                return self._written(wanted, name, body, begin)
            except SaysoError as error:
                spoilt = error.facts.get("path")
                if isinstance(spoilt, Path) and spoilt != Path(BODY):
                    raise SpoiltFolder(path=self._shown(spoilt)) from error
                raise

    def _written(
        self, wanted: Wanted, name: str, body: Body | None, begin: Callable[[], object]
    ) -> Written | Outcome:
        record = Record.at(self.data.articles / f"{name}.ttl", wanted.iri)
        rules = Rules.of(self._ontology())
        state = self._state(record, rules)
        wanted.conditions.expect(partial(self._is_current, wanted.iri, state))
        if body is None:
            return self._delete(record, begin)
        texts = self._merged(wanted, record, body, rules)
        return self._put(record, texts, rules, begin)

    def _shown(self, path: Path) -> str:
        """Name a file without saying where on this machine it is."""
        path, root = path.resolve(), self.data.root.resolve()
        return str(path.relative_to(root)) if path.is_relative_to(root) else path.name

    def _name(self, iri: str) -> str:
        name = iri.removeprefix(self.articles)
        known = name in {path.stem for path in self.data.records()}
        fit = _NAME.fullmatch(name) and name.rpartition(".")[2] not in _SUFFIXES
        if name == iri or not (known or fit):
            raise NotWritable(articles=self.articles, iri=iri)
        return name

    def _ontology(self) -> Iterator[ox.Quad]:
        for path in self.data.ontology():
            yield from read(Source(path, BASE))

    def _is_current(self, iri: str, state: str | None, given: str, *, weakly: bool = False) -> bool:
        if state is None:
            return False
        return among(given, partial(self._names, iri, state), weakly=weakly)

    def _names(self, iri: str, state: str, given: str) -> bool:
        """Say whether what a tag begins with is the name of this state, or of the version.

        The version names all that is loaded, and so this record too as long as it is as it was
        loaded.
        """
        if given == state:
            return True
        served = len(given) >= _LONG_ENOUGH and self.claims.version.startswith(given)
        return served and GraphStoreApp(self.claims).digest(iri) == state

    def _merged(
        self, wanted: Wanted, record: Record, body: Body, rules: Rules
    ) -> tuple[str, str | None]:
        """Return the new file, and what the client sent of it in Turtle."""
        triples = own(body.triples, record, rules, self._elsewhere(wanted.iri))
        sent = body.turtle
        if wanted.method == "POST":
            triples |= record.triples
            body = merged_comments(record, body)
        return rewritten(record, triples, body, self.base), sent

    def _elsewhere(self, iri: str) -> "_Elsewhere":
        return _Elsewhere(self.claims, iri)

    def _put(
        self,
        record: Record,
        texts: tuple[str, str | None],
        rules: Rules,
        begin: Callable[[], object],
    ) -> Written | Outcome:
        text, sent = texts
        path = "/article/" + record.path.stem
        if text == record.content:
            return Written(False, False, self._state(record, rules), path)
        outcome = judge(Change(self.data, self.base, record, text), sent, strict=self.strict)
        if not outcome.conforms:
            return outcome
        begin()
        put(record.path, text.encode())
        state = self._state(Record.at(record.path, record.iri), rules)
        return Written(True, record.content is None, state, path)

    def _state(self, record: Record, rules: Rules) -> str | None:
        return record.state(rules, self.claims.prefixes)

    def _delete(self, record: Record, begin: Callable[[], object]) -> Written | Outcome:
        if record.content is None:
            raise NoSuchRecord(iri=record.iri)
        if len(self.data.records()) == 1:
            raise LastRecord(iri=record.iri)
        outcome = judge(Change(self.data, self.base, record, None), None, strict=self.strict)
        if not outcome.conforms:
            return outcome
        begin()
        remove(record.path)
        return Written(True, False, None, "/article/" + record.path.stem)


@dataclass(frozen=True)
class _Elsewhere:
    """Say whether a triple is served in another graph."""

    claims: ClaimStore
    iri: str

    def __call__(self, triple: Triple) -> bool:
        found = self.claims.store.quads_for_pattern(*triple, None)
        return any(quad.graph_name != ox.NamedNode(self.iri) for quad in found)
