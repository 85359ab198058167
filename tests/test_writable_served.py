"""A served store takes writes, survives kill -9 at any moment, and ends what takes too long."""

import itertools
import json
import os
import random
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
from click.testing import CliRunner

from sayso.cli import group
from sayso.errors import NoTokenFile, SaysoError, UnwritableStore
from sayso.store.disk import build, of_rdf
from serving import rows, serving
from speaking import Speaking
from writes import HOLDER, token_file

HERE = Path(__file__).resolve().parent
ENDLESS = " . ".join(f"?a{n} ?b{n} ?c{n}" for n in range(30))
KILLS = 2
KNAVE = "<a:knave> <a:stole> <a:tarts> ."


@pytest.fixture
def seed(tmp_path: Path) -> str:
    file = tmp_path / "seed.ttl"
    file.write_text(KNAVE, encoding="utf-8")
    return str(file)


def update(address: str, text: str, **more: str) -> None:
    body = urlencode({"update": text, **more}).encode()
    with urlopen(Request(f"{address}sparql", body, HOLDER)) as answer:
        assert answer.status == 204


def options(folder: Path, *more: str) -> list[str]:
    return [*more, "--writable", "--token-file", str(token_file(folder))]


def test_what_is_written_is_served_to_all_and_kept(tmp_path: Path, seed: str) -> None:
    place = str(tmp_path / "store")
    with serving(*options(tmp_path, "--rdf", seed, "--store", place)) as (process, line, address):
        assert line.startswith(f"sayso serves {place} to readers and writers at ")
        for number in range(12):  # more than there are workers
            update(address, f"INSERT DATA {{ <a:s> <a:p> {number} }}")
            assert len(rows(address)) == number + 2
        with pytest.raises(HTTPError, match="401"):
            urlopen(Request(f"{address}sparql", b"update=CLEAR+ALL"))
        process.send_signal(signal.SIGHUP)
        assert len(rows(address)) == 13
    with serving("--store", place) as (_, _, address):  # to readers alone
        assert len(rows(address)) == 13
        with pytest.raises(HTTPError, match="403"):
            urlopen(Request(f"{address}sparql", b"update=CLEAR+ALL", HOLDER))


def test_an_update_that_takes_too_long_is_ended_and_changes_nothing(
    tmp_path: Path, seed: str
) -> None:
    with serving(*options(tmp_path, "--rdf", seed)) as (_, line, address):
        assert "forgets what is written when it ends" in line
        update(address, "INSERT DATA { " + " . ".join(f"<a:s> <a:p> {n}" for n in range(50)) + " }")
        endless = f"DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o . {ENDLESS} }}"
        for _ in range(3):
            with pytest.raises(HTTPError, match="503"):
                update(address, endless, timeout="0.5")
        assert len(rows(address)) == 51
        update(address, "CLEAR ALL")
        assert rows(address) == []


def test_whatever_is_killed_what_was_answered_is_there_and_whole(tmp_path: Path, seed: str) -> None:
    """Each update writes two triples; of one that was not answered both are there, or none."""
    place, sent, answered = str(tmp_path / "store"), 0, 0
    for _ in range(KILLS):
        with serving(*options(tmp_path, "--rdf", seed, "--store", place)) as (process, _, address):
            killer = threading.Timer(random.uniform(0.0, 0.3), process.kill)
            with suppress(OSError):
                for number in itertools.count(sent):
                    pair = " . ".join(f"<a:{side}> <a:n> {number}" for side in ("left", "right"))
                    sent += 1
                    update(address, f"INSERT DATA {{ {pair} }}")
                    answered += 1
                    if answered % 3 == 0 and killer.ident is None:
                        killer.start()
            killer.join()
    with serving(*options(tmp_path, "--rdf", seed, "--store", place)) as (_, _, address):
        left = rows(address, "SELECT ?n { <a:left> <a:n> ?n }")
        assert left == rows(address, "SELECT ?n { <a:right> <a:n> ?n }")
        assert answered <= len(left) <= answered + KILLS
        assert answered >= 3
        update(address, "CLEAR ALL")


def test_killed_before_any_line_a_writer_leaves_the_old_version_or_the_new(tmp_path: Path) -> None:
    paths = [str(HERE), *[p for p in sys.path if p]]
    script = [sys.executable, str(HERE / "changing_killed.py"), str(tmp_path / "store")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
    output = subprocess.run(script, env=environment, capture_output=True, text=True, check=True)
    ends = [json.loads(line) for line in output.stdout.splitlines()]
    assert [end["killed"] for end in ends] == [True] * (len(ends) - 1) + [False]
    old, new = ([f'"{n}"^^<http://www.w3.org/2001/XMLSchema#integer>'] * 2 for n in "01")
    seen = [end["quads"] for end in ends]
    at = seen.index(new)
    assert 5 < at < len(seen) - 1, "no writer was killed before the change, or none after it"
    assert seen == [old] * at + [new] * (len(seen) - at)
    assert any("new" in end["left"] for end in ends), "none was killed while it wrote"
    assert ends[-1]["left"] == ["graph", "sayso"]


def test_a_service_that_is_named_at_the_start_is_called(seed: str) -> None:
    with Speaking() as service, serving("--rdf", seed, "--service", service.address) as served:
        query = f"SELECT ?s {{ SERVICE <{service.address}> {{ ?s ?p ?o }} }}"
        assert rows(served[2], query) == ['"said"']
        with pytest.raises(HTTPError, match="403"):
            rows(served[2], query.replace(service.address, "http://127.0.0.1:9/"))


MISUSED = {
    "no token": ["--rdf", "a.ttl"],
    "nothing to write to": ["--token-file", "token"],
    "a data folder": ["--data", ".", "--store", "st", "--token-file", "token"],
}


@pytest.mark.parametrize("what", MISUSED)
def test_what_does_not_go_together_is_refused(what: str) -> None:
    result = CliRunner().invoke(group, ["serve", "--port", "0", "--writable", *MISUSED[what]])
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Usage: " in result.stderr


def test_what_cannot_be_written_is_told_before_anything_begins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    build(tmp_path / "readers", of_rdf([]))
    token = str(token_file(tmp_path))
    asked: dict[str, type[SaysoError]] = {"away": NoTokenFile, token: UnwritableStore}
    for file, error in asked.items():
        command = ["serve", "--store", "readers", "--writable", "--token-file", file]
        result = CliRunner().invoke(group, command)
        assert isinstance(result.exception, error), result.output
