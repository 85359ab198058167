"""The benchmark of the pages chooses the same pages each time, and sees what is wrong."""

import pytest
from flask.testing import FlaskClient

from bench.harness import WrongAnswerError
from bench.pages import Kind, Measured, measured, sampled
from sayso.store import ClaimStore


def test_the_same_pages_of_each_kind_are_chosen_and_all_answer(
    trial: ClaimStore, visitor: FlaskClient
) -> None:
    kinds = [*sampled(trial, 3)]
    assert kinds == [*sampled(trial, 3)]
    assert len(kinds) == 10
    for kind in kinds:
        found = measured(visitor, trial, kind)
        assert len(found.ours) == len(kind.addresses) > 0
        assert min(found.ours) >= 0
        assert len(found.theirs) == sum(1 for _, iri in kind.addresses if iri)


def test_a_page_that_fails_stops_the_benchmark(trial: ClaimStore, visitor: FlaskClient) -> None:
    with pytest.raises(WrongAnswerError, match="/nowhere: 404"):
        measured(visitor, trial, Kind("none", [("/nowhere", None)]))
    with pytest.raises(WrongAnswerError, match="no page of the kind claim"):
        [*sampled(ClaimStore.of([], trial.base), 3)]


def test_a_ratio_is_of_the_medians() -> None:
    assert Measured("x", [1, 4, 90], [2, 2, 3]).ratio == 2
    assert Measured("x", [1, 4, 90], []).ratio is None
