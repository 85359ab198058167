"""What stands in this repository for hosts of code works as far as it can without them."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from court import NAME, make, spoil
from sayso.paths import DataFolder
from sayso.validation.report import FORMATS

CHECKOUT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PAGE = CHECKOUT / "docs" / "ci.md"
WAIT = 300
# Packages come from this environment, so that nothing is fetched and only sayso is built.
OFFLINE = {
    "PIP_NO_DEPS": "1",
    "PIP_NO_BUILD_ISOLATION": "0",  # pip means the value of build isolation by it
    "PYTHONPATH": next(path for path in sys.path if path.endswith("site-packages")),
}


@pytest.fixture
def court(tmp_path: Path) -> DataFolder:
    return make(tmp_path / "court")


def blocks(language: str) -> list[str]:
    found = re.findall(rf"^```{language}\n(.*?)^```$", PAGE.read_text("utf-8"), re.M | re.S)
    assert found
    return found


def bash(script: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a script as the hosts do: a command that fails ends it."""
    return subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", script],
        cwd=folder,
        env=os.environ | {"PATH": f"{BIN}:{os.environ['PATH']}"} | environment,
        capture_output=True,
        text=True,
        timeout=WAIT,
        check=False,
    )


def valid(schema: str, file: Path) -> None:
    """Hold a file to the schema of its host."""
    subprocess.run(
        [BIN / "check-jsonschema", "--builtin-schema", schema, file], check=True, timeout=WAIT
    )


def repository(folder: Path) -> None:
    git = "git -c user.name=Hatter -c user.email=hatter@tea.example"
    made = bash(f"git init -q . && git add -A && {git} commit -qm all", folder)
    assert made.returncode == 0, made.stderr


# ---------------------------------------------------------------- pre-commit


def test_the_hooks_are_those_of_pre_commit() -> None:
    manifest = CHECKOUT / ".pre-commit-hooks.yaml"
    subprocess.run([BIN / "pre-commit", "validate-manifest", manifest], check=True, timeout=WAIT)
    assert [hook["id"] for hook in yaml.safe_load(manifest.read_text("utf-8"))] == [
        "sayso-check",
        "sayso-shapes",
    ]


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a repository of the checkout as it lies there, for pre-commit to clone."""
    folder = tmp_path_factory.mktemp("hooks") / "sayso"
    folder.mkdir()
    for name in (
        "README.md",
        "LICENSE",
        "LICENSE-DATA",
        "pyproject.toml",
        ".pre-commit-hooks.yaml",
    ):
        shutil.copy(CHECKOUT / name, folder)
    for name in ("server", "ontology", "graph", "shapes", "tests/shapes"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(CHECKOUT / name, folder / name, ignore=ignored)
    repository(folder)
    return folder


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Share what pre-commit installs."""
    return {"PRE_COMMIT_HOME": str(tmp_path_factory.mktemp("pre-commit")), **OFFLINE}


def test_the_hooks_run_in_pre_commit(hooks: Path, court: DataFolder, home: dict[str, str]) -> None:
    (court.root / "rule.ttl").write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> .\n<urn:x:rule> a sh:NodeShape ;\n"
        "  sh:targetSubjectsOf <urn:x:age> ; sh:property "
        "[ sh:path <urn:x:age> ; sh:maxInclusive 100 ] .\n",
        "utf-8",
    )
    (court.root / "data").mkdir()
    (court.root / "data" / "ages.ttl").write_text("<urn:x:hatter> <urn:x:age> 50 .\n", "utf-8")
    both = [
        {"id": "sayso-check"},
        {"id": "sayso-shapes", "args": ["--shapes=rule.ttl"], "files": "^data/"},
    ]
    rev = bash("git rev-parse HEAD", hooks).stdout.strip()
    config = {"repos": [{"repo": str(hooks), "rev": rev, "hooks": both}]}
    (court.root / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), "utf-8")
    repository(court.root)
    passed = bash("pre-commit run --all-files", court.root, **home)
    assert passed.returncode == 0, passed.stdout + passed.stderr
    assert passed.stdout.count("Passed") == 2
    spoil(court, "cert:certain", "cert:dubious")
    (court.root / "data" / "ages.ttl").write_text("<urn:x:hatter> <urn:x:age> 500 .\n", "utf-8")
    failed = bash("pre-commit run --all-files", court.root, **home)
    assert failed.returncode == 1
    assert failed.stdout.count("Failed") == 2
    assert f"graph/articles/{NAME}:123:21: dubious of c3" in failed.stdout
    assert "data/ages.ttl:1:28: 500" in failed.stdout


