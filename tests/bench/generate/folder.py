"""Write a data folder in the project's layout, or the quads that a store holds of it."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from bench.generate.article import Article, Link
from bench.generate.moments import article
from bench.generate.plan import Plan
from bench.generate.story import SIZE
from bench.generate.terms import Entity
from bench.generate.turtle import ENCODER, LICENCE, block, document, listed, record
from sayso.paths import DataFolder
from sayso.store import load

FILES = {
    "event": "events",
    "group": "groups",
    "org": "organisations",
    "person": "people",
    "place": "places",
    "work": "works",
}
TYPES = {
    "event": "sayso:ClaimedEvent , sayso:Referent",
    "group": "sayso:Referent , foaf:Group",
    "org": "sayso:Referent , schema:Organization",
    "person": "sayso:Referent , schema:Person",
    "place": "sayso:Referent , schema:Place",
    "work": "sayso:Referent , schema:CreativeWork",
}


def write_folder(plan: Plan, root: Path, texts: Path | None = None) -> DataFolder:
    """Write the records, the entities and links that they share, and the description.

    Where ``texts`` is given, the words that the hashes are of are written there too.
    """
    folder = DataFolder(root)
    folder.articles.mkdir(parents=True, exist_ok=True)
    entities: dict[Entity, str] = {ENCODER: ""}
    links: list[Link] = []
    for made in articles(plan):
        _write(folder.articles / f"{made.slug}.ttl", record(made))
        if texts:
            texts.mkdir(parents=True, exist_ok=True)
            _write(texts / f"{made.slug}.txt", made.text.content)
        for entity in _entities(made):
            entities.setdefault(entity, "")
        entities[made.work] = _details(made)
        links += made.links
    _write_shared(plan, folder, entities, links)
    return folder


def write_nquads(folder: DataFolder, path: Path) -> int:
    """Write what the store holds of a folder, derived triples included; return the quads."""
    store = load(folder).store
    with path.open("wb") as file:
        ox.serialize(store, file, format=ox.RdfFormat.N_QUADS)
    return len(store)


def generated(plan: Plan, place: Path) -> tuple[Path, Path]:
    """Return a folder and its quads in a place, written at the first call."""
    folder, nquads = place / f"data-{plan.articles}", place / f"data-{plan.articles}.nq"
    if not nquads.exists():
        write_nquads(write_folder(plan, folder), nquads)
    return folder, nquads


def articles(plan: Plan) -> Iterator[Article]:
    """Make one article after the other; a story is kept until the next one has begun."""
    before: Article | None = None
    story: list[Article] = []
    for number in range(plan.articles):
        if number % SIZE == 0:
            before, story = (story[0] if story else None), []
        made = article(plan, number, story, before)
        if number % SIZE == 1 and number // SIZE < plan.cycles:
            made.links += _way_back(story[0], made)
        story.append(made)
        yield made


def _way_back(first: Article, copy: Article) -> Iterator[Link]:
    """Let the end of a chain rely on the report that begins it."""
    for _, source, _, target in copy.links:
        end = first.claims[target - 1]
        if not end.relays:
            yield (first.slug, target, copy.slug, source - 1)
            return


def _entities(made: Article) -> Iterator[Entity]:
    yield made.paper
    for claim in made.claims:
        parts = (claim.claimant, claim.said_in)
        yield from (part for part in parts if isinstance(part, Entity))
        if claim.states:
            three = (claim.states.subject, claim.states.object, claim.states.place)
            yield from (part for part in three if isinstance(part, Entity))


def _details(made: Article) -> str:
    published = f'schema:datePublished "{made.day}"^^xsd:date'
    return f"{published} ;\n    schema:publisher {made.paper.turtle}"


def _write_shared(
    plan: Plan, folder: DataFolder, entities: dict[Entity, str], links: list[Link]
) -> None:
    rooms: defaultdict[str, list[Entity]] = defaultdict(list)
    for entity in sorted(entities, key=lambda each: (each.room, each.slug)):
        rooms[entity.room].append(entity)
    graph = folder.root / "graph"
    (graph / "entities").mkdir(exist_ok=True)
    for room, known in rooms.items():
        blocks = [_entity(entity, entities[entity]) for entity in known]
        _write(graph / "entities" / f"{FILES[room]}.ttl", document(plan.base, blocks))
    _write(graph / "links.ttl", document(plan.base, _links(plan, links)))
    _write(folder.dataset, document(plan.base, [_dataset(plan)]))


def _entity(entity: Entity, details: str) -> str:
    label = f'skos:prefLabel "{entity.label}"@en'
    return block(entity.turtle, f"a {TYPES[entity.room]}", label, details)


def _links(plan: Plan, links: list[Link]) -> Iterator[str]:
    told: defaultdict[str, list[str]] = defaultdict(list)
    for record_, claim, other, target in links:
        told[f"<{plan.base}article/{record_}#c{claim}>"].append(
            f"<{plan.base}article/{other}#c{target}>"
        )
    for source in sorted(told):
        yield block(source, "sayso:relays" + listed(told[source]))


def _dataset(plan: Plan) -> str:
    return block(
        f"<{plan.base}dataset>",
        "a dcat:Dataset , void:Dataset",
        f'dcterms:title "{plan.articles} articles on a trial that never was"@en',
        'dcterms:description "Generated from numbers, to measure with."@en',
        f"dcterms:creator {ENCODER.turtle}",
        'dcterms:issued "1865-11-26"^^xsd:date',
        f"dcterms:license {LICENCE}",
        f'void:uriSpace "{plan.base}"',
        "void:vocabulary <https://w3id.org/sayso/ns#>",
    )


def _write(path: Path, content: str) -> None:
    path.write_text(content, encoding="utf-8", newline="\n")
