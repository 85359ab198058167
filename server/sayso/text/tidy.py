"""Turn a draft of a record into its one tidy form."""

import pyoxigraph as ox

from sayso.errors import SaysoError, SeveralThings
from sayso.terms import OA, SAYSO, prefixes
from sayso.text.document import Document, key
from sayso.text.graph import PART_OF, Graph, name
from sayso.text.order import iri_key, record_order
from sayso.text.periods import mint_dates
from sayso.text.source import ArticleText
from sayso.text.spans import Spans
from sayso.text.statements import mint_statements
from sayso.text.turtle import write
from sayso.text.wholetext import describe_text, text_of

_PARTS = (str(SAYSO.Claim), str(SAYSO.UnnamedSource))
_OMITTED = name(SAYSO.omitted)
_USED = (
    str(SAYSO.TextSpan),
    str(OA.TextPositionSelector),
    str(OA.TextQuoteSelector),
    str(SAYSO.Statement),
    str(SAYSO.Period),
)
# What the next edit of a record may need: a header never has to be edited for it.
RECORD_PREFIXES = (
    *("act", "basis", "cert", "conf", "date", "dcterms", "edtf", "event", "group", "oa"),
    *("omission", "org", "p", "person", "place", "prov", "sayso", "schema", "skos", "stmt"),
    *("textform", "work", "xsd"),
)


def tidy(document: Document, text: ArticleText | None = None) -> str:
    """Return the tidy form of a file; a file that is no record is only put in order.

    The document's graph is changed on the way. Raise a SaysoError with a sentence for each
    thing that keeps a record from being tidied.
    """
    graph = document.graph
    if document.is_record:
        _complete(document, text)
        order = record_order(graph)
    elif document.is_entities:
        order = sorted(graph.subjects(), key=iri_key)
    else:
        order = _as_written(document)
    known = _prefixes(document)
    kept = {*document.prefixes, *(RECORD_PREFIXES if document.is_record else ())} & set(known)
    return write(graph, order, document.iri, known, document.comments, kept=kept)


def _complete(document: Document, text: ArticleText | None) -> None:
    if text is not None:
        describe_text(document, text)
    _prune(document.graph)
    errors: list[SaysoError] = mint_dates(document)
    if not errors:
        errors += mint_statements(document)
    errors += Spans(document, text, text_of(document)).mint()
    if errors:
        raise SeveralThings.of(errors)
    for kind in _PARTS:
        for node in document.graph.typed(kind):
            if not document.graph.objects(node, PART_OF):
                document.graph.add(node, PART_OF, ox.NamedNode(document.iri))
    _prune(document.graph)


def _prune(graph: Graph) -> None:
    """Remove the spans, selectors, statements and dates that nothing refers to.

    What is said to be omitted stays: it waits for the sentences of the text.
    """
    while True:
        used = graph.referred()
        nodes = [node for kind in _USED for node in graph.typed(kind)]
        nodes += [node for node in graph.subjects() if "#char=" in node.value]
        unused = [n for n in nodes if n not in used and not graph.objects(n, _OMITTED)]
        if not unused:
            return
        for node in unused:
            graph.drop(node)


def _as_written(document: Document) -> list[ox.NamedNode | ox.BlankNode]:
    """List the subjects in the order of their first blocks; a parser may give them otherwise."""
    places = {block.subject: at for at, block in reversed(list(enumerate(document.blocks)))}
    last = len(document.blocks)
    return sorted(document.graph.subjects(), key=lambda node: places.get(key(node), last))


def _prefixes(document: Document) -> dict[str, str]:
    """Return sayso's prefixes and, behind them, those of the file that have other names."""
    known = prefixes(document.base)
    own = {name: document.prefixes[name] for name in sorted(set(document.prefixes) - set(known))}
    return known | own
