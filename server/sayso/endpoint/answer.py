"""Hold an answer back until it is whole or long, and send it as HTTP/1.1 has it (RFC 9112)."""

import time
from collections.abc import Callable
from email.utils import formatdate
from functools import lru_cache
from http import HTTPStatus

from sayso.endpoint.wire import Call

Head = list[tuple[str, str]]
_BODILESS = (204, 304)


class Broken(Exception):  # noqa: N818 - no error of this program
    """The answer cannot be finished, as it grew too long or began already."""


class ClientGone(Broken):
    """The client does not take the answer."""


class Answer:
    """One answer: held back until it is whole or fills a buffer, then sent in pieces.

    A whole one leaves in one piece with its length. ``send`` puts bytes on the wire; of a body of
    ``keep`` bytes at most a copy is held for `kept`.
    """

    __slots__ = (
        "_buffer", "_call", "_copy", "_head", "_held", "_keep", "_length", "_most", "_pieces",
        "_private", "_wire", "begun", "broken", "chunked", "produced", "status",
    )  # fmt: skip

    def __init__(
        self,
        call: Call,
        send: Callable[[bytes], None],
        *,
        buffer: int = 65_536,
        most: int = 0,
        keep: int = 0,
    ) -> None:
        self._call = call
        self._wire = send
        self._buffer = buffer
        self._most = most
        self._keep = keep
        self._copy: list[bytes] | None = None
        self._head = b""
        self._private = False
        self._pieces: list[bytes] = []
        self._held = 0
        self._length: str | None = None
        self.status = 0  # while there is none
        self.chunked = False
        self.begun = False
        self.produced = 0
        self.broken: Broken | None = None

    def start(
        self,
        status: str,
        headers: Head,
        exc_info: object = None,  # noqa: ARG002 - PEP 3333 has it
    ) -> Callable[[bytes], object]:
        """Take the head of the answer (``start_response``)."""
        if self.broken or (self.begun and self.status):
            self.broken = self.broken or Broken()
            raise self.broken
        self._pieces, self._held = [], 0  # an error may take the place of what was not sent
        self._copy = [] if self._keep else None
        self.status, self._length, self._private = int(status[:3]), None, False
        told = []
        for field in headers:
            name, value = field[0].lower(), field[1]
            if name == "content-length":
                self._length = value
                continue
            if name == "set-cookie" or (name == "cache-control" and "no-store" in value):
                self._private = True
            told.append(field)
        self._head = f"HTTP/1.1 {status}\r\n".encode("latin-1") + lines(told)
        return self.write

    def give(self, head: bytes, body: bytes, *, private: bool) -> None:
        """Take a whole answer of status 200 at once, its head in `lines`; raise Broken."""
        self.status, self._private = 200, private
        self._length = str(len(body))
        self._head = b"HTTP/1.1 200 OK\r\n" + head
        self._copy = [] if self._keep else None
        self.write(body)

    def write(self, data: bytes) -> int:
        """Take a piece of the body; send when enough has come together. Raise Broken."""
        size = len(data)
        self.produced += size
        if self._most and self.produced > self._most:
            self.broken = Broken()
            raise self.broken
        if self._call.method == "HEAD":
            return size
        self._pieces.append(data)
        self._held += size
        if self._copy is not None:
            self._copy.append(data)
            if self.produced > self._keep:
                self._copy = None
        if self._held >= self._buffer:
            self._flush()
        return size

    def _send(self, data: bytes) -> None:
        try:
            self._wire(data)
        except ClientGone as error:
            self.broken = error
            raise

    def finish(self) -> None:
        """Send what is left, with the mark of the end."""
        if self.begun:
            self._flush()
            if self.chunked:
                self._send(b"0\r\n\r\n")
            return
        bodiless = self.status in _BODILESS
        length = self._length
        if length is None and not bodiless and self._call.method != "HEAD":
            length = str(self._held)
        head = self._heading(length, chunked=False)
        self._send(head if bodiless else b"".join([head, *self._pieces]))
        self.begun = True

    def _flush(self) -> None:
        body = b"".join(self._pieces)
        self._pieces, self._held = [], 0
        if not self.begun:
            self.begun = True
            self.chunked = self._length is None and self._call.version == "1.1"
            if self._length is None and not self.chunked:
                self._call.keep_alive = False  # the end of the connection is the end of the answer
            self._send(self._heading(self._length, chunked=self.chunked))
        if body:
            self._send(b"%x\r\n%b\r\n" % (len(body), body) if self.chunked else body)

    def _heading(self, length: str | None, *, chunked: bool) -> bytes:
        head = self._head
        if length is not None:
            head += b"Content-Length: %b\r\n" % length.encode("latin-1")
        if chunked:
            head += b"Transfer-Encoding: chunked\r\n"
        return head + tail(self._call.version, keep_alive=self._call.keep_alive)

    def kept(self) -> bytes | None:
        """Return the answer to keep for equal requests, or None where it is not fit to be kept.

        Call it when the answer is whole.
        """
        if self._copy is None or self._private or self.status != HTTPStatus.OK:
            return None
        body = b"".join(self._copy)
        return b"%bContent-Length: %d\r\n\0%b" % (self._head, len(body), body)


def lines(headers: Head) -> bytes:
    """Write header fields as they go over the wire."""
    return "".join([f"{name}: {value}\r\n" for name, value in headers]).encode("latin-1")


def tail(version: str, *, keep_alive: bool) -> bytes:
    """Return the fields of the moment, and the end of the head."""
    if not keep_alive:
        return _date() + b"Connection: close\r\n\r\n"
    return _date() + (b"\r\n" if version == "1.1" else b"Connection: keep-alive\r\n\r\n")


def _date() -> bytes:
    return _date_line(int(time.time()))


@lru_cache(maxsize=1)
def _date_line(now: int) -> bytes:
    return f"Date: {formatdate(now, usegmt=True)}\r\n".encode("latin-1")
