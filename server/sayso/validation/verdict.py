"""Write what a check found, and read it: what has not changed is not checked again."""

import json
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox

from sayso.validation.finding import Finding, Severity
from sayso.validation.folder_files import FolderFiles
from sayso.validation.outcome import Outcome
from sayso.validation.results import Report


def key(data: FolderFiles, shapes: FolderFiles, about: str) -> bytes:
    """Name an outcome by all that it depends on; ``about`` is what else does.

    The files' paths are part of it, since findings tell them.
    """
    told = sha256(f"{data.judges}\n{about}".encode())
    for kind, files in (("data", data), ("shapes", shapes)):
        for source, digest in files.digests.items():
            told.update(f"\n{kind} {source.path} {source.graph} {digest}".encode())
    return told.digest()


def written(outcome: Outcome) -> bytes:
    """Write an outcome in which no file was left out."""
    report = ox.serialize(outcome.report.triples, format=ox.RdfFormat.N_TRIPLES) or b""
    said = {
        "findings": [asdict(each) for each in outcome.findings],
        "beyond": [asdict(each) for each in outcome.beyond_shacl],
        "report": report.decode(),
        "claims": {str(path): count for path, count in outcome.claims.items()},
    }
    return json.dumps(said, default=str, ensure_ascii=False).encode()


def read(content: bytes) -> Outcome:
    """Read an outcome; the inverse of `written`."""
    said = json.loads(content)
    report = ox.parse(said["report"], format=ox.RdfFormat.N_TRIPLES)
    return Outcome(
        [_finding(each) for each in said["findings"]],
        [_finding(each) for each in said["beyond"]],
        Report.of_quads(report),
        {Path(path): count for path, count in said["claims"].items()},
    )


def _finding(said: dict[str, str]) -> Finding:
    path = said.pop("path")
    severity = Severity(said.pop("severity"))
    return Finding(**said, severity=severity, path=path and Path(path))  # type: ignore[arg-type]
