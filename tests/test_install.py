"""What is installed is whole, holds nothing else, and works from any folder."""

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from importlib.metadata import packages_distributions, requires
from pathlib import Path
from pkgutil import walk_packages
from urllib.parse import urlencode
from urllib.request import urlopen

import pyoxigraph as ox
import pytest
from rdflib import RDF

import sayso
from sayso.paths import CASES, HOME
from sayso.store import ClaimStore
from sayso.terms import SAYSO
from serving import serving

CODE = Path(sayso.__file__).resolve().parent
PROGRAM = str(Path(sys.executable).parent / "sayso")
QUERY = "SELECT DISTINCT ?claim { ?claim a <https://w3id.org/sayso/ns#Claim> }"
WAIT = 60
UNASKED = ("compression", "_typeshed")  # of Python 3.14, and of those who check types


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


def test_each_module_can_be_imported() -> None:
    found = [each.name for each in walk_packages(sayso.__path__, "sayso.")]
    assert len(found) > 100
    for name in found:
        if name != "sayso.__main__":  # which is the command
            import_module(name)


def test_the_package_asks_for_all_that_its_code_imports() -> None:
    """Here the packages for tests are installed as well, and would hide one that is forgotten."""
    asked = {_plain(each) for each in requires("sayso") or () if "extra ==" not in each}
    owners = packages_distributions()
    imported = {name for file in CODE.rglob("*.py") for name in _imports(file)}
    others = imported - sys.stdlib_module_names - {"sayso", *UNASKED}
    assert len(others) > 10
    unasked = {name for name in others if not asked & set(map(_plain, owners.get(name, ())))}
    assert unasked == set()


def _plain(name: str) -> str:
    """Normalize the name that a requirement begins with."""
    found = re.match(r"[\w.-]+", name)
    assert found
    return re.sub(r"[-_.]+", "-", found[0]).lower()


def _imports(file: Path) -> Iterator[str]:
    """Yield the first part of what a module imports, wherever it does."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            yield node.module.partition(".")[0]


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
    with serving(program=(PROGRAM,), folder=tmp_path) as site:
        yield site.address


def test_the_server_prints_an_address_that_answers(address: str, claims: ClaimStore) -> None:
    query = urlencode({"query": QUERY})
    with urlopen(f"{address}sparql?{query}", timeout=WAIT) as response:
        rows = json.load(response)["results"]["bindings"]
    a, claim = ox.NamedNode(str(RDF.type)), ox.NamedNode(str(SAYSO.Claim))
    known = {quad.subject for quad in claims.store.quads_for_pattern(None, a, claim)}
    assert known
    assert {ox.NamedNode(row["claim"]["value"]) for row in rows} == known
