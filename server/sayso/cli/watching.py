"""Show on a terminal how far a command has come."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def watching() -> Iterator[Callable[[int], object]]:
    """Yield what is to be told of each file that is read; elsewhere than on a terminal, nothing.

    The bar appears only where there is something to wait for.
    """
    if not sys.stderr.isatty():
        yield lambda _files: None
        return
    # Takes a while to load, and is needed by nobody else.
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn  # noqa: PLC0415

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("files"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("checking", total=None)
        yield lambda files: bar.advance(task, files)
