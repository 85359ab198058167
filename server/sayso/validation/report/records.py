"""Write what a check found for programs."""

import json
from dataclasses import asdict
from pathlib import Path

from sayso.validation.outcome import Outcome
from sayso.validation.report.wording import shown


def as_json(outcome: Outcome, root: Path) -> str:
    """List the findings as JSON objects, with the names of Finding as keys.

    What a baseline knows already is left out.
    """
    listed = [
        asdict(finding) | {"path": finding.path and shown(finding.path, root)}
        for finding in outcome.findings
    ]
    return json.dumps(listed, ensure_ascii=False, indent=2) + "\n"
