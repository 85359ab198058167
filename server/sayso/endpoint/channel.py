"""Pass messages, and open files with them, between processes: each is whole or not there."""

import os
import socket

_INLINE = 65_536
_MOST_FILES = 4
_KIND = 1


def pair() -> tuple[socket.socket, socket.socket]:
    """Make two ends of a channel that keeps messages apart."""
    return socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)


def send(
    end: socket.socket, kind: bytes, content: bytes = b"", files: tuple[int, ...] = ()
) -> None:
    """Send a message: one byte of kind, any content, open files; raise OSError where none listens.

    Content that no packet holds goes through a file in memory.
    """
    if len(content) <= _INLINE:
        socket.send_fds(end, [kind + b"i" + content], list(files))
        return
    memory = os.memfd_create("sayso-message")
    try:
        with os.fdopen(os.dup(memory), "wb") as file:
            file.write(content)
        socket.send_fds(end, [kind + b"f"], [*files, memory])
    finally:
        os.close(memory)


def receive(end: socket.socket) -> tuple[bytes, bytes, list[int]]:
    """Receive kind, content and open files; the kind is empty where the other end closed."""
    packet, files, _, _ = socket.recv_fds(end, _INLINE + 2, _MOST_FILES)
    kind, content = packet[:1], packet[2:]
    if packet[1:2] == b"f":
        with os.fdopen(files.pop(), "rb") as file:
            file.seek(0)
            content = file.read()
    return kind, content, files
