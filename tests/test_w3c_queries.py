"""The runner of the W3C's query tests finds what passes and what fails, on tests of our own."""

from pathlib import Path

import pytest

from w3c.__main__ import passes
from w3c.contestants import Sayso, oxigraph
from w3c.manifests import Case, cases

MANIFEST = """
@prefix : <#> .
@prefix mf: <http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#> .
@prefix qt: <http://www.w3.org/2001/sw/DataAccess/tests/test-query#> .
<> a mf:Manifest ; mf:entries ( :rows :table :yes :graph :own :set :good :bad ) .
:rows a mf:QueryEvaluationTest ; mf:name "rows" ;
    mf:action [ qt:query <rows.rq> ; qt:data <court.ttl> ] ; mf:result <rows.srx> .
:table a mf:CSVResultFormatTest ; mf:name "table" ;
    mf:action [ qt:query <rows.rq> ; qt:data <court.ttl> ] ; mf:result <rows.csv> .
:yes a mf:QueryEvaluationTest ; mf:name "yes" ;
    mf:action [ qt:query <yes.rq> ; qt:graphData <court.ttl> ] ; mf:result <yes.ttl> .
:graph a mf:QueryEvaluationTest ; mf:name "graph" ;
    mf:action [ qt:query <graph.rq> ; qt:data <court.ttl> ] ; mf:result <graph.ttl> .
:own a mf:QueryEvaluationTest ; mf:name "own" ;
    mf:action [ qt:query <own.rq> ] ; mf:result <graph.ttl> .
:set a mf:QueryEvaluationTest ; mf:name "set" ;
    mf:action [ qt:query <set.rq> ; qt:data <court.ttl> ] ; mf:result <set.ttl> .
:good a mf:PositiveSyntaxTest11 ; mf:name "good" ; mf:action <yes.rq> .
:bad a mf:NegativeSyntaxTest11 ; mf:name "bad" ; mf:action <bad.rq> .
"""
FILES = {
    "court.ttl": "<urn:x:hatter> <urn:x:says> 01 , _:something . _:something <urn:x:of> <rel> .",
    "rows.rq": "SELECT ?a ?b { ?a <urn:x:says> ?b }",
    "rows.csv": "b,a\r\n1,urn:x:hatter\r\n_:other,urn:x:hatter\r\n",
    "rows.srx": """<sparql xmlns="http://www.w3.org/2005/sparql-results#">
        <head><variable name="b"/><variable name="a"/></head><results>
        <result><binding name="a"><uri>urn:x:hatter</uri></binding>
        <binding name="b"><bnode>q</bnode></binding></result>
        <result><binding name="a"><uri>urn:x:hatter</uri></binding><binding name="b">
        <literal datatype="http://www.w3.org/2001/XMLSchema#integer">1</literal></binding></result>
        </results></sparql>""",
    "yes.rq": "ASK { GRAPH ?g { ?a ?b <rel> } FILTER NOT EXISTS { ?a ?b <rel> } }",
    "yes.ttl": """[] a <http://www.w3.org/2001/sw/DataAccess/tests/result-set#ResultSet> ;
        <http://www.w3.org/2001/sw/DataAccess/tests/result-set#boolean> true .""",
    "graph.rq": "CONSTRUCT { ?a <urn:x:said> [] } WHERE { ?a <urn:x:says> 1 }",
    "graph.ttl": "<urn:x:hatter> <urn:x:said> [] .",
    "own.rq": "CONSTRUCT { ?a <urn:x:said> [] } FROM <court.ttl> WHERE { ?a <urn:x:says> 1 }",
    "set.rq": "SELECT ?a { ?a <urn:x:says> 1 }",
    "set.ttl": """@prefix rs: <http://www.w3.org/2001/sw/DataAccess/tests/result-set#> .
        [] a rs:ResultSet ; rs:resultVariable "a" ;
        rs:solution [ rs:binding [ rs:variable "a" ; rs:value <urn:x:hatter> ] ] .""",
    "bad.rq": "SELECT (",
}
SPOILT = {
    "rows.srx": ("hatter", "dormouse"),
    "rows.csv": ("1,", "2,"),
    "yes.ttl": ("true", "false"),
    "graph.ttl": ("said> [] .", "said> 1 ."),
    "set.ttl": ("urn:x:hatter", "urn:x:dormouse"),
    "bad.rq": ("SELECT (", "ASK {}"),
    "yes.rq": ("ASK", "ASKED"),
}


def suite(folder: Path) -> list[Case]:
    """Lay out the tests as the W3C does, and read them back."""
    own = folder / "sparql/sparql11/trial"
    own.mkdir(parents=True)
    for name, text in {"manifest.ttl": MANIFEST, **FILES}.items():
        (own / name).write_text(text, encoding="utf-8")
    return list(cases(folder))


def test_what_is_right_passes_at_both(tmp_path: Path) -> None:
    found = suite(tmp_path)
    assert len(found) == 8
    with oxigraph() as peer:
        for case in found:
            assert passes(Sayso(), case) == "", case.name
            assert passes(peer, case) == "", case.name


@pytest.mark.parametrize("name", SPOILT)
def test_what_is_wrong_fails(tmp_path: Path, name: str) -> None:
    found = suite(tmp_path)
    old, new = SPOILT[name]
    (tmp_path / "sparql/sparql11/trial" / name).write_text(FILES[name].replace(old, new))
    failed = {case.name for case in found if passes(Sayso(), case)}
    assert failed == {
        case.name for case in found if name in {case.query.name, getattr(case.result, "name", "")}
    }
    assert failed
