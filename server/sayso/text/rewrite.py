"""Replace a file at once or not at all."""

import os
import shutil
from pathlib import Path
from tempfile import NamedTemporaryFile

from sayso.errors import CannotWrite


def replace(path: Path, content: str) -> None:
    """Write a file through another in the same folder, so that no reader ever sees half of it.

    Raise CannotWrite, the file being as it was.
    """
    target = path.resolve()
    try:
        _replace(target, content)
    except OSError as error:
        raise CannotWrite(path=path, reason=error.strerror) from error


def _replace(target: Path, content: str) -> None:
    with NamedTemporaryFile(
        "w", encoding="utf-8", newline="", dir=target.parent, prefix=".tidy-", delete=False
    ) as draft:
        written = Path(draft.name)
        try:
            draft.write(content)
            draft.flush()
            os.fsync(draft.fileno())
            if target.exists():
                shutil.copymode(target, written)
            written.replace(target)
        except BaseException:
            written.unlink(missing_ok=True)
            raise
