"""The scripts of the pages: pinned parts under free licences, bundled where Node is, else not."""

import importlib.util
import json
import os
import re
import shutil
from pathlib import Path
from types import ModuleType

import pytest

from sayso.web.bundle import scripts

FRONTEND = Path("server", "frontend")
FREE = {"Apache-2.0", "BSD-3-Clause", "ISC", "MIT", "MPL-2.0"}
PAGES = {"query", "overview"}
NODE = """#!/bin/sh
[ "$1" = --version ] && echo v{version} && exit
mkdir -p "$2"; echo > "$2/query.js"
"""
NPM = "#!/bin/sh\necho npm is ill >&2; exit {status}\n"


@pytest.fixture
def frontend(checkout: Path, tmp_path: Path) -> ModuleType:
    """Copy what the bundle is made of, with its maker, to where it can be spoilt."""
    folder = tmp_path / FRONTEND
    ignored = shutil.ignore_patterns("node_modules", "__pycache__")
    shutil.copytree(checkout / FRONTEND, folder, ignore=ignored)
    found = importlib.util.spec_from_file_location("bundle_copy", folder / "bundle.py")
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a folder for programs that stand in for Node and npm, the only ones to be found."""
    folder = tmp_path / "tools"
    folder.mkdir()
    for name in ("mkdir", "sh"):
        (folder / name).symlink_to(shutil.which(name) or "")
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.delenv("SAYSO_REQUIRE_BUNDLE", raising=False)
    return folder


def put(folder: Path, version: str = "20.1.0", status: int = 0) -> None:
    for name, text in (("node", NODE), ("npm", NPM)):
        (folder / name).write_text(
            text.replace("{version}", version).replace("{status}", str(status))
        )
        (folder / name).chmod(0o755)


def test_the_lock_file_pins_every_part_and_names_no_place(checkout: Path) -> None:
    text = (checkout / FRONTEND / "package-lock.json").read_text(encoding="utf-8")
    assert "://" not in re.sub(r'"url": "[^"]*"', "", text)
    parts = json.loads(text)["packages"]
    named = {name: part for name, part in parts.items() if name}
    assert len(named) > 10
    for name, part in named.items():
        assert part["integrity"].startswith("sha512-"), name
        assert "resolved" not in part, name
        assert part["license"] in FREE, name


def test_every_part_is_named_with_its_exact_version(checkout: Path) -> None:
    package = json.loads((checkout / FRONTEND / "package.json").read_text(encoding="utf-8"))
    versions = {**package["dependencies"], **package["devDependencies"]}
    assert versions
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in versions.values())


def test_without_node_a_sentence_says_so_and_all_is_well(
    frontend: ModuleType, tools: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert frontend.main() == 0
    assert "Node.js 20 or newer is not here" in capsys.readouterr().err
    assert not frontend.BUNDLE.exists()


def test_where_the_bundle_is_required_node_must_be_there(
    frontend: ModuleType, tools: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAYSO_REQUIRE_BUNDLE", "1")
    assert frontend.main() == 1


def test_a_node_that_is_too_old_is_none(frontend: ModuleType, tools: Path) -> None:
    put(tools, version="18.19.0")
    assert frontend.bundle() is False


def test_what_npm_says_is_passed_on(
    frontend: ModuleType, tools: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(tools, status=1)
    assert frontend.main() == 1
    assert "npm ci failed" in (said := capsys.readouterr().err)
    assert "npm is ill" in said


def test_the_bundle_is_made_anew_only_after_a_change(frontend: ModuleType, tools: Path) -> None:
    put(tools)
    assert frontend.bundle()
    (tools / "npm").unlink()
    assert frontend.bundle(), "what is bundled needs no Node"
    source = frontend.HERE / "src" / "query.ts"
    source.write_text(source.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert not frontend.bundle(), "what has changed is not bundled"


@pytest.mark.skipif(
    "SAYSO_REQUIRE_BUNDLE" not in os.environ and not scripts(),
    reason="the scripts are bundled only where Node.js is: make bundle",
)
def test_the_bundle_has_each_page_and_the_licences_of_its_parts(checkout: Path) -> None:
    package = json.loads((checkout / FRONTEND / "package.json").read_text(encoding="utf-8"))
    import sayso.web.bundle as web  # noqa: PLC0415

    assert scripts() == PAGES
    licences = (web.FOLDER / "LICENSES.txt").read_text(encoding="utf-8")
    for name, version in package["dependencies"].items():
        assert f"{name} {version} (" in licences
    assert "axe-core" not in licences


def test_a_page_without_its_bundle_has_no_script(tmp_path: Path) -> None:
    assert scripts(tmp_path) == frozenset()
    (tmp_path / "query.js").touch()
    (tmp_path / "chart-EB6YEGCW.js").touch()
    assert scripts(tmp_path) == {"query"}
