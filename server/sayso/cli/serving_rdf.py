"""Load what `sayso serve --rdf` and `sayso serve --store` serve."""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, partial
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from flask import Flask
from werkzeug.test import Client

from sayso.endpoint.gateway import Application, Environ, StartResponse
from sayso.endpoint.generation import Loaded
from sayso.errors import BrokenStore, SaysoError
from sayso.store import ClaimStore, RdfStore
from sayso.store.disk import Note, hold, opened
from sayso.store.rdf import load_rdf, rdf_files
from sayso.web import create_app
from sayso.web.plain import create_plain_app

FILES = f"{__name__}:load_files"
STORE = f"{__name__}:open_store"
_WARMING = "/sparql?query=ASK%7B%7D"


def load_files(patterns: Sequence[str], *, most_rows: int, services: Sequence[str] = ()) -> Loaded:
    """Load files of any RDF into memory; raise as ``rdf_files`` and ``load_rdf`` do."""
    data = load_rdf(rdf_files(patterns))
    app = _app(data, most_rows, services)
    app.test_client().get("/")  # counts once what every worker would else count
    return Loaded(app, data.version)


def open_store(place: str, *, most_rows: int, services: Sequence[str] = ()) -> Loaded:
    """Serve a store on disk, which each worker opens for itself.

    RocksDB's handles do not outlive a fork, so this process opens none. Raise NoStore or
    BrokenStore.
    """
    held = hold(Path(place))
    probe(Path(place), held)
    late = Late(Path(place), held, most_rows, services)
    return Loaded(late, held.version, late.prepare)


class Late:
    """An application over a store that is opened when a worker is prepared, or first asked."""

    def __init__(
        self, place: Path, held: Note, most_rows: int, services: Sequence[str] = ()
    ) -> None:
        self._open = partial(opened, place, held)
        self._most_rows = most_rows
        self._services = services

    @cached_property
    def _app(self) -> Application:
        return _app(self._open(), self._most_rows, self._services)

    def prepare(self) -> None:
        """Open the store in this process."""
        Client(self._app).get(_WARMING)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request (WSGI)."""
        return self._app(environ, start_response)


def _app(data: RdfStore, most_rows: int, services: Sequence[str]) -> Flask:
    if isinstance(data, ClaimStore):
        return create_app(data, most_rows, services=services)
    return create_plain_app(data, most_rows, services=services)


def probe(place: Path, held: Note) -> None:
    """Open a store in a process that ends; raise BrokenStore."""
    apart(place, lambda: _try(place, held))


def _try(place: Path, held: Note) -> None:
    try:
        bool(opened(place, held).queryable.query("ASK { ?s ?p ?o }"))
    except (OSError, RuntimeError) as error:
        raise BrokenStore(path=place, reason=error) from error


def apart(place: Path, act: Callable[[], object]) -> None:
    """Do something with a store in a process that ends, since RocksDB has threads.

    Raise what it raises, and BrokenStore where the process fails.
    """
    ours, theirs = get_context("fork").Pipe(duplex=False)
    get_context("fork").Process(target=_tell, args=(act, theirs), daemon=True).start()
    theirs.close()
    try:
        fault = ours.recv()
    except EOFError as error:
        raise BrokenStore(path=place, reason="the engine failed at it") from error
    if fault:
        kind, facts = fault
        raise kind(**facts)


def _tell(act: Callable[[], object], told: Connection) -> None:
    fault = None
    try:
        act()
    except SaysoError as error:
        fault = type(error), {name: str(fact) for name, fact in error.facts.items()}
    told.send(fault)
