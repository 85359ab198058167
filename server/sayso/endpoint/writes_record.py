"""Make the file of a record out of what a client sends, so that what stands already stays.

A client that gets a record, changes a claim and puts it back sends more than the file has: what
the loader implies, labels from other files, literals as the store writes them. None of that may
reach the file, and nothing else of the file may move.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from sayso.endpoint.graphs import GraphStoreApp
from sayso.endpoint.writes_body import BODY, Body, Triple
from sayso.errors import NamelessNode, NotReadable
from sayso.store import RdfStore
from sayso.store.files import Source, read, read_text
from sayso.store.implied import Rules, imply
from sayso.store.turtle import blocks
from sayso.terms import SAYSO, VOCABULARIES
from sayso.text.comments import Comments, comments
from sayso.text.document import Document
from sayso.text.graph import STATES, TYPE, Graph, Term, name
from sayso.text.tidy import tidy

Triples = frozenset[Triple]
_GENID = "/.well-known/genid/"  # RDF 1.1 Concepts, section 3.5
_LABELS = frozenset(
    ox.NamedNode(iri)
    for iri in (
        VOCABULARIES["skos"] + "prefLabel",
        VOCABULARIES["rdfs"] + "label",
        VOCABULARIES["dcterms"] + "title",
    )
)
_POINTING = frozenset((STATES, name(SAYSO.saidOn), name(SAYSO.eventDate)))


@dataclass(frozen=True)
class Record:
    """A record as its file has it; ``content`` is None where there is no file yet.

    ``triples`` are those of the file, as it writes them.
    """

    path: Path
    iri: str
    content: str | None
    triples: Triples

    @classmethod
    def at(cls, path: Path, iri: str) -> "Record":
        """Read a record's file; raise what its reading raises, unless it is that there is none."""
        if not path.is_file():
            return cls(path, iri, None, frozenset())
        found = frozenset(_plain(quad) for quad in read(Source(path, iri)))
        return cls(path, iri, read_text(path), found)

    def state(self, rules: Rules, prefixes: Mapping[str, str]) -> str | None:
        """Name the state of the record, as it is named once it is loaded; None without a file."""
        if self.content is None:
            return None
        store = ox.Store()
        _fill(store, canonical(self.triples).values(), ox.NamedNode(self.iri), rules)
        return GraphStoreApp(RdfStore(store, "", dict(prefixes))).digest(self.iri)


def canonical(triples: Iterable[Triple]) -> dict[Triple, Triple]:
    """Tell how the engine's store writes each triple: ``"01"`` is kept as ``"1"``."""
    triples = list(triples)
    literals = list({o for _, _, o in triples if isinstance(o, ox.Literal)})
    store = ox.Store()
    store.extend(
        ox.Quad(ox.NamedNode(f"urn:x:{n}"), TYPE, literal) for n, literal in enumerate(literals)
    )
    kept: dict[Term, Term] = {}
    for quad in store:
        subject, _, written = _plain(quad)
        kept[literals[int(subject.value.rpartition(":")[2])]] = written
    return {(s, p, o): (s, p, kept.get(o, o)) for s, p, o in triples}


def closed(triples: Iterable[Triple], rules: Rules) -> Triples:
    """Add what triples imply."""
    graph = ox.NamedNode("urn:x:graph")
    store = ox.Store()
    _fill(store, triples, graph, rules)
    return frozenset(_plain(quad) for quad in store.quads_for_pattern(None, None, None, graph))


def _fill(store: ox.Store, triples: Iterable[Triple], graph: ox.NamedNode, rules: Rules) -> None:
    store.extend(ox.Quad(s, p, o, graph) for s, p, o in triples)
    imply(store, rules)


def _plain(quad: ox.Quad) -> Triple:
    return quad.subject, quad.predicate, quad.object  # type: ignore[return-value]


