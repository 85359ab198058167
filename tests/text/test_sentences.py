"""A text falls into sentences that leave nothing out but white space."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.text.sentences import sentences
from sayso.text.source import Place

PIECES = [
    "The Hatter left. ",
    "“No!” ",
    "said the Hare. ",
    "\n",
    "\r\n",
    "Mr. King",
    " ",
    "“",
    "”",
    "😀",
]


def split(text: str) -> list[str]:
    return [text[place.start : place.end] for place in sentences(text)]


def tiles(text: str, places: list[Place]) -> bool:
    end, rest = 0, []
    for place in places:
        rest.append(text[end : place.start])
        end = place.end
    ordered = all(a.end <= b.start for a, b in pairwise(places))
    return ordered and not "".join([*rest, text[end:]]).strip()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Hatter left. The Hare stayed.", ["The Hatter left.", "The Hare stayed."]),
        ("“He left. I stayed.” So it was.", ["“He left.", "I stayed.”", "So it was."]),
        ("“Off with it!” cried the Queen.", ["“Off with it!” cried the Queen."]),
        ("“It was so,” he said.\r\n“No.”\r\n", ["“It was so,” he said.", "“No.”"]),
        ("A heading without a stop\n\nThe end.", ["A heading without a stop", "The end."]),
        ("Mr. Hatter left.", ["Mr. Hatter left."]),
        ("😀 Tea! 😀 More tea!", ["😀 Tea!", "😀 More tea!"]),
        ("Die Ko\u0308nigin kam. Sie ging.", ["Die Ko\u0308nigin kam.", "Sie ging."]),
        (" \n ", []),
    ],
)
def test_sentences_are_told_apart(text: str, expected: list[str]) -> None:
    assert split(text) == expected


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=5)).map("".join))
def test_sentences_tile_any_text(text: str) -> None:
    places = sentences(text)
    assert tiles(text, places)
    assert all(text[place.start : place.end].strip() for place in places)


def test_the_article_has_46_sentences(article_text: Path) -> None:
    text = article_text.read_bytes().decode("utf-8")
    places = sentences(text)
    assert len(places) == 46
    assert tiles(text, places)
