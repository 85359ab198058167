"""`sayso serve` as somebody at a terminal meets it."""

import re
import signal
import socket
import subprocess
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from click.testing import CliRunner

from sayso.cli import group
from sayso.errors import NeedsLinux
from sayso.paths import DataFolder
from serving import ENDS, MODULE, serving

TRIAL = Path(__file__).parent / "trial"


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*MODULE, "serve", *arguments], capture_output=True, text=True, timeout=60, check=False
    )


def test_it_says_where_it_serves_answers_and_ends_by_ctrl_c() -> None:
    with serving("--data", str(TRIAL), "--no-check") as (process, line, address):
        assert line.count("\n") == 1
        assert address.startswith("http://127.0.0.1:")
        with urlopen(address + "sparql?query=ASK%7B%7D&format=json") as answer:
            assert b'"boolean":true' in answer.read()
        with urlopen(Request(address, headers={"Accept": "text/html"})) as page:
            assert b"On whose say-so?" in page.read()
        with pytest.raises(HTTPError, match="404"):
            urlopen(address + "id/person/nobody")
        process.send_signal(signal.SIGINT)
        output, errors = process.communicate(timeout=ENDS)
        assert process.returncode == 0
        assert output == "sayso has stopped.\n"
        assert errors == ""


def test_a_port_in_use_is_one_sentence_and_2() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        result = run("--data", str(TRIAL), "--port", str(port))
    assert result.returncode == 2
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert str(port) in result.stderr


@pytest.mark.parametrize("host", ["256.0.0.1", "no-such-host.invalid"])
def test_a_host_that_is_none_is_one_sentence_and_2(host: str) -> None:
    result = run("--data", str(TRIAL), "--port", "0", "--host", host)
    assert (result.returncode, result.stderr.count("\n")) == (2, 1)
    assert host in result.stderr


def test_a_missing_folder_is_one_sentence_and_2(tmp_path: Path) -> None:
    result = run("--data", str(tmp_path / "nowhere"), "--port", "0")
    assert (result.returncode, result.stderr.count("\n")) == (2, 1)
    assert "nowhere" in result.stderr


def test_a_graph_is_checked_and_one_that_breaks_its_rules_is_not_served(
    wonderland: DataFolder,
) -> None:
    root = str(wonderland.root)
    with serving("--data", root) as (_, _, address):
        assert urlopen(address + "sparql?query=ASK%7B%7D").status == 200
    record = wonderland.records()[0]
    text = record.read_text(encoding="utf-8")
    spoilt = re.sub(r"sayso:claimant [^;]+;", "", text, count=1)
    assert spoilt != text
    record.write_text(spoilt, encoding="utf-8")
    refused = run("--data", root, "--port", "0")
    assert refused.returncode == 1
    assert refused.stdout == ""
    assert record.name in refused.stderr
    assert "--no-check" in refused.stderr.splitlines()[-1]
    with serving("--data", root, "--no-check") as (_, _, address):
        assert urlopen(address + "sparql?query=ASK%7B%7D").status == 200


def test_it_listens_to_this_machine_alone_unless_told() -> None:
    result = run("--help")
    assert "127.0.0.1" in result.stdout
    for option in ("--data", "--host", "--port", "--check / --no-check", "Exit status"):
        assert option in result.stdout


def test_where_it_cannot_run_it_says_so_and_the_other_commands_are_there(
    monkeypatch: pytest.MonkeyPatch, runner: CliRunner
) -> None:
    monkeypatch.setattr("sys.platform", "darwin")
    monkeypatch.setattr("platform.system", lambda: "Darwin")
    result = runner.invoke(group, ["serve", "--port", "0"])
    assert isinstance(result.exception, NeedsLinux)
    assert "runs on Linux only, and this is Darwin" in str(result.exception)
    listed = runner.invoke(group, ["--help"])
    assert listed.exit_code == 0
    assert "on Linux only" in listed.output