def own(
    body: Triples, record: Record, rules: Rules, elsewhere: Callable[[Triple], bool]
) -> Triples:
    """Return what of a body belongs into the record's file, each literal as the file has it.

    Left out, unless the file says it itself: what the rest implies, and what other graphs hold
    of labels, and of statements and dates that the record only points to.
    """
    written = {new: old for old, new in canonical(record.triples).items()}
    sent = frozenset(canonical(body).values())
    pointed = {o for _, p, o in record.triples if p in _POINTING}
    pointed -= {s for s, _, _ in record.triples}
    lent = {
        triple
        for triple in sent - written.keys()
        if (_labels(triple, record.iri) or triple[0] in pointed) and elsewhere(triple)
    }
    kept = _unimplied(sent - lent, frozenset(written), rules)
    first = {new: old for old, new in canonical(body).items()}
    return frozenset(written.get(triple) or first[triple] for triple in kept)


def _labels(triple: Triple, iri: str) -> bool:
    subject = triple[0]
    inside = isinstance(subject, ox.NamedNode) and subject.value.partition("#")[0] == iri
    return triple[1] in _LABELS and not inside


def _unimplied(sent: Triples, written: Triples, rules: Rules) -> Triples:
    """Leave out what the rest implies; what the file has written out stays."""
    kinds = {
        kind for rule in (rules.classes, rules.ranges) for above in rule.values() for kind in above
    }
    relations = {relation for above in rules.properties.values() for relation in above}
    relations.add(ox.NamedNode(VOCABULARIES["prov"] + "wasGeneratedBy"))
    maybe = {
        (s, p, o) for s, p, o in sent - written if p in relations or (p == TYPE and o in kinds)
    }
    kept = sent - maybe
    while True:
        left = maybe - closed(kept, rules)
        # One that implies others itself counts among the rest.
        implying = {
            (s, p, o)
            for s, p, o in left - kept
            if p in rules.properties or p in rules.ranges or (p == TYPE and o in rules.classes)
        }
        if not implying:
            return kept | left
        kept |= implying


def rewritten(record: Record, triples: Triples, body: Body, base: str) -> str:
    """Return the tidy file of a record that says these triples.

    The comments are the body's where it has any, else those of the file. A body that changes
    nothing leaves the file as it is, tidy or not. Raise what ``tidy`` raises, or NamelessNode.
    """
    if record.content is not None and body.turtle == record.content:
        return record.content
    noted = _noted(body.turtle, record.iri) if body.turtle is not None else None
    unnoted = noted is None or noted.comments == Comments()
    if record.content is not None and unnoted and triples == record.triples:
        return record.content
    before = _noted(record.content, record.iri) if record.content else None
    source = noted if noted is not None and (not unnoted or before is None) else before
    document = Document(
        path=Path(BODY),
        iri=record.iri,
        base=base,
        content="",
        graph=Graph(sorted(triples, key=str)),
        comments=source.comments if source else Comments(),
        prefixes=source.prefixes if source else {},
        blocks=noted.blocks if noted else [],
    )
    try:
        text = tidy(document)
    except RecursionError as error:  # nodes without names stand in one another, deeper than sense
        raise NamelessNode(path=BODY, count=len(_nameless(document.graph))) from error
    _refuse_nameless(document.graph)
    return text


def merged_comments(record: Record, body: Body) -> Body:
    """Leave the body's comments out: what is added to a record leaves the file's where they are."""
    return Body(body.triples, None if record.content is not None else body.turtle)


def _noted(text: str, iri: str) -> Document:
    try:
        found = blocks(text, iri)
        noted = comments(text, found)
    except SyntaxError as error:
        raise NotReadable(format="Turtle 1.1", reason=error.msg.rstrip(".")) from error
    prefixes = dict(found[-1].names.prefixes) if found else {}
    return Document(Path(BODY), iri, "", text, Graph(), noted, prefixes, found)


def _refuse_nameless(graph: Graph) -> None:
    nodes = _nameless(graph)
    if nodes:
        raise NamelessNode(path=BODY, count=len(nodes))


def _nameless(graph: Graph) -> set[object]:
    def nameless(node: object) -> bool:
        return isinstance(node, ox.BlankNode) or (
            isinstance(node, ox.NamedNode) and _GENID in node.value
        )

    return {node for s, _, o in graph for node in (s, o) if nameless(node)}
