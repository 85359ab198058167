"""Write what the engine finds in the format that is asked for, and say what it finds fault with."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any, NamedTuple

import pyoxigraph as ox

from sayso.endpoint.negotiation import choose
from sayso.endpoint.reply import Sink
from sayso.errors import QueryFailed, SaysoError, UnknownFunction
from sayso.store.formats import BOOLEAN_FORMATS, GRAPH_FORMATS, RESULT_FORMATS

Results = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
FAULTS = (OSError, ValueError, RuntimeError)  # what the engine raises at a query that it can read
_FUNCTION = re.compile(r"custom function <([^>]*)> is not supported")


@dataclass(frozen=True)
class Answer:
    """The body of an answer and its media type."""

    body: bytes
    media_type: str


class Written(NamedTuple):
    """An answer that is still to be written: its media type, and what writes it.

    ``rest`` is the number of rows after which the rest begins, where only a part is written.
    """

    media_type: str
    write: Callable[[Sink], object]
    rest: int | None = None


def in_format(results: Results, name: str | None, accept: str | None) -> Written:
    """Have results written in the format that is asked for; raise NotAcceptable."""
    media_type, engine = _form(type(results).__name__, name, accept)
    return Written(media_type, partial(_write, results, engine))


@lru_cache(maxsize=256)
def _form(kind: str, name: str | None, accept: str | None) -> tuple[str, object]:
    """Choose the media type and the engine's format; clients say the same again and again."""
    if kind == ox.QueryTriples.__name__:
        graph_format = choose(name, accept, GRAPH_FORMATS)
        return graph_format.media_type, graph_format.engine
    offers = BOOLEAN_FORMATS if kind == ox.QueryBoolean.__name__ else RESULT_FORMATS
    result_format = choose(name, accept, offers)
    return result_format.media_type, result_format.engine


def _write(results: Any, form: object, output: Sink) -> None:  # noqa: ANN401 - one of three
    try:
        results.serialize(output, format=form)
    except FAULTS as error:
        raise said(error) from error


def said(error: Exception) -> SaysoError:
    """Say in a sentence what the engine says."""
    function = _FUNCTION.search(str(error))
    return UnknownFunction(function=function[1]) if function else QueryFailed(reason=error)
