"""Begin a data folder from the example that comes with sayso."""

import shutil
from pathlib import Path

from sayso.errors import CannotWrite, NotEmpty

EXAMPLE = Path(__file__).resolve().parent.parent / "example"


def begin(folder: Path) -> Path:
    """Copy the example into a folder that is empty or not there yet, and return the folder.

    Raise NotEmpty, nothing being touched, or CannotWrite.
    """
    try:
        if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
            raise NotEmpty(path=folder)
        shutil.copytree(EXAMPLE, folder, dirs_exist_ok=True)
    except OSError as error:
        raise CannotWrite(path=folder, reason=error.strerror or error) from error
    return folder
