"""Say what comparing a record with a text found."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from sayso.text.source import Place


class Outcome(StrEnum):
    """Whether what a span was made from still stands in the text."""

    EXACT = "exact"
    MOVED = "moved"
    AMBIGUOUS = "ambiguous"
    GONE = "gone"


class Coverage(StrEnum):
    """Whether a sentence gave rise to a claim, or why it did not."""

    COVERED = "covered"
    OMITTED = "omitted"
    UNCOVERED = "uncovered"
    BOTH = "both"


@dataclass(frozen=True)
class SpanFinding:
    """One span: where it was made, and where in the text its words stand now."""

    span: str
    place: Place
    outcome: Outcome
    found: tuple[Place, ...]
    claims: tuple[str, ...]

    @property
    def now(self) -> Place | None:
        """The one place where the words stand now, or None."""
        return self.found[0] if self.outcome in (Outcome.EXACT, Outcome.MOVED) else None


@dataclass(frozen=True)
class SentenceFinding:
    """One sentence: the claims whose evidence touches it, the reason for which it is omitted."""

    sentence: str
    place: Place
    coverage: Coverage
    claims: tuple[str, ...]
    reason: str | None


@dataclass(frozen=True)
class Copy:
    """Eight or more of the text's words in a row that stand in the record."""

    line: int
    words: str


@dataclass(frozen=True)
class Fingerprint:
    """What a text is known by: SHA-256 in hexadecimal and length in code points."""

    sha256: str
    length: int | None


@dataclass(frozen=True)
class Comparison:
    """All that was found for one record and one text.

    ``gaps`` are places of the text that belong to no sentence, ``overlaps`` those that belong
    to two.
    """

    record: Path
    text: Path
    expected: Fingerprint
    found: Fingerprint
    spans: tuple[SpanFinding, ...]
    sentences: tuple[SentenceFinding, ...]
    gaps: tuple[Place, ...]
    overlaps: tuple[Place, ...]
    copies: tuple[Copy, ...]

    @property
    def holds(self) -> bool:
        """Whether the text is the record's own, all is exact, and each sentence accounted for."""
        good = (Coverage.COVERED, Coverage.OMITTED)
        return (
            self.expected == self.found
            and all(span.outcome is Outcome.EXACT for span in self.spans)
            and all(sentence.coverage in good for sentence in self.sentences)
            and not (self.gaps or self.overlaps or self.copies)
        )
