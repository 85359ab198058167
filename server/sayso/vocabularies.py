"""Name the namespaces that the graph is written in, as plain text.

Apart from the terms, since reading these loads no RDF library.
"""

BASE = "https://w3id.org/sayso/"

VOCABULARIES: dict[str, str] = {
    "sayso": BASE + "ns#",
    "act": BASE + "code/act/",
    "basis": BASE + "code/basis/",
    "cert": BASE + "code/certainty/",
    "conf": BASE + "code/confidence/",
    "dispute": BASE + "code/dispute/",
    "drift": BASE + "code/drift/",
    "method": BASE + "code/method/",
    "omission": BASE + "code/omission/",
    "stance": BASE + "code/stance/",
    "textform": BASE + "code/text-form/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "edtf": "http://id.loc.gov/datatypes/edtf/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "oa": "http://www.w3.org/ns/oa#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "time": "http://www.w3.org/2006/time#",
    "vann": "http://purl.org/vocab/vann/",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def prefixes(base: str = BASE) -> dict[str, str]:
    """Return every prefix by name, with those of the data under the given base IRI."""
    return VOCABULARIES | {
        "date": base + "date/",
        "event": base + "id/event/",
        "group": base + "id/group/",
        "org": base + "id/org/",
        "p": base + "predicate/",
        "person": base + "id/person/",
        "place": base + "id/place/",
        "stmt": base + "statement/",
        "work": base + "id/work/",
    }
