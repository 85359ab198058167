"""Find the folders that sayso reads.

A data folder has the layout of this repository: ``graph/articles/*.ttl``,
``graph/entities/*.ttl``, ``graph/links.ttl`` and ``graph/dataset.ttl``. Its own
``ontology/*.ttl`` and ``shapes/*.ttl``, where it has them, are read beside those
that come with sayso: they add words and rules and replace none.
"""

from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path

from sayso.errors import NoFolder, NoRecords, NotAFolder

_PACKAGE = Path(__file__).resolve().parent
_INSTALLED = (_PACKAGE / "ontology").is_dir()
HOME = _PACKAGE if _INSTALLED else _PACKAGE.parent.parent
# Files that keep a rule and files that break it: tests, and examples for whoever asks.
CASES = HOME / "cases" if _INSTALLED else HOME / "tests" / "shapes"


@dataclass(frozen=True)
class DataFolder:
    """A folder with the layout of this repository."""

    root: Path = HOME

    @property
    def articles(self) -> Path:
        """The folder of the records."""
        return self.root / "graph" / "articles"

    @property
    def dataset(self) -> Path:
        """The file that describes the data set."""
        return self.root / "graph" / "dataset.ttl"

    def records(self) -> list[Path]:
        """List the records' files, sorted; raise NoFolder, NotAFolder or NoRecords."""
        if self.root.exists() and not self.root.is_dir():
            raise NotAFolder(path=self.root)
        if not self.root.is_dir():
            raise NoFolder(path=self.root)
        # By name, since to compare whole paths takes ten times as long, of which there are many.
        found = sorted(self.articles.glob("*.ttl"), key=attrgetter("name"))
        if not found:
            raise NoRecords(path=self.articles)
        return found

    def shared(self) -> list[Path]:
        """List the files that records share: entities, links and the data set's description."""
        graph = self.root / "graph"
        found = [*graph.glob("entities/*.ttl"), *graph.glob("*.ttl")]
        return sorted(found)

    def ontology(self) -> list[Path]:
        """List the files of the ontology, those that come with sayso first."""
        return self._with_own("ontology")

    def shapes(self) -> list[Path]:
        """List the files of the shapes, those that come with sayso first."""
        return self._with_own("shapes")

    def files(self) -> list[Path]:
        """List every file of the graph in the order in which it is loaded."""
        return [*self.ontology(), *self.shared(), *self.records()]

    def _with_own(self, name: str) -> list[Path]:
        found = sorted((HOME / name).glob("*.ttl"))
        if self.root.resolve() != HOME:
            found += sorted((self.root / name).glob("*.ttl"))
        return found
