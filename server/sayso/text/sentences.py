"""Split a text into sentences, so that it can be said which of them are encoded."""

import re
from collections.abc import Iterator
from itertools import pairwise

from sentencex import get_sentence_boundaries

from sayso.text.source import Place

_QUOTES = str.maketrans(dict.fromkeys('“”„"«»', " "))
_LINE = re.compile(r"[^\r\n]+")


def sentences(text: str, language: str = "en") -> list[Place]:
    """List the places of the sentences, in order; together they leave out white space only.

    A line is a paragraph. Quotation marks are hidden from the splitter, so that the sentences
    of a quotation are told apart too, and a piece that begins in lower case belongs to the one
    before it.
    """
    return [
        place
        for line in _LINE.finditer(text)
        for place in _of_paragraph(line.group(), line.start(), language)
    ]


def _of_paragraph(paragraph: str, offset: int, language: str) -> Iterator[Place]:
    cuts = [0, *_cuts(paragraph, language), len(paragraph)]
    for start, end in pairwise(cuts):
        piece = paragraph[start:end]
        if piece.strip():
            begin = offset + start + len(piece) - len(piece.lstrip())
            yield Place(begin, begin + len(piece.strip()))


def _cuts(paragraph: str, language: str) -> Iterator[int]:
    """Yield where sentences after the first begin, closing quotation marks left to the former."""
    hidden = paragraph.translate(_QUOTES)
    for piece in get_sentence_boundaries(language, hidden)[1:]:
        at: int = piece["start_index"]
        before, after = hidden[:at].rstrip(), hidden[at:].lstrip()
        if not before or not after or after[0].islower():
            continue
        gap = paragraph[len(before) : len(hidden) - len(after)]
        space = re.search(r"\s", gap)
        yield len(before) + (space.start() if space else len(gap))
