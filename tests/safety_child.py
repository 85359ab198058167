"""Ask an endpoint what is hostile, in a process that watches itself and then may not move.

Reads from standard input ``{"data": [kind, path], "asked": [[method, target, body, type], ...],
"slip": ...}`` and writes the answers and what was seen to standard output. Every question is
asked twice. The first time Python's audit hooks note each file, socket and program that Python
code touches. The second time the kernel ends the process (SIGSYS) at any call that would open
a file, make or use a socket, or start a program, whoever makes it: the engine is native code,
which no audit hook sees.
"""

import ctypes
import json
import platform
import struct
import sys
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from flask import Flask
from werkzeug.test import Client

from sayso.paths import DataFolder
from sayso.store import load
from sayso.store.disk import build, of_rdf, opened
from sayso.store.rdf import load_rdf, rdf_files
from sayso.web import create_app
from sayso.web.plain import create_plain_app

WATCHED = ("open", "socket.", "subprocess.", "os.", "urllib.", "http.", "ftplib.", "shutil.")
# open, creat, openat, openat2; socket, connect, bind, sendto, sendmsg; execve, execveat, fork,
# vfork; unlink, unlinkat, rename, renameat, renameat2, truncate; io_uring_setup
FORBIDDEN = {
    "x86_64": (
        0xC000003E,
        (2, 85, 257, 437, 41, 42, 49, 44, 46, 59, 322, 57, 58, 87, 263, 82, 264, 316, 76, 425),
    ),
    "aarch64": (
        0xC00000B7,
        (56, 437, 198, 203, 200, 206, 211, 221, 281, 35, 38, 276, 45, 425),
    ),
}
_PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _FILTER = 38, 22, 2
_LOAD, _EQUAL, _RETURN = 0x20, 0x15, 0x06
_KILL, _ALLOW = 0x80000000, 0x7FFF0000


def watch(seen: list[str]) -> None:
    """Note what Python code touches from now on."""

    def hook(event: str, args: tuple[object, ...]) -> None:
        if event.startswith(WATCHED):
            seen.append(f"{event} {args[0] if args else ''}")

    sys.addaudithook(hook)


def be_still() -> None:
    """Let the kernel end this process at the first call that reaches out (seccomp(2))."""
    arch, numbers = FORBIDDEN[platform.machine()]
    code = [(_LOAD, 0, 0, 4), (_EQUAL, 1, 0, arch), (_RETURN, 0, 0, _KILL), (_LOAD, 0, 0, 0)]
    for place, number in enumerate(numbers):
        code.append((_EQUAL, len(numbers) - place, 0, number))
    code += [(_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _KILL)]
    program = b"".join(struct.pack("<HBBI", *line) for line in code)
    held = ctypes.create_string_buffer(program)
    head = struct.pack("<H6xQ", len(code), ctypes.addressof(held))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) or libc.prctl(
        _PR_SET_SECCOMP, _FILTER, ctypes.create_string_buffer(head), 0, 0
    ):
        sys.exit(f"no filter could be set: errno {ctypes.get_errno()}")


def application(kind: str, path: str) -> Flask:
    """Make what is asked: claims in memory, or any RDF in memory or on disk."""
    if kind == "claims":
        return create_app(load(DataFolder(Path(path))))
    files = rdf_files([path])
    if kind == "rdf":
        return create_plain_app(load_rdf(files))
    place = Path(path).parent / "store"
    return create_plain_app(opened(place, build(place, of_rdf(files))))


def slip(how: str, address: str) -> None:
    """Do what must be seen, so that the proof is one."""
    if how == "open":
        Path("/etc/passwd").read_bytes()
    elif how == "engine opens":
        ox.Store().bulk_load(path="/etc/passwd", format=ox.RdfFormat.N_QUADS)
    elif how == "engine calls":
        list(ox.Store().query(f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}"))  # type: ignore[arg-type]


def main() -> None:
    """Ask all of it twice."""
    order: dict[str, Any] = json.loads(sys.stdin.read())
    client = Client(application(*order["data"]))

    def ask() -> list[tuple[int, str]]:
        found = []
        for method, target, body, kind in order["asked"]:
            answer = client.open(target, method=method, data=body or None, content_type=kind)
            found.append((answer.status_code, answer.text))
            answer.close()
        return found

    seen: list[str] = []
    watch(seen)
    first, watched = ask(), list(seen)
    be_still()
    if order.get("slip"):
        slip(order["slip"], order["address"])
    second = ask()
    sys.stdout.write(json.dumps({"first": first, "second": second, "seen": watched}))
    sys.stdout.flush()


if __name__ == "__main__":
    main()
