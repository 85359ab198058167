"""Find runs of a text's words that were copied into a record."""

import re
from collections.abc import Iterator
from functools import cached_property

from sayso.text.source import ArticleText

RUN = 8  # A run as long as this is a copy; shorter ones are names and set phrases.


def words(text: str) -> list[str]:
    """Return a text's words in lower case, without apostrophes and other marks."""
    return re.findall(r"[^\W_]+", re.sub(r"['\u2019]", "", text.lower()))


class Copies:
    """Knows each run of eight words of a text."""

    def __init__(self, text: ArticleText) -> None:
        self._text = text

    @cached_property
    def _known(self) -> frozenset[tuple[str, ...]]:
        return frozenset(_runs(words(self._text.content)))

    def run(self, written: str) -> str | None:
        """Return the first run of eight or more words that stands in the text too, or None."""
        given = words(written)
        for start, run in enumerate(_runs(given)):
            if run in self._known:
                end = start + RUN
                while tuple(given[end - RUN + 1 : end + 1]) in self._known:
                    end += 1
                return " ".join(given[start:end])
        return None


def _runs(given: list[str]) -> Iterator[tuple[str, ...]]:
    for start in range(len(given) - RUN + 1):
        yield tuple(given[start : start + RUN])
