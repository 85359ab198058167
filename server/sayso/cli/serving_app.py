"""Make what `sayso serve` serves of claims that are loaded: it takes long to import."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sayso.endpoint.generation import Loaded
from sayso.endpoint.writes import RecordWriter
from sayso.endpoint.writes_folder import Folder
from sayso.endpoint.writes_token import Token
from sayso.paths import DataFolder
from sayso.store import ClaimStore
from sayso.web import create_app
from sayso.web.ahead import Ahead
from sayso.web.app import directly

_WARMING = ("/", "/sparql?query=ASK%7B%7D")


@dataclass(frozen=True)
class Wanted:
    """How claims are to be served: as `load_folder` is told."""

    most_rows: int
    token: str | None = None
    strict: bool = True
    texts: Sequence[str] = ()
    services: Sequence[str] = ()


def serving(
    folder: DataFolder, claims: ClaimStore, wanted: Wanted, keep: Callable[[], object]
) -> Loaded:
    """Make the application, and begin to make in a process of its own what may come later.

    ``keep`` is called there first.
    """
    ahead = Ahead(claims)
    writer = None
    if wanted.token:
        token = Token.read(Path(wanted.token))
        writer = RecordWriter(Folder(folder, claims, wanted.strict), token)
    shown = [Path(text) for text in wanted.texts]
    app = create_app(claims, wanted.most_rows, writer, shown, ahead, services=wanted.services)
    client = app.test_client()
    for path in _WARMING:
        client.get(path)  # answers once what every worker would else prepare for itself
    ahead.begin(keep)  # at last, since this process then copies all the memory it goes through
    left = claims.union and not claims.union.written
    return Loaded(app, claims.version, direct=directly(app), rest=claims.union if left else None)
