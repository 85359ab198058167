"""Run the query tests of a copy of w3c/rdf-tests against sayso and `oxigraph serve`.

    SAYSO_RDF_TESTS=/path/to/rdf-tests PYTHONPATH=tests python -m w3c

Exit status: 0 sayso passes all that Oxigraph passes, 1 it does not, 2 there are no tests.
"""

import os
import sys
from collections import Counter
from pathlib import Path

from w3c.contestants import Contestant, Oxigraph, Sayso, oxigraph
from w3c.exchanges import exchanges, fault
from w3c.manifests import Case, cases
from w3c.results import accepted, same


def passes(contestant: Contestant, case: Case) -> str:
    """Return why a test fails, nothing where it passes."""
    accept = accepted(case.result) if case.result else "*/*"
    try:
        status, media_type, content = contestant.ask(case, accept)
        if case.kind == "bad syntax":
            return "" if status == 400 else f"status {status}"
        if status != 200:
            return f"status {status}: {content[:200].decode('utf-8', 'replace')}"
        if case.kind == "syntax" or case.result is None:
            return ""
        alike = same(case.result, content, media_type, lax=case.lax)
    except Exception as error:  # noqa: BLE001 - whatever goes wrong is told
        return repr(error)
    return "" if alike else "other results"


def main() -> int:
    """Print how many tests each passes, and which sayso fails."""
    folder = Path(os.environ.get("SAYSO_RDF_TESTS", "")).resolve()
    found = list(cases(folder)) if os.environ.get("SAYSO_RDF_TESTS") else []
    if not found:
        print("SAYSO_RDF_TESTS must name a copy of https://github.com/w3c/rdf-tests")
        return 2
    passed: Counter[tuple[str, str]] = Counter()
    lost = []
    sayso = Sayso()
    with oxigraph() as peer:
        for case in found:
            ours, theirs = passes(sayso, case), passes(peer, case)
            passed["sayso", case.kind] += not ours
            passed["oxigraph serve", case.kind] += not theirs
            if ours:
                mark = "both fail" if theirs else "LOST"
                print(f"{mark}\t{case.kind}\t{case.name}\t{ours}")
            elif theirs:
                print(f"won\t{case.kind}\t{case.name}\t{theirs}")
            if ours and not theirs:
                lost.append(case.name)
        failing = print_exchanges(folder, peer)
    for kind, number in Counter(case.kind for case in found).items():
        for name in ("sayso", "oxigraph serve"):
            print(f"{name}: {passed[name, kind]} of {number} ({kind})")
    return bool(lost or failing)


def print_exchanges(folder: Path, peer: Oxigraph) -> int:
    """Print how many of the protocol and graph store tests pass; return how many sayso does not."""
    passed: Counter[tuple[str, str]] = Counter()
    total: Counter[str] = Counter()
    for exchange in exchanges(folder):
        suite = exchange.name.partition("/")[0]
        wrong, theirs = fault(exchange), peer.fault(exchange)
        passed["sayso", suite] += not wrong
        passed["oxigraph serve", suite] += not theirs
        total[suite] += 1
        if wrong or theirs:
            mark = "both fail" if wrong and theirs else "fails" if wrong else "won"
            print(f"{mark}\t{exchange.name}\t{wrong or theirs}")
    for suite, number in total.items():
        for name in ("sayso", "oxigraph serve"):
            print(f"{name}: {passed[name, suite]} of {number} ({suite})")
    return total.total() - sum(passed["sayso", suite] for suite in total)


if __name__ == "__main__":
    sys.exit(main())
