"""Each rule, broken in the real graph, is the one rule that the check then reports."""

from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import PROV, RDF, SH, Graph, URIRef
from rdflib.term import Node

from sayso.paths import DataFolder
from sayso.store.files import base_iri, sources
from sayso.terms import OA, SAYSO, prefixes
from sayso.text.dates import days
from sayso.validation.check import Outcome, check, shapes_of
from sayso.validation.coverage import uncovered
from sayso.validation.material import Material
from sayso.validation.rules import SENTENCES

MUTATIONS = Path(__file__).parent / "shapes" / "mutations"
JOINED = (SAYSO.relays, SAYSO.supports, SAYSO.contradicts, SAYSO.qualifies, SAYSO.restates)
# Enough for every kind of claim, and few enough for a hundred checks.
CLAIMS = 40
NOWHERE = Path("nowhere")


def mutations() -> list[Path]:
    found = sorted(MUTATIONS.glob("*.ru"))
    assert found, f"no file in {MUTATIONS}"
    return found


@pytest.fixture(scope="session")
def shapes() -> Material:
    return shapes_of(DataFolder())


@pytest.fixture(scope="session")
def real() -> Material:
    """Read the real graph; of its claims keep the first chains, whole, and all that these need."""
    folder = DataFolder()
    material = Material.read(sources(folder, base_iri(folder)))
    dropped = excluded(material)
    return Material({source: without(dropped, quads) for source, quads in material.quads.items()})


def without(dropped: set[Node], quads: list[ox.Quad]) -> list[ox.Quad]:
    names = {str(node) for node in dropped}
    return [q for q in quads if not {named(q.subject), named(q.object)} & names]


def named(term: object) -> str | None:
    return term.value if isinstance(term, ox.NamedNode) else None


def excluded(material: Material) -> set[Node]:
    """Name the claims behind the first chains, and what nothing but these refers to."""
    graph = material.graph
    claims = set(graph.subjects(RDF.type, SAYSO.Claim))
    kept: set[Node] = set()
    for claim in sorted(claims, key=str):
        if len(kept) < CLAIMS:
            kept |= joined(claim, graph)
    dropped = claims - kept
    for used_by in (SAYSO.states, SAYSO.evidence, PROV.wasInvalidatedBy):
        for node in set(graph.objects(None, used_by)):
            if not kept & set(graph.subjects(used_by, node)):
                dropped.add(node)
    rest = without(dropped, material.triples)
    dropped |= {URIRef(sentence.value) for _, sentence in uncovered(rest)}
    spans = set(graph.subjects(OA.hasSource)) - dropped
    return dropped | {
        place
        for place in graph.objects(None, OA.hasSelector)
        if not spans & set(graph.subjects(OA.hasSelector, place))
    }


def joined(claim: Node, graph: Graph) -> set[Node]:
    """Follow every link between claims, both ways."""
    found, waiting = {claim}, [claim]
    while waiting:
        at = waiting.pop()
        near = {o for link in JOINED for o in graph.objects(at, link)}
        near |= {s for link in JOINED for s in graph.subjects(link, at)}
        waiting += near - found
        found |= near
    return found


def mutated(real: Material, update: str, shapes: Material) -> Outcome:
    store = ox.Store()
    for quads in real.quads.values():
        store.extend(ox.Quad(q.subject, q.predicate, q.object) for q in quads)
    before = len(store)
    (text,) = real.graph.subjects(RDF.type, SAYSO.TextVersion)
    record = str(text).partition("#")[0]
    heads = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in prefixes().items())
    unchanged = set(store)
    store.update(heads + update.replace("RECORD", record))
    assert set(store) != unchanged, f"the update changed none of {before} triples"
    first, *others = real.quads
    changed = Material({first: list(store), **{other: [] for other in others}})
    # The files are as they were, so their lines need not be found again.
    vars(changed)["places"] = real.places
    return check(changed, shapes, NOWHERE, days)


def test_every_code_has_a_mutation(shapes: Material) -> None:
    shaped = {str(shape).rsplit("/", 1)[-1] for shape in shapes.graph.subjects(SH.message)}
    codes = shaped | set(SENTENCES) - {"file-has-its-record"}
    assert {path.stem for path in mutations()} == codes


def test_what_is_mutated_keeps_every_rule(real: Material, shapes: Material) -> None:
    claims = set(real.graph.subjects(RDF.type, SAYSO.Claim))
    assert len(claims) >= CLAIMS
    assert check(real, shapes, NOWHERE, days).findings == []


@pytest.mark.parametrize("path", mutations(), ids=lambda path: path.stem)
def test_a_mutation_of_the_real_graph_is_reported_as_what_it_is(
    path: Path, real: Material, shapes: Material
) -> None:
    outcome = mutated(real, path.read_text("utf-8"), shapes)
    assert {finding.code for finding in outcome.findings} == {path.stem}
