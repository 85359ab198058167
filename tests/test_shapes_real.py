"""Each rule, broken in the real graph, is the one rule that the check then reports."""

from pathlib import Path

import pytest
from rdflib import RDF, SH

from mutants.graph import CLAIMS, real
from mutants.make import HEADS, NOWHERE, mutants, mutated, record, told, updates
from sayso.paths import DataFolder
from sayso.terms import SAYSO
from sayso.text.dates import days
from sayso.validation.check import check, shapes_of
from sayso.validation.material import Material
from sayso.validation.rules import SENTENCES

SEED = 1865


@pytest.fixture(scope="session")
def shapes() -> Material:
    return shapes_of(DataFolder())


@pytest.fixture(scope="session", name="real")
def real_graph() -> Material:
    return real()


def test_every_code_has_a_mutation(shapes: Material) -> None:
    shaped = {str(shape).rsplit("/", 1)[-1] for shape in shapes.graph.subjects(SH.message)}
    codes = shaped | set(SENTENCES) - {"file-has-its-record"}
    assert {path.stem for path in updates("mutations")} == codes


def test_what_is_mutated_keeps_every_rule(real: Material, shapes: Material) -> None:
    claims = set(real.graph.subjects(RDF.type, SAYSO.Claim))
    assert len(claims) >= CLAIMS
    assert check(real, shapes, NOWHERE, days).findings == []


@pytest.mark.parametrize("path", updates("mutations"), ids=lambda path: path.stem)
def test_a_mutation_of_the_real_graph_is_reported_as_what_it_is(
    path: Path, real: Material, shapes: Material
) -> None:
    update = HEADS + path.read_text("utf-8").replace("RECORD", record(real))
    outcome = mutated(real, update, shapes)
    assert {finding.code for finding in outcome.findings} == {path.stem}


def test_what_the_rules_allow_is_not_told(real: Material, shapes: Material) -> None:
    made = mutants(real, "harmless", 30, SEED)
    assert {each.name.partition(",")[0] for each in made} == {p.stem for p in updates("harmless")}
    found = {each.name: told(real, each, shapes) for each in made}
    assert {name: codes for name, codes in found.items() if codes} == {}


def test_other_nodes_that_break_a_rule_are_told_as_what_they_are(
    real: Material, shapes: Material
) -> None:
    """Thousands of them are checked by ``python -m mutants``."""
    made = mutants(real, "mutations", 200, SEED)
    found = {each: told(real, each, shapes) for each in made}
    changed = {each: codes for each, codes in found.items() if codes is not None}
    wrong = {m.name: codes for m, codes in changed.items() if not m.is_told_by(codes)}
    assert len(changed) > 180
    assert len(wrong) <= 0.01 * len(changed), wrong


def test_an_update_that_changes_nothing_is_a_fault(real: Material, shapes: Material) -> None:
    with pytest.raises(ValueError, match="nothing is changed"):
        mutated(real, HEADS + "DELETE { ?s p:none ?o } WHERE { ?s p:none ?o }", shapes)
