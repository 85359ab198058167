"""Whatever a record holds, tidying it twice changes nothing more, and loses no triple."""

from pathlib import Path

import pyoxigraph as ox
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.store.turtle import blocks
from sayso.terms import prefixes
from sayso.text.comments import comments
from sayso.text.document import Document
from sayso.text.graph import Graph
from sayso.text.source import ArticleText
from sayso.text.tidy import tidy

BASE = "https://example.org/sayso/"
IRI = BASE + "article/dormouse-1865-11-28-treacle"
TEXT = ArticleText(
    Path("treacle.txt"),
    "😀 The Hatter drank tea.\r\n“It was tea,” he said. Ko\u0308nigin! All gone.",
)
HEADER = "".join(f"@prefix {name}: <{space}> .\n" for name, space in prefixes(BASE).items())
COMMENTS = st.sampled_from(["", "# one\n", "\n# two\n\n", "# three\n# four\n"])


def read(turtle: str) -> Document:
    quads = ox.parse(turtle, format=ox.RdfFormat.TURTLE, base_iri=IRI)
    found = blocks(turtle, IRI)
    return Document(
        path=Path("treacle.ttl"),
        iri=IRI,
        base=BASE,
        content=turtle,
        graph=Graph((q.subject, q.predicate, q.object) for q in quads),
        comments=comments(turtle, found),
        prefixes=dict(found[-1].names.prefixes),
        blocks=found,
    )


numbers = st.integers(1, 12)
places = st.tuples(st.integers(0, 30), st.integers(1, 30)).map(lambda p: (p[0], p[0] + p[1]))
evidence = st.one_of(
    places.map(lambda p: f"[ oa:start {p[0]} ; oa:end {p[1]} ]"),
    places.map(lambda p: f"<#char={p[0]},{p[1]}>"),
    st.sampled_from(['[ oa:exact "Hatter" ]', '[ oa:exact "tea" ; oa:suffix "," ]', "<#s1>"]),
)
dates = st.sampled_from(['"1865"', '"../1865-11"', '"1865?"^^edtf:EDTF', "date:1865-11_open"])
objects = st.one_of(
    st.integers(-5, 700).map(str),
    st.sampled_from(["person:dormouse", "<#cook>", '"jam"@en', '"jam"', "1.50", "true"]),
    st.text(alphabet='a"\\\n\u00e9😀 ', max_size=6).map(lambda t: str(ox.Literal(t))),
)
statements = st.builds(
    "[ sayso:subject {} ; sayso:predicate p:{} ; sayso:object {} {} ]".format,
    st.sampled_from(["person:hatter", "<#cook>", "event:tea"]),
    st.sampled_from(["ate", "wasAt", "deathsCaused"]),
    objects,
    dates.map("; sayso:eventDate {}".format) | st.just(""),
)
properties = st.one_of(
    evidence.map("sayso:evidence {}".format),
    dates.map("sayso:saidOn {}".format),
    statements.map("sayso:states {}".format),
    numbers.map("sayso:relays <#c{}>".format),
    st.text(max_size=8).map(lambda t: f"sayso:paraphrase {ox.Literal(t, language='en')}"),
)
claims = st.builds(
    "{}<#c{}> a sayso:Claim ; {} .\n".format,
    COMMENTS,
    numbers,
    st.lists(properties, max_size=4).map(lambda p: " ; # within\n  ".join(["sayso:act act:x", *p])),
)
others = st.sampled_from(
    [
        '<#cook> a sayso:UnnamedSource ; skos:prefLabel "a cook"@en .\n',
        "<#s2> sayso:omitted omission:noClaim .\n",
        "<#old> a sayso:TextSpan ; oa:hasSelector <#char=1,2> .\n",
        "date:1799 a sayso:Period .\n",
        "<#encoding> a sayso:Encoding ; prov:used <#text> .\n",
        "# on its own\n",
    ]
)
records = st.lists(claims | others, max_size=6).map(
    lambda parts: HEADER + "<> a sayso:Record .\n" + "".join(parts)
)


def kept(turtle: str) -> set[str]:
    """Return the triples that tidy has no business with: of claims, sources and omissions."""
    quads = ox.parse(turtle, format=ox.RdfFormat.TURTLE, base_iri=IRI)
    minted = ("states", "evidence", "saidOn", "isPartOf")
    return {
        str(quad)
        for quad in quads
        if isinstance(quad.subject, ox.NamedNode)
        and ("#c" in quad.subject.value.removeprefix(IRI) or "omitted" in quad.predicate.value)
        and "#char" not in quad.subject.value
        and "-span" not in quad.subject.value
        and not quad.predicate.value.endswith(minted)
    }


@settings(deadline=None)  # The time that a busy machine takes is no finding.
@given(records)
def test_tidy_is_idempotent_and_loses_nothing(turtle: str) -> None:
    once = tidy(read(turtle), TEXT)
    assert tidy(read(once), TEXT) == once
    assert tidy(read(once)) == once
    assert kept(once) == kept(turtle)
    assert once.count("# within") == turtle.count("# within")
    assert once.count("\n# on its own") == turtle.count("\n# on its own")


@settings(deadline=None)  # The time that a busy machine takes is no finding.
@given(records)
def test_each_draft_is_gone_and_each_place_has_its_hash(turtle: str) -> None:
    written = tidy(read(turtle), TEXT)
    graph = read(written).graph
    assert not [node for node in graph.subjects() if isinstance(node, ox.BlankNode)]
    assert "oa:exact" not in written
    for subject, predicate, term in graph:
        if predicate.value.endswith("hasSelector"):
            numbers = str(term.value).rsplit("=", 1)[1].split(",")
            words = TEXT.content[int(numbers[0]) : int(numbers[1])]
            hashes = graph.objects(subject, ox.NamedNode("https://schema.org/sha256"))
            assert [each.value for each in hashes] == [ArticleText(TEXT.path, words).sha256]