# ---------------------------------------------------------------- GitHub


def action() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((CHECKOUT / "action.yml").read_text("utf-8"))
    return read


def test_the_action_is_one_of_github() -> None:
    valid("vendor.github-actions", CHECKOUT / "action.yml")


def test_what_the_action_is_given_never_becomes_part_of_its_script() -> None:
    steps = action()["runs"]["steps"]
    assert all("${{" not in step["run"] for step in steps)
    given = {re.sub(r"\W*inputs\.([\w-]+)\W*", r"\1", text) for text in steps[1]["env"].values()}
    assert given == set(action()["inputs"])


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory, hooks: Path) -> Path:
    """Install sayso as the action does."""
    temporary = tmp_path_factory.mktemp("runner")
    step = action()["runs"]["steps"][0]
    places = {"RUNNER_TEMP": str(temporary), "GITHUB_ACTION_PATH": str(hooks)}
    done = bash(step["run"], temporary, **places, **OFFLINE)
    assert done.returncode == 0, done.stderr
    return temporary


def act(runner: Path, folder: Path, **given: str) -> subprocess.CompletedProcess[str]:
    """Run the action's check with some of its inputs."""
    inputs = {name: each["default"] for name, each in action()["inputs"].items()}
    inputs |= {name.replace("_", "-"): text for name, text in given.items()}
    step = action()["runs"]["steps"][1]
    environment = {
        name: inputs[re.sub(r"\W*inputs\.([\w-]+)\W*", r"\1", text)]
        for name, text in step["env"].items()
    }
    host = {"RUNNER_TEMP": str(runner), "GITHUB_WORKSPACE": str(folder), **OFFLINE}
    return bash(step["run"], folder, **host, **environment)


def test_the_action_annotates_and_writes_sarif(runner: Path, court: DataFolder) -> None:
    assert act(runner, court.root).returncode == 0
    spoil(court, "cert:certain", "cert:dubious")
    done = act(runner, court.root, sarif="out file.sarif")
    assert done.returncode == 1, done.stderr
    assert f"file=graph/articles/{NAME},line=123,col=21,endColumn=33::" in done.stdout
    log = json.loads((court.root / "out file.sarif").read_text("utf-8"))
    assert [each["ruleId"] for each in log["runs"][0]["results"]] == ["claim-certainty-listed"]


def test_the_action_knows_a_baseline_and_what_it_fails_for(runner: Path, court: DataFolder) -> None:
    spoil(court, "cert:certain", "cert:dubious")
    bash("sayso check --data . --write-baseline known.json", court.root)
    assert act(runner, court.root, baseline="known.json").returncode == 0
    assert act(runner, court.root, baseline="nowhere.json", sarif="x").returncode == 2
    assert not (court.root / "x").exists()
    spoil(court, "cert:dubious", "cert:certain")
    spoil(court, "sayso:claimant person:hatter", "sayso:claimant org:court-scribes")
    spoil(court, "The Hatter accuses", "The scribes of the court accuse")
    assert act(runner, court.root).returncode == 0
    assert act(runner, court.root, fail_on="warning").returncode == 1


def test_the_action_checks_any_data(runner: Path, tmp_path: Path) -> None:
    rule = "[] a <S#NodeShape> ; <S#targetSubjectsOf> <urn:x:p> ; <S#nodeKind> <S#Literal> ."
    (tmp_path / "s.ttl").write_text(rule.replace("S#", "http://www.w3.org/ns/shacl#"), "utf-8")
    for name in ("one $(touch hit).ttl", "two.ttl"):
        (tmp_path / name).write_text(f"<urn:x:{name[0]}> <urn:x:p> 1 .\n", "utf-8")
    done = act(runner, tmp_path, shapes="s.ttl", files="one $(touch hit).ttl\n\ntwo.ttl\n")
    assert done.returncode == 1, done.stderr
    assert done.stdout.count("::error ") == 2
    assert not (tmp_path / "hit").exists()


# ---------------------------------------------------------------- GitLab, containers, the page


