"""Do work on all cores, in processes that know what this one knows."""

import gc
import os
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from traceback import format_exc
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

Item = TypeVar("Item")
Made = TypeVar("Made")


def on_all_cores(
    make: Callable[[Item], Made], items: Iterable[Item], *, few: int = 1
) -> Iterator[tuple[Item, Made]]:
    """Yield each item with what was made of it, in no order; only these go between processes.

    Items are taken when one is needed. So few are not worth a process: they are done here. Raise
    RuntimeError where a process fails or ends before its time.
    """
    rest = iter(items)
    first = list(islice(rest, max(few, _cores()) + 1))
    workers = min(_cores(), len(first))
    every = chain(first, rest)
    if workers < 2 or len(first) <= few or not _may_fork():  # noqa: PLR2004 - one does not share
        yield from ((item, make(item)) for item in every)
        return
    yield from _shared(make, every, workers)


def aside(make: Callable[[], Made]) -> Made:
    """Make something in a process of its own, if that can be: what it loads ends with it."""
    if not _may_fork():
        return make()
    ((_, made),) = _shared(lambda _: make(), [None], 1)
    return made


def _shared(
    make: Callable[[Item], Made], items: Iterable[Item], workers: int
) -> Iterator[tuple[Item, Made]]:
    from multiprocessing import get_context  # noqa: PLC0415 - for many files alone
    from multiprocessing.connection import wait  # noqa: PLC0415

    context = get_context("fork")
    waiting = ((item,) for item in items)
    following = next(waiting, None)
    open_: dict[Connection, Item] = {}
    processes = []
    try:
        for _ in range(workers):
            here, there = context.Pipe()
            process = context.Process(target=_serve, args=(make, there), daemon=True)
            process.start()
            there.close()
            processes.append(process)
            _send(here, following, open_)
            following = next(waiting, None)
        while open_:
            ready = wait(list(open_))
            for here in [each for each in open_ if each in ready]:
                # Taken away when it has answered: who raises instead waits on, and is ended below.
                item, made = open_[here], _received(here)
                del open_[here]
                _send(here, following, open_)
                # Taken while the processes are at work, so that none waits for it.
                following = next(waiting, None)
                yield item, made
    except BaseException:
        # One that waits for work would wait without end: it is told only where all went well.
        for process in processes:
            process.terminate()
        raise
    finally:
        for process in processes:
            process.join()


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _may_fork() -> bool:
    """Say whether processes can be made here.

    An engine's threads do not outlive a fork, and it would wait for them without end; and who
    ends with another process may have none of its own.
    """
    from multiprocessing import current_process  # noqa: PLC0415 - for many files alone

    tasks = Path("/proc/self/task")
    threads = len(list(tasks.iterdir())) if tasks.is_dir() else 1
    return threads == 1 and not current_process().daemon


def _send(
    here: "Connection", following: tuple[Item] | None, open_: "dict[Connection, Item]"
) -> None:
    here.send(following)
    if following is not None:
        (open_[here],) = following


def _received(here: "Connection") -> Any:  # noqa: ANN401 - whatever is made
    try:
        made, fault = here.recv()
    except EOFError as error:
        raise RuntimeError("a process that checked a part has ended before its time") from error
    if fault:
        raise RuntimeError(fault)
    return made


def _serve(make: Callable[[Item], Made], there: "Connection") -> None:
    # What was there before the fork stays, so no search for garbage has to go through it.
    gc.freeze()
    while (given := there.recv()) is not None:
        try:
            there.send((make(*given), None))
        except Exception:  # noqa: BLE001 - told to who waits for it
            there.send((None, format_exc()))
