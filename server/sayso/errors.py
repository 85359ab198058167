"""Hold the sentences that a user reads when something is wrong with what they gave.

Each class's docstring is its sentence; the facts are filled in by name.
"""

from inspect import cleandoc


class SaysoError(Exception):
    """Something is wrong: {reason}."""

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        sentence = cleandoc(type(self).__doc__ or "").replace("\n", " ")
        super().__init__(sentence.format(**facts))


class NoFolder(SaysoError):
    """{path}: there is no such folder; name one with --data DIR, or make one with `sayso init DIR`."""


class NoRecords(SaysoError):
    """{path}: no article is in this folder; put one Turtle file per article there."""


class NoFile(SaysoError):
    """{path}: there is no such file."""


class Unreadable(SaysoError):
    """{path}: this file cannot be read ({reason})."""


class BadEncoding(SaysoError):
    """{path}:{line}: byte {offset} is not UTF-8; save the file as UTF-8."""


class BadSyntax(SaysoError):
    """{path}:{line}:{column}: this is not {format}: {reason}."""


class BadFileName(SaysoError):
    """{path}: this name cannot be part of an IRI; use letters, digits and hyphens."""


class NoBase(SaysoError):
    """{path}: it must say where IRIs begin, once: <> void:uriSpace "https://…/" ."""


# What a request over HTTP may ask in vain.


class NoQuery(SaysoError):
    """No query was given: send one as the parameter `query`."""


class TwoQueries(SaysoError):
    """The parameter `{parameter}` was given {count} times, and one is allowed."""


class TooDeep(SaysoError):
    """The query nests brackets more than {limit} deep; write it flatter."""


class BadGraphName(SaysoError):
    """The parameter `{parameter}` must be an absolute IRI, and {value!r} is none."""


class BadNumber(SaysoError):
    """The parameter `{parameter}` must be {wanted}, and {value!r} is none."""


class NoRest(SaysoError):
    """The rows after a place cannot be told for this query; write OFFSET into it."""


class GraphNotNamed(SaysoError):
    """Name one graph: ?graph= with its absolute IRI, or ?default for the union of all; this request names {count}."""


class UnknownGraph(SaysoError):
    """<{iri}> is not a graph here."""


class ReadOnly(SaysoError):
    """This server only reads: {method} would change a graph, and what is offered is {offered}."""


class NotUtf8(SaysoError):
    """The {part} of the request is not UTF-8."""


class UpdateRefused(SaysoError):
    """This endpoint only reads: it takes queries and no updates."""


class ServiceRefused(SaysoError):
    """SERVICE is not offered: this endpoint asks no other server anything."""


class ServiceUnknown(SaysoError):
    """SERVICE may only name, written out in full, one of: {known}."""


class UnknownFunction(SaysoError):
    """<{function}> is not a function that this endpoint has."""


class QueryFailed(SaysoError):
    """The query could be read but not answered: {reason}."""


class NotAcceptable(SaysoError):
    """No answer of the kind {accepted!r} can be given; what can: {offered}."""


class WrongMediaType(SaysoError):
    """A body of the media type {given!r} is not taken; what is: {taken}."""


class WrongMethod(SaysoError):
    """The method {method} is not offered here; what is: {offered}."""


class TooLong(SaysoError):
    """The request is longer than the {limit} bytes that are taken."""


class UnknownIri(SaysoError):
    """<{iri}> is not in this graph."""


class NoTarget(SaysoError):
    """Name the IRI whose provenance is meant, as in /provenance?target=https%3A%2F%2Fw3id.org%2Fsayso%2Fns."""


class TextNotRead(SaysoError):
    """{path}: no record of this graph was made from this text, whose SHA-256 is {hash}; give the very file that the record was read from."""


class NeedsLinux(SaysoError):
    """`sayso serve` runs on Linux only, and this is {system}; use a container, or the other commands, which run anywhere."""


class PortTaken(SaysoError):
    """Port {port} of {host} cannot be used ({reason}); choose another with --port, or --port 0 for any that is free."""


# What a command line may ask in vain.


class NetworkRefused(SaysoError):
    """{path}: a query may not call another server; take the SERVICE part out."""


class UnfitFormat(SaysoError):
    """{path}: {form} cannot be written as {given}; what fits: {fitting}."""


class UnknownQuestion(SaysoError):
    """{name}: no question is stored under this name; `sayso query --list` lists them{near}."""


class UnknownSetting(SaysoError):
    """{name}: the question has no place to set ?{variable}; it has {known}."""


class UnknownClaim(SaysoError):
    """{name}: no claim of the graph is called that{near}."""


class UnknownStatement(SaysoError):
    """{name}: no claim of the graph states a statement that is called that{near}."""


