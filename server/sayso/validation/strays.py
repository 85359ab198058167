"""Find files that the layout of a data folder has no place for: nobody checks or serves them."""

from collections.abc import Iterator
from pathlib import Path

from sayso.paths import DataFolder
from sayso.store.rdf import SUFFIXES
from sayso.validation.finding import Finding, Place

STRAY = "file-is-read"
SENTENCE = (
    "Nothing reads this file, since its name or its folder is none of the layout; "
    "give it a place such as graph/articles/NAME.ttl, or keep it elsewhere."
)
_ROOMS = ("graph", "ontology", "shapes")
_CONTEXT = "context.jsonld"  # of JSON-LD, which is no data


def stray_files(folder: DataFolder) -> Iterator[Finding]:
    """Yield a finding for each RDF file in the rooms of a folder that is not read."""
    read = [*folder.files(), *folder.shapes()]
    names = set(map(str, read))
    every = (path for room in _ROOMS for path in (folder.root / room).rglob("*"))
    others = sorted(path for path in every if str(path) not in names and _is_rdf(path))
    # To follow links takes a while, and hardly ever is there anything to follow.
    where = {path.resolve() for path in read} if others else set()
    for path in others:
        if path.is_file() and path.resolve() not in where:
            yield Finding.at(Place(path), STRAY, SENTENCE, focus=None, value=path.name)


def _is_rdf(path: Path) -> bool:
    name = path.name.lower().removesuffix(".gz")
    return name.rpartition(".")[2] in SUFFIXES and name != _CONTEXT
