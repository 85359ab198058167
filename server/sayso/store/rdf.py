"""Read anybody's RDF: files in any of the formats, gzipped or not, into one store.

Triples go into the default graph, which is also the union of the named graphs. Nothing is
fetched: the engine resolves no remote JSON-LD context and no XML entity.
"""

import glob
import gzip
import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from io import BufferedReader
from pathlib import Path
from typing import cast
from urllib.parse import quote

import pyoxigraph as ox

from sayso.errors import (
    BadGzip,
    BadRdf,
    HasByteOrderMark,
    NoFile,
    NoRdf,
    RemoteContext,
    SaysoError,
    UnknownRdf,
    Unreadable,
)
from sayso.store.advice import advised
from sayso.store.data import RdfStore
from sayso.store.formats import GRAPH_FORMATS, JSON_LD, RDF_XML, TURTLE, GraphFormat
from sayso.store.insert import insert
from sayso.store.load import Seen, unseen
from sayso.store.side_by_side import side_by_side
from sayso.store.stream import streamed
from sayso.store.union import unite
from sayso.vocabularies import VOCABULARIES

_GZIP = ".gz"
_ALSO = {"turtle": TURTLE, "owl": RDF_XML, "xml": RDF_XML}
SUFFIXES = {**{form.suffix: form for form in GRAPH_FORMATS}, **_ALSO}
_HEAD = 65_536  # bytes in which prefixes are looked for
_MARK = b"\xef\xbb\xbf"
_REMOTE = re.compile("LoadDocumentCallback|remote context")  # how the engine says that it has none
_WORDS = ("owl", "rdf", "rdfs", "xsd")  # what any query may use undeclared


@dataclass(frozen=True)
class RdfFile:
    """A file and the format that its name tells."""

    path: Path
    format: GraphFormat

    @property
    def gzipped(self) -> bool:
        """Say whether the name ends in ``.gz``."""
        return self.path.suffix.lower() == _GZIP

    @property
    def base(self) -> str:
        """The IRI against which relative ones resolve: the name alone, not where it lies."""
        return "file:///" + quote(self.path.name)

    @contextmanager
    def open(self) -> Iterator[BufferedReader]:
        """Open the content, unpacked; raise NoFile, Unreadable or BadGzip, even when half read."""
        try:
            with self.path.open("rb") as raw:
                if not self.gzipped:
                    yield raw
                    return
                with gzip.open(raw) as content:
                    yield cast("BufferedReader", content)
        except (FileNotFoundError, IsADirectoryError) as error:
            raise NoFile(path=self.path) from error
        except (gzip.BadGzipFile, EOFError, zlib.error) as error:
            raise BadGzip(path=self.path, reason=error) from error
        except OSError as error:
            raise Unreadable(path=self.path, reason=error.strerror or error) from error


Take = Callable[[RdfFile, BufferedReader], object]


def rdf_files(patterns: Iterable[str]) -> list[RdfFile]:
    """Find the files of paths and glob patterns, each once, in their order.

    Raise NoRdf or UnknownRdf.
    """
    return [RdfFile(path, _format(path)) for path in dict.fromkeys(_paths(patterns))]


def _paths(patterns: Iterable[str]) -> Iterator[Path]:
    for pattern in patterns:
        if Path(pattern).exists():
            yield Path(pattern)
            continue
        found = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 - absolute ones, too
        if not found:
            raise NoRdf(pattern=pattern)
        yield from map(Path, found)


def _format(path: Path) -> GraphFormat:
    name = Path(path.name.lower().removesuffix(_GZIP))
    form = SUFFIXES.get(name.suffix.removeprefix("."))
    if form is None:
        raise UnknownRdf(path=path, known=", ".join(f".{suffix}" for suffix in SUFFIXES))
    return form


def read_rdf(file: RdfFile) -> list[ox.Quad]:
    """Read the quads of one file.

    Raise NoFile, Unreadable, BadGzip, BadRdf, HasByteOrderMark or RemoteContext.
    """
    with file.open() as opened:
        content = opened.read()
    if content.startswith(_MARK):
        raise HasByteOrderMark(path=file.path)
    try:
        return list(ox.parse(content, format=file.format.engine, base_iri=file.base))
    except SyntaxError as error:
        raise _told(file, error) from error


def load_rdf(files: Iterable[RdfFile], meanwhile: Callable[[], object] = lambda: None) -> RdfStore:
    """Load files into memory; raise as ``fill_rdf`` does.

    Something else is done ``meanwhile``, once all is parsed and only the engine has work.
    """
    store = ox.Store()

    def take(file: RdfFile, content: BufferedReader) -> None:
        form, base = file.format.engine, file.base
        # The same label is another node in another file.
        insert(store, ox.parse(content, form, base_iri=base, rename_blank_nodes=True))

    version, prefixes = _read(files, take)
    mixed = any(True for _ in store.quads_for_pattern(None, None, None, ox.DefaultGraph()))
    side_by_side(partial(unite, store), meanwhile)
    return RdfStore(store, version, prefixes, mixed=mixed)


def fill_rdf(
    store: ox.Store, files: Iterable[RdfFile], seen: Seen = unseen
) -> tuple[str, dict[str, str]]:
    """Read files into an empty store; return the version and the prefixes that they declare.

    The version is the SHA-256 of the files' formats and unpacked bytes. ``seen`` is told how
    many bytes of a file were read since it was told last. Raise NoFile, Unreadable, BadGzip,
    BadRdf, HasByteOrderMark or RemoteContext.
    """

    def take(file: RdfFile, content: BufferedReader) -> None:
        store.bulk_load(content, format=file.format.engine, base_iri=file.base)

    return _read(files, take, seen)


def _read(files: Iterable[RdfFile], take: Take, seen: Seen = unseen) -> tuple[str, dict[str, str]]:
    """Have each file taken, and return as ``fill_rdf`` does."""
    version = sha256()
    prefixes = {name: VOCABULARIES[name] for name in _WORDS}
    for file in files:
        prefixes = {**_declared(file), **prefixes}
        version.update(f"{file.format.suffix} {_hashed(file, take, seen)}\n".encode())
    return version.hexdigest(), prefixes


def _hashed(file: RdfFile, take: Take, seen: Seen) -> str:
    """Have one file taken, and return the hash of its content."""
    hashed = sha256()
    with file.open() as content:
        if content.peek(len(_MARK)).startswith(_MARK):
            raise HasByteOrderMark(path=file.path)

        def read(size: int) -> bytes:
            data = content.read(size)
            hashed.update(data)
            seen(len(data))
            return data

        try:
            with streamed(read) as stream:
                take(file, stream)
        except SyntaxError as error:
            raise _told(file, error) from error
    return hashed.hexdigest()


def _told(file: RdfFile, error: SyntaxError) -> SaysoError:
    if file.format is JSON_LD and _REMOTE.search(error.msg):
        return RemoteContext(path=file.path)
    place = f":{error.lineno}" if error.lineno else ""
    place += f":{error.offset}" if place and error.offset else ""
    reason = error.msg.split(": ", 1)[-1] if error.lineno else error.msg
    return BadRdf(path=file.path, place=place, format=file.format.name, reason=advised(reason))


def _declared(file: RdfFile) -> dict[str, str]:
    """Find the prefixes that stand before the first triple."""
    with file.open() as content:
        head = content.read(_HEAD)
    quads = ox.parse(head, format=file.format.engine, base_iri=file.base)
    try:
        next(quads)
    except (StopIteration, SyntaxError):
        return {}
    return dict(quads.prefixes)
