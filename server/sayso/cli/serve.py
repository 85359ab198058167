"""Serve a graph: its pages, its data and its SPARQL endpoint."""

import socket
import sys
import threading
from contextlib import closing
from pathlib import Path

import click
import waitress
from waitress.server import BaseWSGIServer

from sayso.cli.options import data_option
from sayso.errors import PortTaken
from sayso.paths import DataFolder
from sayso.store import load
from sayso.text.dates import days
from sayso.validation.check import check_folder
from sayso.validation.report import FORMATS
from sayso.web import create_app

_THREADS = 8
_STACK = 64 * 2**20  # bytes; the engine's query parser recurses, and a thread's default is small


@click.command()
@data_option
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
def command(folder: DataFolder, host: str, port: int, check: bool) -> None:
    """Serve a graph over HTTP until Ctrl-C.

    \b
    Exit status: 0 stopped, 1 the graph does not conform, 2 it cannot be read or the port is taken.
    """  # noqa: D301 - click's mark for a paragraph that keeps its lines
    with closing(listen(host, port)) as listener:
        if check:
            _check(folder)
        server = _server(folder, listener)
        click.echo(f"sayso serves {folder.root} at {address(listener)} (Ctrl-C ends it)")
        server.run()  # until Ctrl-C, which it takes as its end
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


def _check(folder: DataFolder) -> None:
    """Check a graph; where a rule is broken, tell what and exit with status 1."""
    outcome = check_folder(folder, (), days)
    if not outcome.conforms:
        click.echo(FORMATS["text"](outcome, Path.cwd()), nl=False, err=True)
        click.echo(
            "sayso: the graph breaks its rules and is not served, unless with --no-check.",
            err=True,
        )
        sys.exit(1)


def _server(folder: DataFolder, listener: socket.socket) -> BaseWSGIServer:
    threading.stack_size(_STACK)
    app = create_app(load(folder))
    return waitress.create_server(app, sockets=[listener], threads=_THREADS, ident="sayso")
