"""Make mutants of the real graph's files: what no update of a graph can change or break.

A name, a place in the layout, a prefix or a shape's target breaks a rule about files; another
order, other line ends, other prefixes or quotes break none, since they say the same.
"""

import random
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph as ox

from sayso.paths import HOME, DataFolder
from sayso.store.turtle import Kind, Token, blocks, tokens
from sayso.terms import BASE
from sayso.text.dates import days
from sayso.validation.cache import Cache
from sayso.validation.check import How, check_folder

Files = Mapping[str, str]  # by their paths in the folder; an empty text is no file
Change = Callable[[Files, random.Random], Files]
_ARTICLES = "graph/articles/"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class FileMutant:
    """Files of a folder with what they hold now, and the codes that are to be told of it."""

    name: str
    files: Files
    codes: frozenset[str]


def real_files() -> Files:
    """Read the files of the real graph, by their paths in the folder."""
    paths = [*DataFolder().shared(), *DataFolder().records()]
    return {path.relative_to(HOME).as_posix(): path.read_text("utf-8") for path in paths}


def file_mutants(count: int, seed: int) -> Iterator[FileMutant]:
    """Make so many mutants, of each kind by turns."""
    files, pick = real_files(), random.Random(seed)
    kinds = [(name, change, "") for name, change in HARMLESS.items()]
    kinds += [(name, change, code) for code, ways in BREAKING.items() for name, change in ways]
    for number in range(count):
        name, change, code = kinds[number % len(kinds)]
        codes = frozenset({code} if code else ())
        yield FileMutant(f"{code or 'files'}: {name}, {number}", change(files, pick), codes)


def told_of_files(cache: Cache, mutant: FileMutant) -> frozenset[str]:
    """Return the codes that are told of a folder that is as the real one but for some files."""
    with TemporaryDirectory(prefix="sayso-mutant-") as room:
        shutil.copytree(HOME / "graph", Path(room) / "graph")
        for name, text in mutant.files.items():
            path = Path(room) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if text:
                path.write_bytes(text.encode())
            else:
                path.unlink()
        outcome = check_folder(DataFolder(Path(room)), [], days, How(cache=cache))
    return frozenset(finding.code for finding in outcome.findings)


def _of_one(change: Callable[[str, random.Random], str], under: str = "graph/") -> Change:
    """Change a file that is picked among those that the change makes something else of."""

    def changed(files: Files, pick: random.Random) -> Files:
        names = [name for name in files if name.startswith(under)]
        for name in pick.sample(names, len(names)):
            text = change(files[name], pick)
            if text != files[name]:
                return {name: text}
        raise ValueError("no file can be changed so")

    return changed


def _called(files: Files, pick: random.Random) -> tuple[str, str, dict[str, str]]:
    """Pick a record and give it another name wherever one speaks of it; return both names, too."""
    old = Path(pick.choice([each for each in files if each.startswith(_ARTICLES)])).stem
    new = f"another-name-{pick.randrange(99)}"
    there, here = f"article/{old}", f"article/{new}"
    return old, new, {n: t.replace(there, here) for n, t in files.items() if there in t}


# ---------------------------------------------------------------- what no rule forbids


def _reordered(text: str, pick: random.Random) -> str:
    parts = blocks(text)
    heads = [text[each.start : each.end] for each in parts if each.is_directive]
    said = [text[each.start : each.end] for each in parts if not each.is_directive]
    return "\n".join([*heads, *pick.sample(said, len(said))]) + "\n"


def _respaced(text: str, pick: random.Random, between: tuple[str, ...]) -> str:
    """Put other white space wherever some is."""
    told, last = [], 0
    for token in tokens(text):
        gap = text[last : token.offset]
        told += [pick.choice(between) if gap else "", token.text]
        told += ["\n"] if token.kind is Kind.COMMENT else []
        last = token.end
    return "".join(told) + "\n"


def _remarked(text: str, pick: random.Random) -> str:
    return _respaced(text, pick, (" ", "\n", ' # a remark; <#c1> "as" it were.\n'))


def _each(text: str, change: Callable[[Token], str]) -> str:
    told, last = [], 0
    for token in tokens(text):
        told += [text[last : token.offset], change(token)]
        last = token.end
    return "".join([*told, text[last:]])


