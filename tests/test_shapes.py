"""Every rule of the graph is kept by one file and broken by another, and each says so alone."""

import re
from pathlib import Path

import pytest
from rdflib import RDF, SH, SKOS, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from sayso.analysis.derivation import Derivation
from sayso.analysis.derived import turtle
from sayso.analysis.network import Network
from sayso.paths import HOME, DataFolder
from sayso.store import load
from sayso.store.files import Source
from sayso.terms import BASE
from sayso.text.dates import days
from sayso.validation.check import Outcome, check, check_folder, shapes_of
from sayso.validation.finding import Finding, Severity
from sayso.validation.material import Material
from sayso.validation.prefixes import MISSPELT
from sayso.validation.rules import SENTENCES
from sayso.validation.shape_terms import STRANGE
from sayso.validation.strays import STRAY
from sayso.validation.targets import IDLE

HERE = Path(__file__).parent / "shapes"
RECORD = "https://example.org/court/article/white-rabbit-1865-11-26-trial"
SHAPE = BASE + "shape/"
# These two are about files and not about what stands in one.
ABOUT_FILES = {"file-has-its-record", IDLE}
WORDS = ("sayso.ttl", "codes.ttl")


@pytest.fixture(scope="session")
def shapes() -> Material:
    return shapes_of(DataFolder())


@pytest.fixture(scope="session")
def context() -> Material:
    words = [Source(HOME / "ontology" / name, f"{BASE}graph/ontology/{name}") for name in WORDS]
    return Material.read([*words, Source(HERE / "context.ttl", RECORD)])


def codes_of(shapes: Material) -> dict[str, tuple[str, URIRef]]:
    """Read each code with its sentence and its severity from the shapes."""
    graph, found = shapes.graph, {}
    for shape in graph.subjects(SH.message, None):
        (message,) = graph.objects(shape, SH.message)
        (severity,) = graph.objects(shape, SH.severity)
        assert isinstance(severity, URIRef)
        found[str(shape).removeprefix(SHAPE)] = (str(message), severity)
    return found


def files(kind: str) -> list[Path]:
    found = sorted((HERE / kind).glob("*.ttl"))
    assert found, f"no file in {HERE / kind}"
    return found


def checked(path: Path, context: Material, shapes: Material) -> Outcome:
    added = Material.read([Source(path, RECORD)])
    return check(Material({**context.quads, **added.quads}), shapes, HERE / "articles", days)


def test_every_code_has_a_good_and_a_bad_file(shapes: Material) -> None:
    codes = (set(codes_of(shapes)) | set(SENTENCES)) - ABOUT_FILES
    assert len(codes) > 100
    assert {path.stem for path in files("good")} == codes
    assert {path.stem for path in files("bad")} == codes


def test_the_context_keeps_every_rule(context: Material, shapes: Material) -> None:
    assert check(context, shapes, HERE / "articles", days).findings == []


@pytest.mark.parametrize("path", files("good"), ids=lambda path: path.stem)
def test_good_files_keep_every_rule(path: Path, context: Material, shapes: Material) -> None:
    assert checked(path, context, shapes).findings == []


@pytest.mark.parametrize("path", files("bad"), ids=lambda path: path.stem)
def test_bad_files_break_one_rule(path: Path, context: Material, shapes: Material) -> None:
    outcome = checked(path, context, shapes)
    assert {finding.code for finding in outcome.findings} == {path.stem}
    assert all(finding.path == path and finding.line for finding in outcome.findings)
    warned = codes_of(shapes).get(path.stem, ("", SH.Violation))[1] == SH.Warning
    assert outcome.conforms is warned


def test_a_claim_of_a_text_needs_a_place_though_it_retells_one_from_notes(
    context: Material, shapes: Material, tmp_path: Path
) -> None:
    kept = (HERE / "good" / "claim-evidence-reachable.ttl").read_text(encoding="utf-8")
    retelling = f"<{RECORD.rpartition('/')[0]}/march-hare-1865-11-27-tea#c1>"
    path = tmp_path / "retelling.ttl"
    path.write_text(kept.replace("sayso:relays <#c2>", f"sayso:relays {retelling}"), "utf-8")
    assert {found.code for found in checked(path, context, shapes).findings} == {
        "claim-evidence-reachable"
    }


def test_every_rule_has_one_plain_sentence(shapes: Material) -> None:
    sentences = {code: sentence for code, (sentence, _) in codes_of(shapes).items()} | SENTENCES
    for code, sentence in sentences.items():
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", code)
        assert sentence.endswith("."), code
        assert 30 < len(sentence) < 200, code
        assert re.match(r"[A-Z]|schema:|owl:", sentence), code
    assert len(set(sentences.values())) == len(sentences)


def test_only_style_is_a_warning(shapes: Material) -> None:
    warnings = {code for code, (_, severity) in codes_of(shapes).items() if severity == SH.Warning}
    assert warnings == {"claim-encoder-not-claimant", "claim-paraphrase-names-its-claimant"}
    assert {severity for _, severity in codes_of(shapes).values()} == {SH.Violation, SH.Warning}


def test_every_shape_that_reports_is_named(shapes: Material) -> None:
    nested = set(shapes.graph.objects(None, SH.qualifiedValueShape))
    for kind in (SH.NodeShape, SH.PropertyShape):
        for shape in set(shapes.graph.subjects(RDF.type, kind)) - nested:
            assert str(shape).startswith(SHAPE)


