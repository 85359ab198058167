"""Send raw bytes, and judge what comes back."""

import socket
import struct
import time
from collections.abc import Iterator
from http import HTTPStatus

from bench.soak.hostile import End, Hostile

PATIENCE = 20.0  # seconds; a hostile request that takes longer has tied up a worker
GREATEST = 1 << 20  # bytes that are read of an answer
TRACES = (b"Traceback (most recent call last)", b'.py", line ', b"panicked at", b"stack backtrace")


def attack(port: int, request: Hostile) -> str:
    """Send a hostile request; return a word on the outcome, such as "400" or "closed".

    What a server must never do begins with "fault:".
    """
    try:
        answer = b"".join(_exchange(port, request))
    except TimeoutError:
        return "fault: no answer in time"
    except ConnectionRefusedError:
        return "fault: nobody listens"
    except OSError:
        return "closed"
    if request.end is End.RESET:
        return "left"
    return judged(answer)


def judged(answer: bytes) -> str:
    """Return the status of an answer, or what is wrong with it."""
    if not answer:
        return "closed"
    if any(trace in answer for trace in TRACES):
        return "fault: a stack trace"
    words = answer.split(b"\r\n", 1)[0].split(b" ")
    if not answer.startswith(b"HTTP/1.") or len(words) < len(("HTTP/1.1", "200")):
        return "fault: no HTTP"
    status = words[1].decode("ascii", "replace")
    if status == str(HTTPStatus.INTERNAL_SERVER_ERROR.value):
        return "fault: 500"
    return status


def _exchange(port: int, request: Hostile) -> Iterator[bytes]:
    end = time.monotonic() + PATIENCE
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as connection:
        _send(connection, request)
        if request.end is End.RESET:
            time.sleep(request.pause)
            # Linger for no time at all: the kernel sends a reset and no polite end.
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            return
        if request.end is End.HALF:
            connection.shutdown(socket.SHUT_WR)
        found = 0
        while found < GREATEST:
            # Where nothing more comes after an answer, the connection is merely kept alive.
            connection.settimeout(0.15 if found else max(0.01, end - time.monotonic()))
            try:
                part = connection.recv(65536)
            except TimeoutError:
                if found:
                    return
                raise
            if not part:
                return
            found += len(part)
            yield part


def _send(connection: socket.socket, request: Hostile) -> None:
    """Send the parts; a server may refuse to read on, and its answer still counts."""
    for part in request.parts:
        try:
            connection.sendall(part)
        except (BrokenPipeError, ConnectionResetError):
            return
        if len(request.parts) > 1:
            time.sleep(request.pause)
