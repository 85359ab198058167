"""Leave out what tells less of a fault than something else that was found."""

from collections.abc import Iterable, Iterator

from sayso.validation.finding import Finding
from sayso.validation.rules import DATES


def unsaid(findings: list[Finding], by_shapes: list[Finding]) -> Iterator[Finding]:
    """Leave out what only says less of a fault that a shape has found already.

    A misspelt word or a property too many is named by the rule that it breaks, if there is
    one; a date's bounds are not worked out where the date itself is at fault.
    """
    broken = _about_what(by_shapes)
    named = _about_what(each for each in by_shapes if not each.code.endswith("-closed"))
    dates = {each.focus for each in by_shapes}
    for each in findings:
        said = each.focus, each.predicate
        same_word = each.code == "term-known" and said in broken
        same_triple = each.code.endswith("-closed") and said in named
        same_date = each.code in DATES and each.focus in dates
        if not (same_word or same_triple or same_date):
            yield each


def _about_what(findings: Iterable[Finding]) -> set[tuple[str | None, str | None]]:
    """Return subjects and predicates at fault; of a query's result, the value is the subject."""
    return {
        (subject, each.predicate)
        for each in findings
        for subject in (each.focus, each.value)
        if each.predicate
    }
