"""Write what a comparison found, for people and for programs."""

import json
from collections import Counter
from collections.abc import Iterator

from sayso.text.findings import Comparison, Coverage, Outcome, SentenceFinding, SpanFinding
from sayso.text.source import Place

_SENTENCES = {
    Coverage.UNCOVERED: "no claim's evidence touches it, and no reason to omit it is given",
    Coverage.BOTH: "it is omitted ({reason}), and yet evidence of {claims} touches it",
    Coverage.OMITTED: "omitted ({reason})",
    Coverage.COVERED: "covered by {claims}",
}


def as_text(comparison: Comparison, *, everything: bool = False) -> str:
    """Write a report for people: counts, then what needs a look, or everything."""
    return "\n".join(_lines(comparison, everything=everything)) + "\n"


def as_json(comparisons: list[Comparison]) -> str:
    """Write the comparisons as a JSON list, with every span and sentence."""
    return json.dumps([_object(each) for each in comparisons], indent=2, ensure_ascii=False) + "\n"


def _lines(comparison: Comparison, *, everything: bool) -> Iterator[str]:
    outcomes = Counter(span.outcome for span in comparison.spans)
    coverage = Counter(sentence.coverage for sentence in comparison.sentences)
    yield f"{comparison.record} against {comparison.text}"
    yield from _text(comparison)
    yield f"  spans: {_counts(outcomes, list(Outcome))}"
    for span in comparison.spans:
        if everything or span.outcome is not Outcome.EXACT:
            yield f"    {_span(span)}"
    yield f"  sentences: {_counts(coverage, list(Coverage))}"
    for sentence in comparison.sentences:
        needs_look = sentence.coverage in (Coverage.UNCOVERED, Coverage.BOTH)
        if everything or needs_look:
            yield f"    {_sentence(sentence)}"
    for gap in comparison.gaps:
        yield f"  {_at(gap)}: no sentence of the record stands here"
    for overlap in comparison.overlaps:
        yield f"  {_at(overlap)}: two sentences of the record share this"
    for copy in comparison.copies:
        yield f"  {comparison.record}:{copy.line}: words of the text are copied: {copy.words}"
    yield "  all holds" if comparison.holds else "  not all holds"


def _text(comparison: Comparison) -> Iterator[str]:
    expected, found = comparison.expected, comparison.found
    if expected == found:
        yield f"  text: the one the record was made from, {found.length} characters"
        return
    yield "  text: not the one the record was made from"
    yield f"    record: SHA-256 {expected.sha256}, {expected.length} characters"
    yield f"    given:  SHA-256 {found.sha256}, {found.length} characters"


def _counts(counted: Counter[Outcome] | Counter[Coverage], kinds: list[str]) -> str:
    parts = [f"{counted[kind]} {kind}" for kind in kinds if counted[kind]]  # type: ignore[index]
    return ", ".join(parts) or "none"


def _span(span: SpanFinding) -> str:
    serves = f" of {', '.join(span.claims)}" if span.claims else ""
    sentence = f"{span.span}{serves}, {_at(span.place)}: {span.outcome}"
    if span.outcome is Outcome.MOVED:
        return f"{sentence} to {_at(span.found[0])}"
    if span.outcome is Outcome.AMBIGUOUS:
        return f"{sentence}, now at {' and '.join(map(_at, span.found))}"
    return sentence


def _sentence(sentence: SentenceFinding) -> str:
    told = _SENTENCES[sentence.coverage].format(
        reason=sentence.reason, claims=", ".join(sentence.claims)
    )
    return f"{sentence.sentence}, {_at(sentence.place)}: {told}"


def _at(place: Place) -> str:
    return f"{place.start} to {place.end}"


def _object(comparison: Comparison) -> dict[str, object]:
    return {
        "record": str(comparison.record),
        "text": str(comparison.text),
        "holds": comparison.holds,
        "expected": vars(comparison.expected),
        "found": vars(comparison.found),
        "spans": [_span_object(span) for span in comparison.spans],
        "sentences": [_sentence_object(sentence) for sentence in comparison.sentences],
        "gaps": [gap._asdict() for gap in comparison.gaps],
        "overlaps": [overlap._asdict() for overlap in comparison.overlaps],
        "copies": [vars(copy) for copy in comparison.copies],
    }


def _span_object(span: SpanFinding) -> dict[str, object]:
    place, found = span.place._asdict(), [each._asdict() for each in span.found]
    return vars(span) | {"place": place, "found": found}


def _sentence_object(sentence: SentenceFinding) -> dict[str, object]:
    return vars(sentence) | {"place": sentence.place._asdict()}
