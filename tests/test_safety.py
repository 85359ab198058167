"""Whatever is asked, the server calls nobody, opens nothing and writes nothing.

Each question of the table below is put to the endpoint in a process of its own (see
``safety_child.py``): once watched by Python's audit hooks, and once under a filter of the
kernel that ends the process at any attempt, the engine's own too, while a socket listens that
must not be called.
"""

import json
import platform
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest

from safety_child import FORBIDDEN
from silence import Silent
from test_endpoint_federation import CALLS

HERE = Path(__file__).parent
TRIAL = str(HERE / "trial")
COURT = '<urn:w:knave> <urn:w:accusedOf> <urn:w:theft> <urn:w:court> .\n_:a <urn:w:b> "c" .\n'
SERVICE = [
    *(call.replace("\\u0068ttpADDRESS-LESS-SCHEME", "\\u0068ttp://PLACEx") for call in CALLS),
    "SELECT * { \\u0053ERVICE <ADDRESSx> { ?s ?p ?o } }",
    "SELECT * { SERVICE <file:///etc/passwd> { ?s ?p ?o } }",
    "SELECT * { SERVICE <ADDRESSx> { SERVICE <ADDRESSy> { ?s ?p ?o } } }",
    "SELECT * { ?s ?p ?o OPTIONAL { SERVICE SILENT <ADDRESSx> { ?s ?q ?r } } }",
    "SELECT * { ?s ?p ?o MINUS { SERVICE SILENT <ADDRESSx> { ?s ?q ?r } } }",
    "SELECT * { { ?s ?p ?o } UNION { SERVICE SILENT <ADDRESSx> { ?s ?q ?r } } }",
    "SELECT * { GRAPH ?g { SERVICE SILENT <ADDRESSx> { ?s ?q ?r } } }",
    "SELECT (EXISTS { SERVICE SILENT <ADDRESSx> { ?s ?q ?r } } AS ?x) {}",
    "SELECT * { ?s ?p ?o FILTER NOT EXISTS { SERVICE SILENT <ADDRESSx> { ?s ?q ?r } } }",
    "ASK { BIND(IRI('ADDRESSx') AS ?x) SERVICE ?x { ?s ?p ?o } }",
    "CONSTRUCT { ?s ?p ?o } { SERVICE SILENT <ADDRESSx> { ?s ?p ?o } }",
    "DESCRIBE ?s { SERVICE SILENT <ADDRESSx> { ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o } ORDER BY (EXISTS { SERVICE SILENT <ADDRESSx> { ?s ?q ?r } })",
    "SELECT * { ?s ?p ?o } HAVING (EXISTS { SERVICE SILENT <ADDRESSx> { ?s ?q ?r } })",
]
UPDATES = [
    "LOAD <ADDRESSx>",
    "LOAD SILENT <ADDRESSx> INTO GRAPH <urn:g>",
    "LOAD <file:///etc/passwd>",
    "LOAD <file:///etc/passwd> INTO GRAPH <urn:g>",
    "load\n<ADDRESSx>",
    "L\\u004FAD <ADDRESSx>",
    "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
    "INSERT { ?s ?p ?o } WHERE { SERVICE <ADDRESSx> { ?s ?p ?o } }",
    "DELETE WHERE { ?s ?p ?o }",
    "CLEAR ALL",
    "DROP ALL",
    "CREATE GRAPH <ADDRESSx>",
    "COPY <ADDRESSx> TO DEFAULT",
    "MOVE <ADDRESSx> TO DEFAULT",
    "ADD <file:///etc/passwd> TO DEFAULT",
    "SELECT * { ?s ?p ?o } ; LOAD <ADDRESSx>",
]
REFUSED = [
    *SERVICE,
    *UPDATES,
    "SELECT (<ADDRESSx>(?s) AS ?x) { ?s ?p ?o }",
    "SELECT * { ?s ?p ?o FILTER(<file:///etc/passwd>(?s)) }",
    "SELECT * { { SELECT * FROM <ADDRESSx> { ?s ?p ?o } } }",
    "SELECT * FR\\u004FM <ADDRESSx> { ?s ?p ?o }",
]
GRAPHS = [
    "FROM <ADDRESSx>",
    "FROM <file:///etc/passwd>",
    "FROM <ADDRESSx> FROM <ADDRESSy>",
    "FROM <file:///etc/passwd> FROM <ADDRESSx> FROM NAMED <ADDRESSy>",
    "FROM NAMED <ADDRESSx>",
    "FROM NAMED <file:///etc/passwd>",
    "FROM <\\u0066ile:///etc/passwd>",
    "FROM ex:x",
    "FROM ex:x FROM NAMED ex:y",
    "FROM <x>",
    "FROM # <urn:a>\n <ADDRESSx>",
    "FROM<ADDRESSx>FROM<file:///etc/passwd>",
]
FORMS = [
    "SELECT * {} WHERE {{ ?s ?p ?o }}",
    "ASK {} WHERE {{ ?s ?p ?o }}",
    "CONSTRUCT {{ ?s ?p ?o }} {} WHERE {{ ?s ?p ?o }}",
    "DESCRIBE ?s {} WHERE {{ ?s ?p ?o }}",
]
# What names a graph or a resource that is not here: the honest answer is that nothing is known.
EMPTY = [
    *(form.format(graph) for graph in GRAPHS for form in FORMS),
    "SELECT * { GRAPH <ADDRESSx> { ?s ?p ?o } }",
    "SELECT * { GRAPH <file:///etc/passwd> { ?s ?p ?o } }",
    "ASK { BIND(IRI('ADDRESSx') AS ?g) GRAPH ?g { ?s ?p ?o } }",
    "SELECT * { VALUES ?g { <file:///etc/passwd> <ADDRESSx> } GRAPH ?g { ?s ?p ?o } }",
    "DESCRIBE <ADDRESSx>",
    "DESCRIBE <file:///etc/passwd>",
    "CONSTRUCT { <ADDRESSx> ?p ?o } { <ADDRESSx> ?p ?o }",
    "ASK { <file:///etc/passwd> ?p ?o FILTER NOT EXISTS { GRAPH <ADDRESSx> { ?s ?p ?o } } }",
]
PREFIXES = " ".join(
    f"PREFIX {name}: <ADDRESS>" for name in ("ex", "", "SERVICE", "SERVICEex", "SERVICESILENTex")
)


