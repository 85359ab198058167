"""Put the bundle of the pages' scripts into the source distribution and the wheel.

The source distribution carries the bundle, so that a wheel that is built from it needs no Node.
"""

import os
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path.insert(0, str(Path(__file__).resolve().parent))
from bundle import BUNDLE, NO_NODE, REQUIRED, bundle


class BundleHook(BuildHookInterface[Any]):
    """Bundle the scripts before something is built of the folder."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Bundle the scripts; an editable install leaves that to `make serve`."""
        if version == "editable":
            return
        if bundle():
            build_data["artifacts"].append(f"/{BUNDLE.relative_to(self.root).as_posix()}/")
        elif os.environ.get(REQUIRED):
            raise RuntimeError(f"{REQUIRED} is set. {NO_NODE}")
        else:
            self.app.display_warning(NO_NODE)
