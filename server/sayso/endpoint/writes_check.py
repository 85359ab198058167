"""Check a folder as it would be after a write, before anything is written."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from sayso.endpoint.writes_record import Record
from sayso.paths import DataFolder
from sayso.store.files import Source, sources
from sayso.text.dates import days
from sayso.validation.check import Outcome, check, shapes_of
from sayso.validation.finding import Finding, Severity
from sayso.validation.material import Material
from sayso.validation.places import Places


@dataclass(frozen=True)
class Change:
    """What a record would be: ``content`` is its whole file, None where it would be deleted."""

    folder: DataFolder
    base: str
    record: Record
    content: str | None


def judge(change: Change, sent: str | None, *, strict: bool) -> Outcome:
    """Check the whole folder with a change made.

    Unless it is ``strict``, a fault that the folder has already, and that the change has no part
    in, is left out, so that of two faults one can be mended. What is found in the record is
    placed in ``sent``, the client's own Turtle, or nowhere.
    """
    with TemporaryDirectory(prefix="sayso-check-") as name:
        room = Path(name).resolve()
        outcome = _checked(change, room)
        mine, others = _parted(outcome.findings, room)
        if not strict and any(each.severity is Severity.ERROR for each in others):
            before = _checked(replace(change, content=change.record.content), room).findings
            others = _unknown(others, _parted(before, room)[1])
        path = change.record.path
        mine = [_placed(each, path, _places(sent, room, change.record.iri)) for each in mine]
    beyond = {(each.code, each.focus, each.value) for each in outcome.beyond_shacl}
    found = [*mine, *others]
    own = [each for each in found if (each.code, each.focus, each.value) in beyond]
    return replace(outcome, findings=found, beyond_shacl=own)


def _checked(change: Change, room: Path) -> Outcome:
    iri = change.record.iri
    found = [each for each in sources(change.folder, change.base) if each.graph != iri]
    if change.content is not None:
        draft = room / change.record.path.name
        draft.write_bytes(change.content.encode())
        found.append(Source(draft, iri))
    # Of the files only the draft is looked at by the rules on files: the others stand already.
    return check(Material.read(found), shapes_of(change.folder), room, days)


def _parted(findings: Iterable[Finding], room: Path) -> tuple[list[Finding], list[Finding]]:
    mine: list[Finding] = []
    others: list[Finding] = []
    for each in findings:
        inside = each.path is not None and each.path.resolve().parent == room
        (mine if inside else others).append(each)
    return mine, others


def _unknown(findings: Iterable[Finding], before: Iterable[Finding]) -> list[Finding]:
    known = {(each.path, each.code, each.focus, each.value, each.message) for each in before}
    return [
        each
        for each in findings
        if (each.path, each.code, each.focus, each.value, each.message) not in known
    ]


def _places(sent: str | None, room: Path, iri: str) -> Places | None:
    if sent is None:
        return None
    file = room / "sent"
    file.write_bytes(sent.encode())
    return Places.of([Source(file, iri)])


def _placed(finding: Finding, path: Path, places: Places | None) -> Finding:
    about = finding.focus or "", finding.predicate, finding.value
    place = places.find(*about) if places else None
    line, column = (place.line, place.column) if place else (None, None)
    return replace(finding, path=path, line=line, column=column)