@dataclass(frozen=True)
class Asked:
    """A request, and what its answer has to be: ``refused`` (4xx) or ``empty``."""

    verdict: str
    what: str
    method: str
    target: str
    body: str = ""
    media_type: str = ""


def as_query(query: str, verdict: str) -> list[Asked]:
    """Ask a query in each of the three ways that the protocol has."""
    query = f"BASE <ADDRESS> {PREFIXES} {query}"
    form = urlencode({"query": query})
    return [
        Asked(verdict, query, "GET", f"/sparql?{form}"),
        Asked(verdict, query, "POST", "/sparql", form, "application/x-www-form-urlencoded"),
        Asked(verdict, query, "POST", "/sparql", query, "application/sparql-query"),
    ]


def as_update(update: str) -> list[Asked]:
    """Send an update in each of the two ways that the protocol has."""
    form = urlencode({"update": update})
    return [
        Asked("refused", update, "POST", "/sparql", form, "application/x-www-form-urlencoded"),
        Asked("refused", update, "POST", "/sparql", update, "application/sparql-update"),
    ]


def others() -> list[Asked]:
    """Name graphs by parameters, write, and walk out of folders."""
    found = []
    context = '{"@context": "ADDRESSx", "@id": "urn:a", "urn:b": "c"}'
    for iri in ("ADDRESSx", "file:///etc/passwd", "ADDRESSx?a=/../../etc/passwd"):
        name = quote(iri, safe="")
        for parameter in ("default-graph-uri", "named-graph-uri"):
            asked = f"/sparql?{parameter}={name}&{parameter}={name}y&query="
            found.append(Asked("empty", iri, "GET", asked + quote("SELECT * { ?s ?p ?o }")))
        store = f"/rdf-graph-store?graph={name}"
        found.append(Asked("refused", iri, "GET", store))
        found += [
            Asked("refused", iri, method, store, context, "application/ld+json")
            for method in ("PUT", "POST", "DELETE", "PATCH")
        ]
    for path in (
        "/etc/passwd",
        "/../../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/..%5c..%5cetc/passwd",
    ):
        found += [
            Asked("refused", path, "GET", start + path)
            for start in ("", "/static", "/download", "/rdf-graph-store", "/article")
        ]
    return found


