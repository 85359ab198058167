"""Find terms in SHACL's namespace that SHACL lacks: an engine passes over them in silence.

Those of the drafts of SHACL 1.2 are no misspellings. What they ask for is looked at by no rule
here, since the reference knows nothing of them; those that ask for nothing are as good as any.
"""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

import pyoxigraph as ox

from sayso.validation.finding import Finding
from sayso.validation.material import Material
from sayso.vocabularies import VOCABULARIES

STRANGE = "shape-term-known"
_SENTENCE = "SHACL has no term sh:{name}, so nothing looks at this; {mend}."
_DRAFT = (
    "Only the drafts of SHACL 1.2 have sh:{name}, and sayso checks by SHACL 1.0, so nothing "
    "looks at this; say it in terms of SHACL 1.0, or remove it."
)
_SH, _TYPE = VOCABULARIES["sh"], VOCABULARIES["rdf"] + "type"
# What stands in a shapes graph as a predicate: SHACL (Recommendation of 20 July 2017, sections
# 2 to 6), and the notes on its advanced features and on JavaScript.
_PREDICATES = {
    *("targetClass", "targetNode", "targetObjectsOf", "targetSubjectsOf", "target", "deactivated"),
    *("property", "path", "severity", "message", "name", "description", "order", "group"),
    *("defaultValue", "entailment", "shapesGraph", "suggestedShapesGraph", "flags"),
    *("alternativePath", "inversePath", "oneOrMorePath", "zeroOrMorePath", "zeroOrOnePath"),
    *("and", "class", "closed", "datatype", "disjoint", "equals", "hasValue", "ignoredProperties"),
    *("in", "languageIn", "lessThan", "lessThanOrEquals", "maxCount", "maxExclusive"),
    *("maxInclusive", "maxLength", "minCount", "minExclusive", "minInclusive", "minLength", "node"),
    *("nodeKind", "not", "or", "pattern", "qualifiedMaxCount", "qualifiedMinCount", "uniqueLang"),
    *("qualifiedValueShape", "qualifiedValueShapesDisjoint", "xone", "sparql", "select", "ask"),
    *("construct", "update", "declare", "prefix", "namespace", "prefixes", "parameter", "optional"),
    *("validator", "nodeValidator", "propertyValidator", "labelTemplate", "resultAnnotation"),
    *("annotationProperty", "annotationVarName", "annotationValue", "rule", "condition"),
    *("subject", "predicate", "object", "expression", "filterShape", "nodes", "union", "minus"),
    *("intersection", "returnType", "if", "then", "else", "count", "distinct", "exists", "limit"),
    *("offset", "orderBy", "desc", "groupConcat", "separator", "min", "max", "sum", "values"),
    *("js", "jsFunctionName", "jsLibrary", "jsLibraryURL"),
    # a validation report may stand beside the shapes
    *("conforms", "result", "focusNode", "resultPath", "value", "resultMessage", "detail"),
    *("resultSeverity", "sourceShape", "sourceConstraint", "sourceConstraintComponent"),
    "shapesGraphWellFormed",
    # of the drafts of SHACL 1.2, what no validator looks at
    *("agentInstruction", "codeIdentifier", "intent", "formalized", "conformsToShapesGraph"),
    *("conformanceDisallows", "usedShapesGraph", "usedDataGraph", "usedConfiguration"),
}
_CLASSES = {
    *("Shape", "NodeShape", "PropertyShape", "PropertyGroup", "PrefixDeclaration", "Parameter"),
    *("ConstraintComponent", "Parameterizable", "Validator", "SPARQLConstraint", "Function"),
    *("SPARQLExecutable", "SPARQLAskExecutable", "SPARQLSelectExecutable", "ResultAnnotation"),
    *("SPARQLConstructExecutable", "SPARQLUpdateExecutable", "SPARQLAskValidator", "Severity"),
    *("SPARQLSelectValidator", "SPARQLTarget", "SPARQLTargetType", "SPARQLFunction", "SPARQLRule"),
    *("Target", "TargetType", "Rule", "TripleRule", "JSRule", "JSLibrary", "JSExecutable"),
    *("JSConstraint", "JSValidator", "JSFunction", "JSTarget", "JSTargetType", "NodeKind"),
    *("ValidationReport", "ValidationResult", "AbstractResult"),
    *("Graph", "DataGraph", "ShapesGraph", "ProcessorConfiguration"),
}
# SHACL 1.2 Core and SPARQL Extensions (working drafts of 2026): what says which nodes are to be
# looked at, or what they have to be.
_DRAFTED = {
    *("targetWhere", "shape", "memberShape", "minListLength", "maxListLength", "uniqueMembers"),
    *("reifierShape", "reificationRequired", "rootClass", "singleLine", "someValue", "subsetOf"),
    *("uniqueValuesFor", "nodeByExpression", "sparqlExpr", "bodyExpression", "keyParameter"),
    *("ShapeClass", "NodeExpression", "NodeExpressionFunction", "NamedParameterExpression"),
    *("NamedParameterExpressionFunction", "ListParameterExpression", "SelectExpression"),
    *("ListParameterExpressionFunction", "SPARQLExprExpression", "RulesGraph"),
}


def strange_terms(shapes: Material) -> Iterator[Finding]:
    """Yield a finding for each predicate and class of a shapes graph that SHACL does not have."""
    for quad in shapes.triples:
        predicate, value = quad.predicate.value, quad.object
        if _is_strange(predicate, _PREDICATES):
            yield _finding(shapes, quad, predicate, None, _PREDICATES)
        named = value.value if isinstance(value, ox.NamedNode) else ""
        if predicate == _TYPE and _is_strange(named, _CLASSES):
            yield _finding(shapes, quad, named, named, _CLASSES)


def has_drafted_terms(shapes: Iterable[ox.Quad]) -> bool:
    """Say whether shapes ask for something in terms of the drafts of SHACL 1.2 alone."""
    return any(
        _is_drafted(quad.predicate.value)
        or (quad.predicate.value == _TYPE and _is_drafted(getattr(quad.object, "value", "")))
        for quad in shapes
    )


def _is_drafted(term: str) -> bool:
    return term.startswith(_SH) and term.removeprefix(_SH) in _DRAFTED


def _is_strange(term: str, known: set[str]) -> bool:
    return term.startswith(_SH) and term.removeprefix(_SH) not in known


def _finding(
    shapes: Material, quad: ox.Quad, term: str, value: str | None, known: set[str]
) -> Finding:
    name = term.removeprefix(_SH)
    near = get_close_matches(name, sorted(known), n=1, cutoff=0.8)
    mend = f"write sh:{near[0]}" if near else "remove it"
    subject = "" if isinstance(quad.subject, ox.Triple) else quad.subject.value
    predicate = quad.predicate.value
    place = shapes.places.find(subject, predicate, value)
    sentence = (_DRAFT if name in _DRAFTED else _SENTENCE).format(name=name, mend=mend)
    return Finding.at(place, STRANGE, sentence, focus=subject, value=term, predicate=predicate)
