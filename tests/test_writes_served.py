"""A server that writes: what is written is served, whoever is killed, and nothing is lost."""

import http.client
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path

import pytest

from front_server import Server, running, until
from sayso.paths import DataFolder
from sayso.store import load
from sayso.store.write import DRAFT
from sayso.text.dates import days
from sayso.validation.check import check_folder
from serving import Site, serving
from test_writes import added, changed
from writes import HOLDER, NAME, NOTES, SECOND, SECRET, token_file

PATH = f"/article/{NAME}"
STORED = f"/rdf-graph-store{PATH}"
KILLS = 3


class Writing:
    """A running server that takes records of a folder."""

    def __init__(self, folder: DataFolder, site: Site) -> None:
        self.folder, self.process, self.port = folder, site.process, site.port

    def ask(
        self, method: str, path: str, body: str | bytes = b"", **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        """Ask on a connection of its own; return status, headers and body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        fields = {name.replace("_", "-"): value for name, value in headers.items()}
        content = body.encode() if isinstance(body, str) else body
        try:
            connection.request(method, path, content, fields)
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()
        finally:
            connection.close()

    def put(self, body: str, path: str = PATH, **headers: str) -> tuple[int, dict[str, str], bytes]:
        """Write a record."""
        fields = {**HOLDER, "Content-Type": "text/turtle", **headers}
        return self.ask("PUT", path, body, **fields)

    def kill(self) -> None:
        """End all its processes at once."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@contextmanager
def writing(folder: DataFolder, *options: str) -> Iterator[Writing]:
    """Serve a folder until the block ends."""
    with serving("--data", str(folder.root), *options) as site:
        yield Writing(folder, site)


def token(folder: DataFolder) -> tuple[str, str]:
    return "--token-file", str(token_file(folder.root.parent))


def lines(folder: DataFolder) -> list[str]:
    return (folder.articles / f"{NAME}.ttl").read_text(encoding="utf-8").splitlines()


@pytest.fixture(scope="module")
def site(
    tmp_path_factory: pytest.TempPathFactory, begin: Callable[[Path], DataFolder]
) -> Iterator[Writing]:
    """Serve a folder for the tests that leave it as it was."""
    folder = begin(tmp_path_factory.mktemp("shared") / "wonderland")
    with writing(folder, *token(folder), "--access-log", str(log(folder))) as started:
        yield started


def log(folder: DataFolder) -> Path:
    return folder.root.parent / "log"


def test_who_reads_after_a_write_reads_what_was_written(site: Writing) -> None:
    file = site.folder.articles / f"{NAME}.ttl"
    old = file.read_text(encoding="utf-8")
    new = changed(old)
    seen = set()
    for body in (new, old, new, old):
        status, headers, content = site.put(body)
        assert (status, content) == (204, b"")
        for _ in range(3):
            _, got, graph = site.ask("GET", STORED, Accept="text/turtle")
            assert got["ETag"] == headers["ETag"]
            assert (b"cert:possible" in graph) == (b"cert:possible" in body.encode())
        assert file.read_text(encoding="utf-8") == body
        seen.add(headers["ETag"])
    assert len(seen) == 2
    status, headers, _ = site.put(NOTES, f"/article/{SECOND}")
    assert (status, headers["Location"].endswith(f"/article/{SECOND}")) == (201, True)
    assert site.ask("GET", f"/article/{SECOND}.ttl")[0] == 200
    assert site.ask("DELETE", f"/article/{SECOND}", **HOLDER)[0] == 204
    assert site.ask("GET", f"/article/{SECOND}.ttl")[0] == 404


def test_the_token_is_told_to_nobody(site: Writing) -> None:
    assert site.put("")[0] == 422
    told = [Path(f"/proc/{pid}/cmdline").read_bytes() for pid in of_group(site.process.pid)]
    assert len(told) > 2
    until(lambda: PATH in log(site.folder).read_text(encoding="utf-8"))
    assert SECRET.encode() not in b"".join(told) + log(site.folder).read_bytes()


def of_group(leader: int) -> list[int]:
    """Find the processes of a group."""
    pids = (int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdecimal())
    found = []
    for pid in pids:
        try:
            found += [pid] * (os.getpgid(pid) == leader)
        except ProcessLookupError:
            continue
    return found


def test_what_is_refused_over_http_changes_nothing(site: Writing) -> None:
    before = lines(site.folder)
    text = "\n".join(before) + "\n"
    state = site.ask("GET", STORED)[1]["ETag"]
    assert site.ask("PUT", PATH, text)[0] == 401
    assert site.put(text, Authorization="Bearer the-queen-made-no-tarts-today")[0] == 403
    assert site.put(text.replace("person:hatter", "person:nobody"))[0] == 422
    assert site.put(added(text), If_Match='"x"')[0] == 412
    assert site.put("#" * 9_000_000)[0] == 413
    assert site.put(added(text), PATH + "?timeout=0.05")[0] == 503
    assert site.ask("GET", STORED)[1]["ETag"] == state
    assert lines(site.folder) == before


def test_two_that_write_at_once_lose_nothing(wonderland: DataFolder) -> None:
    claims = {"duchess-cook": 2, "march-hare": 2}
    refused: list[int] = []
    both, met = threading.Barrier(len(claims)), threading.Event()

    def accuse(site: Writing, who: str, times: int) -> None:
        """Add claims one by one, each to what stands then, again where that has changed."""
        for number in range(times):
            while True:
                state = site.ask("GET", STORED)[1]["ETag"]
                text = "\n".join(lines(wonderland)) + "\n"
                if number == 0 and not met.is_set():
                    both.wait(60)  # so the one that writes second is refused
                    met.set()
                more = added(text).replace("<#c19>", f"<#{who}-{number}>")
                more = more.replace(
                    "duchess-cook ;\n    sayso:act act:alleges",
                    f"{who} ;\n    sayso:act act:alleges",
                )
                status, _, content = site.put(more, If_Match=state)
                if status == 204:
                    break
                assert status == 412, content
                refused.append(number)

    with writing(wonderland, *token(wonderland)) as site:
        writers = [threading.Thread(target=accuse, args=(site, *each)) for each in claims.items()]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join(120)
        graph = site.ask("GET", STORED, Accept="application/n-triples")[2].decode()
    found = lines(wonderland)
    for who, times in claims.items():
        for number in range(times):
            assert f"<#{who}-{number}>" in found
            assert f"#{who}-{number}>" in graph
    assert refused, "the two never met"
    assert check_folder(wonderland, (), days).conforms


def test_a_server_killed_while_it_writes_comes_back_with_the_old_or_the_new(
    wonderland: DataFolder,
) -> None:
    file = wonderland.articles / f"{NAME}.ttl"
    old = file.read_text(encoding="utf-8")
    versions = [changed(old), old]
    others = {each.name for each in wonderland.articles.iterdir()}
    chance = random.Random(1865)
    for _ in range(KILLS):
        with writing(wonderland, *token(wonderland)) as site:
            killer = threading.Timer(0.2 + chance.random() * 2, site.kill)
            killer.start()
            with pytest.raises((OSError, http.client.HTTPException)):
                write_on(site, versions)
            killer.join()
        assert file.read_text(encoding="utf-8") in versions
        assert {each.name for each in wonderland.articles.iterdir()} - {DRAFT} == others
        load(wonderland)
    assert check_folder(wonderland, (), days).conforms


def write_on(site: Writing, versions: list[str]) -> None:
    """Write one after the other until the server is gone."""
    for body in cycle(versions):
        assert site.put(body)[0] == 204


def test_without_a_token_file_nothing_is_written(wonderland: DataFolder) -> None:
    with writing(wonderland) as site:
        for path in (PATH, STORED):
            for method in ("PUT", "DELETE"):
                assert site.ask(method, path, "", **HOLDER)[0] == 405


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--token-file", "{folder}/nothing"), "cannot be read"),
        (("--token-file", "{folder}/open"), "chmod 600"),
        (("--rdf", "{folder}/x.ttl", "--token-file", "{folder}/token"), "of a data folder"),
    ],
)
def test_a_token_file_of_no_use_is_one_sentence_and_2(
    tmp_path: Path, options: tuple[str, ...], told: str
) -> None:
    token_file(tmp_path)
    (tmp_path / "open").write_text(SECRET, encoding="utf-8")
    (tmp_path / "open").chmod(0o644)
    (tmp_path / "x.ttl").touch()
    given = [option.format(folder=tmp_path) for option in options]
    result = subprocess.run(
        [sys.executable, "-m", "sayso", "serve", "--port", "0", *given],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (result.returncode, result.stdout) == (2, "")
    assert told in result.stderr
    assert SECRET not in result.stderr


# How the server is told, whatever the application.


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with running(tmp_path / "server") as server:
        yield server


def test_the_answer_to_a_write_comes_when_it_is_served(server: Server) -> None:
    for version in ("second", "third"):
        assert server.ask(f"/write?to={version}")[2] == b"served"
        assert server.ask("/version")[2] == version.encode()
    time.sleep(1.0)
    assert server.metric("sayso_reloads_total") == 2, "it is loaded again for nobody"


def test_what_a_worker_wrote_is_served_though_it_was_killed(server: Server) -> None:
    assert server.ask("/write?to=second&then=die")[0] == 500
    until(lambda: server.health()["version"] == "second")


def test_what_cannot_be_loaded_is_told_to_who_wrote_it(server: Server) -> None:
    assert server.ask("/write?to=bad")[2].startswith(b"The graph in ")
    assert server.ask("/version")[2] == b"first"
    assert server.ask("/write?to=second")[2] == b"served"


def test_who_writes_while_another_version_is_loaded_waits_for_the_next(server: Server) -> None:
    versions = [f"version-{number}" for number in range(6)]
    found: dict[str, str] = {}

    def write(version: str) -> None:
        assert server.ask(f"/write?to={version}")[2] == b"served"
        found[version] = server.ask("/version")[2].decode()

    writers = [threading.Thread(target=write, args=(version,)) for version in versions]
    for writer, version in zip(writers, versions, strict=True):
        writer.start()
        until(lambda: (server.folder / "version").read_text("utf-8") == version)  # noqa: B023
    for writer in writers:
        writer.join(60)
    assert len(found) == len(versions)
    for version, read in found.items():
        assert read in versions[versions.index(version) :], "an older version was served"
    assert server.health()["version"] == versions[-1]
    reloads = server.metric("sayso_reloads_total")
    assert reloads > 1, "no version was served while others were written"
    assert reloads < len(versions), "each write had a load of its own"
