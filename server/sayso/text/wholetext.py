"""Say of a record's text what can be said without its words: length, hash and sentences."""

import pyoxigraph as ox

from sayso.errors import EmptyText, OtherText
from sayso.terms import BASE, SAYSO, VOCABULARIES
from sayso.text.document import Document
from sayso.text.graph import HASH, SELECTOR, SENTENCE, TYPE, Graph, name
from sayso.text.sentences import sentences
from sayso.text.source import ArticleText

_DCTERMS = VOCABULARIES["dcterms"]
_TEXT = name(SAYSO.TextVersion)
_CONFORMS, _FORM = name(_DCTERMS + "conformsTo"), name(BASE + "code/text-form/verbatim-1")
_VERSION_OF, _WORK = name(_DCTERMS + "isVersionOf"), name(_DCTERMS + "source")
_COUNT = name(SAYSO.charCount)
_INTEGER = name(VOCABULARIES["xsd"] + "integer")


def text_of(document: Document) -> ox.NamedNode:
    """Return the record's text version, or the IRI that one would have."""
    found = [n for n in document.graph.typed(str(SAYSO.TextVersion)) if isinstance(n, ox.NamedNode)]
    return found[0] if found else document.here("text")


def known_hash(graph: Graph, node: ox.NamedNode) -> str | None:
    """Return the hash of the text that a record was made from, or None where it has none yet."""
    return next((term.value for term in graph.objects(node, HASH)), None)


def describe_text(document: Document, text: ArticleText) -> None:
    """Fill in length, hash, form, work and sentences of the record's text.

    Sentences that are there already stay. Raise OtherText where the record was made from
    another text, EmptyText where there is none.
    """
    graph, node = document.graph, text_of(document)
    expected = known_hash(graph, node)
    if expected not in (None, text.sha256):
        facts = {"path": document.path, "expected": expected, "found": text.sha256}
        raise OtherText(**facts, text=text.path)
    if not text.content.strip():
        raise EmptyText(path=text.path)
    graph.let(node, TYPE, _TEXT)
    graph.let(node, HASH, ox.Literal(text.sha256))
    graph.let(node, _COUNT, ox.Literal(str(len(text)), datatype=_INTEGER))
    if not graph.objects(node, _CONFORMS):
        graph.let(node, _CONFORMS, _FORM)
    if not graph.objects(node, _VERSION_OF):
        for work in graph.objects(ox.NamedNode(document.iri), _WORK):
            graph.add(node, _VERSION_OF, work)
    if not graph.objects(node, SENTENCE):
        _add_sentences(document, node, text)


def _add_sentences(document: Document, node: ox.NamedNode, text: ArticleText) -> None:
    for number, place in enumerate(sentences(text.content), start=1):
        sentence = document.here(f"s{number}")
        selector = document.here(f"char={place.start},{place.end}")
        document.graph.add(node, SENTENCE, sentence)
        document.graph.let(sentence, SELECTOR, selector)
