"""Write a record as `sayso tidy` leaves it: one property a line, everything in its order."""

import re
from collections.abc import Iterable, Iterator

from bench.generate.article import Article
from bench.generate.terms import PREDICATE, Claim, Entity, Period, Place, Statement
from sayso.terms import prefixes
from sayso.text.order import natural
from sayso.text.tidy import RECORD_PREFIXES

LICENCE = "<https://creativecommons.org/licenses/by/4.0/>"
ENCODER = Entity("org", "encoders-0")
_PREFIX = re.compile(r"(\s|\^\^)([a-z]+):")


def document(base: str, blocks: Iterable[str], header: Iterable[str] = ()) -> str:
    """Write a document: the prefixes of its header and those that its blocks use, then these."""
    body = "".join(blocks)
    known = prefixes(base)
    used = {*header, *(name for _, name in _PREFIX.findall(body) if name in known)}
    return "".join(f"@prefix {name}: <{known[name]}> .\n" for name in sorted(used)) + body


def block(subject: str, *lines: object) -> str:
    """Write all that is said of one subject; what is None or empty is left out."""
    return f"\n{subject}\n    " + " ;\n    ".join(str(line) for line in lines if line) + " .\n"


def listed(values: Iterable[str]) -> str:
    """Write the values of one property, each on its line where there are several."""
    several = list(values)
    if len(several) == 1:
        return " " + several[0]
    return "\n        " + " ,\n        ".join(several)


def record(article: Article) -> str:
    """Write one article's record."""
    return document(article.plan.base, _blocks(article), RECORD_PREFIXES)


def _blocks(article: Article) -> Iterator[str]:
    yield from _head(article)
    seen = set()
    for claim in article.claims:
        yield _claim(claim, article)
        if claim.span not in seen:
            seen.add(claim.span)
            yield _span(f"c{claim.number}-span", article.text.parts[claim.span])
    statements = {claim.states for claim in article.claims if claim.states}
    for statement in sorted(statements, key=lambda each: natural(each.local)):
        yield _statement(statement)
    for period in sorted(_periods(article, statements), key=lambda each: natural(each.local)):
        yield _period(period)
    last = len(article.text.sentences)
    omitted = {1: "noClaim", last: "boilerplate"}
    for number, place in enumerate(article.text.sentences, 1):
        yield _span(f"s{number}", place, omitted.get(number))
    places = {(each.start, each.end) for each in (*article.text.sentences, *article.text.parts)}
    for start, end in sorted(places):
        lines = ("a oa:TextPositionSelector", f"oa:start {start}", f"oa:end {end}")
        yield block(f"<#char={start},{end}>", *lines)


def _head(article: Article) -> Iterator[str]:
    work, text = article.work.turtle, article.text
    yield block(
        "<>",
        "a sayso:Record",
        f'dcterms:title "Claims of article {article.number}"@en',
        f"dcterms:source {work}",
        f"dcterms:license {LICENCE}",
        "prov:wasGeneratedBy <#encoding>",
    )
    sentences = listed(f"<#s{number}>" for number in range(1, len(text.sentences) + 1))
    yield block(
        "<#text>",
        "a sayso:TextVersion",
        f"dcterms:isVersionOf {work}",
        "dcterms:conformsTo textform:verbatim-1",
        f"sayso:charCount {len(text.content)}",
        f'schema:sha256 "{text.sha256}"',
        f"sayso:sentence{sentences}",
    )
    yield block(
        "<#encoding>",
        "a sayso:Encoding",
        f"prov:wasAssociatedWith {ENCODER.turtle}",
        f'prov:startedAtTime "{article.day}T09:00:00Z"^^xsd:dateTime',
        f'prov:endedAtTime "{article.day}T10:00:00Z"^^xsd:dateTime',
        "prov:used <#text>",
    )
    for source in sorted(article.sources, key=lambda each: each.slug):
        label = f'skos:prefLabel "{source.label}"@en'
        yield block(source.turtle, "a sayso:UnnamedSource", "dcterms:isPartOf <>", label)


def _claim(claim: Claim, article: Article) -> str:
    first = next(each.number for each in article.claims if each.span == claim.span)
    joins = [f"sayso:{kind} <#c{number}>" for kind, number in claim.joins]
    lines = (
        "a sayso:Claim",
        "dcterms:isPartOf <>",
        f"sayso:claimant {claim.claimant.turtle}",
        f"sayso:act act:{claim.act}",
        f"sayso:certainty cert:{claim.certainty}",
        claim.basis and f"sayso:basis basis:{claim.basis}",
        claim.states and f"sayso:states stmt:{claim.states.local}",
        claim.relays and "sayso:relays" + listed(f"<#c{number}>" for number in claim.relays),
        f'sayso:paraphrase "{claim.paraphrase}"@en',
        claim.said_in and f"sayso:saidIn {claim.said_in.turtle}",
        f"sayso:saidOn date:{claim.said_on.local}",
        f"sayso:evidence <#c{first}-span>",
        claim.confidence and f"sayso:confidence conf:{claim.confidence}",
        *joins,
        claim.note and f'skos:editorialNote "{claim.note}"@en',
    )
    return block(f"<#c{claim.number}>", *lines)


def _span(name: str, place: Place, omitted: str | None = None) -> str:
    lines = [
        "a sayso:TextSpan",
        "oa:hasSource <#text>",
        f"oa:hasSelector <#char={place.start},{place.end}>",
        f'schema:sha256 "{place.sha256}"',
    ]
    if omitted:
        lines.append(f"sayso:omitted omission:{omitted}")
    return block(f"<#{name}>", *lines)


def _statement(statement: Statement) -> str:
    thing = statement.object
    if isinstance(thing, Entity):
        value = thing.turtle
    else:
        value = f"{thing}" if isinstance(thing, int) else f'"{thing}"'
    lines = (
        "a sayso:Statement",
        f"sayso:subject {statement.subject.turtle}",
        f"sayso:predicate {_predicate(statement)}",
        f"sayso:object {value}",
        statement.date and f"sayso:eventDate date:{statement.date.local}",
        statement.place and f"schema:contentLocation {statement.place.turtle}",
    )
    return block(f"stmt:{statement.local}", *lines)


def _predicate(statement: Statement) -> str:
    """Name a predicate; a folder with a base of its own has no prefix for sayso's."""
    prefixed = PREDICATE.startswith(statement.base)
    return f"p:{statement.predicate}" if prefixed else f"<{PREDICATE}{statement.predicate}>"


def _periods(article: Article, statements: set[Statement]) -> set[Period]:
    said = {claim.said_on for claim in article.claims}
    return said | {each.date for each in statements if each.date}


def _period(period: Period) -> str:
    lines = (
        "a sayso:Period",
        f'sayso:edtf "{period.edtf}"^^edtf:EDTF',
        period.earliest and f'sayso:earliest "{period.earliest}"^^xsd:date',
        f'sayso:latest "{period.latest}"^^xsd:date',
    )
    return block(f"date:{period.local}", *lines)
