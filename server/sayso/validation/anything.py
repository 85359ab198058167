"""Check other people's data against other people's shapes, whatever they are written in."""

import gzip
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

import pyoxigraph as ox

from sayso.errors import BadGzip, NotRdf, NoTriples, SeveralThings, TripleTerm
from sayso.store.files import Source
from sayso.store.formats import JSON_LD, N_QUADS, RDF_XML, TRIG, GraphFormat
from sayso.store.rdf import RdfFile, rdf_files, read_rdf
from sayso.validation.cache import judges
from sayso.validation.check import How
from sayso.validation.engine import findings, validate
from sayso.validation.finding import Finding, ordered
from sayso.validation.folder_files import FolderFiles, unseen
from sayso.validation.outcome import Outcome
from sayso.validation.targets import idle
from sayso.validation.unread import without_unsure
from sayso.validation.verdict import key, read, written

STANDARD_INPUT = "-"
_SHOWN = Path("(standard input)")
# Turtle and N-Triples are TriG, too.
_GUESSES = (TRIG, N_QUADS, JSON_LD, RDF_XML)


def check_files(
    shapes: Sequence[str], data: Sequence[str], how: How, stdin: BinaryIO | None = None
) -> Outcome:
    """Check the files of paths and patterns; ``-`` among them is standard input.

    Named graphs are checked as one with the rest; nothing is fetched, owl:imports least of all.
    Raise NoRdf, UnknownRdf, NoTriples, NotRdf or BadShapes, or what `read_rdf` raises of shapes;
    what of the data cannot be read is told among those ``unread``.
    """
    code = judges() if how.cache.keeps else ""
    with _spooled(data, stdin) as (patterns, spool):
        rules = _taken(rdf_files(shapes), replace(how, seen=unseen), code)
        files = _taken(rdf_files(patterns), how, code)
        name = key(files, rules, f"{how.engine}")
        kept = None if spool else how.cache.get([name]).get(name)
        outcome = read(kept) if kept else _checked(files, rules, how)
        if not kept and not spool and not outcome.unread:
            how.cache.put({name: written(outcome)})
        return _renamed(outcome, spool) if spool else outcome


def _checked(files: FolderFiles, rules: FolderFiles, how: How) -> Outcome:
    if rules.faults:
        raise SeveralThings.of([*rules.faults.values(), *files.faults.values()])
    faults = files.faults
    sound = files.without(faults) if faults else files
    for given in (rules, *(() if faults else (sound,))):
        if not any(facts.predicates for facts in given.facts.values()):
            raise NoTriples(paths=", ".join(str(source.path) for source in given.digests))
    report = validate(sound, rules, how.engine)
    beyond = ordered(idle(rules, sound))
    found = ordered([*findings(report, sound, rules), *beyond])
    outcome = Outcome(found, beyond, report, sound.claims)
    return without_unsure(outcome, sound, rules, faults) if faults else outcome


def _taken(files: list[RdfFile], how: How, code: str) -> FolderFiles:
    given = [Source(file.path, file.base) for file in files]
    return FolderFiles.take(given, how.cache, code, how.seen, _read)


def _read(source: Source) -> list[ox.Quad]:
    (file,) = rdf_files([str(source.path)])
    quads = read_rdf(file)
    if any(isinstance(term, ox.Triple) for quad in quads for term in quad):
        raise TripleTerm(path=source.path)
    return quads


@contextmanager
def _spooled(
    data: Sequence[str], stdin: BinaryIO | None
) -> Iterator[tuple[list[str], Path | None]]:
    """Put what comes from standard input into a file for a while, since it is read twice."""
    if STANDARD_INPUT not in data or stdin is None:
        yield list(data), None
        return
    with TemporaryDirectory(prefix="sayso-check-") as room:
        plain = Path(room) / "stdin"
        plain.write_bytes(_unpacked(stdin.read()))
        path = plain.rename(plain.with_suffix(f".{_format(plain).suffix}"))
        yield [str(path) if each == STANDARD_INPUT else each for each in data], path


def _unpacked(content: bytes) -> bytes:
    """Unpack what is gzip by its first bytes (RFC 1952, section 2.3.1); raise BadGzip."""
    if not content.startswith(b"\x1f\x8b"):
        return content
    try:
        return gzip.decompress(content)
    except (OSError, EOFError, zlib.error) as error:
        raise BadGzip(path=_SHOWN, reason=error) from error


def _format(path: Path) -> GraphFormat:
    """Find out what is written in a file that has no name: the first that can be read."""
    content = path.read_bytes()
    for form in _GUESSES:
        try:
            for _ in ox.parse(content, format=form.engine, base_iri="file:///stdin"):
                pass
        except SyntaxError:
            continue
        return form
    raise NotRdf(known=", ".join(form.name for form in _GUESSES))


def _renamed(outcome: Outcome, spool: Path) -> Outcome:
    def kept(found: list[Finding]) -> list[Finding]:
        return [replace(each, path=_SHOWN) if each.path == spool else each for each in found]

    return replace(
        outcome,
        findings=kept(outcome.findings),
        beyond_shacl=kept(outcome.beyond_shacl),
        claims={_SHOWN if path == spool else path: n for path, n in outcome.claims.items()},
    )
