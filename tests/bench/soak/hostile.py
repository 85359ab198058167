"""Make requests that no well-meaning client sends; the same seed gives the same ones."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from urllib.parse import quote

from bench.generate.plan import Chance

QUERY = "SELECT ?claim { ?claim a <https://w3id.org/sayso/ns#Claim> } LIMIT 5"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
LOCAL = "<file:///etc/hostname>"


class End(Enum):
    """What the client does once it has sent its bytes."""

    WAIT = "waits for the answer"
    HALF = "closes its sending side, and waits"
    RESET = "is gone at once"


@dataclass(frozen=True)
class Hostile:
    """Some bytes to send, in parts with a pause between, and what then."""

    kind: str
    parts: tuple[bytes, ...]
    end: End = End.WAIT
    pause: float = 0.0


def hostile(number: int, seed: int = 1865, *, endless: bool = False) -> Iterator[Hostile]:
    """Make so many hostile requests; ``endless`` adds some that only a deadline ends."""
    for turn in range(number):
        chance = Chance("hostile", seed, turn)
        costly = endless and turn % 50 == 0
        kinds = COSTLY if costly else KINDS
        yield kinds[(turn // 50 if costly else turn) % len(kinds)](chance)


def _endless(chance: Chance) -> Hostile:
    return Hostile("endless", (_get(ENDLESS),), chance.of((End.WAIT, End.RESET)))


def _fuzzed_query(chance: Chance) -> Hostile:
    return Hostile("fuzzed query", (_get(_fuzzed(chance, QUERY.encode())),))


def _fuzzed_bytes(chance: Chance) -> Hostile:
    return Hostile("fuzzed request", (_fuzzed(chance, _get(QUERY)),), End.HALF)


def _noise(chance: Chance) -> Hostile:
    noise = bytes(chance.below(256) for _ in range(1 + chance.below(2000)))
    return Hostile("noise", (noise + b"\r\n\r\n",), End.HALF)


def _broken_encoding(chance: Chance) -> Hostile:
    broken = chance.of((b"%", b"%zz", b"%c3%28", b"%00", b"%ff%fe", b"%u0041", b"%ed%a0%80"))
    return Hostile("broken encoding", (_line(b"/sparql?query=ASK%20" + broken),))


def _long_address(chance: Chance) -> Hostile:
    size = chance.of((9_000, 70_000, 1_000_000))
    return Hostile("long address", (_get("ASK { } #" + "x" * size),))


def _long_headers(chance: Chance) -> Hostile:
    many = b"".join(b"X-%d: %s\r\n" % (n, b"y" * 500) for n in range(chance.of((50, 500, 3000))))
    return Hostile("long headers", (_get(QUERY)[:-2] + many + b"\r\n",))


def _long_body(chance: Chance) -> Hostile:
    size = chance.of((100_000, 5_000_000))
    body = b"ASK { } #" + b"z" * size
    return Hostile("long body", (_post(body, len(body)),))


def _false_length(chance: Chance) -> Hostile:
    length = chance.of(("-1", "1e9", "99999999999999999999", "5, 6", "", "0x10", "100000000"))
    return Hostile("false length", (_post(b"ASK { }", length),), End.HALF)


def _two_lengths(chance: Chance) -> Hostile:
    head = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
    both = b"Content-Length: 7\r\nTransfer-Encoding: chunked\r\n\r\n"
    chunks = chance.of((b"7\r\nASK { }\r\n0\r\n\r\n", b"fffffffff\r\nASK", b"zz\r\n", b"-1\r\n"))
    return Hostile("two lengths", (head + both + chunks,), End.HALF)


def _cut_short(chance: Chance) -> Hostile:
    whole = _post(QUERY.encode(), len(QUERY))
    end = chance.of((End.HALF, End.RESET))
    return Hostile("cut short", (whole[: chance.below(len(whole))],), end)


def _hung_up(chance: Chance) -> Hostile:
    rows = f"SELECT * {{ ?s ?p ?o }} #{chance.below(1000)}"
    return Hostile("hung up while rows came", (_get(rows),), End.RESET, 0.02)


def _slow(chance: Chance) -> Hostile:
    whole = _get(QUERY)
    size = 1 + len(whole) // 12
    parts = tuple(whole[at : at + size] for at in range(0, len(whole), size))
    return Hostile("slow", parts, chance.of((End.WAIT, End.RESET)), 0.04)


def _deep(chance: Chance) -> Hostile:
    depth = chance.of((150, 1_000, 10_000, 100_000))
    opened, closed = chance.of((("{", "}"), ("{ OPTIONAL {", "} }"), ("{ SELECT * {", "} }")))
    query = f"SELECT * {opened * depth} {closed * depth}"
    return Hostile("deep", (_posted(query),))


def _deep_expression(chance: Chance) -> Hostile:
    depth = chance.of((150, 1_000, 10_000, 100_000))
    inner = chance.of(("(" * depth + "1" + ")" * depth, "!" * depth + "1", "-" * depth + "1"))
    return Hostile("deep expression", (_posted(f"SELECT * {{ FILTER({inner}) }}"),))


def _deep_path(chance: Chance) -> Hostile:
    depth = chance.of((150, 1_000, 10_000, 100_000))
    path = chance.of(
        ("(" * depth + "<p:p>" + ")" * depth, "^" * depth + "<p:p>", "<p:p>" + "*" * depth)
    )
    return Hostile("deep path", (_posted(f"ASK {{ ?s {path} ?o }}"),))


def _deep_list(chance: Chance) -> Hostile:
    depth = chance.of((150, 1_000, 10_000, 100_000))
    opened, closed = chance.of((("( ", ") "), ("[ <p:p> ", "] ")))
    return Hostile("deep list", (_posted(f"ASK {{ ?s ?p {opened * depth} 1 {closed * depth} }}"),))


def _wide(chance: Chance) -> Hostile:
    return Hostile("wide", (_posted(f"ASK {{ {_repeated(chance, 200)} }}"),))


def _very_wide(chance: Chance) -> Hostile:
    """Make what is refused as too long, or keeps a planner busy for long that is quadratic."""
    query = f"ASK {{ {_repeated(chance, 20_000)} }}"
    return Hostile("very wide", (_posted(query),), chance.of((End.WAIT, End.RESET)))


def _repeated(chance: Chance, count: int) -> str:
    return chance.of((
        "VALUES ?x { " + "1 " * count + "}",
        " UNION ".join(["{ ?s ?p ?o }"] * (count // 10)),
        "FILTER(" + " || ".join(["?s = ?s"] * count) + ")",
        "?s " + "/".join(["<p:p>"] * count) + " ?o",
    ))  # fmt: skip


def _reaching_out(chance: Chance) -> Hostile:
    query = chance.of((
        "SELECT * { SERVICE <http://127.0.0.1:9/sparql> { ?s ?p ?o } }",
        "SELECT * { SERVICE SILENT ?where { ?s ?p ?o } }",
        f"SELECT * FROM {LOCAL} {{ ?s ?p ?o }}",
        f"LOAD {LOCAL}",
        "DELETE WHERE { ?s ?p ?o }",
        "CLEAR ALL",
    ))  # fmt: skip
    return Hostile("reaching out", (chance.of((_get, _posted))(query),))


def _costly_text(chance: Chance) -> Hostile:
    pattern = chance.of(("(a+)+$", "(.*)*x", "(a|a)*b", "a{1000}{1000}", "\\\\p{L}{999}"))
    text = "a" * 5000
    return Hostile("costly text", (_posted(f'SELECT (REGEX("{text}", "{pattern}") AS ?x) {{}}'),))


def _odd_method(chance: Chance) -> Hostile:
    method = chance.of(
        (b"PUT", b"DELETE", b"TRACE", b"CONNECT", b"PATCH", b"get", b"\x00", b"A" * 5000)
    )
    return Hostile("odd method", (_get(QUERY).replace(b"GET", method, 1),), End.HALF)


def _odd_head(chance: Chance) -> Hostile:
    line = chance.of((
        b"Accept: " + b"text/turtle;q=" + b"9" * 400,
        b"Accept: " + b",".join([b"a/b"] * 2000),
        b"Accept: \xff\xfe\x00",
        b"Accept-Encoding: gzip;q=x, *;q=0",
        b"If-None-Match: " + b'"' * 3000,
        b"Host: evil.example\r\nHost: other.example",
        b"Range: bytes=0-1,1-2,9999999999999-",
        b"Expect: 200-ok",
        b"Upgrade: h2c\r\nConnection: upgrade",
    ))  # fmt: skip
    return Hostile("odd head", (_get(QUERY)[:-2] + line + b"\r\n\r\n",), End.HALF)


def _odd_path(chance: Chance) -> Hostile:
    path = chance.of((
        b"/../../etc/passwd",
        b"/%2e%2e/%2e%2e/etc/passwd",
        b"//evil.example/sparql",
        b"/article/" + b"%00" * 20,
        b"/sparql?" + b"query=ASK{}&" * 500,
        b"/sparql?query=ASK{}&default-graph-uri=not%20an%20iri",
        b"/sparql?query=ASK{}&named-graph-uri=" + quote(LOCAL).encode(),
        b"http://evil.example/sparql?query=ASK{}",
        b"*",
    ))  # fmt: skip
    return Hostile("odd path", (_line(path),), End.HALF)


def _pipelined(chance: Chance) -> Hostile:
    return Hostile("pipelined", (_get(QUERY) * (2 + chance.below(20)),), End.HALF)


KINDS: tuple[Callable[[Chance], Hostile], ...] = (
    _fuzzed_query, _fuzzed_bytes, _noise, _broken_encoding, _long_address, _long_headers,
    _long_body, _false_length, _two_lengths, _cut_short, _hung_up, _slow, _deep,
    _deep_expression, _deep_path, _deep_list, _wide, _reaching_out, _costly_text, _odd_method,
    _odd_head, _odd_path, _pipelined,
)  # fmt: skip
COSTLY: tuple[Callable[[Chance], Hostile], ...] = (_endless, _very_wide)


def _get(query: str | bytes) -> bytes:
    return _line(b"/sparql?query=" + quote(query, safe="").encode())


def _line(target: bytes) -> bytes:
    return b"GET " + target + b" HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: */*\r\n\r\n"


def _posted(query: str) -> bytes:
    body = query.encode()
    return _post(body, len(body))


def _post(body: bytes, length: int | str) -> bytes:
    head = "POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/sparql-query\r\n"
    return f"{head}Content-Length: {length}\r\n\r\n".encode() + body


def _fuzzed(chance: Chance, content: bytes) -> bytes:
    """Change, drop or double some bytes."""
    found = bytearray(content)
    for _ in range(1 + chance.below(12)):
        at = chance.below(len(found)) if found else 0
        if chance.yes(0.4):
            found[at : at + 1] = bytes([chance.below(256)])
        elif chance.yes(0.5):
            del found[at : at + 1 + chance.below(8)]
        else:
            found[at:at] = found[at : at + chance.below(20)] * 2
    return bytes(found)
