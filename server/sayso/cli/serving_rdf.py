"""Load what `sayso serve --rdf` serves: files of any RDF."""

from collections.abc import Sequence
from functools import partial
from importlib import import_module

from sayso.endpoint.generation import Loaded
from sayso.store.rdf import load_rdf, rdf_files


def load_files(patterns: Sequence[str], *, most_rows: int, services: Sequence[str] = ()) -> Loaded:
    """Load files of any RDF into memory; raise as ``rdf_files`` and ``load_rdf`` do."""
    files = rdf_files(patterns)
    data = load_rdf(files, partial(import_module, "sayso.web.plain"))  # takes half a second
    from sayso.web.app import directly  # noqa: PLC0415
    from sayso.web.plain import create_plain_app  # noqa: PLC0415

    app = create_plain_app(data, most_rows, services=services)
    app.test_client().get("/")  # counts once what every worker would else count
    return Loaded(app, data.version, direct=directly(app))
