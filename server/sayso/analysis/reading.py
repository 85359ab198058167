"""Read claims from the store, with the names that a person reads."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox

from sayso.analysis.model import Claim, Named, Relation, Span, Statement, Withdrawal
from sayso.store.data import ClaimStore
from sayso.store.queries import rows
from sayso.terms import SCHEMA, VOCABULARIES

Term = ox.NamedNode | ox.Literal
Row = Mapping[str, Term]

# In the order in which a name is looked for.
_NAMES = (
    VOCABULARIES["skos"] + "prefLabel",
    VOCABULARIES["rdfs"] + "label",
    VOCABULARIES["dcterms"] + "title",
    str(SCHEMA) + "name",
)

_DIGITS = re.compile(r"([0-9]+)")

# One row for each claim; sound data has each property once, and for other data the first counts.
_CLAIMS = """
SELECT * WHERE {
  VALUES ?claim { %s }
  ?claim sayso:claimant ?claimant ; sayso:act ?act .
  OPTIONAL { ?act sayso:stance ?stance }
  OPTIONAL { ?claim sayso:certainty ?certainty }
  OPTIONAL { ?claim sayso:basis ?basis }
  OPTIONAL { ?claim sayso:confidence ?confidence }
  OPTIONAL { ?claim sayso:paraphrase ?paraphrase }
  OPTIONAL { ?claim sayso:saidIn ?said_in }
  OPTIONAL { ?claim sayso:saidOn/sayso:edtf ?said_on }
  OPTIONAL { ?claim dcterms:isPartOf ?record . ?record a sayso:Record }
  OPTIONAL { ?claim skos:editorialNote ?note }
  OPTIONAL { ?claimant a ?kind FILTER(?kind = sayso:UnnamedSource) }
  OPTIONAL { ?claim sayso:states ?statement }
  OPTIONAL {
    ?claim prov:wasInvalidatedBy ?withdrawal
    OPTIONAL { ?withdrawal prov:wasAssociatedWith ?withdrawn_by }
    OPTIONAL { ?withdrawal sayso:saidOn/sayso:edtf ?withdrawn_on }
    OPTIONAL { ?claim dcterms:isReplacedBy ?instead OPTIONAL { ?instead sayso:paraphrase ?words } }
  }
} ORDER BY ?claim ?claimant ?act ?statement ?instead
"""

# Asked apart from the claims: within an OPTIONAL the engine would go through all statements.
_STATEMENTS = """
SELECT * WHERE {
  VALUES ?statement { %s }
  ?statement sayso:subject ?subject ; sayso:predicate ?predicate ; sayso:object ?object .
  OPTIONAL { ?statement sayso:eventDate/sayso:edtf ?when }
  OPTIONAL { ?statement schema:contentLocation ?where }
} ORDER BY ?statement ?subject ?predicate ?object ?when ?where
"""

_SPANS = """
SELECT ?claim ?span ?text ?start ?end WHERE {
  VALUES ?claim { %s }
  ?claim sayso:evidence ?span . ?span oa:hasSource ?text ; oa:hasSelector ?selector .
  ?selector oa:start ?start ; oa:end ?end
} ORDER BY ?claim ?start
"""

_RELATIONS = """
SELECT DISTINCT ?kind ?outward ?other WHERE {
  VALUES ?claim { %s }
  VALUES ?kind { sayso:supports sayso:contradicts sayso:qualifies sayso:restates }
  { ?claim ?kind ?other BIND(true AS ?outward) } UNION
  { ?other ?kind ?claim BIND(?kind = sayso:contradicts AS ?outward) }
} ORDER BY ?kind DESC(?outward) ?other
"""

_STANCES = """
SELECT DISTINCT ?claim WHERE { VALUES ?statement { %s } ?claim sayso:states ?statement }
"""


@dataclass(frozen=True)
class Reader:
    """What reads claims out of one store."""

    claims: ClaimStore
    _known: dict[Term, Named] = field(default_factory=dict, init=False, repr=False, compare=False)

    def read(self, iris: Iterable[str]) -> dict[str, Claim]:
        """Read claims by IRI, in natural order; what is no claim with a claimant is left out."""
        wanted = sorted(set(iris), key=natural)
        first: dict[str, Row] = {}
        for row in rows(self.claims, _CLAIMS % _values(wanted)):
            first.setdefault(row["claim"].value, row)
        spans = self._spans(wanted)
        stated = {row["statement"].value for row in first.values() if "statement" in row}
        statements = self.statements(stated)
        return {
            iri: self._claim(first[iri], spans[iri], statements) for iri in wanted if iri in first
        }

    def relations(self, iri: str) -> list[Relation]:
        """Find what supports, contradicts, qualifies or restates a claim, and the other way."""
        found = rows(self.claims, _RELATIONS % _values([iri]))
        others = self.read(row["other"].value for row in found)
        return [
            Relation(
                kind=Named(row["kind"].value, "").code,
                outward=row["outward"].value == "true",
                other=others[row["other"].value],
            )
            for row in found
            if row["other"].value in others
        ]

    def stating(self, statements: Iterable[str]) -> dict[str, Claim]:
        """Read every claim that takes a stance on one of some statements."""
        found = rows(self.claims, _STANCES % _values(sorted(set(statements))))
        return self.read(row["claim"].value for row in found)

    def named(self, term: Term) -> Named:
        """Give a node its English or else first name, a literal its lexical form."""
        if term not in self._known:
            self._known[term] = self._named(term)
        return self._known[term]

    def _named(self, term: Term) -> Named:
        if isinstance(term, ox.Literal):
            return Named(term.value, term.value)
        for property_ in _NAMES:
            quads = self.claims.default.quads_for_pattern(
                term, ox.NamedNode(property_), None, ox.DefaultGraph()
            )
            labels = [quad.object for quad in quads if isinstance(quad.object, ox.Literal)]
            if labels:
                best = min(labels, key=lambda label: (label.language != "en", label.value))
                return Named(term.value, best.value)
        return Named(term.value, short(term.value, self.claims.base))

    def _spans(self, iris: list[str]) -> Mapping[str, list[Span]]:
        found: dict[str, list[Span]] = defaultdict(list)
        for row in rows(self.claims, _SPANS % _values(iris)):
            span = Span(
                iri=row["span"].value,
                text=row["text"].value,
                start=int(row["start"].value),
                end=int(row["end"].value),
            )
            found[row["claim"].value].append(span)
        return found

    def statements(self, iris: Iterable[str]) -> dict[str, Statement]:
        """Read statements by IRI; what lacks a part is left out."""
        found: dict[str, Statement] = {}
        for row in rows(self.claims, _STATEMENTS % _values(sorted(iris))):
            found.setdefault(row["statement"].value, self._statement(row))
        return found

    def _claim(self, row: Row, spans: list[Span], statements: Mapping[str, Statement]) -> Claim:
        def named(name: str) -> Named | None:
            return self.named(row[name]) if name in row else None

        def value(name: str) -> str | None:
            return row[name].value if name in row else None

        iri = row["claim"].value
        withdrawal = Withdrawal(
            named("withdrawn_by"), value("withdrawn_on"), value("words"), value("instead")
        )
        return Claim(
            iri=iri,
            name=short(iri, self.claims.base),
            claimant=self.named(row["claimant"]),
            act=self.named(row["act"]),
            unnamed="kind" in row,
            stance=named("stance"),
            certainty=named("certainty"),
            basis=named("basis"),
            confidence=named("confidence"),
            paraphrase=value("paraphrase"),
            statement=statements.get(value("statement") or ""),
            said_in=named("said_in"),
            said_on=value("said_on"),
            record=named("record"),
            note=value("note"),
            evidence=tuple(spans),
            withdrawal=withdrawal if "withdrawal" in row else None,
        )

    def _statement(self, row: Row) -> Statement:
        return Statement(
            iri=row["statement"].value,
            subject=self.named(row["subject"]).label,
            predicate=self.named(row["predicate"]).label,
            object=self.named(row["object"]).label,
            when=row["when"].value if "when" in row else None,
            where=self.named(row["where"]).label if "where" in row else None,
        )


def short(iri: str, base: str) -> str:
    """Shorten a claim's IRI to ``<record>#c3``, and another to what follows the base."""
    return iri.removeprefix(base).removeprefix("article/")


def natural(iri: str) -> list[tuple[int, str]]:
    """Sort numbers in IRIs as numbers, so that c2 comes before c10."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in _DIGITS.split(iri)]


def _values(iris: Iterable[str]) -> str:
    return " ".join(str(ox.NamedNode(iri)) for iri in iris)
