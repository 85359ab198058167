"""The code and the graph say under which terms they may be used, and carry those terms."""

import tomllib
from hashlib import sha256
from importlib.metadata import metadata
from pathlib import Path

import pytest
from rdflib import DCTERMS, Graph

from sayso.paths import DataFolder

CC_BY = "https://creativecommons.org/licenses/by/4.0/"


@pytest.mark.parametrize(
    ("name", "first", "digest"),
    [
        (
            "LICENSE",
            "Apache License",
            "cfc7749b96f63bd31c3c42b5c471bf756814053e847c10f3eb003417bc523d30",
        ),
        (
            "LICENSE-DATA",
            "Attribution 4.0 International",
            "fd3a263fe19ed8faa9068b43abaebafc02c77897b0c6fc09abc04bb592e5f16e",
        ),
    ],
)
def test_a_licence_is_there_word_for_word(
    checkout: Path, name: str, first: str, digest: str
) -> None:
    content = (checkout / name).read_bytes()
    assert content.decode("utf-8").lstrip().startswith(first)
    assert sha256(content).hexdigest() == digest


def test_the_package_names_both_licences(checkout: Path) -> None:
    project = tomllib.loads((checkout / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    package = metadata("sayso")
    assert package["License-Expression"] == project["license"] == "Apache-2.0 AND CC-BY-4.0"
    assert package.get_all("License-File") == project["license-files"]


def test_the_data_set_is_under_the_licence_of_the_graph() -> None:
    licences = {str(o) for o in Graph().parse(DataFolder().dataset).objects(None, DCTERMS.license)}
    assert licences == {CC_BY}
