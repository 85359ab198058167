"""Put findings into words and into JSON. No line says of what is claimed that it is so."""

from collections.abc import Iterable, Iterator
from typing import Any

from sayso.analysis.chains import Chain
from sayso.analysis.findings import Findings, NamedDispute, NamedDrift, NamedSourcing
from sayso.analysis.model import Claim, Named
from sayso.analysis.origins import Sourcing
from sayso.analysis.telling import sentence, tree, written

_INDENT = "  "
_TAKEN = {"affirms": "affirmed", "rejects": "rejected", "withholds": "found no evidence for"}
_KINDS = {
    "stance": "Some affirm what others reject",
    "value": "Different values are given for what has one at a time",
    "reading": "The encoder read these as opposed",
}
_LAST = {
    "origins": "This counts who says so; whether it is so is not told.",
    "disputes": "Each side is what somebody says; which of them is right is not told.",
    "drifts": "This tells what differs; whether it matters is for the reader to judge.",
}


def range_in_words(fewest: int, most: int) -> str:
    """Say how many independent origins there are: ``at least 1, at most 3``."""
    if most == 0:
        return "no origin"
    if fewest == most:
        return "1 independent origin" if most == 1 else f"{most} independent origins"
    return f"at least {fewest} and at most {most} independent origins"


def told_sourcings(findings: Findings, found: Iterable[NamedSourcing]) -> str:
    """Tell on whom statements stand."""
    lines = [line for one in found for line in (one.words, *_sourcing(findings, one), "")]
    return written(
        [*(lines or ["Nobody takes a stance on any statement here.", ""]), _LAST["origins"]]
    )


def told_statement(findings: Findings, found: list[NamedSourcing]) -> str:
    """Tell all chains of a statement as one tree, stance by stance, each with its origins."""
    lines = [found[0].words] if found else ["Nobody takes a stance on this statement any more."]
    for one in found:
        lines += ["", *_sourcing(findings, one, indent="")]
        lines += [_INDENT + line for line in tree(findings.tree(one.found))]
    return written([*lines, "", _LAST["origins"]])


def told_disputes(findings: Findings, found: Iterable[NamedDispute]) -> str:
    """Tell what stands against what, with the chains of each side."""
    lines: list[str] = []
    for one in found:
        lines.append(f"{_KINDS.get(one.kind.code, one.kind.label)}:")
        for side in one.sides:
            lines += [_INDENT + side.words, *_sourcing(findings, side, indent=_INDENT * 2)]
            lines += [_INDENT * 3 + line for line in tree(findings.tree(side.found))]
        lines.append("")
    return written([*(lines or ["Nothing here stands against anything.", ""]), _LAST["disputes"]])


def told_drifts(found: Iterable[NamedDrift]) -> str:
    """Tell what retellings change."""
    lines: list[str] = []
    for one in found:
        lines += [
            f"The {one.kind.label} changes from “{one.before}” to “{one.after}”:",
            f"{_INDENT}what is retold: {sentence(one.original, _OTHER)}",
            f"{_INDENT}the retelling: {sentence(one.retelling, _OTHER)}",
            "",
        ]
    return written(
        [*(lines or ["No retelling here differs from what it retells.", ""]), _LAST["drifts"]]
    )


def counted(one: NamedSourcing) -> str:
    """Say in how many works a stance is taken, and on how many origins."""
    works = len(one.works)
    where = (
        "in no work that is told"
        if not works
        else "in 1 work"
        if works == 1
        else f"in {works} works"
    )
    on = range_in_words(one.found.fewest, one.found.most)
    return f"{_TAKEN.get(one.stance.code, one.stance.label)} {where}, on {on}"


def _sourcing(findings: Findings, one: NamedSourcing, indent: str = _INDENT) -> Iterator[str]:
    yield f"{indent}{counted(one)}"
    inner = indent + _INDENT
    yield from _list(f"{inner}works: ", one.works)
    if one.origins:
        named = (_origin(origin, one.found) for origin in one.origins)
        yield f"{inner}at the ends of the chains: {'; '.join(named)}"
    yield from _list(f"{inner}all of it hangs on: ", one.chokepoints)
    if one.found.circle:
        yield f"{inner}in a circle, and not counted: {_claims(findings, one.found.circle)}"
    if one.found.withdrawn:
        yield f"{inner}withdrawn, and left out: {_claims(findings, one.found.withdrawn)}"


def _list(head: str, named: list[Named]) -> Iterator[str]:
    if named:
        yield head + "; ".join(each.label for each in named)


def _origin(origin: Named, found: Sourcing) -> str:
    """Name an origin, and say whether it has no name or, where the chain ends, says otherwise."""
    notes = ["unnamed"] * (origin.iri in found.unnamed)
    notes += ["who says something else there"] * (origin.iri in found.otherwise)
    return f"{origin.label} ({', '.join(notes)})" if notes else origin.label


def _claims(findings: Findings, iris: Iterable[str]) -> str:
    return "; ".join(claim.name for claim in findings.reader.read(iris).values())


_OTHER = Claim("", "", Named("", ""), Named("", ""))

# ---------------------------------------------------------------- JSON


def sourcing_json(one: NamedSourcing) -> dict[str, Any]:
    """Write a sourcing for programs."""
    found = one.found
    return {
        "statement": {"iri": found.statement, "words": one.words},
        "stance": one.stance.code,
        "fewestOrigins": found.fewest,
        "mostOrigins": found.most,
        "origins": [
            {
                **_json(origin),
                "unnamed": origin.iri in found.unnamed,
                "saysSo": origin.iri not in found.otherwise,
            }
            for origin in one.origins
        ],
        "works": list(map(_json, one.works)),
        "claimants": list(map(_json, one.claimants)),
        "chokepoints": list(map(_json, one.chokepoints)),
        "claims": list(found.claims),
        "ends": list(found.ends),
        "circle": list(found.circle),
        "withdrawn": list(found.withdrawn),
    }


def dispute_json(one: NamedDispute) -> dict[str, Any]:
    """Write a dispute for programs."""
    return {"by": one.kind.code, "sides": list(map(sourcing_json, one.sides))}


def drift_json(one: NamedDrift) -> dict[str, Any]:
    """Write a drift for programs."""
    return {
        "changed": one.kind.code,
        "from": one.before,
        "to": one.after,
        "original": {"iri": one.original.iri, "paraphrase": one.original.paraphrase},
        "retelling": {"iri": one.retelling.iri, "paraphrase": one.retelling.paraphrase},
    }


def tree_json(chain: Chain) -> list[dict[str, Any]]:
    """Write the claims of some chains for programs, each with what it relays there."""
    return [
        {
            "iri": claim.iri,
            "claimant": {**_json(claim.claimant), "unnamed": claim.unnamed},
            "act": claim.act.code,
            "stance": claim.stance.code if claim.stance else None,
            "certainty": claim.certainty.code if claim.certainty else None,
            "statement": claim.statement.iri if claim.statement else None,
            "paraphrase": claim.paraphrase,
            "work": _json(claim.said_in) if claim.said_in else None,
            "relays": list(chain.inward.get(claim.iri, ())),
        }
        for claim in chain.claims.values()
    ]


def _json(named: Named) -> dict[str, str]:
    return {"iri": named.iri, "label": named.label}
