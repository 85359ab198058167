"""The benchmark of deriving measures what it says, and notices a wrong answer."""

import pytest
from click.testing import CliRunner

from bench.derive.__main__ import main
from bench.harness import WrongAnswerError
from sayso.analysis.derivation import Derivation


def test_it_prints_a_line_for_each_size(runner: CliRunner) -> None:
    result = runner.invoke(main, ["--articles", "9", "--articles", "3"], catch_exceptions=False)
    lines = [line.split() for line in result.output.splitlines() if line.lstrip()[:1].isdigit()]
    assert [line[:2] for line in lines] == [["3", "120"], ["9", "360"]]
    assert all(float(line[-1]) > 0 for line in lines)
    assert result.output.count("the stored question in SPARQL") == 1


def test_it_notices_that_deriving_again_is_not_the_same(
    runner: CliRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Derivation, "update", lambda *_: None)
    result = runner.invoke(main, ["--articles", "3", "--no-peer"])
    assert isinstance(result.exception, WrongAnswerError)
