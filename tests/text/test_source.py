"""Words are found at their code points, and places are found again by their hashes."""

from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.errors import BadEncoding, HasByteOrderMark, NoFile, NotAFile
from sayso.text.source import ArticleText, Place, read_article
from sayso.text.windows import Windows

FEW = st.text(alphabet="ab😀e\u0301\r\n", max_size=30)


def article(content: str) -> ArticleText:
    return ArticleText(Path("treacle.txt"), content)


TEA = "😀 tea and more tea said “Tea”, we don\u2019t"


@pytest.mark.parametrize(
    ("words", "prefix", "suffix", "expected"),
    [
        ("tea", "", "", [(2, 5), (15, 18)]),
        ("tea", "more ", "", [(15, 18)]),
        ("tea", "", " and", [(2, 5)]),
        ("treacle", "", "", []),
        ("", "", "", []),
        ("“Tea”", "", "", [(24, 29)]),
        ('"Tea"', "", "", [(24, 29)]),
        ("don't", "we ", "", [(34, 39)]),
        ("tea\nsaid", "", "", [(15, 23)]),
    ],
)
def test_words_are_found_where_they_stand(
    words: str, prefix: str, suffix: str, expected: list[tuple[int, int]]
) -> None:
    assert article(TEA).find(words, prefix, suffix) == expected


def test_overlapping_places_are_all_found() -> None:
    assert article("aaa").find("aa") == [(0, 2), (1, 3)]


def test_the_hash_is_that_of_the_bytes() -> None:
    text = article("a😀e\u0301\r\n")
    assert text.sha256 == sha256("a😀e\u0301\r\n".encode()).hexdigest()
    assert text.digest_at(Place(1, 4)) == sha256("😀e\u0301".encode()).hexdigest()
    assert len(text) == 6


@settings(deadline=None)
@given(FEW, st.integers(0, 30), st.integers(1, 6))
def test_a_window_is_found_wherever_its_hash_is(content: str, start: int, length: int) -> None:
    text = article(content)
    wanted = text.digest_at(Place(start, start + length))
    places = [Place(at, at + length) for at in range(len(text) - length + 1)]
    expected = [place for place in places if text.digest_at(place) == wanted]
    whole = start + length <= len(text)
    assert Windows(text).find(wanted, length) == (expected if whole else [])


def test_line_ends_are_read_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "treacle.txt"
    path.write_bytes(b"a\r\nb\n")
    assert read_article(path).content == "a\r\nb\n"


def test_what_cannot_be_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "treacle.txt"
    with pytest.raises(NoFile, match="no such file"):
        read_article(path)
    with pytest.raises(NotAFile, match="this is a folder"):
        read_article(tmp_path)
    path.write_bytes("\ufefftea".encode())
    with pytest.raises(HasByteOrderMark, match="byte order mark"):
        read_article(path)
    path.write_bytes(b"tea\n\xff")
    with pytest.raises(BadEncoding, match=r"treacle.txt:2: byte 4 is not UTF-8"):
        read_article(path)
