"""The curve of checking has a row for each contestant, and refuses a wrong answer."""

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from bench.checking.__main__ import cost, main
from bench.harness import WrongAnswerError


def test_the_curve_has_each_contestant_over_each_graph() -> None:
    result = CliRunner().invoke(main, ["--articles", "2"], catch_exceptions=False)
    rows = [line.split() for line in result.output.splitlines() if line.split()[0] == "2"]
    names = [" ".join(row[2:-5]) for row in rows]
    assert names == [
        "sayso check",
        "nothing changed",
        "one article changed",
        "one word wrong",
        "shacl, no queries",
        "shacl alone",
        "pyshacl",
    ]
    figures = [[float(each) for each in row[-5:-1]] for row in rows]
    assert all(seconds > 0 and one > 1 and all_ > 1 for seconds, _, one, all_ in figures)


def test_a_wrong_answer_counts_for_nothing(tmp_path: Path) -> None:
    with pytest.raises(WrongAnswerError, match="False"):
        cost(["echo", "False"], "True", tmp_path)


def test_memory_is_that_of_all_processes_and_counts_a_shared_page_once(tmp_path: Path) -> None:
    held = "import os, time\nheld = bytes(range(256)) * 2**18"  # 64 MiB
    forks, copies, ends = "child = not os.fork()", "own = held + b'.'", "time.sleep(0.3)"
    alone, shared, apart = (
        cost([sys.executable, "-c", "\n".join([held, *lines])], "", tmp_path).together
        for lines in ([ends], [forks, ends], [forks, f"if child: {copies}", ends])
    )
    assert 64 < alone < 96
    assert alone < shared < alone + 32
    assert alone + 64 < apart < alone + 96
