"""Each rule, broken in the real graph, is the one rule that the check then reports."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from rdflib import RDF

from mutants.files import BREAKING, HARMLESS, file_mutants, told_of_files
from mutants.graph import CLAIMS, real
from mutants.make import HEADS, NOWHERE, Way, first, mutants, mutated, told, ways
from sayso.paths import DataFolder
from sayso.terms import SAYSO
from sayso.text.dates import days
from sayso.validation.cache import Cache
from sayso.validation.check import Outcome, check, shapes_of
from sayso.validation.explain import codes
from sayso.validation.material import Material
from sayso.validation.results import Result
from sayso.vocabularies import VOCABULARIES

_SH = VOCABULARIES["sh"]
SEED = 1865


@pytest.fixture(scope="session")
def shapes() -> Material:
    return shapes_of(DataFolder())


@pytest.fixture(scope="session", name="real")
def real_graph() -> Material:
    return real()


@pytest.fixture(scope="session")
def broken(real: Material, shapes: Material) -> Callable[[Way], Outcome]:
    """Check the first mutant of a way, once."""

    @cache
    def outcome(name: str) -> Outcome:
        return mutated(real, first(real, by_name[name]).update, shapes)

    by_name = {way.name: way for way in ways("mutations")}
    return lambda way: outcome(way.name)


def test_every_code_that_the_check_explains_has_a_mutation(shapes: Material) -> None:
    of_graph = {code for way in ways("mutations") for code in way.codes}
    assert not of_graph & set(BREAKING)
    forbids_nothing = {"place"}  # it leads from the spans to their places
    assert of_graph | set(BREAKING) == codes(shapes) - forbids_nothing


def test_what_is_mutated_keeps_every_rule(real: Material, shapes: Material) -> None:
    claims = set(real.graph.subjects(RDF.type, SAYSO.Claim))
    assert len(claims) >= CLAIMS
    assert check(real, shapes, NOWHERE, days).findings == []


@pytest.mark.parametrize("way", ways("mutations"), ids=lambda way: way.name)
def test_each_way_to_break_a_rule_is_told_as_what_it_is(
    way: Way, real: Material, broken: Callable[[Way], Outcome]
) -> None:
    told_of = {finding.code for finding in broken(way).findings}
    assert told_of == first(real, way).codes


def test_every_constraint_of_every_shape_is_broken(
    shapes: Material, broken: Callable[[Way], Outcome]
) -> None:
    """Not only each rule, but each of the ways in which its shape forbids something."""
    results = [result for way in ways("mutations") for result in broken(way).report.results]
    assert constraints(shapes) - {of(result) for result in results} == set()


def constraints(shapes: Material) -> set[tuple[str, str]]:
    """List the shapes with the parameters of SHACL that they give (section 4)."""
    components = {
        *("minCount", "maxCount", "class", "datatype", "nodeKind", "in", "pattern", "closed"),
        *("minLength", "maxLength", "minInclusive", "uniqueLang", "lessThan", "lessThanOrEquals"),
        *("equals", "disjoint", "qualifiedMinCount", "or", "sparql"),
    }
    others = {
        *("alternativePath", "inversePath", "oneOrMorePath", "zeroOrMorePath", "path"),
        *("message", "severity", "targetClass", "targetNode", "targetSubjectsOf", "property"),
        *("ignoredProperties", "qualifiedValueShape", "prefixes", "select"),
        *("declare", "prefix", "namespace"),
    }
    said = [quad for quad in shapes.triples if quad.predicate.value.startswith(_SH)]
    assert {quad.predicate.value.removeprefix(_SH) for quad in said} == components | others
    pairs = {(str(q.subject), q.predicate.value.removeprefix(_SH)) for q in said}
    return {pair for pair in pairs if pair[1] in components and pair[0].startswith("<")}


def of(result: Result) -> tuple[str, str]:
    """Say which parameter of which shape is broken: sh:ClassConstraintComponent is sh:class's."""
    name = result.component.removeprefix(_SH).removesuffix("ConstraintComponent")
    return str(result.shape), "sparql" if name == "SPARQL" else name[:1].lower() + name[1:]


def test_what_the_rules_allow_is_not_told(real: Material, shapes: Material) -> None:
    made = mutants(real, "harmless", 30, SEED)
    assert {each.name.partition(",")[0] for each in made} == {way.name for way in ways("harmless")}
    found = {each.name: told(real, shapes, each) for each in made}
    assert {name: codes for name, codes in found.items() if codes} == {}


def test_other_nodes_that_break_a_rule_are_told_as_what_they_are(
    real: Material, shapes: Material
) -> None:
    """Thousands of them are checked by ``python -m mutants``."""
    made = mutants(real, "mutations", 120, SEED)
    found = {each: told(real, shapes, each) for each in made}
    assert {m.name: codes for m, codes in found.items() if codes != m.codes} == {}
    assert len(found) == 120


def test_files_are_told_as_what_they_are(tmp_path: Path) -> None:
    kinds = len(HARMLESS) + sum(map(len, BREAKING.values()))
    kept = Cache(tmp_path / "check.sqlite")
    made = {each.name: (each, told_of_files(kept, each)) for each in file_mutants(kinds, SEED)}
    assert len(HARMLESS) + len(ways("harmless")) >= 24
    assert {name: codes for name, (m, codes) in made.items() if codes != m.codes} == {}
    assert {name.rpartition(":")[0] for name in made} == {*BREAKING, "files"}


def test_an_update_that_changes_nothing_is_a_fault(real: Material, shapes: Material) -> None:
    with pytest.raises(ValueError, match="nothing is changed"):
        mutated(real, HEADS + "DELETE { ?s p:none ?o } WHERE { ?s p:none ?o }", shapes)
