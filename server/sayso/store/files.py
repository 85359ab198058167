"""Read Turtle files into quads, each file into the named graph that its place gives it."""

import re
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from sayso.errors import (
    BadEncoding,
    BadFileName,
    BadSyntax,
    HasByteOrderMark,
    NoBase,
    NoFile,
    NotAFile,
    Unreadable,
)
from sayso.paths import HOME, DataFolder
from sayso.store.advice import advised
from sayso.vocabularies import BASE, VOCABULARIES

_URI_SPACE = ox.NamedNode(VOCABULARIES["void"] + "uriSpace")
_SAID_SPACE = re.compile(r"""\buriSpace>?\s+["']([^"'\\\s]+)["']""")


@dataclass(frozen=True)
class Source:
    """A file and the named graph that it is read into."""

    path: Path
    graph: str


def base_iri(folder: DataFolder) -> str:
    """Return the IRI under which a data folder mints its own, from its ``dataset.ttl``.

    Raise NoBase where the file does not say ``void:uriSpace`` exactly once (VoID, section 4.2),
    or with what no name can follow.
    """
    quads = read(Source(folder.dataset, BASE))
    found = {
        quad.object.value
        for quad in quads
        if quad.predicate == _URI_SPACE and isinstance(quad.object, ox.Literal)
    }
    base = _one_base(found)
    if base is None:
        raise NoBase(path=folder.dataset)
    return base


def base_iri_in_part(folder: DataFolder) -> str | None:
    """Return what stands for the base in a ``dataset.ttl`` that is broken somewhere."""
    found = set(_SAID_SPACE.findall(read_bytes(folder.dataset).decode("utf-8", "replace")))
    return _one_base(found)


def _one_base(found: set[str]) -> str | None:
    base = found.pop() if len(found) == 1 else ""
    return base if _is_iri(base) and base.endswith(("/", "#")) else None


def sources(folder: DataFolder, base: str) -> list[Source]:
    """List the files of a folder with their named graphs, in loading order."""
    return [Source(path, graph_iri(path, folder, base)) for path in folder.files()]


def graph_iri(path: Path, folder: DataFolder, base: str) -> str:
    """Name the graph of a file: a record's own IRI, or for any other file its path in the folder.

    Raise BadFileName where the file's name cannot be part of an IRI.
    """
    # A link counts where it stands, not where it leads.
    path = path.parent.resolve() / path.name
    iri = record_iri(path, base)
    if path.parent == folder.articles.resolve():
        return iri
    root = folder.root.resolve()
    own = path.is_relative_to(root)
    inside = path.relative_to(root if own else HOME).with_suffix("").as_posix()
    return f"{base if own else BASE}graph/" + inside.removeprefix("graph/")


def record_iri(path: Path, base: str) -> str:
    """Name a record by its file; raise BadFileName where that cannot be part of an IRI."""
    iri = f"{base}article/{path.stem}"
    if not _is_iri(iri):
        raise BadFileName(path=path.parent.resolve() / path.name)
    return iri


def _is_iri(text: str) -> bool:
    try:
        ox.NamedNode(text)
    except ValueError:
        return False
    return True


def read(source: Source) -> list[ox.Quad]:
    """Parse one Turtle file; relative IRIs resolve against the name of its graph.

    Raise NoFile, Unreadable, BadEncoding, HasByteOrderMark or BadSyntax, each with the place.
    """
    graph = ox.NamedNode(source.graph)
    return [
        ox.Quad(quad.subject, quad.predicate, quad.object, graph)
        for quad in parsed(source, read_text(source.path))
    ]


def parsed(source: Source, text: str) -> list[ox.Quad]:
    """Parse the text of a file as `read` does, in no graph; raise BadSyntax with the place."""
    try:
        return list(ox.parse(text, format=ox.RdfFormat.TURTLE, base_iri=source.graph))
    except SyntaxError as error:
        raise BadSyntax(
            path=source.path,
            line=error.lineno or 1,
            column=error.offset or 1,
            format="Turtle",
            reason=advised(error.msg.split(": ", 1)[-1]),
        ) from error


def read_text(path: Path) -> str:
    """Read a UTF-8 file without changing its line ends.

    Raise NoFile, Unreadable, BadEncoding or HasByteOrderMark.
    """
    content = read_bytes(path)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise BadEncoding(path=path, line=line, offset=error.start) from error
    if text.startswith("\ufeff"):
        raise HasByteOrderMark(path=path)
    return text


def read_bytes(path: Path) -> bytes:
    """Read a file; raise NoFile, NotAFile or Unreadable."""
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise NoFile(path=path) from error
    except IsADirectoryError as error:
        raise NotAFile(path=path) from error
    except OSError as error:
        raise Unreadable(path=path, reason=error.strerror or error) from error
