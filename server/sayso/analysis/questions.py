"""Hold the questions that come with sayso: queries with a title and a word on how to read them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from importlib.resources import files

from sayso.errors import UnknownQuestion, UnknownSetting

_HEADER = re.compile(r"^# (title|tells): (.+)$", re.MULTILINE)
_SETTING = re.compile(r"VALUES \?(\w+) \{[^{}]*\}")


@dataclass(frozen=True)
class Question:
    """A stored query: its name, its title, how to read its answer, and its SPARQL text."""

    name: str
    title: str
    tells: str
    query: str

    @classmethod
    def of(cls, name: str, text: str) -> "Question":
        """Read the title and the reading from the comment lines at the head of the text."""
        header = dict(_HEADER.findall(text))
        return cls(name, header["title"], header["tells"], text)

    @property
    def settings(self) -> list[str]:
        """The variables that can be set: those that a VALUES line of the text gives a value."""
        return list(dict.fromkeys(_SETTING.findall(self.query)))

    def asked(self, settings: Mapping[str, str]) -> "Question":
        """Put other terms, in SPARQL's notation, in place of those of the VALUES lines.

        Raise UnknownSetting for a variable that the question does not have there.
        """
        for variable in settings:
            if variable not in self.settings:
                known = ", ".join(f"?{name}" for name in self.settings) or "none"
                raise UnknownSetting(name=self.name, variable=variable, known=known)

        def put(found: re.Match[str]) -> str:
            given = settings.get(found[1])
            return found[0] if given is None else f"VALUES ?{found[1]} {{ {given} }}"

        return replace(self, query=_SETTING.sub(put, self.query))


def questions() -> list[Question]:
    """Read every stored question, by name."""
    folder = files("sayso") / "questions"
    found = [entry for entry in folder.iterdir() if entry.name.endswith(".rq")]
    texts = {entry.name.removesuffix(".rq"): entry.read_text("utf-8") for entry in found}
    return [Question.of(name, texts[name]) for name in sorted(texts)]


def question(name: str) -> Question:
    """Find a stored question; raise UnknownQuestion with near matches."""
    known = {found.name: found for found in questions()}
    if name in known:
        return known[name]
    near = get_close_matches(name, known)
    raise UnknownQuestion(name=name, near=f"; near it: {', '.join(near)}" if near else "")