def _other_prefix(text: str, pick: random.Random) -> str:
    names = [t.text for t in tokens(text) if t.kind is Kind.PREFIXED_NAME and t.text[-1] == ":"]
    old = pick.choice(names)

    def renamed(token: Token) -> str:
        fits = token.kind is Kind.PREFIXED_NAME and token.text.startswith(old)
        return f"x-{token.text}" if fits else token.text

    return _each(text, renamed)


def _long_quotes(text: str, pick: random.Random) -> str:
    def quoted(token: Token) -> str:
        short = token.kind is Kind.STRING and not token.text.startswith('""')
        return f'""{token.text}""' if short and pick.random() < 0.5 else token.text

    return _each(text, quoted)


def _escaped(text: str, pick: random.Random) -> str:
    def escaped(token: Token) -> str:
        plain = token.kind is Kind.STRING and token.text[1:2].isalpha()
        return (
            f"{token.text[0]}\\u{ord(token.text[1]):04X}{token.text[2:]}" if plain else token.text
        )

    return _each(text, escaped)


def _written_out(files: Files, pick: random.Random) -> Files:
    name = pick.choice([each for each in files if each.startswith(_ARTICLES)])
    base = f"{BASE}article/{Path(name).stem}"
    triples = [q.triple for q in ox.parse(files[name], format=ox.RdfFormat.TURTLE, base_iri=base)]
    pick.shuffle(triples)
    return {name: (ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"").decode()}


def _said_twice(text: str, pick: random.Random) -> str:
    block = pick.choice([each for each in blocks(text) if not each.is_directive])
    return f"{text}\n{text[block.start : block.end]}\n"


def _sparql_style(text: str, pick: random.Random) -> str:
    lines = text.splitlines()
    return "\n".join(
        line.replace("@prefix", "PREFIX").removesuffix(" .") if line.startswith("@prefix") else line
        for line in lines
    )


def _parted(files: Files, pick: random.Random) -> Files:
    """Move a part of what is shared into a file of its own."""
    name = pick.choice([each for each in files if each.startswith("graph/entities/")])
    text = files[name]
    parts = blocks(text)
    heads = "\n".join(text[each.start : each.end] for each in parts if each.is_directive)
    block = pick.choice([each for each in parts if not each.is_directive])
    rest = text[: block.start] + text[block.end :]
    return {name: rest, "graph/entities/more.ttl": f"{heads}\n{text[block.start : block.end]}\n"}


def _renamed(files: Files, pick: random.Random) -> Files:
    old, new, changed = _called(files, pick)
    own = f"{_ARTICLES}{old}.ttl"
    return {**changed, f"{_ARTICLES}{new}.ttl": changed.get(own, files[own]), own: ""}


HARMLESS: dict[str, Change] = {
    "in another order": _of_one(_reordered),
    "with other white space": _of_one(
        lambda text, pick: _respaced(text, pick, (" ", "\n\t", "\r\n"))
    ),
    "with remarks": _of_one(_remarked),
    "with the line ends of Windows": _of_one(lambda text, _: text.replace("\n", "\r\n")),
    "with another prefix": _of_one(_other_prefix),
    "with long quotes": _of_one(_long_quotes),
    "with escapes": _of_one(_escaped),
    "written out": _written_out,
    "with something said twice": _of_one(_said_twice),
    "with the prefixes of SPARQL": _of_one(_sparql_style),
    "in two files": _parted,
    "under another name": _renamed,
    "with a prefix of somebody else": _of_one(
        lambda text, _: "@prefix ours: <https://example.org/ours#> .\n" + text
    ),
}


# ---------------------------------------------------------------- what rules about files forbid


def _two_records(text: str, pick: random.Random) -> str:
    record = next(each for each in blocks(text) if text.startswith("<>", each.start))
    said = text[record.start : record.end].replace("<>", f"<#r{pick.randrange(99)}>", 1)
    return f"{text}\n{said}\n"


def _other_record(files: Files, pick: random.Random) -> Files:
    old, new, changed = _called(files, pick)
    own = f"{_ARTICLES}{old}.ttl"
    return {**changed, own: f"@base <{BASE}article/{new}> .\n{changed.get(own, files[own])}"}


def _empty(files: Files, pick: random.Random) -> Files:
    return {f"{_ARTICLES}empty-{pick.randrange(99)}.ttl": "# nothing yet\n"}


