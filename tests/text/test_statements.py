"""A statement's IRI tells what it says and ends in the hash of it."""

import pyoxigraph as ox
import pytest

from sayso.text.graph import Graph, name
from sayso.text.statements import statement_iri

SAYSO = "https://w3id.org/sayso/ns#"
BASE = "https://w3id.org/sayso/"
XSD = "http://www.w3.org/2001/XMLSchema#"
KNAVE = ox.NamedNode(BASE + "id/person/knave-of-hearts")
NODE = ox.BlankNode("s")


def iri(predicate: str, thing: ox.NamedNode | ox.Literal, **more: str) -> str:
    said = {"subject": KNAVE, "predicate": name(BASE + "predicate/" + predicate), "object": thing}
    graph = Graph((NODE, name(SAYSO + part), term) for part, term in said.items())
    if "date" in more:
        graph.add(NODE, name(SAYSO + "eventDate"), name(more["date"]))
    if "place" in more:
        graph.add(NODE, name("https://schema.org/contentLocation"), name(more["place"]))
    return statement_iri(graph, NODE, BASE).value.removeprefix(BASE + "statement/")


def test_the_hash_is_the_one_of_the_design() -> None:
    graph = Graph()
    parts = {
        SAYSO + "subject": "id/person/ilse-marrow",
        SAYSO + "predicate": "predicate/met",
        SAYSO + "object": "id/person/tomas-quill",
        SAYSO + "eventDate": "date/open_2005-11-14",
        "https://schema.org/contentLocation": "id/place/lantern-bridge",
    }
    for part, local in parts.items():
        graph.add(NODE, name(part), name(BASE + local))
    expected = BASE + "statement/ilse-marrow-met-tomas-quill-34779c41"
    assert statement_iri(graph, NODE, BASE).value == expected


@pytest.mark.parametrize(
    ("predicate", "thing", "readable"),
    [
        ("deathsCaused", ox.Literal("603", datatype=name(XSD + "integer")), "deaths-caused-603"),
        ("said", ox.Literal("Tea, at — once!"), "said-tea-at-once"),
        ("said", ox.Literal("Café crème", language="fr"), "said-cafe-creme"),
        ("said", ox.Literal("чай"), "said"),
        ("said", ox.Literal("tea " * 20), "said-" + "-".join(["tea"] * 10)),
        ("met", name("https://example.org/x#the-cook"), "met-the-cook"),
    ],
)
def test_the_readable_part(predicate: str, thing: ox.NamedNode | ox.Literal, readable: str) -> None:
    assert iri(predicate, thing).rsplit("-", 1)[0] == f"knave-of-hearts-{readable}"


def test_what_differs_in_any_part_has_another_hash() -> None:
    date, place = BASE + "date/1865", BASE + "id/place/court"
    things = [
        iri("said", ox.Literal("12")),
        iri("said", ox.Literal("12", datatype=name(XSD + "integer"))),
        iri("said", ox.Literal("12", language="en")),
        iri("said", ox.Literal("12", language="de")),
        iri("said", name("https://example.org/12")),
        iri("said", ox.Literal("12"), date=date),
        iri("said", ox.Literal("12"), place=place),
        iri("said", ox.Literal("12"), date=date, place=place),
    ]
    assert len({thing[-8:] for thing in things}) == len(things)
