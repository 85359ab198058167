"""Find the scripts that make pages answer to the reader's hand, where they were bundled."""

from pathlib import Path

FOLDER = Path(__file__).parent / "static" / "bundle"


def scripts(folder: Path = FOLDER) -> frozenset[str]:
    """Name the pages that have a script; none where nothing was bundled, and all pages work so."""
    return frozenset(path.stem for path in folder.glob("*.js") if "-" not in path.stem)
