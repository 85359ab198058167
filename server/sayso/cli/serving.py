"""Load what `sayso serve` serves, in the process that workers are forked from."""

import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from sayso.analysis.kept import Keep, load_again
from sayso.endpoint.generation import Loaded
from sayso.errors import NotConforming, SaysoError
from sayso.paths import DataFolder
from sayso.store import ClaimStore

_LARGE = 100_000  # triples; the union of fewer takes a quarter of a second


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
    with ThreadPoolExecutor(1) as aside:
        # Not by this thread: it will ask the queries, and what these allocate would be put
        # together from the pieces that loading leaves free, which takes them up to a third longer.
        loading = aside.submit(_load, folder, Path(kept) if kept else None, writing=bool(token))
        # This takes half a second, in which the engine loads.
        from sayso.cli.serving_app import Wanted, serving  # noqa: PLC0415

        claims, keep = loading.result()
    loaded = serving(folder, claims, Wanted(most_rows, token, strict, texts, services), keep)
    if verdict is not None and (report := verdict.recv()):
        sys.stderr.write(report)
        raise NotConforming
    return loaded


def _load(folder: DataFolder, kept: Path | None, *, writing: bool) -> tuple[ClaimStore, Keep]:
    """Load, but leave the union of a large graph for later; a worker that writes is to have all."""
    claims, keep = load_again(folder, kept)
    if claims.union and (writing or claims.flat is None or claims.size < _LARGE):
        claims.union.complete()
    return claims, keep


def _checking(folder: DataFolder) -> Connection:
    ours, theirs = get_context("fork").Pipe(duplex=False)
    get_context("fork").Process(target=_check, args=(folder, theirs), daemon=True).start()
    theirs.close()  # so that a check that dies is an end of file and no wait without end
    return ours


def _check(folder: DataFolder, told: Connection) -> None:
    """Send the report of a check, which is empty where nothing is wrong."""
    # Only this process needs these.
    from sayso.text.dates import days  # noqa: PLC0415
    from sayso.validation.cache import Cache  # noqa: PLC0415
    from sayso.validation.check import How, check_folder  # noqa: PLC0415
    from sayso.validation.report import FORMATS  # noqa: PLC0415

    try:
        outcome = check_folder(folder, (), days, How(cache=Cache.of_user()))
        unread = "".join(f"sayso: {fault}\n" for fault in outcome.unread)
        said = FORMATS["text"](outcome, Path.cwd()) + unread
        told.send("" if outcome.conforms else said)
    except SaysoError as error:
        told.send(f"sayso: {error}\n")
