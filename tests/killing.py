"""Kill a process before any line of some code, to see what it leaves."""

import os
import signal
from collections.abc import Collection
from types import FrameType


class Killer:
    """A trace function that ends this process before the line that is the n-th to be run.

    Lines count in some files, and there in the functions that are named, or in all.
    """

    def __init__(self, after: int, files: Collection[str], functions: Collection[str] = ()) -> None:
        self.left, self.files, self.functions = after, files, functions

    def __call__(self, frame: FrameType, event: str, argument: object) -> "Killer | None":
        code = frame.f_code
        if code.co_filename not in self.files:
            return None
        if self.functions and code.co_name not in self.functions:
            return None
        if event == "line":
            self.left -= 1
            if self.left < 0:
                os.kill(os.getpid(), signal.SIGKILL)
        return self
