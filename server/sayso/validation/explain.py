"""Explain a rule: what must hold and why, how to mend it, what keeps it and what breaks it."""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

import pyoxigraph as ox

from sayso.errors import UnknownRule
from sayso.paths import CASES, DataFolder
from sayso.store.files import Source, read_text
from sayso.validation.check import shapes_of
from sayso.validation.coverage import CONTRADICTORY, UNCOVERED
from sayso.validation.material import Material
from sayso.validation.prefixes import MISSPELT
from sayso.validation.report.wording import parted
from sayso.validation.rules import SENTENCES
from sayso.validation.shape_terms import STRANGE
from sayso.validation.strays import SENTENCE as STRAY_SENTENCE
from sayso.validation.strays import STRAY
from sayso.validation.targets import IDLE
from sayso.vocabularies import BASE, VOCABULARIES

_SH, _SKOS = VOCABULARIES["sh"], VOCABULARIES["skos"]
_SAYS = {_SH + "message", _SH + "description"}
_LOCAL_NAME = re.compile(r"[^/#]+$")
_HEAD = re.compile(r"(?i)\s*(@?prefix|@?base)\b")

WHY = {
    UNCOVERED: (
        "What an article says and nobody encoded is missing in silence; so each sentence gives "
        "rise to a claim, or says for what reason it does not."
    ),
    CONTRADICTORY: "A sentence cannot both be left out and be the evidence of a claim.",
    "period-edtf-valid": (
        "Days are compared with one another; what no parser reads as a date of EDTF (ISO 8601-2) "
        "would be left out of every comparison."
    ),
    "period-bounds-fit": (
        "Queries compare the first and the last day, people read the date; both must say the same."
    ),
    "term-known": (
        "A misspelt term is no error in RDF: it says something else, which no query finds and no "
        "shape looks at."
    ),
    "node-has-type": (
        "Shapes look at things by their type; a thing without one is checked by no rule, and is "
        "often a misspelt IRI."
    ),
    "file-has-its-record": (
        "A record has its file's name and its named graph's; else it is served nowhere, or mixed "
        "with another."
    ),
    IDLE: "A shape that looks at nothing finds nothing, and passes every graph.",
    STRANGE: "A misspelt term of SHACL asks for nothing, and the shape passes what it should not.",
    STRAY: "What is not read breaks no rule; a misspelt name would hide a record in silence.",
    MISSPELT: (
        "A namespace with a letter too many is another namespace: no shape looks at its terms, and "
        "no query finds them."
    ),
}
_OWN = SENTENCES | {
    IDLE: "This shape looks at nothing; check the spelling of its target, or remove the shape.",
    STRANGE: "SHACL has no such term, so nothing looks at it; check its spelling, or remove it.",
    STRAY: STRAY_SENTENCE,
    MISSPELT: (
        "This prefix stands for nearly what a known one stands for; write the namespace as it is."
    ),
}


def explanation(code: str, folder: DataFolder) -> str:
    """Explain the rule of a code, of sayso or of the folder; raise UnknownRule."""
    shapes = shapes_of(folder)
    names = _shapes(shapes)
    known = codes(shapes)
    if code not in known:
        near = get_close_matches(code, sorted(known))
        raise UnknownRule(code=code, near=f"; near it: {', '.join(near)}" if near else "")
    if code in names:
        about = _closure(names[code], shapes.triples)
        said, why = _sentence(about), list(_definitions(about, folder))
    else:
        said, why = _OWN[code], [WHY[code]]
    wrong, mend = parted(said)
    parts = [(code, [wrong]), ("How to mend it", [mend] if mend else [])]
    parts += [("Why", why), ("Kept", _example("good", code)), ("Broken", _example("bad", code))]
    return "\n".join(_part(title, lines) for title, lines in parts if lines)


def codes(shapes: Material) -> set[str]:
    """List the codes that can be explained: of the shapes, and of the rules beyond SHACL."""
    return {*_shapes(shapes), *_OWN}


def _shapes(shapes: Material) -> dict[str, object]:
    told = ((_code(quad.subject), quad.subject) for quad in shapes.triples if _tells(quad))
    return {code: shape for code, shape in told if code}


def _part(title: str, lines: list[str]) -> str:
    return f"{title}\n" + "".join(f"    {line}".rstrip() + "\n" for line in lines)


def _code(term: object) -> str | None:
    found = _LOCAL_NAME.search(term.value) if isinstance(term, ox.NamedNode) else None
    return found.group() if found else None


def _tells(quad: ox.Quad) -> bool:
    """Whether this may be said of a shape."""
    predicate, value = quad.predicate.value, quad.object
    shape = isinstance(value, ox.NamedNode) and value.value.removeprefix(_SH) in (
        "NodeShape",
        "PropertyShape",
    )
    return shape or predicate in _SAYS or predicate.startswith(_SH + "target")


def _closure(shape: object, quads: list[ox.Quad]) -> list[ox.Quad]:
    """List what is said of a shape and of the nodes without a name in it."""
    found, waiting, seen = [], [shape], set()
    while waiting:
        node = waiting.pop(0)
        if node not in seen:
            seen.add(node)
            own = [quad for quad in quads if quad.subject == node]
            found += own
            waiting += [quad.object for quad in own if isinstance(quad.object, ox.BlankNode)]
    return found


def _sentence(about: list[ox.Quad]) -> str:
    told = [q.object for q in about if q.predicate.value in _SAYS]
    texts = [each for each in told if isinstance(each, ox.Literal)]
    english = [each for each in texts if each.language in (None, "en")]
    return next((each.value for each in english or texts), "This rule has no sentence.")


def _definitions(about: list[ox.Quad], folder: DataFolder) -> Iterator[str]:
    """Say what the terms of a rule mean, in the words of the ontology."""
    terms = dict.fromkeys(q.object for q in about if isinstance(q.object, ox.NamedNode))
    ontology = Material.read(Source(path, BASE) for path in folder.ontology()).triples
    for term in terms:
        for name in ("definition", "note"):
            for quad in ontology:
                told = quad.subject == term and quad.predicate.value == _SKOS + name
                if told and isinstance(quad.object, ox.Literal):
                    yield f"{_code(term)}: {quad.object.value}"


def _example(kind: str, code: str) -> list[str]:
    file: Path = CASES / kind / f"{code}.ttl"
    if not file.is_file():
        return []
    lines = [line for line in read_text(file).splitlines() if not _HEAD.match(line)]
    return "\n".join(lines).strip("\n").splitlines()