class AmbiguousClaim(SaysoError):
    """{name}: {count} records have a claim of this name; say which: {near}."""


class SeveralThings(SaysoError):
    """{sentences}"""

    @classmethod
    def of(cls, errors: "list[SaysoError]") -> SaysoError:
        """Join errors into one, a sentence a line, in the order of the places that they name."""
        placed = {
            str(error): (str(error.facts.get("path", "")), int(str(error.facts.get("line", 0))))
            for error in errors
        }
        sentences = sorted(placed, key=lambda sentence: (placed[sentence], sentence))
        return errors[0] if len(sentences) == 1 else cls(sentences="\n".join(sentences))


class HasByteOrderMark(SaysoError):
    """{path}: the file begins with a byte order mark, an invisible character that is not part of its content; save it as UTF-8 without one."""


class EmptyText(SaysoError):
    """{path}: no words are in this text."""


class OtherText(SaysoError):
    """{path}: the record was made from the text with SHA-256 {expected}, and {text} has {found}; give that text, or see with `sayso verify {path} --text {text}` which places still hold."""


class WordsNotFound(SaysoError):
    """{path}:{line}: the words {words!r} stand in 0 places of {text}; give them exactly as they are printed there."""


class WordsAmbiguous(SaysoError):
    """{path}:{line}: the words {words!r} stand in {count} places of {text}; add oa:prefix or oa:suffix with the words before or behind."""


class TextNeeded(SaysoError):
    """{path}:{line}: the evidence of {node} can be found only in the text; give it with --text FILE."""


class NoPlace(SaysoError):
    """{path}:{line}: {node} names no place in the text; give it oa:exact with the words, or oa:start and oa:end."""


class PlaceOutside(SaysoError):
    """{path}:{line}: {node} is at {start} to {end}, and the text has the positions 0 to {length}; a place begins before it ends, inside the text."""


class OtherWords(SaysoError):
    """{path}:{line}: what stands at {start} to {end} is not what {node} was made from; mend the place, or remove its schema:sha256 to accept what stands there now."""


class NotADate(SaysoError):
    """{path}:{line}: {date!r} cannot be used as a date: {reason}."""


class HalfStatement(SaysoError):
    """{path}:{line}: what {node} states has {count} values of {property}; a statement has exactly one subject, one predicate and one object, and at most one date and one place."""


class TripleTerm(SaysoError):
    """{path}: a triple is quoted as a term here, which sayso does not read; use a sayso:Statement."""


class NoTextVersion(SaysoError):
    """{path}: this record was made from no text that it names; give it one with `sayso tidy {path} --text FILE`."""


class NotTidied(SaysoError):
    """{path}:{line}: {node} has no place or no hash; fill them in with `sayso tidy {path} --text FILE`."""


class TextOfNoRecord(SaysoError):
    """{path}: this text has SHA-256 {found}, and the records in {folder} were made from {known}; to compare it all the same, name the record."""


class CannotWrite(SaysoError):
    """{path}: the file cannot be written ({reason}); it is as it was."""


class NotEmpty(SaysoError):
    """{path}: this is there already and is not an empty folder; name one that is empty or not there yet."""


class BadShapes(SaysoError):
    """The shapes cannot be used: {reason}; mend the file in the folder shapes, or remove it."""


class IllFormedShape(SaysoError):
    """{path}:{line}:{column}: this is no well-formed shape, by its {property}: {reason}."""


class NoShapes(SaysoError):
    """{path}: there are no shapes, so nothing can be checked."""


class NoBaseline(SaysoError):
    """{path}: there is no baseline here; write one with `sayso check --write-baseline {path}`."""


class BadBaseline(SaysoError):
    """{path}: this baseline cannot be used ({reason}); write it anew with `sayso check --write-baseline {path}`."""


class UnknownRule(SaysoError):
    """{code}: no rule has this code{near}."""


class NoTurtle(SaysoError):
    """{path}: no Turtle file is in this folder; name one to check."""


class NotLoaded(SaysoError):
    """{reason}"""


class ServingFailed(SaysoError):
    """The graph can be served no more: {reason}"""


# What `--rdf` and `--store` may be given in vain.


class UnknownRdf(SaysoError):
    """{path}: its ending does not say which RDF this is; what is read: {known}, each also with .gz."""


class NoRdf(SaysoError):
    """{pattern}: no file has such a name."""


class NoTriples(SaysoError):
    """{paths}: nothing is said there, so there is nothing to check."""


class NothingLookedAt(SaysoError):
    """{path}: no shape is about any node in it; give its nodes types that sayso has, or check it by shapes of its own with --shapes."""


