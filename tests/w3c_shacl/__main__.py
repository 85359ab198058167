"""Run a copy of the SHACL test suite (github.com/w3c/data-shapes, data-shapes-test-suite/tests).

    SAYSO_SHACL_TESTS=/path/to/tests PYTHONPATH=tests python -m w3c_shacl

Exit status: 0 the engine that sayso uses passes all that pySHACL passes, 1 it does not, 2 there
are no tests.
"""

import os
import sys
from collections import Counter
from pathlib import Path

from sayso.errors import BadShapes, IllFormedShape, SeveralThings
from sayso.store.files import Source
from sayso.validation import accelerator
from sayso.validation.engine import Engine, validate
from sayso.validation.material import Material
from w3c_shacl.suite import Case, Told, cases, told


def answer(case: Case, engine: Engine) -> Counter[Told] | None:
    """Return the results that an engine tells, None where it refuses the shapes."""
    data, shapes = (_read(paths) for paths in (case.data, case.shapes))
    try:
        return told(validate(data, shapes, engine).triples)
    except (BadShapes, IllFormedShape, SeveralThings):
        return None


def is_accelerated(case: Case) -> bool:
    """Say whether the fast engine takes these shapes, or leaves them to pySHACL."""
    try:
        accelerator.Compiled.of(_read(case.shapes).triples)
    except accelerator.UnsuitableError:
        return False
    return True


def _read(paths: tuple[Path, ...]) -> Material:
    return Material.read(Source(path, path.as_uri()) for path in paths)


def main() -> int:
    """Run all, name what fails, and count."""
    root = os.environ.get("SAYSO_SHACL_TESTS")
    found = list(cases(Path(root))) if root else []
    if not found:
        sys.stderr.write("no test: SAYSO_SHACL_TESTS names no copy of the suite\n")
        return 2
    passed: Counter[str] = Counter()
    worse = []
    for case in found:
        right = {each: answer(case, each) == case.expected for each in Engine}
        passed.update(each for each in Engine if right[each])
        passed["by the fast engine"] += is_accelerated(case)
        if not all(right.values()):
            failing = ", ".join(each for each in Engine if not right[each])
            sys.stdout.write(f"{case.name}: fails in {failing}\n")
        if right[Engine.PYSHACL] and not right[Engine.AUTO]:
            worse.append(case.name)
    for name, count in sorted(passed.items()):
        sys.stdout.write(f"{name:<20} {count} of {len(found)}\n")
    return int(bool(worse))


if __name__ == "__main__":
    sys.exit(main())