def test_the_readme_lists_the_codes_with_their_sentences(shapes: Material) -> None:
    rows = re.findall(
        r"^\| `(.+?)` \| (.+?)( \*\(warning\)\*)? \|$",
        (HOME / "shapes" / "README.md").read_text("utf-8"),
        re.MULTILINE,
    )
    listed = {code: (sentence, bool(warning)) for code, sentence, warning in rows}
    assert len(rows) == len(listed)
    for code in (IDLE, STRANGE, STRAY, MISSPELT):
        del listed[code]
    stated = {code: (text, kind == SH.Warning) for code, (text, kind) in codes_of(shapes).items()}
    assert listed == stated | {code: (text, False) for code, text in SENTENCES.items()}


@pytest.mark.parametrize(
    ("shape", "scheme"),
    [
        ("claim-act-listed", "act"),
        ("claim-certainty-listed", "certainty"),
        ("claim-basis-listed", "basis"),
        ("claim-confidence-listed", "confidence"),
        ("encoding-method-listed", "method"),
        ("omission-listed", "omission"),
        ("act-stance", "stance"),
        ("text-one-form", "text-form"),
    ],
)
def test_the_lists_are_those_of_the_ontology(
    shape: str, scheme: str, shapes: Material, context: Material
) -> None:
    head = shapes.graph.value(URIRef(SHAPE + shape), SH["in"])
    assert head is not None
    listed = set(Collection(shapes.graph, head))
    assert listed == set(context.graph.subjects(SKOS.inScheme, URIRef(f"{BASE}code/{scheme}")))
    assert listed


# ---------------------------------------------------------------- shapes that look at nothing


def looked_at(text: str, context: Material, shapes: Material, tmp_path: Path) -> list[Finding]:
    path = tmp_path / "own.ttl"
    prefixes = f"@prefix : <{SHAPE}> . @prefix sh: <{SH}> . @prefix sayso: <{BASE}ns#> .\n"
    path.write_text(prefixes + text, "utf-8")
    own = Material.read([Source(path, BASE + "shape")])
    both = Material({**shapes.quads, **own.quads})
    return check(context, both, HERE / "articles", days).findings


@pytest.mark.parametrize(
    ("text", "column"),
    [
        (":own a sh:NodeShape ; sh:targetClass sayso:Clam ; sh:nodeKind sh:IRI .", 38),
        (":own a sh:PropertyShape ; sh:targetSubjectsOf sayso:relay ; sh:path sayso:act .", 47),
        (":own a sh:PropertyShape ; sh:targetObjectsOf sayso:relay ; sh:path sayso:act .", 46),
        (":own a sh:NodeShape ; sh:targetNode sayso:nobody ; sh:nodeKind sh:IRI .", 37),
        (":own a sh:NodeShape ; sh:nodeKind sh:IRI .", 1),
        (":own sh:targetClass sayso:Claim , sayso:Clam ; sh:nodeKind sh:IRI .", 35),
    ],
)
def test_a_shape_that_looks_at_nothing_fails(
    text: str, column: int, context: Material, shapes: Material, tmp_path: Path
) -> None:
    (finding,) = looked_at(text, context, shapes, tmp_path)
    assert (finding.code, finding.severity) == (IDLE, Severity.ERROR)
    assert finding.path == tmp_path / "own.ttl"
    assert (finding.line, finding.column) == (2, column)


@pytest.mark.parametrize(
    "text",
    [
        ":own a sh:NodeShape ; sh:targetClass sayso:UnnamedSource ; sh:nodeKind sh:IRI .",
        ":own a sh:NodeShape ; sh:targetClass sayso:Clam ; sh:deactivated true .",
        ":own a sh:NodeShape ; sh:targetClass sayso:Claim ; sh:node :its . :its a sh:NodeShape .",
    ],
)
def test_a_shape_that_could_look_at_something_passes(
    text: str, context: Material, shapes: Material, tmp_path: Path
) -> None:
    assert looked_at(text, context, shapes, tmp_path) == []


def test_each_shape_finds_its_target_in_the_graph_that_comes_with_sayso(shapes: Material) -> None:
    data = Material.read(Source(path, BASE + "x") for path in DataFolder().files()).graph
    # What is derived stands in no file; the trial has something of every kind.
    trial = Derivation.of(Network.read(load(DataFolder(HERE.parent / "trial")).queryable))
    data.parse(data=turtle(BASE, "1", trial), format="turtle")
    idle = [
        shape
        for shape in set(shapes.graph.subjects(SH.message))
        if not _focus(shape, data, shapes.graph)
    ]
    assert idle == []


def _focus(shape: Node, data: Graph, shapes: Graph) -> bool:
    nested = (None, SH.property, shape) in shapes
    node = any((t, None, None) in data for t in shapes.objects(shape, SH.targetNode))
    of = any((None, t, None) in data for t in shapes.objects(shape, SH.targetSubjectsOf))
    kinds = shapes.objects(shape, SH.targetClass)
    return nested or node or of or any((None, RDF.type, kind) in data for kind in kinds)


# ---------------------------------------------------------------- the graph that comes with sayso


def test_the_graph_that_comes_with_sayso_keeps_every_rule() -> None:
    outcome = check_folder(DataFolder(), [], days)
    assert outcome.findings == []
    assert (None, SH.conforms, Literal(True)) in outcome.report.graph
