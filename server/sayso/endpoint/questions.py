"""Read the questions that are offered as examples: one SPARQL file each, headed by two comments.

``# title: …`` names the question; ``# tells: …`` says in one sentence what its answer tells.
"""

from dataclasses import dataclass
from importlib.resources import files

_HEADINGS = ("title", "tells")


@dataclass(frozen=True)
class Question:
    """A stored question: its name (that of its file), title, what it tells, and the query."""

    name: str
    title: str
    tells: str
    query: str


def questions() -> list[Question]:
    """Read the stored questions, sorted by name; raise ValueError where a heading is missing."""
    found = [
        _question(file.name.removesuffix(".rq"), file.read_text(encoding="utf-8"))
        for file in (files("sayso") / "questions").iterdir()
        if file.name.endswith(".rq")
    ]
    return sorted(found, key=lambda question: question.name)


def _question(name: str, text: str) -> Question:
    title, tells = (_heading(name, text, heading) for heading in _HEADINGS)
    return Question(name, title, tells, text)


def _heading(name: str, text: str, heading: str) -> str:
    mark = f"# {heading}:"
    lines = [line.removeprefix(mark) for line in text.splitlines() if line.startswith(mark)]
    if len(lines) != 1:
        raise ValueError(f"{name}.rq: one line must begin with {mark!r}")
    return lines[0].strip()
