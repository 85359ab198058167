"""make needs nothing but Python, says what it can do, and says so where Python is too old."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

TARGETS = {"help", "serve", "bundle", "test", "check", "lint", "bench", "soak", "wheel", "clean"}


@pytest.fixture
def copy(checkout: Path, tmp_path: Path) -> Path:
    """Copy what make reads, so that no environment is there yet."""
    for name in ("Makefile", "pyproject.toml"):
        shutil.copy(checkout / name, tmp_path)
    return tmp_path


def make(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Call make as from a shell, also where these tests were started by make."""
    command = ["make", "--no-print-directory", "-C", str(folder), *arguments]
    environment = {k: v for k, v in os.environ.items() if k not in ("MAKEFLAGS", "MAKEOVERRIDES")}
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=60, check=False
    )


def test_make_alone_lists_every_target(copy: Path) -> None:
    result = make(copy)
    listed = {line.split()[1] for line in result.stdout.splitlines()}
    assert listed == TARGETS
    assert not (copy / ".venv").exists()


@pytest.mark.parametrize("python", ["false", "no-such-python"])
def test_a_python_too_old_or_missing_gets_one_sentence(copy: Path, python: str) -> None:
    result = make(copy, "test", f"PYTHON={python}")
    assert result.returncode != 0
    assert f"sayso needs Python 3.11 or newer, and '{python}' is not" in result.stderr
    assert not (copy / ".venv").exists()


@pytest.mark.parametrize(
    ("stamp", "age", "anew"),
    [("here", 1, False), ("here", -1, True), ("elsewhere", 1, True)],
    ids=["as it was", "packages changed", "folder moved"],
)
def test_the_environment_is_made_anew_when_it_must_be(
    copy: Path, stamp: str, age: int, *, anew: bool
) -> None:
    ready = copy / ".venv" / ".ready"
    ready.parent.mkdir()
    ready.write_text(f"{copy.resolve() if stamp == 'here' else '/nowhere'}\n", encoding="utf-8")
    listed = (copy / "pyproject.toml").stat()
    os.utime(ready, (listed.st_atime, listed.st_mtime + age))
    assert ("venv --clear" in make(copy, "--dry-run", "test").stdout) is anew


def test_the_readme_names_no_target_that_does_not_exist(checkout: Path) -> None:
    text = (checkout / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"^make (\w+)|`make (\w+)", text, flags=re.MULTILINE))
    assert {"serve", "test"} <= {first or second for first, second in named} <= TARGETS
