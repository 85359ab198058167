"""Serve a graph: its pages, its data and its SPARQL endpoint."""

import os
import socket
import sys
from contextlib import ExitStack, closing
from pathlib import Path

import click

from sayso.cli.options import data_option, known_services, rdf_options
from sayso.cli.sources import (
    FOLDER,
    keeping,
    read_source,
    with_texts,
    with_writing,
    writable_source,
)
from sayso.endpoint.front import serve
from sayso.endpoint.limits import MEBIBYTE, Limits
from sayso.endpoint.versions import Source
from sayso.errors import NotConforming, NotLoaded, PortTaken
from sayso.paths import DataFolder

_USUAL = Limits()


@click.command()
@data_option
@rdf_options
@click.option(
    "--store",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Serve a store on disk, which `sayso load` made.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port",
    default=8000,
    show_default=True,
    type=click.IntRange(0, 65535),
    help="The port to listen on; 0 takes any that is free.",
)
@click.option(
    "--check/--no-check", default=True, show_default=True, help="Check the graph before serving it."
)
@click.option(
    "--timeout",
    default=_USUAL.deadline,
    show_default=True,
    type=click.FloatRange(0.05),
    help="Seconds that a request may take; timeout= in a request may lower it.",
)
@click.option(
    "--memory",
    default=_USUAL.memory // MEBIBYTE,
    show_default=True,
    type=click.IntRange(16),
    help="MiB that one request may need.",
)
@click.option(
    "--all-memory",
    default=_USUAL.together // MEBIBYTE,
    show_default="half the machine's",
    type=click.IntRange(16),
    help="MiB that all requests at work may need together.",
)
@click.option(
    "--max-rows",
    default=0,
    type=click.IntRange(0),
    help="Cut longer tables after so many rows, and say so in the answer.  [default: never]",
)
@click.option(
    "--cache",
    default=_USUAL.cache // MEBIBYTE,
    show_default=True,
    type=click.IntRange(0),
    help="MiB of answers that are kept to be given again; 0 keeps none.",
)
@click.option(
    "--token-file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Let who sends the token in this file write.  [default: nobody writes]",
)
@click.option(
    "--writable",
    is_flag=True,
    help="Open --rdf and --store to SPARQL Update and graph store writes, behind the token.",
)
@click.option(
    "--text",
    "texts",
    multiple=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="Show this text on the page of the record that was read from it; may be given again.",
)
@click.option(
    "--service",
    "services",
    multiple=True,
    metavar="IRI",
    callback=known_services,
    help="Let queries call this SPARQL endpoint by SERVICE; may be given again.  [default: none]",
)
@click.option(
    "--access-log",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    help="Append a line of JSON for each request to this file; - is standard error.",
)
def command(
    *,
    folder: DataFolder,
    rdf: tuple[str, ...],
    store: Path | None,
    host: str,
    port: int,
    check: bool,
    timeout: float,
    memory: int,
    all_memory: int,
    max_rows: int,
    cache: int,
    token_file: Path | None,
    writable: bool,
    texts: tuple[Path, ...],
    services: tuple[str, ...],
    access_log: Path | None,
) -> None:
    """Serve a graph over HTTP until Ctrl-C: a data folder, RDF files of any kind, or a store.

    SIGHUP loads it anew; what is being answered is answered from the graph as it was.

    \b
    Exit status: 0 stopped, 1 the graph does not conform, 2 it cannot be read or the port is taken.
    """  # noqa: D301 - click's mark for a paragraph that keeps its lines
    limits = Limits(
        deadline=timeout,
        memory=memory * MEBIBYTE,
        together=all_memory * MEBIBYTE,
        cache=0 if writable else cache * MEBIBYTE,  # kept answers know of no change
        body=_longest() if token_file else _USUAL.body,
    )
    with ExitStack() as until_the_end:
        if writable:
            given = writable_source(rdf, store, token_file, until_the_end)
        else:
            given = read_source(folder, rdf, store, check=check)
            if token_file is not None:
                given = with_writing(given, token_file, strict=check)
        if texts:
            given = with_texts(given, texts)
        given = keeping(given, until_the_end)
        listener = until_the_end.enter_context(closing(listen(host, port)))
        place = listener.getsockname()
        source = Source(
            given.loader,
            {**given.options, "most_rows": max_rows, "services": services},
            (place[0], place[1]),
            _log(access_log),
            {"check": False} if given.loader == FOLDER else {},  # who writes has checked all of it
        )
        _serve(source, limits, listener, given.what)


def _longest() -> int:
    from sayso.endpoint.writes_body import LONGEST  # noqa: PLC0415 - takes 0.1 s, here only

    return LONGEST


def _serve(source: Source, limits: Limits, listener: socket.socket, what: str) -> None:
    told: list[str] = []

    def ready(version: str) -> None:
        if not told:
            click.echo(f"sayso serves {what} at {address(listener)} (Ctrl-C ends it)")
        told.append(version)

    try:
        serve(source, limits, [listener], ready)
    except NotLoaded as failed:
        if failed.facts["reason"] != str(NotConforming()):
            raise
        click.echo(f"sayso: {NotConforming()}", err=True)
        sys.exit(1)
    click.echo("sayso has stopped.")


def listen(host: str, port: int) -> socket.socket:
    """Take a port, before any work is done for it; raise PortTaken."""
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(place)
    except OSError as error:
        raise PortTaken(host=host, port=port, reason=error.strerror or error) from error
    listener.listen(socket.SOMAXCONN)
    return listener


def address(listener: socket.socket) -> str:
    """Write the address at which a listener is reached."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def _log(path: Path | None) -> int | None:
    """Open the access log; lines of several processes go to its end, each whole."""
    if path is None:
        return None
    if str(path) == "-":
        return sys.stderr.fileno()
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
