"""Describe the data set to machines, with what is counted of it (VoID and DCAT 3)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256

import pyoxigraph as ox

from sayso.endpoint.description import SD, format_iri
from sayso.endpoint.graphs import ADDRESS
from sayso.endpoint.tags import digest
from sayso.store import ClaimStore
from sayso.store.counts import Counts
from sayso.store.export import exported
from sayso.store.formats import GRAPH_FORMATS, RESULT_FORMATS, GraphFormat
from sayso.vocabularies import VOCABULARIES

_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
_PROTOCOLS = {
    "sparql": "https://www.w3.org/TR/sparql11-protocol/",
    ADDRESS[1:]: "https://www.w3.org/TR/sparql11-http-rdf-update/",
}
_SPDX = "http://spdx.org/rdf/terms#"
_SHA256 = ox.NamedNode(_SPDX + "checksumAlgorithm_sha256")
_HEX = VOCABULARIES["xsd"] + "hexBinary"
_MEASURED = 200_000  # quads; the files of a larger graph take seconds to write

Fact = tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]


@dataclass(frozen=True)
class File:
    """A download: its bytes and their SHA-256, as DCAT 3 tells it (section 6.20, by SPDX)."""

    size: int
    sha256: str

    @classmethod
    def of(cls, pieces: Iterable[bytes]) -> "File":
        """Measure a file, piece by piece."""
        size, found = 0, sha256()
        for piece in pieces:
            size += len(piece)
            found.update(piece)
        return cls(size, found.hexdigest())

    @property
    def checksum(self) -> ox.Literal:
        """The hash as SPDX writes it."""
        return ox.Literal(self.sha256, datatype=ox.NamedNode(_HEX))


@dataclass(frozen=True)
class Catalogue:
    """What can be told of one loaded graph; it is counted when it is first asked for."""

    claims: ClaimStore
    iri: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "iri", self.claims.base + "dataset")

    @cached_property
    def counts(self) -> Counts:
        """Count the graph."""
        return Counts.of(self.claims.default, self.claims.engine)

    @cached_property
    def files(self) -> dict[str, File]:
        """Measure the downloads, by suffix; of a large graph none is measured."""
        if sum(self.counts.graphs.values()) > _MEASURED:
            return {}
        return {form.suffix: File.of(exported(self.claims, form)) for form in GRAPH_FORMATS}

    def own(self) -> list[ox.Quad]:
        """List what the graph itself says of the data set."""
        node = ox.NamedNode(self.iri)
        return list(self.claims.default.quads_for_pattern(node, None, None, ox.DefaultGraph()))

    def described(self, origin: str) -> list[ox.Quad]:
        """List what is counted and where it is had; ``origin`` is this server, with a slash."""
        data = ox.NamedNode(self.iri)
        facts = [
            *self._counted(data),
            *self._services(data, origin),
            *self._graphs(data),
            *(fact for form in GRAPH_FORMATS for fact in self._distribution(data, form, origin)),
        ]
        return [ox.Quad(*fact) for fact in facts]

    def _counted(self, data: ox.NamedNode) -> Iterator[Fact]:
        yield data, _TYPE, _void("Dataset")
        yield data, _TYPE, _dcat("Dataset")
        for name, number in self.counts.whole.items():
            yield data, _void(name), ox.Literal(number)
        for form in GRAPH_FORMATS:
            yield data, _void("feature"), format_iri(form.suffix)

    def _services(self, data: ox.NamedNode, origin: str) -> Iterator[Fact]:
        yield data, _void("sparqlEndpoint"), ox.NamedNode(origin + "sparql")
        for path, protocol in _PROTOCOLS.items():
            service = ox.NamedNode(f"{self.iri}#{path}")
            yield service, _TYPE, _dcat("DataService")
            yield service, _dcat("endpointURL"), ox.NamedNode(origin + path)
            yield service, _dcat("servesDataset"), data
            yield service, _dcterms("conformsTo"), ox.NamedNode(protocol)
        sparql = ox.NamedNode(f"{self.iri}#sparql")
        yield sparql, _dcat("endpointDescription"), ox.NamedNode(origin + "sparql")
        for form in RESULT_FORMATS:
            yield sparql, _dcterms("format"), format_iri(form.suffix)

    def _graphs(self, data: ox.NamedNode) -> Iterator[Fact]:
        for name, size in self.counts.graphs.items():
            part = ox.NamedNode(f"{self.iri}#graph-{digest((name,))[:12]}")
            yield data, _void("subset"), part
            yield part, _TYPE, _void("Dataset")
            yield part, _TYPE, _sd("NamedGraph")
            yield part, _sd("name"), ox.NamedNode(name)
            yield part, _void("triples"), ox.Literal(size)

    def _distribution(self, data: ox.NamedNode, form: GraphFormat, origin: str) -> Iterator[Fact]:
        file = ox.NamedNode(f"{origin}download/sayso.{form.suffix}")
        node = ox.NamedNode(f"{self.iri}#{form.suffix}")
        yield data, _void("dataDump"), file
        yield data, _dcat("distribution"), node
        yield node, _TYPE, _dcat("Distribution")
        yield node, _dcterms("title"), ox.Literal(form.name, language="en")
        yield node, _dcat("downloadURL"), file
        yield node, _dcat("mediaType"), ox.NamedNode(_MEDIA_TYPES + form.media_type)
        yield node, _dcterms("conformsTo"), format_iri(form.suffix)
        if form.suffix in self.files:
            yield node, _dcat("byteSize"), ox.Literal(self.files[form.suffix].size)
            checksum = ox.NamedNode(f"{self.iri}#{form.suffix}-checksum")
            yield node, ox.NamedNode(_SPDX + "checksum"), checksum
            yield checksum, _TYPE, ox.NamedNode(_SPDX + "Checksum")
            yield checksum, ox.NamedNode(_SPDX + "algorithm"), _SHA256
            yield checksum, ox.NamedNode(_SPDX + "checksumValue"), self.files[form.suffix].checksum
        for quad in self.own():
            if quad.predicate == _LICENCE and not isinstance(quad.object, ox.BlankNode | ox.Triple):
                yield node, _LICENCE, quad.object


def _void(name: str) -> ox.NamedNode:
    return ox.NamedNode(VOCABULARIES["void"] + name)


def _dcat(name: str) -> ox.NamedNode:
    return ox.NamedNode(VOCABULARIES["dcat"] + name)


def _dcterms(name: str) -> ox.NamedNode:
    return ox.NamedNode(VOCABULARIES["dcterms"] + name)


def _sd(name: str) -> ox.NamedNode:
    return ox.NamedNode(SD + name)


_TYPE = ox.NamedNode(VOCABULARIES["rdf"] + "type")
_LICENCE = _dcterms("license")
