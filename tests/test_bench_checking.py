"""The curve of checking has a row for each contestant, and refuses a wrong answer."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from bench.checking.__main__ import cost, main
from bench.harness import WrongAnswerError


def test_the_curve_has_each_contestant_over_each_graph() -> None:
    result = CliRunner().invoke(main, ["--articles", "2"], catch_exceptions=False)
    rows = [line.split() for line in result.output.splitlines() if line.split()[0] == "2"]
    names = [" ".join(row[2:-4]) for row in rows]
    assert names == [
        "sayso check",
        "nothing changed",
        "one article changed",
        "one word wrong",
        "shacl, no queries",
        "shacl alone",
        "pyshacl",
    ]
    assert all(float(seconds) > 0 and float(size) > 1 for *_, seconds, _, size, _ in rows)


def test_a_wrong_answer_counts_for_nothing(tmp_path: Path) -> None:
    with pytest.raises(WrongAnswerError, match="False"):
        cost(["echo", "False"], "True", tmp_path)
