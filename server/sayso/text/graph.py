"""Hold the triples of one file while they are changed."""

from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph as ox

from sayso.terms import OA, SAYSO, SCHEMA, VOCABULARIES

Node = ox.NamedNode | ox.BlankNode
Term = ox.NamedNode | ox.BlankNode | ox.Literal


def name(iri: str) -> ox.NamedNode:
    """Make a pyoxigraph node of an IRI, whichever library it comes from."""
    return ox.NamedNode(str(iri))


TYPE = name(VOCABULARIES["rdf"] + "type")
PART_OF = name(VOCABULARIES["dcterms"] + "isPartOf")
SOURCE = name(OA.hasSource)
SELECTOR = name(OA.hasSelector)
START = name(OA.start)
END = name(OA.end)
HASH = name(SCHEMA.sha256)
EVIDENCE = name(SAYSO.evidence)
SENTENCE = name(SAYSO.sentence)
STATES = name(SAYSO.states)


class Graph:
    """The triples of one file by subject and predicate, subjects in the order of the file."""

    def __init__(self, triples: Iterable[tuple[Node, ox.NamedNode, Term]] = ()) -> None:
        self._said: dict[Node, dict[ox.NamedNode, set[Term]]] = {}
        for triple in triples:
            self.add(*triple)

    def __iter__(self) -> Iterator[tuple[Node, ox.NamedNode, Term]]:
        for subject, said in self._said.items():
            for predicate, objects in said.items():
                for term in objects:
                    yield subject, predicate, term

    def __contains__(self, subject: object) -> bool:
        return subject in self._said

    def add(self, subject: Node, predicate: ox.NamedNode, term: Term) -> None:
        """Add one triple; one that is there already stays one."""
        self._said.setdefault(subject, {}).setdefault(predicate, set()).add(term)

    def let(self, subject: Node, predicate: ox.NamedNode, term: Term) -> None:
        """Let a subject have exactly this object."""
        self._said.setdefault(subject, {})[predicate] = {term}

    def discard(self, subject: Node, predicate: ox.NamedNode, term: Term) -> None:
        """Remove one triple where it is there."""
        self._said.get(subject, {}).get(predicate, set()).discard(term)

    def drop(self, subject: Node, predicate: ox.NamedNode | None = None) -> None:
        """Remove all that is said of a subject, or what is said by one predicate."""
        if predicate is None:
            self._said.pop(subject, None)
        else:
            self._said.get(subject, {}).pop(predicate, None)

    def subjects(self) -> list[Node]:
        """List what something is said of, in the order of the file."""
        return list(self._said)

    def said_of(self, subject: Node) -> Mapping[ox.NamedNode, set[Term]]:
        """Return a subject's objects by predicate, without predicates that have none."""
        return {p: objects for p, objects in self._said.get(subject, {}).items() if objects}

    def objects(self, subject: Node, predicate: ox.NamedNode) -> list[Term]:
        """List the objects of a subject and predicate in a fixed order."""
        return sorted(self._said.get(subject, {}).get(predicate, ()), key=str)

    def nodes(self, subject: Node, predicate: ox.NamedNode) -> list[Node]:
        """List those objects of which something can be said."""
        return [t for t in self.objects(subject, predicate) if not isinstance(t, ox.Literal)]

    def typed(self, kind: str) -> list[Node]:
        """List the subjects of a class, in the order of the file."""
        wanted = name(kind)
        return [node for node, said in self._said.items() if wanted in said.get(TYPE, ())]

    def referred(self) -> set[Term]:
        """Return everything that is the object of a triple; a class is an object too."""
        return {term for _, _, term in self}

    def rename(self, names: Mapping[Node, Node]) -> None:
        """Put new nodes in the place of old ones, as subjects and as objects."""
        if not names:
            return
        triples = list(self)
        self._said = {}
        for subject, predicate, term in triples:
            new = term if isinstance(term, ox.Literal) else names.get(term, term)
            self.add(names.get(subject, subject), predicate, new)
