"""Compare a tidied record with a text: its own, or one that was edited since."""

import re

import pyoxigraph as ox

from sayso.errors import NoTextVersion, NotTidied, TextOfNoRecord
from sayso.paths import DataFolder
from sayso.store.turtle import Kind, tokens
from sayso.terms import SAYSO
from sayso.text.coverage import cover, overlapping, untouched
from sayso.text.document import Document, read_document, spoken
from sayso.text.findings import Comparison, Copy, Fingerprint, Outcome, SpanFinding
from sayso.text.graph import EVIDENCE, SELECTOR, SENTENCE, Term, name
from sayso.text.order import natural
from sayso.text.overlap import Copies
from sayso.text.source import ArticleText, Place
from sayso.text.spans import positions
from sayso.text.wholetext import known_hash, text_of
from sayso.text.windows import Windows

_COUNT = name(SAYSO.charCount)
_DIGEST = re.compile(r"[0-9a-f]{64}")


def verify(document: Document, text: ArticleText) -> Comparison:
    """Compare a record with a text; raise NoTextVersion or NotTidied where it cannot be."""
    expected = _expected(document)
    windows = Windows(text)
    spans = tuple(_span(document, span, text, windows) for span in _spans(document))
    now = {finding.span: finding.now for finding in spans}
    sentences = cover(document, {finding.span: finding.place for finding in spans})
    places = [place for finding in sentences if (place := now[finding.sentence])]
    return Comparison(
        record=document.path,
        text=text.path,
        expected=expected,
        found=Fingerprint(text.sha256, len(text)),
        spans=spans,
        sentences=sentences,
        gaps=tuple(untouched(text, places)),
        overlaps=tuple(overlapping(places)),
        copies=tuple(_copies(document, text)),
    )


def records_of(text: ArticleText, folder: DataFolder) -> list[Document]:
    """Find the records that were made from a text; raise TextOfNoRecord where there is none."""
    documents = [read_document(path, folder) for path in folder.records()]
    hashes = {d.path: known_hash(d.graph, text_of(d)) for d in documents}
    found = [document for document in documents if hashes[document.path] == text.sha256]
    if not found:
        known = ", ".join(sorted({known for known in hashes.values() if known})) or "no text"
        facts = {"path": text.path, "found": text.sha256, "known": known}
        raise TextOfNoRecord(**facts, folder=folder.articles)
    return found


def _expected(document: Document) -> Fingerprint:
    node = text_of(document)
    known = known_hash(document.graph, node)
    if known is None:
        raise NoTextVersion(path=document.path)
    counts = document.graph.objects(node, _COUNT)
    return Fingerprint(known, int(counts[0].value) if counts else None)


def _spans(document: Document) -> list[Term]:
    """List the sentences and what is evidence, in natural order."""
    used = {term for _, p, term in document.graph if p in (EVIDENCE, SENTENCE)}
    return sorted(used, key=lambda node: natural(node.value))


def _span(document: Document, span: Term, text: ArticleText, windows: Windows) -> SpanFinding:
    place, digest = _made_from(document, span)
    claims = [s for s, p, term in document.graph if p == EVIDENCE and term == span]
    if text.digest_at(place) == digest and place.end <= len(text):
        outcome, found = Outcome.EXACT, [place]
    else:
        found = windows.find(digest, place.end - place.start)
        outcome = {0: Outcome.GONE, 1: Outcome.MOVED}.get(len(found), Outcome.AMBIGUOUS)
    shown = tuple(sorted((document.shown(claim) for claim in claims), key=natural))
    return SpanFinding(document.shown(span), place, outcome, tuple(found), shown)


def _made_from(document: Document, span: Term) -> tuple[Place, str]:
    graph = document.graph
    if isinstance(span, ox.NamedNode):
        selectors = graph.nodes(span, SELECTOR)
        place = next((p for s in selectors if (p := positions(graph, s))), None)
        digest = known_hash(graph, span)
        if place and place.start < place.end and digest and _DIGEST.fullmatch(digest):
            return place, digest
    line, shown = document.line_of(span), document.shown(span)
    raise NotTidied(path=document.path, line=line, node=shown)


def _copies(document: Document, text: ArticleText) -> list[Copy]:
    """Find copied words in all literals and comments of the file."""
    copies = Copies(text)
    written = [t for t in tokens(document.content) if t.kind in (Kind.STRING, Kind.COMMENT)]
    found = ((token.line, copies.run(spoken(token))) for token in written)
    return [Copy(line, run) for line, run in found if run]