TABLE = [
    *(asked for query in REFUSED for asked in as_query(query, "refused")),
    *(asked for query in EMPTY for asked in as_query(query, "empty")),
    *(asked for update in UPDATES for asked in as_update(update)),
    *others(),
]


@dataclass(frozen=True)
class Seen:
    """What came of it: the answers of both rounds, what Python touched, and who was called."""

    first: list[tuple[int, str]]
    second: list[tuple[int, str]]
    touched: list[str]
    calls: int


needs_filter = pytest.mark.skipif(
    sys.platform != "linux" or platform.machine() not in FORBIDDEN,
    reason="the kernel's filter is written for Linux on x86_64 and aarch64",
)
KINDS = ("claims", "rdf", "disk")


def run(
    data: tuple[str, str], table: list[Asked], silent: Silent, slip: str = ""
) -> subprocess.CompletedProcess[str]:
    """Ask in a process of its own; ADDRESS and PLACE stand for the listening socket."""
    asked = [
        (one.method, fill(one.target, silent), fill(one.body, silent), one.media_type or None)
        for one in table
    ]
    order = {"data": data, "asked": asked, "slip": slip, "address": silent.address}
    return subprocess.run(
        [sys.executable, str(HERE / "safety_child.py")],
        input=json.dumps(order),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        env={"PATH": "", "PYTHONPATH": ":".join(path for path in sys.path if path)},
    )


def fill(text: str, silent: Silent) -> str:
    """Put the address of the listening socket in, quoted where the rest is."""
    encode = (lambda plain: quote(plain, safe="")) if "%" in text else str
    return text.replace("ADDRESS", encode(silent.address)).replace("PLACE", encode(silent.place))


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Seen]:
    """Return what finds out about a kind of data, once for all tests."""

    @cache
    def found(kind: str) -> Seen:
        path = tmp_path_factory.mktemp(kind) / "court.nq"
        path.write_text(COURT, encoding="utf-8")
        with Silent() as silent:
            done = run((kind, TRIAL if kind == "claims" else str(path)), TABLE, silent)
        assert done.returncode == 0, f"ended by signal {-done.returncode}: {done.stderr[-2000:]}"
        told = json.loads(done.stdout)
        return Seen(told["first"], told["second"], told["seen"], silent.calls)

    return found


@needs_filter
@pytest.mark.parametrize("kind", KINDS)
def test_every_hostile_request_is_refused_or_finds_nothing(
    seen: Callable[[str], Seen], kind: str
) -> None:
    answers = seen(kind)
    calls = {asked.what for query in SERVICE for asked in as_query(query, "")}
    for round_ in (answers.first, answers.second):
        assert len(round_) == len(TABLE) > 300
        for asked, (status, body) in zip(TABLE, round_, strict=True):
            assert "root:" not in body
            assert "Traceback" not in body
            if asked.verdict == "refused":
                assert status == 403 or asked.what not in calls, (asked, status, body)
                assert 400 <= status < 500, (asked, status, body)
            else:
                assert status == 200, (asked, status, body)
                assert is_nothing(body), (asked, body)


def is_nothing(body: str) -> bool:
    """Say whether an answer has no row, no triple, or is no."""
    if not body.strip():
        return True
    found = json.loads(body)
    return found.get("boolean") is False or found["results"]["bindings"] == []


@needs_filter
@pytest.mark.parametrize("kind", KINDS)
def test_nobody_was_called_and_nothing_opened(seen: Callable[[str], Seen], kind: str) -> None:
    """That the process lived to tell proves it for the second round; here is the first."""
    answers = seen(kind)
    assert answers.calls == 0
    own = tuple(path for path in sys.path if path)
    outside = [
        event
        for event in answers.touched
        if not (
            event.startswith(("open ", "os.listdir ")) and event.split(" ", 1)[1].startswith(own)
        )
    ]
    assert outside == []


@needs_filter
@pytest.mark.parametrize("slip", ["open", "engine opens", "engine calls"])
def test_the_proof_is_one(tmp_path: Path, slip: str) -> None:
    """The engine does call who is named in SERVICE, and open what it is told; it would be seen."""
    path = tmp_path / "court.nq"
    path.write_text(COURT, encoding="utf-8")
    with Silent() as silent:
        done = run(("rdf", str(path)), [], silent, slip)
    assert done.returncode == -signal.SIGSYS, done.stderr
