"""Hold the questions that come with sayso: queries with a title and a word on how to read them.

Comment lines at the head of each file tell what a page needs: ``title`` and ``tells``; ``none``,
what it means that no row comes; and for a question that names somebody of the graph that comes
with sayso, ``instead``, a query that finds whom to name in another graph, and ``titled``, the
title then.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from importlib.resources import files

import pyoxigraph as ox

from sayso.analysis.reading import Reader
from sayso.errors import UnknownQuestion, UnknownSetting
from sayso.store.data import ClaimStore
from sayso.store.queries import rows

_HEADER = re.compile(r"^# (title|tells|none|titled|instead): (.+)\n", re.MULTILINE)
_FOR_PAGES = re.compile(r"^# (?:none|titled|instead): .+\n", re.MULTILINE)
_SETTING = re.compile(r"VALUES \?(\w+) \{([^{}]*)\}")


@dataclass(frozen=True)
class Question:
    """A stored query: its name, its title, how to read its answer, and its SPARQL text.

    ``none`` says what it means that no row comes. ``instead`` finds other settings in a graph
    that does not know these, and ``titled`` is the title with them.
    """

    name: str
    title: str
    tells: str
    query: str
    none: str = ""
    titled: str = ""
    instead: str = ""

    @classmethod
    def of(cls, name: str, text: str) -> "Question":
        """Read the comment lines at the head of the text; the query keeps the first two."""
        header = dict(_HEADER.findall(text))
        return cls(name=name, query=_FOR_PAGES.sub("", text), **header)

    @property
    def settings(self) -> list[str]:
        """The variables that can be set: those that a VALUES line of the text gives a value."""
        return list(self.defaults)

    @property
    def defaults(self) -> dict[str, str]:
        """The terms that are set, in SPARQL's notation, by variable."""
        return {name: term.strip() for name, term in _SETTING.findall(self.query)}

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


def fitted(claims: ClaimStore, asked: Question) -> Question | None:
    """Ask a question of what a graph speaks of; None where it has nobody to ask about.

    A question that names somebody is left as it is where the graph knows them. Elsewhere its
    ``instead`` names another, such as the one of whom most is said.
    """
    known = all(_knows(claims, term) for term in asked.defaults.values())
    if not asked.instead:
        return asked if known else None
    iris = any(term.startswith("<") for term in asked.defaults.values())
    found = [] if iris and known else rows(claims, asked.instead)
    if not found:
        return asked if known else None
    terms = {name: found[0][name] for name in asked.settings}
    names = {name: Reader(claims).named(term).label for name, term in terms.items()}
    other = asked.asked({name: str(term) for name, term in terms.items()})
    title = asked.titled.format(**names)
    query = other.query.replace(f"# title: {asked.title}\n", f"# title: {title}\n")
    return replace(other, title=title, query=query)


def _knows(claims: ClaimStore, term: str) -> bool:
    if not term.startswith("<"):
        return True
    node, union = ox.NamedNode(term[1:-1]), ox.DefaultGraph()
    return any(True for _ in claims.default.quads_for_pattern(node, None, None, union))


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
