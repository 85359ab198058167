"""Bundle the scripts of the pages with Node, where it is here: ``python bundle.py``.

Without Node nothing is bundled, one sentence says so, and the pages work with plain forms.
A bundle holds the hash of what it was made of, so that it is made anew only after a change.
"""

import os
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

HERE = Path(__file__).resolve().parent
BUNDLE = HERE.parent / "sayso" / "web" / "static" / "bundle"
NO_NODE = "Node.js 20 or newer is not here: pages will have a plain form, no editor or chart."
NODE = 20  # the oldest that is enough
REQUIRED = "SAYSO_REQUIRE_BUNDLE"  # set where nothing may be built without the bundle
_SOURCES = ("package.json", "package-lock.json", "build.js", "tsconfig.json", "src/**/*.ts")
_STAMP = "SOURCES"


class BundleError(Exception):
    """The scripts could not be bundled."""


def main() -> int:
    """Bundle what is not bundled yet; return the exit status."""
    try:
        bundled = bundle()
    except BundleError as error:
        print(f"sayso: {error}", file=sys.stderr)
        return 1
    if not bundled:
        print(f"sayso: {NO_NODE}", file=sys.stderr)
    return 0 if bundled or not os.environ.get(REQUIRED) else 1


def bundle() -> bool:
    """Bundle the scripts unless that is done; return False where Node is missing.

    Raise BundleError where Node is here and cannot do it.
    """
    made_of = digest()
    stamp = BUNDLE / _STAMP
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == made_of:
        return True
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm or major(node) < NODE:
        return False
    print("Bundling the scripts of the pages; this takes some seconds, once.", flush=True)
    _run(npm, "ci", "--no-audit", "--no-fund", "--loglevel=error")
    _run(node, "build.js", str(BUNDLE))
    stamp.write_text(made_of, encoding="utf-8")
    return True


def digest() -> str:
    """Return the SHA-256 of all that the bundle is made of."""
    files = sorted(path for pattern in _SOURCES for path in HERE.glob(pattern))
    whole = sha256()
    for file in files:
        content = file.read_bytes()
        whole.update(f"{file.relative_to(HERE).as_posix()} {len(content)}\n".encode() + content)
    return whole.hexdigest()


def major(node: str) -> int:
    """Return the major version of a Node.js, 0 where it tells none."""
    told = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)  # noqa: S603
    major = told.stdout.strip().removeprefix("v").partition(".")[0]
    return int(major) if major.isdigit() else 0


def _run(*command: str) -> None:
    done = subprocess.run(command, cwd=HERE, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        said = (done.stderr or done.stdout).strip()
        message = f"{Path(command[0]).name} {command[1]} failed in {HERE}: {said}"
        raise BundleError(message)


if __name__ == "__main__":
    sys.exit(main())
