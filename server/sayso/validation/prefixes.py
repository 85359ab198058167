"""Find prefixes that stand for nearly a namespace that is known: all their names are misspelt."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from sayso.store.files import read_bytes
from sayso.store.turtle import Kind, tokens
from sayso.validation.finding import Finding, Place
from sayso.validation.material import Material
from sayso.vocabularies import VOCABULARIES, prefixes

MISSPELT = "prefix-namespace-known"
_SENTENCE = "This prefix stands for nearly what {known} stands for; write <{space}>."
_ARTICLES = "article/"


def misspelt(data: Material, bases: Iterable[str] = ()) -> Iterator[Finding]:
    """Yield a finding for each prefix whose namespace is one letter off a known one.

    Known are those of records, too, and those under ``bases``.
    """
    bases = {*bases} | {s.graph.partition(_ARTICLES)[0] for s in data.facts if _ARTICLES in s.graph}
    known = {space: name for base in sorted(bases) for name, space in prefixes(base).items()}
    known |= {space: name for name, space in VOCABULARIES.items()}
    meant: dict[str, str] = {}
    for source, facts in data.facts.items():
        for space in facts.spaces:
            if space not in meant:
                near = (each for each in known if is_one_letter_off(space, each))
                meant[space] = "" if space in known else next(near, "")
            if meant[space]:
                yield from _findings(source.path, space, meant[space], known[meant[space]])


def _findings(path: Path, space: str, meant: str, name: str) -> Iterator[Finding]:
    text = read_bytes(path).decode("utf-8", "replace")
    directive = False
    for token in tokens(text):
        if directive and token.kind is Kind.IRI and token.text == f"<{space}>":
            sentence = _SENTENCE.format(known=f"{name}:", space=meant)
            end = token.column + len(token.text)
            place = Place(path, token.line, token.column, token.line, end)
            yield Finding.at(place, MISSPELT, sentence, focus=None, value=space)
        directive = token.kind is Kind.DIRECTIVE or (directive and token.kind is not Kind.IRI)


def is_one_letter_off(one: str, other: str) -> bool:
    """Say whether one letter more, less, else or swapped with the next makes one the other."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    pairs = zip(one, other, strict=False)
    at = next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))
    tail, rest = one[at:], other[at:]
    swapped = tail[1:2] + tail[:1] + tail[2:]
    return tail[1:] == rest[1:] or tail == rest[1:] or tail[1:] == rest or swapped == rest
