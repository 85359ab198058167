"""Find out what `sayso serve` is to serve, before anything is begun."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from shutil import rmtree

import click

from sayso.cli.options import one_source
from sayso.endpoint.cache import folder_in_memory
from sayso.endpoint.writes_token import Token
from sayso.paths import DataFolder
from sayso.store.changing import Changing
from sayso.store.disk import NOTE, note
from sayso.store.rdf import rdf_files

# What loads each kind, in the process that needs it: here nothing of it is imported.
FOLDER = "sayso.cli.serving:load_folder"
FILES = "sayso.cli.serving_rdf:load_files"
STORE = "sayso.cli.serving_store:open_store"
WRITABLE = "sayso.cli.serving_writable:open_writable"


@dataclass(frozen=True)
class Given:
    """What is served, in words, and what loads it, with its options."""

    what: str
    loader: str
    options: dict[str, object]


def read_source(
    folder: DataFolder, rdf: tuple[str, ...], store: Path | None, *, check: bool
) -> Given:
    """Find what is served to readers; raise NoStore, BrokenStore, NoRdf or UnknownRdf."""
    one_source("--data", "--rdf", "--store")
    if store is not None:
        note(store)
        return Given(str(store), STORE, {"place": str(store)})
    if rdf:
        rdf_files(rdf)
        return Given(_named(rdf), FILES, {"patterns": rdf})
    return Given(str(folder.root), FOLDER, {"root": str(folder.root), "check": check})


def with_writing(given: Given, token_file: Path, *, strict: bool) -> Given:
    """Let records be written; raise as `Token.read` does."""
    if given.loader != FOLDER:
        message = "--token-file alone lets records of a data folder be written: add --writable."
        raise click.UsageError(message)
    Token.read(token_file)
    added = {"token": str(token_file.resolve()), "strict": strict}
    return replace(given, options={**given.options, **added})


def with_texts(given: Given, texts: tuple[Path, ...]) -> Given:
    """Let texts be shown on the pages of the records that were read from them."""
    if given.loader != FOLDER:
        message = "--text shows the texts of a data folder's records, and here is none."
        raise click.UsageError(message)
    shown = {"texts": [str(path.resolve()) for path in texts]}
    return replace(given, options={**given.options, **shown})


def keeping(given: Given, until_the_end: ExitStack) -> Given:
    """Let what is derived from one version of a data folder be kept for the next."""
    if given.loader != FOLDER:
        return given
    own = until_the_end.enter_context(_passing())
    return replace(given, options={**given.options, "kept": str(own / "derived")})


def writable_source(
    rdf: tuple[str, ...], store: Path | None, token_file: Path | None, until_the_end: ExitStack
) -> Given:
    """Find the store that is served to writers, or where it is to be made.

    Without one, what is written lasts as long as the server. Raise as `Token.read` does, and
    BrokenStore, UnwritableStore, NoRdf or UnknownRdf.
    """
    one_source("--data", "--rdf")
    one_source("--data", "--store")
    if token_file is None or not (rdf or store):
        raise click.UsageError("--writable goes with --token-file, and with --rdf or --store.")
    Token.read(token_file)
    what = "to readers and writers"
    if store is not None and (store / NOTE).is_file():
        Changing.at(store)
        if rdf:
            click.echo(f"{store} is there already, so the files are not read again.", err=True)
        what = f"{store} {what}"
    else:
        rdf_files(rdf)
        what = f"{store or _named(rdf)} {what}"
    if store is None:
        what += ", and forgets what is written when it ends (--store DIR keeps it),"
    place = store or until_the_end.enter_context(_passing())
    options: dict[str, object] = {
        "place": str(place),
        "patterns": rdf,
        "token": str(token_file.resolve()),
    }
    return Given(what, WRITABLE, options)


@contextmanager
def _passing() -> Iterator[Path]:
    """Make a place that is there until the server ends."""
    place = folder_in_memory("sayso-store-")
    try:
        yield place
    finally:
        rmtree(place, ignore_errors=True)


def _named(rdf: tuple[str, ...]) -> str:
    return rdf[0] if len(rdf) == 1 else f"{rdf[0]} and {len(rdf) - 1} more"