class NotRdf(SaysoError):
    """Standard input is none of these: {known}."""


class BadRdf(SaysoError):
    """{path}{place}: this is not {format}: {reason}."""


class BadGzip(SaysoError):
    """{path}: this is not gzip, or not all of it ({reason})."""


class RemoteContext(SaysoError):
    """{path}: its JSON-LD needs a context from another place, and sayso fetches nothing; write the context into the file."""


class NoStore(SaysoError):
    """{path}: there is no store here; make one with `sayso load --store {path}`."""


class ForeignStore(SaysoError):
    """{path}: this is there already and was not made by `sayso load`; name a folder that is empty or not there yet."""


class WrittenStore(SaysoError):
    """{path}: this store is written to by `sayso serve --writable`, so it is not replaced; remove it first, or name another place."""


class UnwritableStore(SaysoError):
    """{path}: this store was made to be read only; for one that can be written to, name a place that is not there yet."""


class BrokenStore(SaysoError):
    """{path}: this store cannot be read ({reason}); make it anew with `sayso load`."""


class StoreFailed(SaysoError):
    """{path}: the store cannot be written ({reason}); what was there before is as it was."""


class BusyStore(SaysoError):
    """{path}: another `sayso load` is writing this store; wait until it has ended."""


# What a write may ask in vain.


class UpdateByGet(SaysoError):
    """An update is sent by POST, and never in the address of a GET request."""


class QueryAndUpdate(SaysoError):
    """A request holds a query or an update, and this one holds both."""


class UsingTwice(SaysoError):
    """The update names its graphs itself (USING or WITH), so the request must not name others by using-graph-uri or using-named-graph-uri."""


class LoadRefused(SaysoError):
    """LOAD is not offered: this server fetches nothing; send the data, as INSERT DATA or by POST to the graph store."""


class UpdateFailed(SaysoError):
    """The update could be read but not done, and nothing is changed: {reason}"""


class NoBoundary(SaysoError):
    """The body is no multipart/form-data with a file in it."""


class NoGraphThere(SaysoError):
    """<{iri}> is no graph here, so there is nothing to delete."""


class NoTokenFile(SaysoError):
    """{path}: the token cannot be read ({reason}); name a file that holds it with --token-file FILE."""


class OpenTokenFile(SaysoError):
    """{path}: others can read or change this file, so its token is no secret; mend that with `chmod 600 {path}`."""


class WeakToken(SaysoError):
    """{path}: a token is one line of {shortest} to {longest} letters, digits and -._~+/=; make one with `openssl rand -hex 32 > {path}`."""


class TokenMissing(SaysoError):
    """Only who holds the token may write: send it as `Authorization: Bearer <token>`."""


class WrongToken(SaysoError):
    """This is not the token of this server, so nothing is written."""


class NotWritable(SaysoError):
    """Only a record can be written, at <{articles}NAME> with a NAME of letters, digits, hyphens and dots that ends like no format; <{iri}> is none."""


class NoSuchRecord(SaysoError):
    """<{iri}> is no record here, so there is nothing to delete."""


class OneGraphOnly(SaysoError):
    """The body holds triples of the graph <{found}>, and only <{iri}> is written."""


class NotReadable(SaysoError):
    """The body cannot be read as {format}: {reason}."""


class NamelessNode(SaysoError):
    """{path}: {count} nodes have no name; give each an IRI of its own, such as <#c1>."""


class ChangedSince(SaysoError):
    """The graph is not in the state that the request asks for ({condition}), so nothing is written; get it again and look."""


class LastRecord(SaysoError):
    """<{iri}> is the last record, and a graph without any cannot be served; put another first."""


class SpoiltFolder(SaysoError):
    """{path}: this file of the folder cannot be read as it stands, so nothing can be checked or written; mend it first."""


class PartOfABody(SaysoError):
    """A part of a graph cannot be written (Content-Range); send all of it."""


class FolderBusy(SaysoError):
    """Another write has been at work for {seconds} s; try again."""


class NotServedYet(SaysoError):
    """It is written, and yet what is served is as before: {reason}"""


class NotConforming(SaysoError):
    """the graph breaks its rules and is not served, unless with --no-check."""


# What a file or an argument may be instead of what is meant.


class UndeclaredPrefix(SaysoError):
    """{path}:{line}: the prefix {prefix}: is declared nowhere in the file; add at its top: @prefix {prefix}: <{space}> ."""


class NotAFolder(SaysoError):
    """{path}: this is a file, and a folder is meant here."""


class NotAFile(SaysoError):
    """{path}: this is a folder, and a file is meant here."""


class ArgumentNotUtf8(SaysoError):
    """{argument} is not UTF-8; give it as UTF-8."""