def test_the_gitlab_template_is_valid_and_runs(hooks: Path, court: DataFolder) -> None:
    file = CHECKOUT / "docs" / "ci" / "gitlab.yml"
    valid("vendor.gitlab-ci", file)
    job = yaml.safe_load(file.read_text("utf-8"))["sayso-check"]
    # The page has pip fetch sayso by git, which the slim images lack.
    assert re.fullmatch(r"python:3\.\d+", job["image"])
    script = "\n".join([*job["before_script"], *job["script"]])
    variables = job["variables"] | OFFLINE
    refused = bash(script, court.root, **variables)
    assert refused.returncode != 0
    assert "say in the variable SAYSO_PACKAGE" in refused.stderr
    variables |= {"SAYSO_PACKAGE": str(hooks), "CI_PROJECT_DIR": str(court.root)}
    spoil(court, "cert:certain", "cert:dubious")
    done = bash(script, court.root, **variables)
    assert done.returncode == 1, done.stderr
    assert "error claim-certainty-listed" in done.stdout
    report = (court.root / job["artifacts"]["reports"]["junit"]).read_text("utf-8")
    assert 'type="claim-certainty-listed"' in report


def test_the_container_copies_what_is_there_and_runs_what_is_installed(tmp_path: Path) -> None:
    text = (CHECKOUT / "server" / "Containerfile").read_text("utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    words = [line.split(maxsplit=1) for line in lines]
    assert {word for word, _ in words} == {
        *("FROM", "WORKDIR", "COPY", "RUN", "USER", "EXPOSE", "ENTRYPOINT", "CMD")
    }
    said = dict(words)
    assert said["USER"] != "root"
    version = re.search(
        r"requires-python = \">=3\.(\d+)\"", (CHECKOUT / "pyproject.toml").read_text()
    )
    images = re.findall(r"^FROM python:3\.(\d+)-slim", text, re.M)
    assert version is not None
    assert len(images) == 2
    assert all(int(minor) >= int(version[1]) for minor in images)
    called = [*json.loads(said["ENTRYPOINT"]), *json.loads(said["CMD"])]
    assert bash(shlex.join(called), tmp_path).returncode == 0


def test_the_commands_of_the_page_run_as_they_stand(
    tmp_path: Path, hooks: Path, home: dict[str, str]
) -> None:
    assert bash("sayso init .", tmp_path).returncode == 0
    rev = bash("git rev-parse HEAD", hooks).stdout.strip()
    config = blocks("yaml")[0].replace("https://git.example/sayso", str(hooks))
    (tmp_path / ".pre-commit-config.yaml").write_text(config.replace("v0.1.0", rev), "utf-8")
    repository(tmp_path)
    for script in blocks("sh"):
        done = bash(script, tmp_path, **home)
        assert done.returncode == 0, (script, done.stdout, done.stderr)
    assert {"sayso-known.json", "sayso.xml", "sayso.sarif"} <= {
        path.name for path in tmp_path.iterdir()
    }


def test_the_settings_of_the_page_are_those_of_their_hosts(tmp_path: Path) -> None:
    hook, shapes, github, gitlab = blocks("yaml")
    for number, text in enumerate((hook, shapes)):
        file = tmp_path / f"{number}.yaml"
        file.write_text(text, "utf-8")
        subprocess.run([BIN / "pre-commit", "validate-config", file], check=True, timeout=WAIT)
    for schema, text in (("vendor.github-workflows", github), ("vendor.gitlab-ci", gitlab)):
        file = tmp_path / "ci.yaml"
        file.write_text(text, "utf-8")
        valid(schema, file)
    (step,) = (s for s in yaml.safe_load(github)["jobs"]["check"]["steps"] if "sayso" in s["uses"])
    assert set(step["with"]) <= set(action()["inputs"])
    template = yaml.safe_load((CHECKOUT / "docs" / "ci" / "gitlab.yml").read_text("utf-8"))
    for job, each in yaml.safe_load(gitlab).items():
        if job != "include":
            assert set(each["variables"]) <= set(template[job]["variables"])


def test_the_page_names_formats_that_there_are() -> None:
    named = set(re.findall(r"--format (\w+)", PAGE.read_text("utf-8")))
    assert named
    assert named <= set(FORMATS)
