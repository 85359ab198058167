"""Ask the store in SPARQL: the project's prefixes are known, and a fault is told with its place.

Relative IRIs resolve against the base of the data, so ``<article/…#c3>`` names a claim.
"""

import re
from dataclasses import dataclass

import pyoxigraph as ox
from pyparsing import ParseBaseException
from rdflib.plugins.sparql.parser import parseQuery

from sayso.errors import BadSyntax
from sayso.store.data import ClaimStore

Answer = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples

_PLACE = re.compile(r"error at (\d+):(\d+): (?:expected )?(.*)", re.DOTALL)
_PLAIN = re.compile(r"[A-Z][A-Za-z]*(?: [A-Za-z]+){2,}")  # among what the engine "expected"
_LONGEST = 10_000  # characters; a second opinion on more would keep others waiting
_SHOWN = 24  # characters of what could not be read


@dataclass(frozen=True)
class Place:
    """A line and a column, both counted from 1."""

    line: int
    column: int

    @classmethod
    def at(cls, text: str, offset: int) -> "Place":
        """Find the place of an offset in code points."""
        begin = text.rfind("\n", 0, offset) + 1
        return cls(text.count("\n", 0, offset) + 1, offset - begin + 1)


def ask(claims: ClaimStore, query: str, name: str = "query") -> Answer:
    """Evaluate a SPARQL query over the union of all graphs; ``name`` is where it was read from.

    Raise BadSyntax with the place. Nothing is refused here that reads: who passes on a
    stranger's query must look for SERVICE first.
    """
    try:
        store = claims.asked(query)
        return store.query(query, base_iri=claims.base, prefixes=claims.prefixes)
    except SyntaxError as error:
        raise bad_query(query, name, error) from error


def rows(claims: ClaimStore, query: str) -> list[dict[str, ox.NamedNode | ox.Literal]]:
    """Evaluate one of the project's own SELECT queries; each row holds what is bound, by name."""
    solutions = ask(claims, query)
    if not isinstance(solutions, ox.QuerySolutions):
        raise TypeError("only a SELECT query has rows")
    names = [variable.value for variable in solutions.variables]
    return [
        {name: term for name, term in zip(names, solution, strict=True) if term is not None}
        for solution in solutions
    ]


def bad_query(query: str, name: str, error: SyntaxError) -> BadSyntax:
    """Say in one sentence where a query goes wrong.

    The engine names the farthest place that it looked at, which may lie past the fault; where
    rdflib's parser fails too, the beginning of what it could not read is nearer to it.
    """
    place, reason = _engines(error)
    offset = _unreadable(query)
    if offset is not None:
        place, reason = Place.at(query, offset), _shown(query[offset:])
    return _told(name, "a SPARQL query", place, reason)


def bad_update(error: SyntaxError) -> BadSyntax:
    """Say in one sentence where an update goes wrong, or how far it could be read."""
    return _told("update", "a SPARQL update", *_engines(error))


def _told(name: str, form: str, place: Place, reason: str) -> BadSyntax:
    return BadSyntax(path=name, line=place.line, column=place.column, format=form, reason=reason)


def _engines(error: SyntaxError) -> tuple[Place, str]:
    found = _PLACE.match(str(error))
    if not found:
        return Place(1, 1), " ".join(str(error).split())
    plain = _PLAIN.search(found[3])
    place = Place(int(found[1]), int(found[2]))
    return place, plain[0].lower() if plain else "what ends here breaks a rule of the language"


def _unreadable(query: str) -> int | None:
    if len(query) > _LONGEST:
        return None
    try:
        parseQuery(query)
    except ParseBaseException as error:
        return min(error.loc, len(query))
    except Exception:  # noqa: BLE001 - a second opinion only; rdflib fails in many ways here
        return None
    return None


def _shown(rest: str) -> str:
    words = " ".join(rest.split())
    if not words:
        return "it ends too early"
    cut = words if len(words) <= _SHOWN else words[:_SHOWN] + "…"
    return f"from “{cut}” on it cannot be read"
