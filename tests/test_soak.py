"""A short soak of the real server: some hundreds of hostile and of ordinary requests."""

from collections.abc import Iterator

import pytest

from bench.endpoint.kinds import kinds
from bench.endpoint.servers import Running, sayso, started
from bench.generate import Plan, write_folder
from bench.soak.__main__ import ASKED
from bench.soak.client import judged
from bench.soak.hostile import COSTLY, KINDS, hostile
from bench.soak.mixed import Ordinary, ordinary
from bench.soak.run import Outcome, soak
from bench.soak.watch import Footprint
from sayso.paths import DataFolder
from sayso.store import load

PLAN = Plan(8)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    return write_folder(PLAN, tmp_path_factory.mktemp("soak"))


@pytest.fixture(scope="module")
def asked(folder: DataFolder) -> list[Ordinary]:
    return ordinary(load(folder), kinds(PLAN, ASKED, 8))


@pytest.fixture(scope="module")
def server(folder: DataFolder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    work = tmp_path_factory.mktemp("server")
    with started(sayso(), folder.root, work / "none.nq", work) as running:
        yield running


def test_the_server_stands_hostile_and_ordinary_requests(
    server: Running, asked: list[Ordinary]
) -> None:
    attacks = 6 * len(KINDS)
    outcome = soak(server, asked, attacks, 300, endless=False, tell=print)
    assert outcome.faults == {}
    assert outcome.answers["right"] >= 300
    assert outcome.answers.total() - outcome.answers["right"] >= attacks


def test_a_wrong_answer_is_found(server: Running, asked: list[Ordinary]) -> None:
    from http.client import HTTPConnection  # noqa: PLC0415

    right = asked[0]
    wrong = Ordinary("GET", right.query, right.accept, None, right.expected[1:])
    connection = HTTPConnection("127.0.0.1", server.port, timeout=30)
    assert right.ask(connection) is None
    assert wrong.ask(connection) == "wrong rows"
    connection.close()


@pytest.mark.parametrize(
    ("answer", "word"),
    [
        (b"", "closed"),
        (b"HTTP/1.1 400 Bad Request\r\n\r\nno query", "400"),
        (b"HTTP/1.1 500 Internal Server Error\r\n\r\n", "fault: 500"),
        (b"HTTP/1.1 400 Bad\r\n\r\nTraceback (most recent call last)", "fault: a stack trace"),
        (b"<html>", "fault: no HTTP"),
    ],
)
def test_answers_are_judged(answer: bytes, word: str) -> None:
    assert judged(answer) == word


def test_growth_is_a_fault_and_noise_is_not() -> None:
    outcome = Outcome()
    outcome.footprints = {
        "first": Footprint(100, 20, 1),
        "noise": Footprint(106, 22, 1),
        "leak": Footprint(300, 90, 1),
    }
    outcome.grown("first", "noise")
    assert not outcome.faults
    outcome.grown("first", "leak")
    assert len(outcome.faults) == 2


def test_hostile_requests_are_the_same_each_time_and_of_every_kind() -> None:
    first = list(hostile(200, endless=True))
    assert first == list(hostile(200, endless=True))
    assert len({request.kind for request in first}) == len(KINDS) + len(COSTLY)
    assert len({request.kind for request in hostile(200)}) == len(KINDS)