def _stray(files: Files, pick: random.Random) -> Files:
    name = pick.choice(list(files))
    stem, number = Path(name).stem, pick.randrange(99)
    room = pick.choice(
        [f"graph/articles/{number}/", f"graph/drafts-{number}/", f"ontology/{number}/"]
    )
    wrong = [f"{room}{stem}.ttl", f"{_ARTICLES}{stem}.nt", f"graph/{stem}.ttl.gz", f"{room}x.rdf"]
    return {pick.choice(wrong): files[name]}


def one_letter_off(text: str, pick: random.Random) -> str:
    """Leave out, double, change or swap a letter behind the scheme; the result is another."""
    while True:
        at = pick.randrange(9, len(text) - 1) if "//" in text else pick.randrange(len(text))
        end = text[at + 1 :]
        letter = pick.choice(_LETTERS)
        swapped = end[:1] + text[at] + end[1:]
        other = text[:at] + pick.choice([end, text[at] * 2 + end, letter + end, swapped])
        if other != text and text[at].isalpha() and end[:1].isalpha():
            return other


def _misspelt_prefix(text: str, pick: random.Random) -> str:
    """Misspell the namespace of a prefix that the file declares and does not use."""
    found = list(tokens(text))
    used = [t.text.partition(":")[0] for t in found if t.kind is Kind.PREFIXED_NAME]
    pairs = pairwise(found)
    declared = {a.text[:-1]: b for a, b in pairs if b.kind is Kind.IRI and a.text[-1:] == ":"}
    idle = [iri for name, iri in declared.items() if used.count(name) == 1]
    if not idle:
        return text
    space = pick.choice(idle)
    other = one_letter_off(space.text[1:-1], pick)
    return f"{text[: space.offset]}<{other}>{text[space.end :]}"


def _idle_shape(_: Files, pick: random.Random) -> Files:
    """Write a shape with a target of one of sayso's, one letter off."""
    path = pick.choice([each for each in DataFolder().shapes() if each.name != "prefixes.ttl"])
    found = list(tokens(path.read_text("utf-8")))
    pairs = [(a.text, b.text) for a, b in pairwise(found)]
    targets = [(a, b) for a, b in pairs if a.startswith("sh:target") and not b.startswith("<")]
    kind, target = pick.choice(targets)
    prefix, _colon, name = target.partition(":")
    return {
        "shapes/own.ttl": _own_shape(
            path, f"sh:nodeKind sh:IRI ; {kind} {prefix}:{one_letter_off(name, pick)}"
        )
    }


def _no_target(_: Files, pick: random.Random) -> Files:
    path = pick.choice([each for each in DataFolder().shapes() if each.name != "prefixes.ttl"])
    return {
        "shapes/own.ttl": _own_shape(path, pick.choice(["sh:closed false", "sh:nodeKind sh:IRI"]))
    }


def _misspelt_shape(_: Files, pick: random.Random) -> Files:
    """Write a shape with a parameter of SHACL, one letter off."""
    names = ("minCount", "maxCount", "datatype", "nodeKind", "pattern", "property", "closed")
    path = DataFolder().shapes()[0]
    said = f"sh:targetClass sayso:Claim ; sh:{one_letter_off(pick.choice(names), pick)} 1"
    return {"shapes/own.ttl": _own_shape(path, said)}


def _own_shape(like: Path, said: str) -> str:
    """Write a shape with the prefixes of another file of shapes."""
    lines = like.read_text("utf-8").splitlines(keepends=True)
    heads = "".join(line for line in lines if line.startswith("@prefix"))
    return f"{heads}<{BASE}shape/own> a sh:NodeShape ; {said}  .\n"


BREAKING: dict[str, list[tuple[str, Change]]] = {
    "file-has-its-record": [
        ("two records", _of_one(_two_records, _ARTICLES)),
        ("another record", _other_record),
        ("no record", _empty),
    ],
    "file-is-read": [("in the wrong place", _stray)],
    "prefix-namespace-known": [("one letter off", _of_one(_misspelt_prefix))],
    "shape-targets-nothing": [("misspelt", _idle_shape), ("left out", _no_target)],
    "shape-term-known": [("misspelt", _misspelt_shape)],
}
