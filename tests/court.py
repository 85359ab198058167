"""A small folder of one fictional record, in which everything is as it should be, to be spoilt."""

import shutil
from pathlib import Path

from click.testing import CliRunner, Result

from sayso.cli import group
from sayso.paths import DataFolder

SHAPES = Path(__file__).parent / "shapes"
BASE = "https://example.org/court/"
NAME = "white-rabbit-1865-11-26-trial.ttl"


def make(root: Path) -> DataFolder:
    """Make the folder."""
    folder = DataFolder(root)
    folder.articles.mkdir(parents=True)
    shutil.copy(SHAPES / "context.ttl", folder.articles / NAME)
    folder.dataset.write_text(
        f"<{BASE}dataset> a <http://rdfs.org/ns/void#Dataset> ; "
        f'<http://rdfs.org/ns/void#uriSpace> "{BASE}" .\n',
        "utf-8",
    )
    return folder


def spoil(court: DataFolder, old: str, new: str) -> Path:
    """Put one text in place of another, and return the record's file."""
    record = court.articles / NAME
    text = record.read_text("utf-8")
    assert old in text
    record.write_text(text.replace(old, new, 1), "utf-8")
    return record


def run(court: DataFolder, *arguments: str | Path) -> Result:
    """Check the folder in this process."""
    line = ["check", "--data", str(court.root), *map(str, arguments)]
    return CliRunner().invoke(group, line)


def line_of(path: Path, text: str) -> int:
    """Return the line in which a text stands first."""
    return next(n for n, line in enumerate(path.read_text("utf-8").splitlines(), 1) if text in line)
