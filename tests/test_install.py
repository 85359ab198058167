"""What is installed is whole, holds nothing else, and works from any folder."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import urlopen

import pyoxigraph as ox
import pytest
from rdflib import RDF

import sayso
from sayso.paths import CASES, HOME
from sayso.store import ClaimStore
from sayso.terms import SAYSO

CODE = Path(sayso.__file__).resolve().parent
PROGRAM = str(Path(sys.executable).parent / "sayso")
QUERY = "SELECT DISTINCT ?claim { ?claim a <https://w3id.org/sayso/ns#Claim> }"
WAIT = 60


def files(root: Path, *without: str) -> dict[str, bytes]:
    """Read every file under a folder by its path in it, but for what Python and the named leave."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file()
        and "__pycache__" not in path.parts
        and path.relative_to(root).parts[0] not in without
    }


@pytest.mark.parametrize("name", ["ontology", "graph", "shapes"])
def test_each_folder_of_the_graph_comes_with_the_package(checkout: Path, name: str) -> None:
    expected = files(checkout / name)
    assert any(path.endswith(".ttl") for path in expected)
    assert files(HOME / name) == expected


def test_the_code_comes_whole_and_with_nothing_else(checkout: Path) -> None:
    expected = files(checkout / "server" / "sayso")
    assert {"py.typed", "__init__.py", "__main__.py"} <= set(expected)
    assert files(CODE, "ontology", "graph", "shapes", "cases") == expected


@pytest.mark.parametrize("name", ["good", "bad"])
def test_the_examples_of_the_rules_come_with_the_package(checkout: Path, name: str) -> None:
    expected = files(checkout / "tests" / "shapes" / name)
    assert len(expected) > 100
    assert files(CASES / name) == expected


def test_the_command_is_installed_and_tells_its_version(tmp_path: Path) -> None:
    result = subprocess.run(
        [PROGRAM, "--version"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
        timeout=WAIT,
    )
    assert result.stdout == f"sayso, version {sayso.__version__}\n"


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """Serve the graph that comes with sayso as a user does, from a folder without any."""
    command = [PROGRAM, "serve", "--port", "0"]
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            said = ""
            while not (found := re.search(r"http://127\.0\.0\.1:\d+", said)):
                line = process.stdout.readline()
                assert line, f"the server ended without an address: {said}"
                said += line
            yield found[0]
        finally:
            process.terminate()


def test_the_server_prints_an_address_that_answers(address: str, claims: ClaimStore) -> None:
    query = urlencode({"query": QUERY})
    with urlopen(f"{address}/sparql?{query}", timeout=WAIT) as response:
        rows = json.load(response)["results"]["bindings"]
    a, claim = ox.NamedNode(str(RDF.type)), ox.NamedNode(str(SAYSO.Claim))
    known = {quad.subject for quad in claims.store.quads_for_pattern(None, a, claim)}
    assert known
    assert {ox.NamedNode(row["claim"]["value"]) for row in rows} == known
