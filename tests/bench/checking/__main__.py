"""Print the curve: ``python -m bench.checking --articles 10 --articles 100``.

Each row is a generated graph: first checked with an empty cache, then unchanged, then with one
article changed: by a comment, and by a word that is wrong there and nowhere else. Then both engines
are asked the same shapes of the same quads, and the fast one also without the queries, which it
asks of each focus node anew. Each is a process of its own, of which the system tells seconds of
processor time, its children's among them, the most memory that one of them held, and the most
that all of them held together. A contestant that took longer than ``--most`` seconds is asked no
more, since the next graph is larger.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.queues import SimpleQueue
from pathlib import Path

import click
import pyoxigraph as ox

from bench.generate import Plan, write_folder
from bench.harness import WrongAnswerError, machine
from bench.memory import most_together
from sayso.paths import DataFolder
from sayso.store.files import base_iri, sources

_ROW = "{:>8} {:>9} {:<22} {:>8} {:>8} {:>8} {:>8} {:>8}"
_SPARQL = ox.NamedNode("http://www.w3.org/ns/shacl#sparql")
_SHACL = """import sys, shacl
print(shacl.Shapes.from_file(sys.argv[1]).validate_file(sys.argv[2]).conforms)"""
_PYSHACL = """import sys, pyshacl
print(pyshacl.validate(sys.argv[2], shacl_graph=sys.argv[1], inference="none")[0])"""


@dataclass(frozen=True)
class Cost:
    """What a process cost: seconds of processor time, its children's among them, and MiB.

    ``waited`` are the seconds until it had ended; ``together`` are the MiB of it and its children
    at the worst moment, where ``mebibytes`` are the most of any one of them.
    """

    seconds: float
    waited: float
    mebibytes: float
    together: float


def cost(command: Sequence[str], expected: str, cache: Path) -> Cost:
    """Run a command to its end; raise WrongAnswerError where it says something else."""
    context = get_context("fork")
    told: SimpleQueue[tuple[str, Cost]] = context.SimpleQueue()
    child = context.Process(target=_run, args=(command, cache, told))
    child.start()
    output, spent = told.get()
    child.join()
    if expected not in output:
        raise WrongAnswerError(f"{' '.join(command)}: {output}")
    return spent


def _run(command: Sequence[str], cache: Path, told: "SimpleQueue[tuple[str, Cost]]") -> None:
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache)}
    with tempfile.TemporaryFile() as output:
        begun = time.perf_counter()
        with subprocess.Popen(command, stdout=output, stderr=output, env=environment) as process:
            together = most_together(process)
        waited = time.perf_counter() - begun
        output.seek(0)
        said = output.read().decode()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds, mebibytes = used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
    told.put((said, Cost(seconds, waited, mebibytes, together)))


@click.command()
@click.option("--articles", multiple=True, default=(10, 100, 1000), type=click.IntRange(min=1))
@click.option("--most", default=30.0, show_default=True, help="Seconds that one may have taken.")
def main(articles: tuple[int, ...], most: float) -> None:
    """Measure graphs of so many ARTICLES, the smallest first."""
    for what, value in machine().items():
        click.echo(f"{what + ':':<10} {value}")
    click.echo(_ROW.format("articles", "triples", "", "CPU s", "wall s", "MiB", "all MiB", "ratio"))
    tired: set[str] = set()
    for number in sorted(articles):
        with tempfile.TemporaryDirectory() as work:
            _measure(number, Path(work), most, tired)


def _measure(articles: int, work: Path, most: float, tired: set[str]) -> None:
    folder = write_folder(Plan(articles), work / "graph")
    data, shapes, core = work / "data.ttl", work / "shapes.ttl", work / "core.nt"
    triples = _merge(folder, data, shapes)
    _without_queries(shapes, core)
    check = [sys.executable, "-m", "sayso", "check", "--data", str(folder.root)]
    cold = cost(check, "Nothing to mend", work / "cache")
    warm = cost(check, "Nothing to mend", work / "cache")
    record = folder.records()[articles // 2]
    record.write_text(record.read_text("utf-8") + "\n# One more line.\n", "utf-8")
    changed = cost(check, "Nothing to mend", work / "cache")
    record.write_text(record.read_text("utf-8").replace("cert:certain", "cert:sure", 1), "utf-8")
    wrong = cost(check, "claim-certainty-listed", work / "cache")
    rows = [("sayso check", cold), ("  nothing changed", warm), ("  one article changed", changed)]
    rows.append(("  one word wrong", wrong))
    contestants = (
        ("shacl, no queries", _SHACL, core),
        ("shacl alone", _SHACL, shapes),
        ("pyshacl", _PYSHACL, shapes),
    )
    for name, program, asked in contestants:
        if name not in tired:
            command = [sys.executable, "-c", program, str(asked), str(data)]
            rows.append((name, cost(command, "True", work / "cache")))
            if rows[-1][1].seconds > most:
                tired.add(name)
    for name, spent in rows:
        seconds, memory = (spent.seconds, spent.waited), (spent.mebibytes, spent.together)
        figures = (*(f"{each:.2f}" for each in seconds), *(f"{each:.0f}" for each in memory))
        ratio = f"{spent.seconds / cold.seconds:.2f}"
        click.echo(_ROW.format(articles, triples, name, *figures, ratio))


def _merge(folder: DataFolder, data: Path, shapes: Path) -> int:
    """Write all data and all shapes into one file each; return how many triples the data are."""
    found = sources(folder, base_iri(folder))
    for path, files in ((data, [(s.path, s.graph) for s in found]), (shapes, _named(folder))):
        with path.open("wb") as whole:
            for file, base in files:
                whole.write(f"@base <{base}> .\n".encode() + file.read_bytes() + b"\n")
    return _count(data)


def _without_queries(shapes: Path, core: Path) -> None:
    quads = ox.parse(path=shapes, format=ox.RdfFormat.TURTLE)
    triples = (quad.triple for quad in quads if quad.predicate != _SPARQL)
    ox.serialize(triples, core, format=ox.RdfFormat.N_TRIPLES)


def _named(folder: DataFolder) -> list[tuple[Path, str]]:
    return [(path, "https://w3id.org/sayso/shape") for path in folder.shapes()]


def _count(path: Path) -> int:
    return sum(1 for _ in ox.parse(path=path, format=ox.RdfFormat.TURTLE))


if __name__ == "__main__":
    main()
