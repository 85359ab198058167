"""Do work on all cores, in processes that know what this one knows."""

import os
from collections.abc import Callable, Iterator, Sequence
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from pathlib import Path
from traceback import format_exc
from typing import Any, TypeVar

Item = TypeVar("Item")
Made = TypeVar("Made")


def on_all_cores(
    make: Callable[[Item], Made], items: Sequence[Item], *, few: int = 1
) -> Iterator[tuple[Item, Made]]:
    """Yield each item with what was made of it, in no order; only that goes between processes.

    So few items are not worth a process: they are done here. Raise RuntimeError where a process
    fails or ends before its time.
    """
    workers = min(_cores(), len(items))
    if workers < 2 or len(items) <= few or _has_threads():  # noqa: PLR2004 - one does not share
        yield from ((item, make(item)) for item in items)
        return
    context = get_context("fork")
    waiting = iter(range(len(items)))
    open_: dict[Connection, None] = {}
    processes = []
    try:
        for _ in range(workers):
            here, there = context.Pipe()
            process = context.Process(target=_serve, args=(make, items, there), daemon=True)
            process.start()
            there.close()
            processes.append(process)
            open_[here] = None
            here.send(next(waiting))
        while open_:
            ready = wait(list(open_))
            for here in [each for each in open_ if each in ready]:
                yield _received(here, items)
                following = next(waiting, None)
                here.send(following)
                if following is None:
                    del open_[here]
    finally:
        for process in processes:
            if open_:
                process.terminate()
            process.join()


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _has_threads() -> bool:
    """Say whether an engine has threads here: they do not outlive a fork, and it waits for them."""
    tasks = Path("/proc/self/task")
    return tasks.is_dir() and len(list(tasks.iterdir())) > 1


def _received(here: Connection, items: Sequence[Item]) -> tuple[Item, Any]:
    try:
        number, made, fault = here.recv()
    except EOFError as error:
        raise RuntimeError("a process that checked a part has ended before its time") from error
    if fault:
        raise RuntimeError(fault)
    return items[number], made


def _serve(make: Callable[[Item], Made], items: Sequence[Item], there: Connection) -> None:
    while (number := there.recv()) is not None:
        try:
            there.send((number, make(items[number]), None))
        except Exception:  # noqa: BLE001 - told to who waits for it
            there.send((number, None, format_exc()))
