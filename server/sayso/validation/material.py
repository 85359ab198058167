"""Read what is checked: the files as they are, not as a store would rewrite them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from sayso.errors import TripleTerm
from sayso.store.files import Source, parsed, read_text
from sayso.validation.facts import Facts
from sayso.validation.places import Places
from sayso.validation.spaces import declared

if TYPE_CHECKING:
    from rdflib import Graph


@dataclass(frozen=True)
class Material:
    """Some files, and what each of them says."""

    quads: Mapping[Source, list[ox.Quad]]

    @classmethod
    def read(cls, sources: Iterable[Source]) -> "Material":
        """Read files; raise NoFile, BadEncoding, BadSyntax or TripleTerm."""
        taken: set[str] = set()
        return cls({source: distinct(read_checked(source), taken) for source in sources})

    def said_by(self, source: Source) -> Sequence[ox.Quad]:
        """Return what one file says."""
        return self.quads[source]

    @cached_property
    def triples(self) -> list[ox.Quad]:
        """What all files say, one after the other."""
        return list(chain.from_iterable(self.quads.values()))

    @cached_property
    def graph(self) -> "Graph":
        """The union of all files, for rdflib, with every literal as it was written."""
        from sayso.validation.rdflib_graph import graph_of  # noqa: PLC0415 - loads rdflib

        return graph_of(self.triples)

    @cached_property
    def facts(self) -> dict[Source, Facts]:
        """What the rules beyond SHACL look at, file by file."""
        return {
            source: Facts.of(quads, source.graph, declared(source.path))
            for source, quads in self.quads.items()
        }

    @property
    def claims(self) -> dict[Path, int]:
        """How many claims each file holds."""
        return {source.path: facts.claims for source, facts in self.facts.items()}

    @cached_property
    def places(self) -> Places:
        """Where in which file things are said."""
        return Places.of(self.quads)


def read_checked(source: Source) -> list[ox.Quad]:
    """Read a file; raise as `Material.read` does."""
    text = read_text(source.path)
    quads = parsed(source, text)
    # RDF 1.2 lets a triple stand for a node; no validator at hand reads that.
    if "<<" in text and any(isinstance(term, ox.Triple) for quad in quads for term in quad):
        raise TripleTerm(path=source.path)
    return quads


def distinct(quads: list[ox.Quad], taken: set[str]) -> list[ox.Quad]:
    """Rename the blank nodes of a file where another has such; note in ``taken`` what it has.

    A label of a blank node means something in its own document alone (RDF 1.1 Concepts, 3.4).
    """
    terms = [term for quad in quads for term in (quad.subject, quad.object)]
    labels = {term.value for term in terms if isinstance(term, ox.BlankNode)}
    if labels.isdisjoint(taken):
        taken |= labels
        return quads
    names = {label: ox.BlankNode() for label in labels}

    def renamed(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Any:  # noqa: ANN401
        return names[term.value] if isinstance(term, ox.BlankNode) else term

    taken.update(name.value for name in names.values())
    return [
        ox.Quad(renamed(q.subject), q.predicate, renamed(q.object), q.graph_name) for q in quads
    ]
