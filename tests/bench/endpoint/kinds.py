"""The ten kinds of query, each with many variants for the values of one generated graph."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from bench.generate import Plan
from bench.generate.folder import articles
from bench.generate.plan import Chance
from bench.generate.terms import Entity

FOLDER = Path(__file__).parent.parent / "queries"
JSON = "application/sparql-results+json"
TURTLE = "text/turtle"
NAMES = (
    "point-lookup",
    "claims-of-article",
    "claims-of-entity",
    "chain-by-path",
    "ends-of-chains",
    "disputes",
    "text-search",
    "top-speakers",
    "construct-record",
    "stream",
)
VARIANTS = 500


@dataclass(frozen=True)
class Kind:
    """A kind of query: its variants, and whether each server must give the very same rows."""

    name: str
    queries: tuple[str, ...]

    @property
    def accept(self) -> str:
        """The media type to ask for."""
        return TURTLE if self.name.startswith("construct") else JSON

    @property
    def any_rows(self) -> bool:
        """Say whether any rows up to the limit are right."""
        return self.name == "stream"

    def targets(self, path: str) -> list[str]:
        """Return what is asked for in the request line, one for each variant."""
        return [f"{path}?query={quote(query, safe='')}" for query in self.queries]


def kinds(plan: Plan, names: Sequence[str] = NAMES, variants: int = VARIANTS) -> list[Kind]:
    """Read the queries, and put values of the generated graph into them."""
    values = _values(plan)
    return [Kind(name, tuple(_variants(name, values, variants))) for name in names]


def _variants(name: str, values: dict[str, list[str]], count: int) -> Iterator[str]:
    text = (FOLDER / f"{name}.rq").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    query = "\n".join(lines)
    for parameter, found in values.items():
        if f"param:{parameter}" in query:
            drawn = Chance("variants", name).shuffled(found)[:count]
            yield from (query.replace(f"param:{parameter}", value) for value in drawn)
            return
    message = f"{name}.rq has no parameter"
    raise ValueError(message)


def _values(plan: Plan) -> dict[str, list[str]]:
    found: dict[str, dict[str, None]] = {
        name: {} for name in ("claim", "report", "record", "entity", "words")
    }
    for made in articles(plan):
        record = f"{plan.base}article/{made.slug}"
        found["record"][record] = None
        for claim in made.claims:
            found["claim"][f"{record}#c{claim.number}"] = None
            if claim.act == "reports":
                found["report"][f"{record}#c{claim.number}"] = None
            if claim.states:
                entity = claim.states.subject
                found["entity"][entity.iri(plan.base)] = None
                found["words"][_words(entity)] = None
    return {name: list(values) for name, values in found.items()}


def _words(entity: Entity) -> str:
    return f"{entity.label} "
