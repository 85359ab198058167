"""Change the files of a data folder: one writer at a time, each change whole or not at all.

The files are the database, and a change is one ``rename`` (POSIX makes it atomic), synced to
the disk with its folder. Who is killed leaves the old file or the new one, and at most one
draft, which no loader reads and the next writer removes.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sayso.errors import CannotWrite, FolderBusy
from sayso.paths import DataFolder

DRAFT = ".sayso-draft"  # no *.ttl, and always the same, so that there is never more than one
_PAUSE = 0.01


@contextmanager
def sole_writer(folder: DataFolder, patience: float) -> Iterator[None]:
    """Be the only writer of a folder's records; raise FolderBusy after ``patience`` seconds.

    The lock is the system's on the folder itself, so it ends with its process, however that ends.
    """
    handle = os.open(folder.articles, os.O_RDONLY | os.O_DIRECTORY)
    try:
        lock(handle, patience)
        (folder.articles / DRAFT).unlink(missing_ok=True)
        yield
    finally:
        os.close(handle)


def put(path: Path, content: bytes) -> None:
    """Let a file have this content, durably; raise CannotWrite, the file being as it was."""
    target = path.resolve()
    draft = target.parent / DRAFT
    try:
        try:
            _write(draft, content, like=target)
            os.replace(draft, target)  # noqa: PTH105 - the one call that tests interrupt
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
        sync(target.parent)
    except OSError as error:
        raise CannotWrite(path=path.name, reason=error.strerror) from error


def remove(path: Path) -> None:
    """Remove a file, durably; raise CannotWrite."""
    try:
        os.unlink(path)  # noqa: PTH108 - the one call that tests interrupt
        sync(path.parent)
    except OSError as error:
        raise CannotWrite(path=path.name, reason=error.strerror) from error


def lock(handle: int, patience: float) -> None:
    """Lock an open folder for this process alone; raise FolderBusy after ``patience`` seconds."""
    end = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() > end:
                raise FolderBusy(seconds=f"{patience:g}") from error
            time.sleep(_PAUSE)
        else:
            return


def _write(draft: Path, content: bytes, like: Path) -> None:
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        if like.exists():
            os.fchmod(file.fileno(), like.stat().st_mode & 0o777)
        os.fsync(file.fileno())


def sync(folder: Path) -> None:
    """Let what is in a folder outlast a power cut."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
