"""Put a chain into words: who says that who says so, and on what the last of them stands.

Every line names a speaker; no line says of what is claimed that it is so.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from sayso.analysis.chains import Chain, Meeting, Step
from sayso.analysis.model import Claim, Relation, Span, Statement, Withdrawal
from sayso.analysis.reading import natural

_INDENT = "  "
# In the past tense, which one and many have in common: "unnamed experts opined".
_ACTS = {
    "asserts": "asserted",
    "alleges": "alleged",
    "confirms": "confirmed",
    "opines": "opined",
    "recommends": "recommended",
    "advisesAgainst": "advised against",
    "denies": "denied",
    "findsNoEvidence": "found no evidence",
    "reports": "reported",
}
_CERTAINTY = {
    "certain": "sounding certain",
    "probable": "as probable",
    "possible": "as possible",
    "unstated": "with no word on how sure they are",
}
_BASIS = {
    "firsthand": "said to know it first hand",
    "document": "said to have it from a document",
    "inference": "said to conclude it from other things",
    "undisclosed": "said to have a source, which is not told",
    "unstated": "no word on how they know",
}
_KINDS = {
    "supports": ("supports", "is supported by"),
    "contradicts": ("contradicts", "contradicts"),
    "qualifies": ("qualifies", "is qualified by"),
    "restates": ("restates", "is restated by"),
}


def tell(chain: Chain, relations: list[Relation], others: list[Claim]) -> str:
    """Tell a chain, what stands beside the claim asked about, and who else takes a stance."""
    lines = [
        *tree(chain),
        *_beside(chain.asked, relations),
        *_stances(chain, others),
        "",
        "This tells who says so; whether it is so is not told.",
    ]
    return written(lines)


def written(lines: Iterable[str]) -> str:
    """Write lines so that nothing from the data breaks them; their indents stay."""
    return "".join(_line(line) for line in lines)


def printable(text: str) -> str:
    """Keep text from the data on one line, without characters that would steer a terminal."""
    words = " ".join(text.split())
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in words)


def _line(line: str) -> str:
    indent = len(line) - len(line.lstrip(" "))
    return " " * indent + printable(line) + "\n"


def sentence(claim: Claim, beside: Claim) -> str:
    """Tell one claim: who does what, when, where, how surely, and what the encoder read."""
    mark = f"[{_called(claim, beside)}]"
    if claim.withdrawal:
        mark += f" ({_taken_back(claim, claim.withdrawal)})"
    if _opens_with_claimant(claim):
        return f"{claim.paraphrase} {mark} ({', '.join(_manner(claim))})"
    said = f": {claim.paraphrase}" if claim.paraphrase else ""
    return f"{_says(claim)}{said} {mark}"


def tree(chain: Chain) -> Iterator[str]:
    """Tell a chain line by line, each branch indented under who passes it on."""
    before: list[int] = []
    for step in chain.steps():
        if step.depth and step.depth in before:
            yield _INDENT * (step.depth - 1) + "and that"
        before = [depth for depth in before if depth <= step.depth] + [step.depth]
        for line in _step(step, chain):
            yield _INDENT * step.depth + line


def _step(step: Step, chain: Chain) -> Iterator[str]:
    claim = step.claim
    mark = f"[{_called(claim, chain.asked)}]"
    if step.meeting is Meeting.CIRCLE:
        yield f"{claim.claimant.label} again {mark}: the chain runs in a circle here and has no end"
        return
    if step.meeting is Meeting.AGAIN:
        yield f"{_says(claim)}, as told above {mark}"
        return
    inner = chain.inward.get(claim.iri)
    if inner and claim.statement is None:
        yield f"{_says(claim)} that {mark}"
        yield from (f"{_INDENT}({line.strip()})" for line in _of_reporting(claim, chain))
        return
    if _opens_with_claimant(claim):
        yield f"{claim.paraphrase} {mark}"
        yield from _grounds(claim, end=not inner, manner=", ".join(_manner(claim)))
    else:
        yield f"{_says(claim)}: {claim.paraphrase or 'no paraphrase'} {mark}"
        yield from _grounds(claim, end=not inner)
    if inner:
        # Nobody passes on a word of their own: another record tells it nearer the source.
        own = all(chain.claims[iri].claimant == claim.claimant for iri in inner)
        yield "which is retold from" if own else "and passes on that"


def _says(claim: Claim) -> str:
    verb, *occasion = _manner(claim, sure=False)
    where = f" ({', '.join(occasion)})" if occasion else ""
    return ", ".join([f"{claim.claimant.label} {verb}{where}", *_certainty(claim)])


def _manner(claim: Claim, *, sure: bool = True) -> list[str]:
    """Tell act, date, work and certainty, of one claimant or of many."""
    found = [_ACTS.get(claim.act.code, f"({claim.act.label})")]
    found += [in_words(claim.said_on)] if claim.said_on else []
    found += [f"in {claim.said_in.label}"] if claim.said_in else []
    return [*found, *(_certainty(claim) if sure else ())]


def _certainty(claim: Claim) -> list[str]:
    if claim.certainty is None or claim.act.code == "reports":
        return []
    return [_CERTAINTY.get(claim.certainty.code, f"certainty: {claim.certainty.label}")]


def _opens_with_claimant(claim: Claim) -> bool:
    """Say whether the paraphrase itself begins with who says so; only then may it stand alone."""
    name, said = (_bare(text) for text in (claim.claimant.label, claim.paraphrase or ""))
    return bool(name) and said.startswith(name)


def _bare(text: str) -> str:
    return text.casefold().removeprefix("the ")


def _called(claim: Claim, asked: Claim) -> str:
    if claim == asked:
        return f"{claim.name}, asked about"
    record, hash_, local = claim.name.partition("#")
    return f"#{local}" if hash_ and asked.name.startswith(record + hash_) else claim.name


def _grounds(claim: Claim, *, end: bool, manner: str = "") -> Iterator[str]:
    found = [manner] if manner else []
    if end:
        basis = claim.basis and _BASIS.get(claim.basis.code, f"basis: {claim.basis.label}")
        found.append(f"end of the chain: {basis or 'no word on how they know'}")
    if claim.evidence:
        found.append("evidence: " + ", ".join(map(_place, claim.evidence)))
    if found:
        yield _INDENT + "; ".join(found)
    if claim.confidence and claim.confidence.code != "high":
        yield _INDENT + f"the encoder's confidence in this reading: {claim.confidence.label}"
    if claim.note:
        yield _INDENT + f"the encoder's note: {claim.note}"
    if claim.withdrawal:
        yield _INDENT + _taken_back(claim, claim.withdrawal)


def _taken_back(claim: Claim, withdrawal: Withdrawal) -> str:
    """Tell who withdrew a claim, when, and in favour of what."""
    by = withdrawal.by.label if withdrawal.by else claim.claimant.label
    when = f", {in_words(withdrawal.on)}" if withdrawal.on else ""
    if not withdrawal.instead_iri:
        return f"taken back by {by}{when}"
    name = withdrawal.instead_iri.rsplit("/", 1)[-1]
    return f"taken back by {by}{when}, in favour of: {withdrawal.instead or 'a claim'} [{name}]"


def _of_reporting(claim: Claim, chain: Chain) -> Iterator[str]:
    """Give the places of a mere report, unless what it passes on stands in the same places."""
    inner = [chain.claims[iri] for iri in chain.inward[claim.iri]]
    told = {_place(span) for other in inner for span in other.evidence}
    own = tuple(span for span in claim.evidence if _place(span) not in told)
    return _grounds(replace(claim, evidence=own), end=False)


def _place(span: Span) -> str:
    record = span.text.partition("#")[0].rsplit("/", 1)[-1]
    return f"code points {span.start}-{span.end} of the text of {record}"


def _beside(asked: Claim, relations: list[Relation]) -> Iterator[str]:
    if relations:
        yield ""
        yield "Beside it:"
    for relation in relations:
        out, back = _KINDS[relation.kind]
        yield f"{_INDENT}{out if relation.outward else back}: {sentence(relation.other, asked)}"


def _stances(chain: Chain, others: list[Claim]) -> Iterator[str]:
    for statement in statements(chain):
        taken = [claim for claim in others if claim.statement == statement]
        if not taken:
            continue
        yield ""
        yield f"Others on the statement “{worded(statement)}”:"
        for claim in sorted(taken, key=_by_stance):
            stance = claim.stance.label if claim.stance else "takes no stance"
            yield f"{_INDENT}{stance}: {sentence(claim, chain.asked)}"


def statements(chain: Chain) -> list[Statement]:
    """List what the claim asked about states, or else what the nearest claims below it state."""
    depths = chain.distances(chain.inward)
    stating = [(depths[claim.iri], claim.statement) for claim in chain.below() if claim.statement]
    nearest = min((depth for depth, _ in stating), default=0)
    return list(dict.fromkeys(found for depth, found in stating if depth == nearest))


def worded(statement: Statement) -> str:
    """Write a statement's parts side by side, which asserts nothing."""
    when = in_words(statement.when) if statement.when else None
    found = (statement.subject, statement.predicate, statement.object, when, statement.where)
    return " | ".join(part for part in found if part)


def _by_stance(claim: Claim) -> tuple[str, list[tuple[int, str]]]:
    return (claim.stance.code if claim.stance else "~", natural(claim.iri))


def in_words(edtf: str) -> str:
    """Say an EDTF date as a person would: ``../2004`` is on or before 2004."""
    start, slash, end = edtf.partition("/")
    if not slash:
        return edtf
    if start in {"", ".."}:
        return f"on or before {end}"
    return f"from {start} on" if end in {"", ".."} else f"{start} to {end}"
