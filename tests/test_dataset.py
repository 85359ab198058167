"""What machines are told of the data set and its service: VoID, DCAT, Service Description."""

import json
import warnings
import zlib
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from rdflib import DCAT, DCTERMS, RDF, VOID, BNode, Dataset, Graph, Literal, Namespace, URIRef
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

from reading import FORMATS, rdflibs_own
from sayso.store import ClaimStore
from sayso.store.export import exported
from sayso.store.formats import N_QUADS
from sayso.terms import BASE
from sayso.web import create_app

DATA = URIRef(BASE + "dataset")
SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
LICENCE = URIRef("https://creativecommons.org/licenses/by/4.0/")
ADDRESSES = ("/.well-known/void", "/dataset", "/sparql")


@pytest.fixture(scope="module")
def described(visitor: FlaskClient) -> Graph:
    return Graph().parse(data=visitor.get("/.well-known/void").data, format="turtle")


@pytest.fixture(scope="module")
def whole(trial: ClaimStore) -> Dataset:
    """The trial, counted by rdflib and not by what is tested."""
    found = Dataset(default_union=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # rdflib's own
        found.parse(data=b"".join(exported(trial, N_QUADS)), format="nquads")
    return found


@rdflibs_own
def test_the_counts_are_those_of_the_graph(described: Graph, whole: Dataset) -> None:
    triples = set(whole.triples((None, None, None)))
    classes = {o for _, p, o in triples if p == RDF.type}
    named = {s for s, p, _ in triples if p == RDF.type and isinstance(s, URIRef)}
    expected = {
        VOID.triples: len(triples),
        VOID.entities: len(named),
        VOID.distinctSubjects: len({s for s, _, _ in triples}),
        VOID.distinctObjects: len({o for _, _, o in triples}),
        VOID.classes: len(classes),
        VOID.properties: len({p for _, p, _ in triples}),
    }
    found = {p: [int(str(o)) for o in described.objects(DATA, p)] for p in expected}
    assert found == {p: [number] for p, number in expected.items()}
    assert min(expected.values()) > 10


def sizes(whole: Dataset) -> dict[str, int]:
    found = {str(g.identifier): len(g) for g in whole.graphs()}
    found.pop(str(DATASET_DEFAULT_GRAPH_ID), None)
    return found


@rdflibs_own
def test_each_named_graph_is_told_with_its_size(described: Graph, whole: Dataset) -> None:
    found = {
        str(described.value(part, SD.name)): int(str(described.value(part, VOID.triples)))
        for part in described.objects(DATA, VOID.subset)
    }
    assert found == sizes(whole)
    assert len(found) == 14


@rdflibs_own
def test_the_service_tells_the_same_sizes(visitor: FlaskClient, whole: Dataset) -> None:
    found = Graph().parse(data=visitor.get("/sparql").data, format="turtle")
    graphs = {
        str(found.value(entry, SD.name)): int(
            str(found.value(found.value(entry, SD.graph), VOID.triples))
        )
        for entry in found.objects(None, SD.namedGraph)
    }
    assert graphs == sizes(whole)
    default = next(found.objects(None, SD.defaultGraph))
    triples = set(whole.triples((None, None, None)))
    assert found.value(default, VOID.triples) == Literal(len(triples))
    names = {str(o).rsplit("/", 1)[-1] for o in found.objects(None, SD.resultFormat)}
    assert names == {
        *("Turtle", "N-Triples", "JSON-LD", "RDF_XML", "TriG", "N-Quads"),
        *(f"SPARQL_Results_{name}" for name in ("JSON", "XML", "CSV", "TSV")),
    }


def test_each_download_is_as_it_is_described(described: Graph, visitor: FlaskClient) -> None:
    found = list(described.objects(DATA, DCAT.distribution))
    assert len(found) == len(FORMATS)
    dumps = set(described.objects(DATA, VOID.dataDump))
    for node in found:
        address = described.value(node, DCAT.downloadURL)
        assert address in dumps
        response = visitor.get(urlsplit(str(address)).path)
        assert response.status_code == 200
        assert described.value(node, DCAT.byteSize) == Literal(len(response.data))
        media_type = str(described.value(node, DCAT.mediaType))
        assert media_type.endswith(f"/{response.mimetype}")
        assert set(described.objects(node, DCTERMS.license)) == {LICENCE}


def test_each_service_answers_where_it_is_said_to_be(
    described: Graph, visitor: FlaskClient
) -> None:
    services = list(described.subjects(RDF.type, DCAT.DataService))
    assert len(services) == 2
    for service in services:
        address = described.value(service, DCAT.endpointURL)
        response = visitor.get(urlsplit(str(address)).path + "?default&query=ASK%7B%7D")
        assert response.status_code == 200, address
        assert (service, DCAT.servesDataset, DATA) in described
    assert described.value(DATA, VOID.sparqlEndpoint) == URIRef("http://localhost/sparql")
    assert set(described.objects(DATA, DCTERMS.license)) == {LICENCE}


def test_a_large_graph_is_not_written_to_be_measured(
    trial: ClaimStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sayso.web.dataset._MEASURED", 100)
    found = create_app(trial).test_client().get("/.well-known/void").text
    assert "dcat:Distribution" in found
    assert "dcat:byteSize" not in found


@rdflibs_own
@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("address", ADDRESSES)
def test_each_description_is_had_in_each_format_without_blank_nodes(
    visitor: FlaskClient, address: str, suffix: str
) -> None:
    media_type, parser = FORMATS[suffix]
    response = visitor.get(address, headers={"Accept": f"text/html;q=0.1, {media_type}"})
    assert (response.status_code, response.mimetype) == (200, media_type)
    found = Dataset(default_union=True).parse(data=response.data, format=parser)
    triples = set(found.triples((None, None, None)))
    turtle = visitor.get(address, headers={"Accept": "text/turtle"}).data
    assert len(triples) == len(Graph().parse(data=turtle, format="turtle")) > 30
    assert not [node for triple in triples for node in triple if isinstance(node, BNode)]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_browser_gets_a_page_and_nonsense_406(visitor: FlaskClient, address: str) -> None:
    page = visitor.get(address, headers={"Accept": "text/html"}, follow_redirects=True)
    assert (page.status_code, page.mimetype) == (200, "text/html")
    refused = visitor.get(address, headers={"Accept": "image/png"})
    assert refused.status_code == 406
    assert "text/turtle" in json.loads(refused.data)["offered"]


def test_a_description_that_has_not_changed_is_not_sent_again(visitor: FlaskClient) -> None:
    for address in ADDRESSES:
        headers = {"Accept": "text/turtle"}
        tag = visitor.get(address, headers=headers).headers["ETag"]
        again = visitor.get(address, headers={**headers, "If-None-Match": tag})
        assert (again.status_code, again.data) == (304, b"")


# ---------------------------------------------------------------- on their way


@pytest.mark.parametrize("path", ["/", "/id/person/hatter", "/dataset.ttl", "/download/sayso.nq"])
def test_pages_and_data_are_compressed_for_who_accepts_it(visitor: FlaskClient, path: str) -> None:
    plain = visitor.get(path)
    packed = visitor.get(path, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Content-Length"] == str(len(packed.data))
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert "Accept-Encoding" in packed.headers["Vary"]
    content = zlib.decompress(packed.data, wbits=31)
    assert len(content) > 2 * len(packed.data)
    if path.endswith((".nq", "/")):
        assert content == plain.data
    tag = packed.headers.get("ETag")
    if tag:
        assert tag.startswith("W/")
        again = visitor.get(path, headers={"Accept-Encoding": "gzip", "If-None-Match": tag})
        assert (again.status_code, again.data) == (304, b"")


def test_a_page_is_sent_plain_where_nothing_is_accepted(visitor: FlaskClient) -> None:
    response = visitor.get("/", headers={"Accept-Encoding": "*;q=0"})
    assert response.status_code == 200
    assert "Content-Encoding" not in response.headers
