"""Load what `sayso serve --store` serves: a store on disk, of claims or of any RDF."""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, partial
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TypeVar, cast

from flask import Flask
from werkzeug.test import Client

from sayso.endpoint.answer import Answer
from sayso.endpoint.beside import Beside
from sayso.endpoint.gateway import Environ, StartResponse
from sayso.endpoint.generation import Loaded
from sayso.endpoint.wire import Call
from sayso.errors import BrokenStore, SaysoError
from sayso.store import ClaimStore
from sayso.store.disk import Note, hold, opened
from sayso.web import create_app
from sayso.web.ahead import Ahead, begun
from sayso.web.app import directly
from sayso.web.plain import create_plain_app

_WARMING = "/sparql?query=ASK%7B%7D"
Found = TypeVar("Found")


def open_store(place: str, *, most_rows: int, services: Sequence[str] = ()) -> Loaded:
    """Serve a store on disk, which each worker opens for itself.

    RocksDB's handles do not outlive a fork, so this process opens none. Raise NoStore or
    BrokenStore.
    """
    held = hold(Path(place))
    probe(Path(place), held)
    late = Late(Path(place), held, most_rows, services)
    late.begin()
    return Loaded(late, held.version, late.prepare, late.direct)


class Late:
    """An application over a store that is opened when a worker is prepared, or first asked."""

    def __init__(
        self,
        place: Path,
        held: Note,
        most_rows: int,
        services: Sequence[str] = (),
    ) -> None:
        self._open = partial(opened, place, held)
        self._most_rows = most_rows
        self._services = services
        self._claims = held.base is not None
        self._made: dict[str, Beside] = {}

    def begin(self) -> None:
        """Begin to make of claims, in a process of its own, what takes long."""
        if self._claims:
            self._made = begun(lambda: cast("ClaimStore", self._open()))

    @cached_property
    def _app(self) -> Flask:
        data = self._open()
        if not isinstance(data, ClaimStore):
            return create_plain_app(data, self._most_rows, services=self._services)
        ahead = Ahead(data, self._made)
        return create_app(data, self._most_rows, ahead=ahead, services=self._services)

    def prepare(self) -> None:
        """Open the store in this process."""
        Client(self._app).get(_WARMING)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request (WSGI)."""
        return self._app(environ, start_response)

    def direct(self, call: Call, environ: Callable[[], Environ], answer: Answer) -> bool:
        """Answer a request without WSGI, if that can be (`Direct`)."""
        return directly(self._app)(call, environ, answer)


def probe(place: Path, held: Note) -> None:
    """Open a store in a process that ends; raise BrokenStore."""
    apart(place, lambda: _try(place, held))


def _try(place: Path, held: Note) -> None:
    try:
        bool(opened(place, held).queryable.query("ASK { ?s ?p ?o }"))
    except (OSError, RuntimeError) as error:
        raise BrokenStore(path=place, reason=error) from error


def apart(place: Path, act: Callable[[], Found]) -> Found:
    """Do something with a store in a process that ends, since RocksDB has threads.

    Return what it returns. Raise what it raises, and BrokenStore where the process fails.
    """
    ours, theirs = get_context("fork").Pipe(duplex=False)
    get_context("fork").Process(target=_tell, args=(act, theirs), daemon=True).start()
    theirs.close()
    try:
        fault, found = ours.recv()
    except EOFError as error:
        raise BrokenStore(path=place, reason="the engine failed at it") from error
    if fault:
        kind, facts = fault
        raise kind(**facts)
    return cast("Found", found)


def _tell(act: Callable[[], object], told: Connection) -> None:
    fault: tuple[type[SaysoError], dict[str, str]] | None = None
    found: object = None
    try:
        found = act()
    except SaysoError as error:
        fault = type(error), {name: str(fact) for name, fact in error.facts.items()}
    told.send((fault, found))
