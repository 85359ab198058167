"""Load what `sayso serve --rdf` and `sayso serve --store` serve."""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, partial
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TypeVar, cast

from flask import Flask
from werkzeug.test import Client

from sayso.endpoint.gateway import Answer, Environ, StartResponse
from sayso.endpoint.generation import Loaded
from sayso.endpoint.wire import Call
from sayso.errors import BrokenStore, SaysoError
from sayso.store import ClaimStore, RdfStore
from sayso.store.disk import Note, hold, opened
from sayso.store.rdf import load_rdf, rdf_files
from sayso.web import create_app
from sayso.web.app import directly
from sayso.web.index import Index, content
from sayso.web.plain import create_plain_app

FILES = f"{__name__}:load_files"
STORE = f"{__name__}:open_store"
_WARMING = "/sparql?query=ASK%7B%7D"
Found = TypeVar("Found")


def load_files(patterns: Sequence[str], *, most_rows: int, services: Sequence[str] = ()) -> Loaded:
    """Load files of any RDF into memory; raise as ``rdf_files`` and ``load_rdf`` do."""
    data = load_rdf(rdf_files(patterns))
    app = _app(data, most_rows, services)
    app.test_client().get("/")  # counts once what every worker would else count
    return Loaded(app, data.version, direct=directly(app))


def open_store(place: str, *, most_rows: int, services: Sequence[str] = ()) -> Loaded:
    """Serve a store on disk, which each worker opens for itself.

    RocksDB's handles do not outlive a fork, so this process opens none. Raise NoStore or
    BrokenStore.
    """
    held = hold(Path(place))
    index = Index(found) if (found := probe(Path(place), held)) else None
    late = Late(Path(place), held, most_rows, services, index)
    return Loaded(late, held.version, late.prepare, late.direct)


class Late:
    """An application over a store that is opened when a worker is prepared, or first asked."""

    def __init__(
        self,
        place: Path,
        held: Note,
        most_rows: int,
        services: Sequence[str] = (),
        index: Index | None = None,
    ) -> None:
        self._open = partial(opened, place, held)
        self._most_rows = most_rows
        self._services = services
        self._index = index

    @cached_property
    def _app(self) -> Flask:
        return _app(self._open(), self._most_rows, self._services, self._index)

    def prepare(self) -> None:
        """Open the store in this process."""
        Client(self._app).get(_WARMING)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request (WSGI)."""
        return self._app(environ, start_response)

    def direct(self, call: Call, environ: Callable[[], Environ], answer: Answer) -> bool:
        """Answer a request without WSGI, if that can be (`Direct`)."""
        return directly(self._app)(call, environ, answer)


def _app(
    data: RdfStore, most_rows: int, services: Sequence[str], index: Index | None = None
) -> Flask:
    if isinstance(data, ClaimStore):
        return create_app(data, most_rows, services=services, index=index)
    return create_plain_app(data, most_rows, services=services)


def probe(place: Path, held: Note) -> bytes:
    """Open a store in a process that ends, and index there what claims it has.

    Return the index, or nothing where there are no claims; raise BrokenStore.
    """
    return apart(place, lambda: _try(place, held))


def _try(place: Path, held: Note) -> bytes:
    try:
        data = opened(place, held)
        bool(data.queryable.query("ASK { ?s ?p ?o }"))
        return content(data) if isinstance(data, ClaimStore) else b""
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
