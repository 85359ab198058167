"""Turtle that is written has the triples that were read, in one fixed form."""

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.paths import DataFolder
from sayso.store.turtle import blocks
from sayso.terms import prefixes
from sayso.text.comments import Comments, comments
from sayso.text.document import key, read_document
from sayso.text.graph import Graph, name
from sayso.text.tidy import tidy
from sayso.text.turtle import write

IRI = "https://example.org/sayso/graph/notes"
XSD = "http://www.w3.org/2001/XMLSchema#"
A, B = name("https://example.org/sayso/id/person/hatter"), name("https://example.org/x?y=1#z")


def parsed(turtle: str) -> ox.Dataset:
    quads = ox.parse(turtle, format=ox.RdfFormat.TURTLE, base_iri=IRI)
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return dataset


def rewritten(turtle: str) -> str:
    quads = ox.parse(turtle, format=ox.RdfFormat.TURTLE, base_iri=IRI)
    graph = Graph((q.subject, q.predicate, q.object) for q in quads)
    base = prefixes("https://example.org/sayso/")
    places = [block.subject for block in blocks(turtle, IRI)]
    order = sorted(
        graph.subjects(),
        key=lambda node: places.index(key(node)) if key(node) in places else len(places),
    )
    return write(graph, order, IRI, base, comments(turtle, blocks(turtle, IRI)))


literals = st.one_of(
    st.builds(ox.Literal, st.text()),
    st.builds(ox.Literal, st.text(), language=st.sampled_from(["en", "de"])),
    st.builds(
        ox.Literal,
        st.text(alphabet="0123456789+-.eEtruefals ", max_size=6),
        datatype=st.sampled_from(
            [name(XSD + kind) for kind in ("integer", "decimal", "double", "boolean", "date")]
        ),
    ),
)
nodes = st.sampled_from([A, B, name(IRI), name(IRI + "#c1"), name(XSD), name(XSD + "a.")])
blanks = st.sampled_from([ox.BlankNode(label) for label in "xyz"])
triples = st.tuples(nodes | blanks, nodes, nodes | blanks | literals)


@settings(deadline=None)
@given(st.lists(triples, max_size=12))
def test_any_triples_come_back(found: list[tuple[ox.NamedNode, ox.NamedNode, ox.Literal]]) -> None:
    graph = Graph(found)
    written = write(graph, graph.subjects(), IRI, prefixes(), Comments())
    given_graph = ox.Dataset(ox.Quad(*triple) for triple in found)
    given_graph.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    assert parsed(written) == given_graph


@pytest.mark.parametrize(
    "body",
    [
        "<#a> <#p> ( 1 [ <#q> 2 ] ( ) ) .",
        "<#a> <#p> [ <#q> [ <#r> 1 , 2 ] ; <#s> ( <#t> ) ] , [ ] .",
        "[] <#p> 1 .",
        "_:x <#p> _:y . _:y <#p> _:x .",
        "_:x <#p> _:x . <#a> <#p> _:x .",
        "<#a> <#p> _:l . _:l a <#List> ; <#first> 1 .",
        '<#a> <#p> """two "quoted" lines\n and a quote at the end\\"""" .',
        "<#a> <#p> 'a\\tb' , 1.0 , 1e0 , true , -5 , .5 .",
    ],
)
def test_shapes_of_blank_nodes_come_back(body: str) -> None:
    once = rewritten(body)
    assert parsed(once) == parsed(body)
    assert rewritten(once) == once


def test_one_thing_a_line() -> None:
    assert rewritten(f"<#c2> a <{XSD}a> ; <{IRI}#p> <#c10> , <#c9> , 3 , [ <#q> 1 ] .") == (
        "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n\n"
        "<#c2>\n    a xsd:a ;\n    <#p>\n        <#c9> ,\n        <#c10> ,\n        3 ,\n"
        "        [\n            <#q> 1\n        ] .\n"
    )


COMMENTED = """\
# over the head

# still head
@prefix p: <https://example.org/p/> . # beside a prefix
# between prefixes
@prefix person: <https://example.org/sayso/id/person/> .

# a note on the whole

# above the Hatter
person:hatter p:met person:dormouse ; # beside a property
  # inside
  p:saw [ # in a blank node
    p:met person:knave-of-hearts ] . # behind the stop

# ---- a section

person:cook p:met "# no comment" . # behind the cook
# at the end
"""


def test_comments_stay_with_what_they_stand_by() -> None:
    written = rewritten(COMMENTED)
    assert [line for line in written.splitlines() if line.startswith("#")] == [
        "# over the head",
        "# still head",
        "# beside a prefix",
        "# between prefixes",
        "# a note on the whole",
        "# above the Hatter",
        "# beside a property",
        "# inside",
        "# in a blank node",
        "# behind the stop",
        "# ---- a section",
        "# behind the cook",
        "# at the end",
    ]
    hatter = written.index("person:hatter\n")
    assert written.index("# a note") < written.index("# behind the stop\n") < hatter
    assert written.index("# ---- a section\n\n# behind the cook\nperson:cook") > hatter
    assert rewritten(written) == written


comment_lines = st.sampled_from(
    ["# one\n", "# two\n", "\n", "<#c2> <#p> 1 . # three\n", "@prefix q: <x:> .\n"]
)
statements = st.sampled_from(
    ["<#c10> <#p> [ # four\n <#q> 2 ] .\n", "<#c2> # five\n <#p> 3 .", "\r\n"]
)


@settings(deadline=None)
@given(st.lists(comment_lines | statements, max_size=12).map("".join))
def test_no_comment_is_lost(turtle: str) -> None:
    words = ("# one", "# two", "# three", "# four", "# five")
    written = rewritten(turtle)
    assert [written.count(word) for word in words] == [turtle.count(word) for word in words]
    assert rewritten(written) == written


def test_entities_are_sorted_and_other_files_keep_their_order(wonderland: DataFolder) -> None:
    body = "<https://e.org/b> a <#x> .\n# of a\n<https://e.org/a> a <#x> .\n"
    people = wonderland.root / "graph" / "entities" / "people.ttl"
    links = wonderland.root / "graph" / "links.ttl"
    orders = {}
    for path in (people, links):
        path.write_text(body)
        written = tidy(read_document(path, wonderland))
        assert "# of a\n<https://e.org/a>\n" in written
        orders[path] = written.index("<https://e.org/a>") < written.index("<https://e.org/b>")
    assert orders == {people: True, links: False}


def test_the_project_s_own_files_keep_their_triples_and_comments() -> None:
    folder = DataFolder()
    files = [*folder.ontology(), *folder.shapes(), *folder.shared(), *folder.records()]
    assert files
    for path in files:
        document = read_document(path, folder)
        before = ox.Dataset(ox.parse(document.content, format=ox.RdfFormat.TURTLE, base_iri=IRI))
        before.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
        written = tidy(document)
        if not document.is_record:
            assert parsed(written) == before, path
        lines = document.content.splitlines()
        assert all(line in written for line in lines if line.startswith("#")), path
