"""Make the words that an article stands on: syllables drawn by lot, which mean nothing."""

from dataclasses import dataclass
from hashlib import sha256

from bench.generate.plan import Chance
from bench.generate.terms import Place

SYLLABLES = ("ba", "de", "fi", "go", "lu", "ma", "ne", "pi", "ro", "su", "ta", "ve")


@dataclass(frozen=True)
class PseudoText:
    """A text, its sentences, and in each sentence one place or two that carry claims."""

    content: str
    sentences: tuple[Place, ...]
    parts: tuple[Place, ...]

    @property
    def sha256(self) -> str:
        """The hash of the whole."""
        return _digest(self.content)


def pseudo_text(chance: Chance, parts: int) -> PseudoText:
    """Make a heading, sentences with so many parts together, and a last line of boilerplate."""
    content = _sentence(chance, 4)[0]
    bounds = [(0, len(content))]
    halves: list[tuple[int, int]] = []
    while len(halves) < parts:
        start = len(content) + 2  # an empty line stands between
        words, middle = _sentence(chance, 9 + chance.below(8))
        content += "\n\n" + words
        bounds.append((start, start + len(words)))
        if len(halves) + 2 <= parts and chance.yes(0.8):
            halves += [(start, start + middle), (start + middle + 1, start + len(words) - 1)]
        else:
            halves.append((start, start + len(words)))
    start = len(content) + 2
    content += "\n\n" + _sentence(chance, 5)[0]
    bounds.append((start, len(content)))
    places = [[_place(content, *each) for each in some] for some in (bounds, halves)]
    return PseudoText(content, tuple(places[0]), tuple(places[1]))


def _sentence(chance: Chance, count: int) -> tuple[str, int]:
    """Draw a sentence, and the place of the space in its middle."""
    words = [
        "".join(chance.of(SYLLABLES) for _ in range(2 + chance.below(2))) for _ in range(count)
    ]
    return " ".join(words).capitalize() + ".", len(" ".join(words[: count // 2]))


def _place(content: str, start: int, end: int) -> Place:
    return Place(start, end, _digest(content[start:end]))


def _digest(words: str) -> str:
    return sha256(words.encode("utf-8")).hexdigest()
