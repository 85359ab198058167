"""Keep what is known to be wrong, so that a check fails only where something new is.

The file is JSON, sorted, an object a finding, so that a reviewer sees in its difference what was
healed and what was let in. No line is in it: moved lines change nothing.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from sayso.errors import BadBaseline, CannotWrite, NoBaseline
from sayso.validation.finding import Finding

_VERSION = 1
UNNAMED = re.compile(r"[0-9a-f]{24,32}")  # what the engine calls a node without a name


@dataclass(frozen=True)
class Known:
    """What stays the same of a finding: the rule, and what breaks it.

    A node without a name is `[]`. The path tells findings apart only where nothing else does;
    a file may be renamed.
    """

    code: str
    path: str | None = None
    focus: str | None = None
    predicate: str | None = None
    value: str | None = None

    @classmethod
    def of(cls, finding: Finding, root: Path) -> "Known":
        """Take of a finding what stays; its path starts at ``root``."""
        path = _relative(finding.path, root) if finding.path else None
        focus, value = _named(finding.focus), _named(finding.value)
        return cls(finding.code, path, focus, finding.predicate, value)

    @property
    def key(self) -> tuple[str, ...]:
        """What is compared."""
        terms = [each or "" for each in (self.focus, self.predicate, self.value)]
        named = ":" in terms[0]
        return self.code, *terms, "" if named else self.path or ""


def _named(term: str | None) -> str | None:
    return "[]" if term and UNNAMED.fullmatch(term) else term


def _relative(path: Path, root: Path) -> str:
    try:
        return path.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        return path.as_posix()


def write_baseline(file: Path, findings: Iterable[Finding], root: Path) -> None:
    """Write findings as known; raise CannotWrite."""
    known = sorted((Known.of(each, root) for each in findings), key=lambda each: each.key)
    kept = [{k: v for k, v in asdict(each).items() if v is not None} for each in known]
    text = json.dumps({"version": _VERSION, "findings": kept}, ensure_ascii=False, indent=2)
    try:
        file.write_text(text + "\n", "utf-8")
    except OSError as error:
        raise CannotWrite(path=file, reason=error.strerror or error) from error


def read_baseline(file: Path) -> list[Known]:
    """Read what is known; raise NoBaseline or BadBaseline."""
    try:
        read = json.loads(file.read_bytes())
        if read["version"] != _VERSION:
            raise BadBaseline(path=file, reason=f"its version is {read['version']}")
        return [Known(**{k: str(v) for k, v in each.items()}) for each in read["findings"]]
    except (FileNotFoundError, IsADirectoryError) as error:
        raise NoBaseline(path=file) from error
    except OSError as error:
        raise BadBaseline(path=file, reason=error.strerror or error) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadBaseline(path=file, reason="it is not what --write-baseline writes") from error


def compare(
    findings: Iterable[Finding], known: Iterable[Known], root: Path
) -> tuple[list[Finding], list[Finding], list[Known]]:
    """Part findings into new ones and known ones, and tell which of the known are healed.

    One known finding stands for one: a second one of the same kind is new.
    """
    left = Counter(each.key for each in known)
    new: list[Finding] = []
    old: list[Finding] = []
    for finding in findings:
        key = Known.of(finding, root).key
        (old if left[key] else new).append(finding)
        left[key] -= bool(left[key])
    healed = []
    for each in known:
        if left[each.key]:
            left[each.key] -= 1
            healed.append(each)
    return new, old, healed
