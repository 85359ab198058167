"""List the namespaces that a file declares prefixes for."""

import re
from pathlib import Path

from sayso.store.files import read_bytes

_DECLARED = re.compile(rb"[Pp][Rr][Ee][Ff][Ii][Xx]\s+[^\s:<\"]*:\s*<([^<>\s]*)>")


def declared(path: Path) -> tuple[str, ...]:
    """List what looks like the namespaces of a file's prefixes."""
    found = _DECLARED.findall(read_bytes(path))
    return tuple(sorted({space.decode("utf-8", "replace") for space in found}))
