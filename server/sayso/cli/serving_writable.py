"""Load what `sayso serve --writable` serves: a store on disk that changes while it is served."""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from werkzeug.test import Client

from sayso.cli.serving_store import apart, probe
from sayso.endpoint.gateway import Application, Environ, StartResponse
from sayso.endpoint.generation import Loaded
from sayso.endpoint.writes_store import StoreWriter
from sayso.endpoint.writes_token import Token
from sayso.endpoint.writes_update import StoreUpdater
from sayso.store.changing import Changing
from sayso.store.disk import NOTE, build, held, note, of_rdf, opened
from sayso.store.rdf import rdf_files
from sayso.web.plain import create_plain_app

_WARMING = "/sparql?query=ASK%7B%7D"


def open_writable(
    place: str,
    *,
    patterns: Sequence[str],
    token: str,
    most_rows: int = 0,
    services: Sequence[str] = (),
) -> Loaded:
    """Serve a store that is written, made of files first where it is not there yet.

    Raise as `build`, `Changing.at` and `Token.read` do.
    """
    folder = Path(place)
    if not (folder / NOTE).is_file():
        made = of_rdf(rdf_files(patterns), writable=True)
        apart(folder, lambda: build(folder, made))
    newest = Newest(Changing.at(folder), Token.read(Path(token)), most_rows, services)
    probe(folder, note(folder))
    return Loaded(newest, note(folder).version, newest.prepare)


@dataclass
class Newest:
    """An application that answers each request from the version that the store has by then.

    The version of a request at work is kept until it is answered.
    """

    store: Changing
    token: Token
    most_rows: int = 0
    services: Sequence[str] = ()
    _seen: tuple[int, int] = (0, 0)
    _lock: int | None = None
    _app: Application | None = field(default=None, repr=False)

    def prepare(self) -> None:
        """Open the store in this process."""
        Client(self).get(_WARMING)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request (WSGI)."""
        return self._newest()(environ, start_response)

    def _newest(self) -> Application:
        status = (self.store.place / NOTE).stat()
        now = (status.st_ino, status.st_mtime_ns)
        if self._app is None or now != self._seen:
            found, lock = held(self.store.place)
            self._app = create_plain_app(
                opened(self.store.place, found),
                self.most_rows,
                StoreWriter(self.store, self.token),
                StoreUpdater(self.store, self.token),
                self.services,
            )
            if self._lock is not None:
                os.close(self._lock)
            self._lock, self._seen = lock, now
        return self._app
