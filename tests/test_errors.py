"""Each sentence that a user may read is used, and gets the facts that it names."""

import ast
from pathlib import Path
from string import Formatter

import pytest

import sayso
from sayso import errors
from sayso.errors import SaysoError

CODE = Path(sayso.__file__).resolve().parent
KINDS = {
    name: kind
    for name, kind in vars(errors).items()
    if isinstance(kind, type) and issubclass(kind, SaysoError) and kind is not SaysoError
}


def uses() -> list[tuple[str, str, set[str | None]]]:
    """List where a kind of error is made: the place, the kind, the facts that it is given."""
    found = []
    for path in sorted(CODE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name, given = _made(node)
            if name in KINDS:
                line = getattr(node, "lineno", 0)
                found.append((f"{path.relative_to(CODE)}:{line}", name, given))
    return found


def _made(node: ast.AST) -> tuple[str, set[str | None]]:
    if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Name | ast.Attribute):
        # `raise Kind`: one that needs no facts
        return ast.unparse(node.exc).rpartition(".")[2], set()
    called = node.func if isinstance(node, ast.Call) else None
    if isinstance(called, ast.Attribute) and called.attr not in KINDS:
        return ast.unparse(called.value), {None}  # `Kind.of(...)`, which gathers the facts
    if isinstance(node, ast.Call):
        name = ast.unparse(node.func).rpartition(".")[2]
        return name, {keyword.arg for keyword in node.keywords}
    return "", set()


def facts(kind: type[SaysoError]) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(kind.__doc__ or "") if name is not None}


@pytest.mark.parametrize(("place", "name", "given"), uses())
def test_a_sentence_gets_the_facts_it_names(place: str, name: str, given: set[str | None]) -> None:
    expected = facts(KINDS[name])
    if None in given:  # some of the facts come as **mapping, which only a run can tell
        assert given - {None} <= expected, place
    else:
        assert given == expected, place


@pytest.mark.parametrize("name", KINDS)
def test_a_sentence_is_one_line_that_ends(name: str) -> None:
    sentence = str(KINDS[name](**dict.fromkeys(facts(KINDS[name]), "x")))
    assert sentence.endswith((".", "x"))
    assert "\n" not in sentence
    assert "  " not in sentence


def test_no_sentence_is_unused() -> None:
    assert not set(KINDS) - {name for _, name, _ in uses()}


def test_an_error_keeps_its_facts() -> None:
    error = errors.NoFile(path="tarts.ttl")
    assert error.facts == {"path": "tarts.ttl"}
    assert str(error) == "tarts.ttl: there is no such file."
