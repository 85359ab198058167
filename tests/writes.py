"""Write to the example folder in a test, without a server: what is written is read anew."""

from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
from werkzeug.test import Client, TestResponse

from sayso.endpoint.writes import RecordWriter
from sayso.endpoint.writes_folder import Folder
from sayso.endpoint.writes_token import Token
from sayso.paths import DataFolder
from sayso.store import load
from sayso.web import create_app

SECRET = "the-queen-made-some-tarts"
NAME = "white-rabbit-1865-11-26-trial"
BASE = "https://example.org/sayso/"
IRI = BASE + "article/" + NAME
SECOND = "cheshire-cat-1865-11-27-verdict"
HOLDER = {"Authorization": f"Bearer {SECRET}"}
# A record made from notes: who reads the trial's report and says what it says.
NOTES = f"""
@prefix act: <https://w3id.org/sayso/code/act/> .
@prefix basis: <https://w3id.org/sayso/code/basis/> .
@prefix cert: <https://w3id.org/sayso/code/certainty/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix method: <https://w3id.org/sayso/code/method/> .
@prefix p: <{BASE}predicate/> .
@prefix person: <{BASE}id/person/> .
@prefix event: <{BASE}id/event/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix sayso: <https://w3id.org/sayso/ns#> .
@prefix work: <{BASE}id/work/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

<> a sayso:Record ;
  dcterms:title "What was made of the trial"@en ;
  dcterms:source work:charge-sheet ;
  dcterms:license <https://creativecommons.org/licenses/by/4.0/> ;
  prov:wasGeneratedBy <#encoding> .
<#encoding> a sayso:Encoding ;
  prov:wasAssociatedWith person:alice ;
  prov:startedAtTime "2026-11-22T11:00:00Z"^^xsd:dateTime ;
  prov:endedAtTime "2026-11-22T12:00:00Z"^^xsd:dateTime ;
  dcterms:conformsTo method:notes ;
  prov:used work:charge-sheet .
# A claim whose statement has no name yet.
<#c1> a sayso:Claim ;
  sayso:claimant person:queen-of-hearts ;
  sayso:act act:alleges ; sayso:certainty cert:certain ; sayso:basis basis:unstated ;
  sayso:states [
    sayso:subject person:knave-of-hearts ; sayso:predicate p:committed ;
    sayso:object event:theft-of-the-tarts ; sayso:eventDate "1865-06" ] ;
  sayso:paraphrase "The Queen still holds the Knave guilty of the theft."@en ;
  sayso:saidIn work:charge-sheet ; sayso:saidOn "1865-11-26" .
"""


@dataclass
class Desk:
    """A data folder, and an application over it as it is now."""

    folder: DataFolder
    patience: float = 0.2
    strict: bool = True

    def __post_init__(self) -> None:
        self.serve()

    def serve(self) -> None:
        """Serve what the folder holds by now."""
        self.claims = load(self.folder)
        writer = RecordWriter(
            Folder(self.folder, self.claims, self.strict, self.patience),
            Token.read(token_file(self.folder.root.parent)),
        )
        self.client = Client(create_app(self.claims, writer=writer))

    def ask(
        self,
        method: str,
        body: str | bytes = b"",
        *,
        path: str = f"/article/{NAME}",
        kind: str = "text/turtle",
        holder: bool = True,
        **headers: str,
    ) -> TestResponse:
        """Send a request with the token, and serve anew what it has changed."""
        before = self.files()
        fields = {name.replace("_", "-"): value for name, value in headers.items()}
        answer = self.client.open(
            path,
            method=method,
            data=body,
            headers={**(HOLDER if holder else {}), **fields},
            content_type=kind,
        )
        if self.files() != before:
            self.serve()
        return answer

    def file(self, name: str = NAME) -> Path:
        """Return the file of a record."""
        return self.folder.articles / f"{name}.ttl"

    def files(self) -> dict[str, bytes]:
        """Read every file of the folder, hidden ones too."""
        root = self.folder.root
        return {str(f.relative_to(root)): f.read_bytes() for f in root.rglob("*") if f.is_file()}

    def turtle(self) -> str:
        """Read the record's file."""
        return self.file().read_text(encoding="utf-8")

    def tag(self) -> str:
        """Return the ETag of the record as it stands: that of a write that changes nothing."""
        return self.ask("PUT", self.turtle()).headers["ETag"]

    def graph(self, form: ox.RdfFormat, iri: str = IRI) -> bytes:
        """Write the graph as a reader gets it, with all that is implied."""
        found = self.claims.store.quads_for_pattern(None, None, None, ox.NamedNode(iri))
        quads = [*found]
        if not form.supports_datasets:
            quads = [ox.Quad(q.subject, q.predicate, q.object) for q in quads]
        return ox.serialize(quads, format=form) or b""


def token_file(folder: Path) -> Path:
    """Make a file with the token that its owner alone can read."""
    file = folder / "token"
    if not file.exists():
        file.touch(0o600)
        file.write_text(SECRET + "\n", encoding="utf-8")
    return file
