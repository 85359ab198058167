"""The benchmark of endpoints asks what it says, and believes no answer unseen."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from bench.endpoint.answers import parsed, verify
from bench.endpoint.compare import Results, compare
from bench.endpoint.kinds import JSON, NAMES, TURTLE, Kind, kinds
from bench.endpoint.report import table
from bench.endpoint.servers import (
    Contestant,
    Running,
    oxigraph_in_memory,
    oxigraph_on_disk,
    sayso,
    sayso_of_quads,
    started,
)
from bench.endpoint.start import LOADED, starts
from bench.endpoint.start import table as start_table
from bench.endpoint.wrk import Load, Rate, measure
from bench.generate import Plan, write_folder, write_nquads
from bench.harness import WrongAnswerError
from sayso.store import ClaimStore, load

PLAN = Plan(8)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("endpoint")
    write_nquads(write_folder(PLAN, place / "data"), place / "data.nq")
    return place


@pytest.fixture(scope="module")
def generated(place: Path) -> ClaimStore:
    from sayso.paths import DataFolder  # noqa: PLC0415

    return load(DataFolder(place / "data"))


@pytest.fixture(scope="module")
def servers(place: Path) -> Iterator[list[Running]]:
    with ExitStack() as stack:
        yield [
            stack.enter_context(started(each, place / "data", place / "data.nq", place))
            for each in (sayso(), oxigraph_in_memory())
        ]


@pytest.mark.parametrize("name", NAMES)
def test_each_kind_has_many_variants_and_most_have_rows(generated: ClaimStore, name: str) -> None:
    (kind,) = kinds(PLAN, (name,), 20)
    assert len(set(kind.queries)) == len(kind.queries) >= 8
    assert not [query for query in kind.queries if "param:" in query]
    answers = [generated.queryable.query(query) for query in kind.queries]
    found = [len(list(answer)) for answer in answers if not isinstance(answer, ox.QueryBoolean)]
    assert len(found) == len(answers)
    assert sum(1 for rows in found if rows) > len(found) / 2


def test_chains_lead_through_other_articles(generated: ClaimStore) -> None:
    (kind,) = kinds(PLAN, ("chain-by-path",), 300)
    longest = max(len(list(generated.queryable.query(query))) for query in kind.queries)  # type: ignore[arg-type]
    assert longest >= 5


@pytest.mark.parametrize("name", NAMES)
def test_both_servers_give_the_same_rows(servers: list[Running], name: str) -> None:
    (kind,) = kinds(PLAN, (name,), 4)
    assert len(verify(servers, kind)) >= 1


def test_a_different_answer_ends_the_benchmark(servers: list[Running]) -> None:
    class Liar(Running):
        def get(self, target: str, accept: str, timeout: float = 1.0) -> tuple[int, bytes]:
            return 200, b'{"head": {"vars": ["x"]}, "results": {"bindings": []}}'

    (kind,) = kinds(PLAN, ("point-lookup",), 4)
    honest = servers[0]
    liar = Liar(replace(honest.contestant, name="liar"), honest.process, honest.port)
    with pytest.raises(WrongAnswerError, match="liar"):
        verify([honest, liar], kind)


def test_a_status_other_than_200_ends_the_benchmark(servers: list[Running]) -> None:
    broken = Kind("point-lookup", ("SELECT {",))
    with pytest.raises(WrongAnswerError, match="400"):
        verify(servers, broken)


@pytest.mark.parametrize(
    ("body", "accept"), [(b'{"results": {"bindings": [', JSON), (b"<a:a> <b:b>", TURTLE)]
)
def test_an_answer_that_is_cut_short_is_no_answer(body: bytes, accept: str) -> None:
    with pytest.raises((ValueError, SyntaxError)):
        parsed(body, accept)


def test_a_server_that_ends_at_once_is_told(tmp_path: Path) -> None:
    gone = Contestant("gone", "sh -c 'echo no tarts today; exit 3'", "/")
    with (
        pytest.raises(WrongAnswerError, match="no tarts today"),
        started(gone, tmp_path, tmp_path / "none.nq", tmp_path),
    ):
        pass


def test_slow_answers_are_counted_one_by_one(servers: list[Running]) -> None:
    (kind,) = kinds(PLAN, ("point-lookup",), 4)
    rate = measure(servers[0], kind, Load(2, 0.2), took=10.0)
    assert rate.requests >= 2
    assert 0 < rate.p50 <= rate.p99


def test_ratios_are_those_within_a_round_and_means_geometric() -> None:
    results = Results()
    for ours, theirs in ((100, 50), (10, 10), (30, 10)):
        results.rates["a", "k", 1, False].append(Rate(ours, 1.0, 1, 1.0, 1.0))
        results.rates["b", "k", 1, False].append(Rate(theirs, 1.0, 1, 1.0, 1.0))
    results.rows["k"] = [1]
    assert results.ratio("a", "b", ("k", 1, False)) == 2.0
    assert results.mean("a", "b", [("k", 1, False)] * 2) == pytest.approx(2.0)
    assert results.spread(("a", "k", 1, False)) == pytest.approx(70 / 30)
    lines = list(table(results, ["a", "b"], [Load(1, 1.0)]))
    assert lines[-1].split() == ["geometric", "mean", "2.00"]


def test_every_round_measures_every_server(servers: list[Running]) -> None:
    asked = [replace(each, queries=each.queries[:2]) for each in kinds(PLAN, ("disputes",), 4)]
    told: list[str] = []
    slow = [Load(1, 0.0)]  # no time at all: one request each, counted one by one
    results = compare(servers, asked, slow, 2, told.append)
    assert {name: len(rates) for (name, *_), rates in results.rates.items()} == {
        server.name: 2 for server in servers
    }
    assert len(told) == 1


def test_every_round_starts_and_loads_anew(place: Path, tmp_path: Path) -> None:
    both = (sayso_of_quads(), oxigraph_on_disk())
    found = starts(both, place / "data", place / "data.nq", tmp_path, 2)
    assert {name: len(all_) for name, all_ in found.items()} == {
        "sayso --rdf": 2,
        "oxigraph, disk": 2,
        LOADED: 2,
    }
    pairs = zip(found[LOADED], found["oxigraph, disk"], strict=True)
    assert all(0 < loaded < answered for loaded, answered in pairs)
    assert not list(tmp_path.iterdir())


def test_a_start_is_told_as_a_multiple_of_another_in_its_round() -> None:
    lines = list(start_table({"a": [2.0, 9.0, 4.0], "b": [1.0, 3.0, 4.0]}, ["b"]))
    assert [line.split() for line in lines[1:]] == [
        ["a", "4.0", "9.0", "2.00"],
        ["b", "3.0", "4.0", "1.00"],
    ]
