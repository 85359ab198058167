"""Spoil a database, so that it can be used no longer."""

from pathlib import Path

WAYS = ("a folder", "no database", "cut off")


def spoil_database(path: Path, way: str, kept: int) -> None:
    """Put a folder or other bytes in its place, or keep so many of its bytes; else do nothing."""
    match way:
        case "a folder":
            path.unlink()
            path.mkdir()
        case "no database":
            path.write_bytes(b"no database at all" * 100)
        case "cut off":
            path.write_bytes(path.read_bytes()[:kept])
