"""Give the evidence of a record its places in the text, and the places their hashes."""

import re
from dataclasses import dataclass

import pyoxigraph as ox

from sayso.errors import (
    NoPlace,
    OtherWords,
    PlaceOutside,
    SaysoError,
    TextNeeded,
    WordsAmbiguous,
    WordsNotFound,
)
from sayso.terms import OA, SAYSO, VOCABULARIES
from sayso.text.document import Document
from sayso.text.graph import (
    END,
    EVIDENCE,
    HASH,
    SELECTOR,
    SENTENCE,
    SOURCE,
    START,
    TYPE,
    Graph,
    Node,
    name,
)
from sayso.text.order import natural
from sayso.text.source import ArticleText, Place

_SPAN, _AT = name(SAYSO.TextSpan), name(OA.TextPositionSelector)
_EXACT, _PREFIX, _SUFFIX = name(OA.exact), name(OA.prefix), name(OA.suffix)
_CHAR = re.compile(r"#char=([0-9]+),([0-9]+)$")


@dataclass(frozen=True)
class Spans:
    """The spans of one record, to be placed in its text (None where the text is not at hand)."""

    document: Document
    text: ArticleText | None
    source: ox.NamedNode

    def mint(self) -> list[SaysoError]:
        """Name all spans, give each its selector and hash; return what cannot be placed."""
        errors: list[SaysoError] = []
        for claim in sorted(self._claims(), key=lambda node: natural(node.value)):
            errors += self._name_evidence(claim)
        for span in self._spans():
            try:
                self._place(span, self._find(span, span))
            except SaysoError as error:
                errors.append(error)
        return errors

    def _claims(self) -> list[Node]:
        graph = self.document.graph
        return [node for node in graph.subjects() if graph.objects(node, EVIDENCE)]

    def _spans(self) -> list[ox.NamedNode]:
        """List what is evidence, a sentence, or called a span where something refers to it."""
        graph = self.document.graph
        used = [t for _, p, t in graph if p in (EVIDENCE, SENTENCE)]
        called = set(graph.typed(str(SAYSO.TextSpan))) & graph.referred()
        nodes = [*used, *called]
        named = {node for node in nodes if isinstance(node, ox.NamedNode)}
        return sorted(named, key=lambda node: natural(node.value))

    def _name_evidence(self, claim: Node) -> list[SaysoError]:
        """Give evidence without a name of its own the name of its claim."""
        graph, errors = self.document.graph, list[SaysoError]()
        found: dict[Place, Node] = {}
        for node in graph.nodes(claim, EVIDENCE):
            if isinstance(node, ox.BlankNode) or _CHAR.search(node.value):
                try:
                    place = self._find(node, claim)
                except SaysoError as error:
                    errors.append(error)
                    continue
                graph.discard(claim, EVIDENCE, node)
                self._forget(node)
                found[place] = node
        for place in sorted(found):
            span = self._free_name(claim, place)
            graph.add(claim, EVIDENCE, span)
            graph.let(span, SELECTOR, self._selector(place))
        return errors

    def _free_name(self, claim: Node, place: Place) -> ox.NamedNode:
        stem, number = f"{claim.value}-span", 1
        while True:
            span = ox.NamedNode(stem if number == 1 else f"{stem}-{number}")
            taken = span in self.document.graph
            if not taken or self._selected(span) == place:
                return span
            number += 1

    def _selected(self, span: Node) -> Place | None:
        selectors = self.document.graph.nodes(span, SELECTOR)
        return next((p for s in selectors if (p := positions(self.document.graph, s))), None)

    def _find(self, node: Node, owner: Node) -> Place:
        """Return the place that a span names by words or by positions; raise what is wrong."""
        graph = self.document.graph
        nodes = [node, *graph.nodes(node, SELECTOR)]
        for at in nodes:
            if graph.objects(at, _EXACT):
                return self._by_words(at, owner)
        for at in nodes:
            place = positions(graph, at)
            if place:
                return self._inside(place, owner)
        raise NoPlace(**self._facts(owner))

    def _by_words(self, at: Node, owner: Node) -> Place:
        graph, text = self.document.graph, self.text
        words, prefix, suffix = (
            next((term.value for term in graph.objects(at, part)), "")
            for part in (_EXACT, _PREFIX, _SUFFIX)
        )
        facts = self._facts(owner) | {"line": self.document.line_of_words(words, owner)}
        if text is None:
            raise TextNeeded(**facts)
        found = text.find(words, prefix, suffix)
        facts |= {"words": words, "text": text.path, "count": len(found)}
        if not found:
            raise WordsNotFound(**facts)
        if len(found) > 1:
            raise WordsAmbiguous(**facts)
        # Words that are given anew overrule what the span was made from.
        graph.drop(owner, HASH)
        return found[0]

    def _inside(self, place: Place, owner: Node) -> Place:
        length = len(self.text) if self.text else place.end
        if not place.start < place.end <= length:
            raise PlaceOutside(**self._facts(owner), **place._asdict(), length=length)
        return place

    def _place(self, span: ox.NamedNode, place: Place) -> None:
        """Say of a span and its selector what can be said once the place is known."""
        graph = self.document.graph
        made_from = graph.objects(span, HASH)
        if self.text:
            found = ox.Literal(self.text.digest_at(place))
            if made_from and made_from != [found]:
                raise OtherWords(**self._facts(span), **place._asdict())
            graph.let(span, HASH, found)
        elif not made_from:
            raise TextNeeded(**self._facts(span))
        self._forget(span)
        selector = self._selector(place)
        graph.add(span, TYPE, _SPAN)
        graph.let(span, SOURCE, self.source)
        graph.let(span, SELECTOR, selector)
        graph.let(selector, TYPE, _AT)
        graph.let(selector, START, _integer(place.start))
        graph.let(selector, END, _integer(place.end))

    def _forget(self, node: Node) -> None:
        """Remove a draft's description of a place, its words above all."""
        graph = self.document.graph
        for selector in graph.nodes(node, SELECTOR):
            if isinstance(selector, ox.BlankNode) or graph.objects(selector, _EXACT):
                graph.drop(selector)
        for part in (_EXACT, _PREFIX, _SUFFIX, START, END):
            graph.drop(node, part)
        if isinstance(node, ox.BlankNode):
            graph.drop(node)

    def _selector(self, place: Place) -> ox.NamedNode:
        return self.document.here(f"char={place.start},{place.end}")

    def _facts(self, node: Node) -> dict[str, object]:
        """Say where a span is written: at its block, or at that of the claim which it serves."""
        document = self.document
        if not document.has_block(node):
            triples = document.graph
            node = next((s for s, p, term in triples if p == EVIDENCE and term == node), node)
        facts = {"path": document.path, "line": document.line_of(node)}
        return facts | {"node": document.shown(node)}


def positions(graph: Graph, node: Node) -> Place | None:
    """Return the place that a selector gives by oa:start and oa:end, or else by its IRI."""
    starts, ends = graph.objects(node, START), graph.objects(node, END)
    if starts and ends and starts[0].value.isdecimal() and ends[0].value.isdecimal():
        return Place(int(starts[0].value), int(ends[0].value))
    match = _CHAR.search(node.value)
    return Place(int(match[1]), int(match[2])) if match else None


def _integer(number: int) -> ox.Literal:
    return ox.Literal(str(number), datatype=name(VOCABULARIES["xsd"] + "integer"))
