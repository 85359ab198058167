"""Whoever is killed while writing leaves the old record or the new one, and nothing else."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sayso.paths import DataFolder
from sayso.store import load
from sayso.store.write import DRAFT
from sayso.text.dates import days
from sayso.validation.check import check_folder
from test_writes import changed
from writes import NAME, Desk

HERE = Path(__file__).resolve().parent
KILLS = 25
LONGEST = 20.0  # seconds of random kills


@pytest.fixture
def versions(wonderland: DataFolder, tmp_path: Path) -> tuple[Path, Path, Path]:
    """Return a record's file, and files with what is in it and what is to be."""
    file = wonderland.articles / f"{NAME}.ttl"
    old, new = tmp_path / "old", tmp_path / "new"
    old.write_bytes(file.read_bytes())
    new.write_bytes(changed(file.read_text(encoding="utf-8")).encode())
    return file, old, new


def child(kind: str, file: Path, old: Path, new: Path | str) -> subprocess.Popen[str]:
    paths = [str(HERE), *[p for p in sys.path if p]]
    return subprocess.Popen(
        [sys.executable, str(HERE / "writes_killed.py"), kind, str(file), str(old), str(new)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
    )


@pytest.mark.parametrize("removing", [False, True])
def test_killed_before_any_line_a_writer_leaves_the_old_file_or_the_new(
    versions: tuple[Path, Path, Path], removing: bool
) -> None:
    file, old, new = versions
    output, _ = child("lines", file, old, "" if removing else new).communicate(timeout=120)
    ends = [json.loads(line) for line in output.splitlines()]
    assert [end["killed"] for end in ends] == [True] * (len(ends) - 1) + [False]
    before = old.read_text(encoding="utf-8")
    after = None if removing else new.read_text(encoding="utf-8")
    seen = [end["files"].get(file.name) for end in ends]
    at = seen.index(after)
    assert 5 < at < len(seen) - 2, "no writer was killed before the change, or none after it"
    assert seen == [before] * at + [after] * (len(seen) - at)
    litter = {name for end in ends for name in end["files"]} - {file.name}
    assert litter <= {DRAFT}
    assert removing or DRAFT in litter, "no writer was killed while it wrote its draft"
    assert set(ends[-1]["files"]) == (set() if removing else {file.name})


def test_killed_at_any_time_the_folder_loads_and_conforms(
    wonderland: DataFolder, versions: tuple[Path, Path, Path]
) -> None:
    file, old, new = versions
    whole = {old.read_bytes(), new.read_bytes()}
    others = {f.name for f in wonderland.articles.iterdir()}
    chance = random.Random(1865)
    end, seen, kills = time.monotonic() + LONGEST, set(), 0
    while kills < KILLS and time.monotonic() < end:
        writer = child("loop", file, old, new)
        assert writer.stdout is not None
        assert writer.stdout.readline() == "begun\n"
        time.sleep(chance.random() / 20)
        writer.send_signal(signal.SIGKILL)
        assert writer.wait() == -signal.SIGKILL
        writer.stdout.close()
        kills += 1
        seen.add(file.read_bytes())
        assert {f.name for f in wonderland.articles.iterdir()} - {DRAFT} == others
        load(wonderland)
    assert seen == whole, f"{kills} kills hit only one of two states"
    assert check_folder(wonderland, (), days).conforms
    desk = Desk(wonderland)
    assert desk.ask("PUT", old.read_bytes()).status_code == 204
    assert {f.name for f in wonderland.articles.iterdir()} == others
