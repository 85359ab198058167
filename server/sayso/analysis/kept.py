"""Keep what was derived from one version of a folder, and derive from the next what changed.

A server loads each version in a process of its own, so it is kept in a file. Which files of
the folder have changed is told by their hashes.
"""

import pickle
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

import pyoxigraph as ox

from sayso.analysis.derivation import Derivation
from sayso.analysis.derived import imply_beside, put, written
from sayso.analysis.network import Network
from sayso.paths import DataFolder
from sayso.store import ClaimStore
from sayso.store.flat import Flat
from sayso.store.load import FolderReader, gather

Keep = Callable[[], None]
Hashes = Mapping[str, str]  # of the file of each named graph


def load_again(folder: DataFolder, path: Path | None) -> tuple[ClaimStore, Keep]:
    """Load a folder with what is derived from it, beginning with what is kept at a path, if any.

    It is to be asked often, and so has a ``flat`` store, too. Return what keeps the new as well.
    Whatever keeps the file from being read or written, all is derived. Raise as ``load`` does.
    """
    before = _kept(path) if path else None
    files = FolderReader(folder)
    with Flat.beside() as flat:
        claims = gather(files, flat)
        flat.add_implied(claims.engine, files.rules)

        def derived() -> tuple[Derivation, bytes]:
            found = _derived(claims.engine, before, files.hashes)
            text = written(claims, found)
            flat.add(text, claims.base)
            return found, text

        found, text = imply_beside(claims, files.rules, derived)
        put(claims, text)
        claims = replace(claims, flat=flat.without_blank_nodes())
    return claims, partial(_keep, path, files.hashes, found) if path else _nothing


def _derived(store: ox.Store, before: tuple[Hashes, Derivation] | None, now: Hashes) -> Derivation:
    if before is None:
        return Derivation.of(Network.read(store))
    known, found = before
    found.update(store, _changed(known, now))
    return found


def _changed(before: Hashes, now: Hashes) -> list[str]:
    return [graph for graph in {*before, *now} if before.get(graph) != now.get(graph)]


def _kept(path: Path) -> tuple[Hashes, Derivation] | None:
    """Read what an earlier process of this server has kept, in a folder that only it may enter."""
    try:
        found: tuple[Hashes, Derivation] = pickle.loads(path.read_bytes())  # noqa: S301 - its own
    except (OSError, EOFError, ValueError, TypeError, AttributeError, pickle.UnpicklingError):
        return None
    return found


def _nothing() -> None:
    """Keep nothing."""


def _keep(path: Path, hashes: Hashes, found: Derivation) -> None:
    draft = path.with_suffix(".new")
    with suppress(OSError):
        draft.write_bytes(pickle.dumps((hashes, found), pickle.HIGHEST_PROTOCOL))
        draft.replace(path)
