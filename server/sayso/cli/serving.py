"""Load what `sayso serve` serves, in the process that workers are forked from."""

import sys
from collections.abc import Sequence
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from flask import Flask

from sayso.analysis.derived import load_derived
from sayso.analysis.kept import load_again
from sayso.endpoint.generation import Loaded
from sayso.endpoint.writes import RecordWriter
from sayso.endpoint.writes_folder import Folder
from sayso.endpoint.writes_token import Token
from sayso.errors import NotConforming, SaysoError
from sayso.paths import DataFolder
from sayso.text.dates import days
from sayso.validation.cache import Cache
from sayso.validation.check import How, check_folder
from sayso.validation.report import FORMATS
from sayso.web import create_app
from sayso.web.app import directly

FOLDER = f"{__name__}:load_folder"
_WARMING = (
    "/",
    "/overview",
    "/search?words=so",
    "/query/terms?text=so",
    "/sparql?query=ASK%7B%7D",
)


def load_folder(
    root: str,
    *,
    check: bool,
    most_rows: int,
    token: str | None = None,
    strict: bool = True,
    texts: Sequence[str] = (),
    services: Sequence[str] = (),
    kept: str | None = None,
) -> Loaded:
    """Load a data folder, and check it meanwhile in a process of its own.

    In the file ``kept`` stands what was derived before; only what changed is derived again.

    With the file of a ``token``, records can be written; all has to conform then where that is
    ``strict``. Raise what `load` raises, and NotConforming where a rule is broken; the report
    then stands on standard error.
    """
    folder = DataFolder(Path(root))
    verdict = _checking(folder) if check else None
    claims = load_again(folder, Path(kept)) if kept else load_derived(folder)
    writer = token and RecordWriter(Folder(folder, claims, strict), Token.read(Path(token)))
    shown = [Path(text) for text in texts]
    app = create_app(claims, most_rows, writer or None, shown, services=services)
    _warm(app)
    if verdict is not None and (report := verdict.recv()):
        sys.stderr.write(report)
        raise NotConforming
    return Loaded(app, claims.version, direct=directly(app))


def _checking(folder: DataFolder) -> Connection:
    ours, theirs = get_context("fork").Pipe(duplex=False)
    get_context("fork").Process(target=_check, args=(folder, theirs), daemon=True).start()
    theirs.close()  # so that a check that dies is an end of file and no wait without end
    return ours


def _check(folder: DataFolder, told: Connection) -> None:
    """Send the report of a check, which is empty where nothing is wrong."""
    try:
        outcome = check_folder(folder, (), days, How(cache=Cache.of_user()))
        unread = "".join(f"sayso: {fault}\n" for fault in outcome.unread)
        said = FORMATS["text"](outcome, Path.cwd()) + unread
        told.send("" if outcome.conforms else said)
    except SaysoError as error:
        told.send(f"sayso: {error}\n")


def _warm(app: Flask) -> None:
    """Answer once what every worker would else prepare for itself."""
    client = app.test_client()
    for path in _WARMING:
        client.get(path)
