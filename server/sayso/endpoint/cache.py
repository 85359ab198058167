"""Keep whole answers for equal requests, in files in memory that all workers of a version share.

A request asked once leaves only a mark; asked again, its answer is kept. So a stream of
requests that never come again costs no copying (the "doorkeeper" of TinyLFU, Einziger et
al., 2017). The front removes the oldest when the bound is passed.
"""

import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from shutil import rmtree

from sayso.endpoint.wire import Call, Fields

_PERSONAL = {
    b"authorization",
    b"cookie",
    b"if-none-match",
    b"if-match",
    b"if-modified-since",
    b"range",
}
_TELLING = {
    b"host",
    b"accept",
    b"accept-encoding",
    b"accept-language",
    b"content-type",
    b"origin",
    b"prefer",
}
_PREFIX = "sayso-answers-"
_METHODS = {"GET", "POST"}


def folder_in_memory(prefix: str = _PREFIX) -> Path:
    """Make a folder that only this user can read, in memory where the system has such a place.

    Folders that killed servers have left there are removed.
    """
    memory = Path("/dev/shm")  # noqa: S108 - mkdtemp makes the name and the rights
    place = memory if os.access(memory, os.W_OK) else Path(tempfile.gettempdir())
    for left in place.glob(f"{prefix}*"):
        maker = left.name.removeprefix(prefix).partition("-")[0]
        if maker.isdecimal() and not Path(f"/proc/{maker}").exists():
            rmtree(left, ignore_errors=True)
    return Path(tempfile.mkdtemp(prefix=f"{prefix}{os.getpid()}-", dir=place))


@dataclass(frozen=True)
class Kept:
    """An answer's head, without the fields of the moment, and its body."""

    head: bytes
    body: bytes


class AnswerCache:
    """The kept answers of one version of the graph; ``largest`` is the longest that is kept."""

    def __init__(self, folder: Path, largest: int) -> None:
        self._folder = str(folder)
        self._largest = largest

    def mark(self, call: Call) -> bytes | None:
        """Tell a request from most others, at once; None where its answer may not be kept.

        Processes that were forked from one have the same marks.
        """
        told = _telling(call.headers)
        if told is None or call.method not in _METHODS:
            return None
        return hash((call.method, call.target, told, call.body)).to_bytes(8, "little", signed=True)

    def key(self, call: Call) -> bytes:
        """Name a request by all that its answer may depend on."""
        told = _telling(call.headers) or b""
        asked = b"%b %b %d %b" % (call.method.encode(), call.target, len(told), told)
        return blake2b(asked + call.body, digest_size=20).digest()

    def find(self, key: bytes) -> Kept | None:
        """Return a kept answer."""
        try:
            file = os.open(f"{self._folder}/{key.hex()}", os.O_RDONLY)
        except OSError:
            return None
        try:
            content = os.read(file, self._largest + 65_536)
        finally:
            os.close(file)
        head, _, body = content.partition(b"\0")
        return Kept(head, body)

    def store(self, key: bytes, content: bytes) -> int:
        """Keep an answer, whole or not at all; return the bytes that it takes."""
        if len(content) > self._largest:
            return 0
        name = f"{self._folder}/{key.hex()}"
        with suppress(OSError):
            file = os.open(f"{name}.{os.getpid()}", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            try:
                os.write(file, content)
            finally:
                os.close(file)
            Path(f"{name}.{os.getpid()}").replace(name)
            return len(content)
        return 0


@lru_cache(maxsize=256)
def _telling(headers: Fields) -> bytes | None:
    """Return the header fields that an answer may depend on; None where it may not be kept."""
    if any(name in _PERSONAL for name, _ in headers):
        return None
    return b"\0".join(b"\0".join(field) for field in headers if field[0] in _TELLING)


def evict(folder: Path, bound: int) -> int:
    """Remove the oldest answers until three quarters of the bound are left; return what is left."""
    found = []
    for entry in os.scandir(folder):
        with suppress(OSError):
            status = entry.stat()
            found.append((status.st_mtime_ns, status.st_size, entry.path))
    total = sum(size for _, size, _ in found)
    if total <= bound:
        return total
    for _, size, path in sorted(found):
        if total <= bound * 3 // 4:
            break
        with suppress(OSError):
            Path(path).unlink()
            total -= size
    return total
