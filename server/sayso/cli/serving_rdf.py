"""Load what `sayso serve --rdf` serves: files of any RDF."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from importlib import import_module

from sayso.endpoint.generation import Loaded
from sayso.store.rdf import load_rdf, rdf_files


def load_files(patterns: Sequence[str], *, most_rows: int, services: Sequence[str] = ()) -> Loaded:
    """Load files of any RDF into memory; raise as ``rdf_files`` and ``load_rdf`` do."""
    files = rdf_files(patterns)
    pages = partial(import_module, "sayso.web.plain")  # takes half a second
    with ThreadPoolExecutor(1) as aside:
        # Not by this thread, for the reason that `load_folder` has.
        data = aside.submit(load_rdf, files, pages).result()
    from sayso.web.app import directly  # noqa: PLC0415
    from sayso.web.plain import create_plain_app  # noqa: PLC0415

    app = create_plain_app(data, most_rows, services=services)
    app.test_client().get("/")  # counts once what every worker would else count
    return Loaded(app, data.version, direct=directly(app))
