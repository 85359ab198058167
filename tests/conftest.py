"""Share what many tests start from: the real graph, a small one to spoil, a client, the text."""

import gc
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient

import sayso
from sayso.analysis.derived import load_derived
from sayso.paths import DataFolder
from sayso.store import ClaimStore, load

CHECKOUT = Path(__file__).resolve().parent.parent
TEXT = CHECKOUT.parent / "shared" / "article" / "washington-times-2020-01-04.txt"


def pytest_configure() -> None:
    """Refuse to test the checkout's code where an installed package is meant.

    What commands keep for their user is kept in a folder of the tests, also by processes.
    """
    os.environ["XDG_CACHE_HOME"] = tempfile.mkdtemp(prefix="sayso-tests-cache-")
    if "SAYSO_INSTALLED" in os.environ and _code().is_relative_to(CHECKOUT):
        message = f"SAYSO_INSTALLED is set, and yet sayso was imported from {_code()}"
        raise pytest.UsageError(message)


def pytest_unconfigure() -> None:
    """Throw that folder away."""
    shutil.rmtree(os.environ["XDG_CACHE_HOME"], ignore_errors=True)


def pytest_report_header() -> str:
    """Say which code is tested."""
    return f"sayso: {sayso.__version__} in {_code()}"


def _code() -> Path:
    return Path(sayso.__file__).resolve().parent


@pytest.fixture(scope="module", autouse=True)
def _no_garbage_of_other_modules() -> None:
    """Collect what the tests before left in circles, tracebacks above all.

    The engine's rows may be dropped by the thread that asked for them alone, and a thread of the
    tests that follow would come upon them.
    """
    gc.collect()


@pytest.fixture(scope="session")
def checkout() -> Path:
    """Return the folder that the tests stand in; the code may come from elsewhere."""
    return CHECKOUT


@pytest.fixture(scope="session")
def claims() -> ClaimStore:
    """Load the graph that comes with sayso, once, with what is derived from it."""
    return load_derived(DataFolder())


@pytest.fixture(scope="session")
def app(claims: ClaimStore) -> Flask:
    """Make the web application over the graph that comes with sayso."""
    from sayso.web import create_app  # noqa: PLC0415 - a fault there must not stop other tests

    return create_app(claims)


@pytest.fixture(scope="session")
def trial() -> ClaimStore:
    """Load the made-up articles that retell, deny and withdraw, once."""
    return load(DataFolder(CHECKOUT / "tests" / "trial"))


@pytest.fixture(scope="session")
def visitor(trial: ClaimStore) -> FlaskClient:
    """Ask the web application over the made-up articles without a server."""
    from sayso.web import create_app  # noqa: PLC0415 - a fault there must not stop other tests

    return create_app(trial).test_client()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Ask the web application without a server."""
    return app.test_client()


@pytest.fixture
def runner() -> CliRunner:
    """Call commands in this process; output and errors come apart."""
    return CliRunner()


@pytest.fixture(scope="session")
def begin() -> Callable[[Path], DataFolder]:
    """Make the small fictional folder that `sayso init` makes, at a path."""
    from sayso.cli import group  # noqa: PLC0415 - a fault there must not stop other tests

    def begun(root: Path) -> DataFolder:
        result = CliRunner().invoke(group, ["init", str(root)], catch_exceptions=False)
        assert result.exit_code == 0, result.output
        return DataFolder(root)

    return begun


@pytest.fixture
def wonderland(tmp_path: Path, begin: Callable[[Path], DataFolder]) -> DataFolder:
    """Make that folder for one test, to be changed at will."""
    return begin(tmp_path / "wonderland")


@pytest.fixture(scope="session")
def article_text() -> Path:
    """Find the text that the article's record was read from, which the project does not hold.

    Where SAYSO_REQUIRE_TEXT=1 says that the text is there, its absence is a failure.
    """
    if not TEXT.is_file():
        reason = f"the article's text is not part of the project, and {TEXT} is not there"
        if os.environ.get("SAYSO_REQUIRE_TEXT") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    return TEXT
