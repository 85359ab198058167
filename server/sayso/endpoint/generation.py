"""Load one version of the graph in a process of its own, and fork workers from it.

The process has one thread and no event loop, so that what it forks is whole. It is told by
the front over a channel when to fork, and ends with the front.
"""

import ctypes
import gc
import json
import logging
import os
import resource
import signal
import socket
import sys
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Protocol

from sayso.endpoint import channel
from sayso.endpoint.answering import Answering
from sayso.endpoint.board import Board, Word
from sayso.endpoint.cache import AnswerCache
from sayso.endpoint.gateway import Application, Direct, base_environ, by_wsgi
from sayso.endpoint.limits import Limits
from sayso.endpoint.pages import Pages, share
from sayso.endpoint.ready import Ready
from sayso.endpoint.turns import Turns
from sayso.endpoint.worker import SERVING, Serving, Worker, live
from sayso.errors import SaysoError

_PR_SET_PDEATHSIG = 1
_SPARE = 4  # how much more than the bound on memory the address space may grow


class Rest(Protocol):
    """What is left of loading, for which most requests need not wait."""

    def complete(self) -> object:
        """Do it, in the process that workers are forked from."""

    def leave(self) -> None:
        """Have UnionAwaited raised where it is wanted, in a worker that was forked before."""


@dataclass(frozen=True)
class Loaded:
    """What a loader gives: the application over one version of the graph, and its name.

    ``prepare`` is called in each worker before its first request, for what no fork can share.
    ``direct`` answers what it can without WSGI. A ``rest`` may be done once the first workers
    answer; other workers then take their place.
    """

    app: Application
    version: str
    prepare: Callable[[], object] = lambda: None
    direct: Direct = by_wsgi
    rest: Rest | None = None


@dataclass(frozen=True)
class Plan:
    """What a generation is started with; ``loader`` is ``module:function``, called with options.

    With ``early`` it answers before all is loaded, as nothing else answers yet.
    The channel, the board and the log are open files that the process inherits.
    """

    loader: str
    options: dict[str, object]
    limits: dict[str, object]
    server: tuple[str, int]
    front: int
    channel: int
    board: int
    ready: tuple[int, int]
    turns: int
    log: int | None
    cache: str | None
    early: bool

    def limited(self) -> Limits:
        """Return the limits."""
        return Limits(**self.limits)  # type: ignore[arg-type]


def end_with_parent(parent: int) -> None:
    """Be killed when the parent ends, also where it has ended already."""
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def main() -> None:
    """Load, say so, and fork a worker at each request of the front."""
    plan = Plan(**json.loads(sys.argv[1]))
    end_with_parent(plan.front)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)  # the front says when to end
    end = socket.socket(fileno=plan.channel)
    gc.disable()  # what is loaded stays, and the collector would go through it again and again
    loaded = _load(plan, end)
    if loaded is None:
        return
    limits = plan.limited()
    board = Board.open(plan.board, limits.most_workers)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the system forgets dead children by itself
    if not plan.early:
        loaded = _completed(loaded)
    _keep()
    channel.send(end, b"R", loaded.version.encode())
    forked = 0
    while True:
        kind, content, _ = channel.receive(end)
        if kind != b"F":
            return
        _fork(plan, loaded, board, end, int(content))
        forked += 1
        if loaded.rest and forked == limits.workers:
            loaded = _completed(loaded)
            _keep()
            channel.send(end, b"C")


def _completed(loaded: Loaded) -> Loaded:
    """Load the rest, if any; not in this thread, for the reason that `load_folder` has."""
    if loaded.rest:
        with ThreadPoolExecutor(1) as aside:
            aside.submit(loaded.rest.complete).result()
    return replace(loaded, rest=None)


def _keep() -> None:
    """Spare what is loaded the collector, which would write to it and so copy it in each worker."""
    gc.collect()
    gc.freeze()
    gc.enable()


def _load(plan: Plan, end: socket.socket) -> Loaded | None:
    module, _, name = plan.loader.partition(":")
    try:
        loader: Callable[..., Loaded] = getattr(import_module(module), name)
        return loader(**plan.options)
    except SaysoError as error:
        channel.send(end, b"X", str(error).encode())
    except Exception as error:  # noqa: BLE001 - whatever it is, the front is to tell it
        traceback.print_exc()
        channel.send(end, b"X", f"The graph could not be loaded: {error!r}.".encode())
    return None


def _fork(plan: Plan, loaded: Loaded, board: Board, end: socket.socket, number: int) -> None:
    ours, theirs = channel.pair()
    parent = os.getpid()
    pid = os.fork()
    if not pid:
        end_with_parent(parent)
        end.close()
        ours.close()
        _become_worker(plan, loaded, board, theirs, number)
    process = os.pidfd_open(pid)
    told = json.dumps({"number": number, "pid": pid}).encode()
    channel.send(end, b"W", told, (ours.fileno(), process))
    os.close(process)
    ours.close()
    theirs.close()


def _become_worker(
    plan: Plan, loaded: Loaded, board: Board, end: socket.socket, number: int
) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    limits = plan.limited()
    bound = _address_space() + _SPARE * limits.memory
    resource.setrlimit(resource.RLIMIT_AS, (bound, bound))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    cache = AnswerCache(Path(plan.cache), limits.kept) if plan.cache else None
    log = partial(os.write, plan.log) if plan.log is not None else None
    loaded.prepare()
    if loaded.rest:
        loaded.rest.leave()
    ready, slot = Ready.of(plan.ready), board.slot(number)
    stays = number <= limits.workers and not loaded.rest
    most = share(limits.workers) if stays else 0
    pages = Pages(most, plan.board, partial(board.total, Word.SERIAL))
    pages.small_from_now_on()
    base = {**base_environ((plan.server[0], plan.server[1])), SERVING: Serving(end, slot.words)}
    answering = Answering(loaded.app, loaded.direct, limits, board, slot, base, cache, log)
    turns = Turns(plan.turns, limits.at_once)
    live(Worker(answering, limits, board, slot, end, ready, turns, pages))


def _address_space() -> int:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    return pages * resource.getpagesize()


if __name__ == "__main__":
    logging.basicConfig(format="sayso: %(message)s")
    main()
