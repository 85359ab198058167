"""Make the environment of a peer that needs packages of its own, once."""

import os
import subprocess
import sys
from pathlib import Path

from bench.endpoint.servers import Contestant

RDFLIB_ENDPOINT = ("rdflib-endpoint[cli]==0.6.*", "uvicorn")


def rdflib_endpoint() -> Contestant:
    """Return rdflib-endpoint 0.6, which parses the quads as it starts.

    It is slow on large graphs: a million quads take it minutes to load and seconds to answer.
    """
    program = _environment("rdflib-endpoint-0.6", RDFLIB_ENDPOINT) / "rdflib-endpoint"
    command = f"{program} serve --host 127.0.0.1 --port {{port}} {{nquads}}"
    return Contestant("rdflib-endpoint", command, "/")


def _environment(name: str, packages: tuple[str, ...]) -> Path:
    """Return the folder of an environment's programs, made at the first call."""
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
    root = cache / "sayso-bench" / name
    ready = root / ".ready"
    if not ready.exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(root)], check=True)
        command = [str(root / "bin" / "pip"), "install", "--quiet", *packages]
        subprocess.run(command, check=True)
        ready.touch()
    return root / "bin"
