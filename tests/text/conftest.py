"""Make records and texts to compare."""

from collections.abc import Callable
from pathlib import Path

import pytest

from sayso.paths import DataFolder
from sayso.text.document import Document, read_document
from sayso.text.source import ArticleText

HEADER = """\
@prefix act: <https://w3id.org/sayso/code/act/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix edtf: <http://id.loc.gov/datatypes/edtf/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix omission: <https://w3id.org/sayso/code/omission/> .
@prefix p: <https://example.org/sayso/predicate/> .
@prefix person: <https://example.org/sayso/id/person/> .
@prefix place: <https://example.org/sayso/id/place/> .
@prefix sayso: <https://w3id.org/sayso/ns#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix work: <https://example.org/sayso/id/work/> .

"""
Draft = Callable[[str], Document]
Text = Callable[[str], ArticleText]


@pytest.fixture
def draft(wonderland: DataFolder) -> Draft:
    """Write a record with the usual prefixes and read it."""

    def make(body: str) -> Document:
        path = wonderland.articles / "dormouse-1865-11-28-treacle.ttl"
        path.write_text(HEADER + body, encoding="utf-8")
        return read_document(path, wonderland)

    return make


@pytest.fixture
def text(tmp_path: Path) -> Text:
    """Write a text and read it."""

    def make(content: str) -> ArticleText:
        path = tmp_path / "treacle.txt"
        path.write_bytes(content.encode("utf-8"))
        return ArticleText(path, content)

    return make
