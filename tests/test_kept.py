"""A server derives again only what changed since the version before."""

import shutil
from pathlib import Path

import pytest

from sayso.analysis.derived import graph_of, load_derived
from sayso.analysis.kept import load_again
from sayso.analysis.network import Network
from sayso.paths import DataFolder
from sayso.store import ClaimStore

TRIAL = Path(__file__).resolve().parent / "trial"


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    shutil.copytree(TRIAL, tmp_path / "trial")
    return DataFolder(tmp_path / "trial")


def derived(claims: ClaimStore) -> set[str]:
    graph = graph_of(claims.base)
    found = claims.store.quads_for_pattern(None, None, None, graph)
    return {str(quad) for quad in found if claims.version not in str(quad)}


def again(folder: DataFolder, kept: Path) -> ClaimStore:
    claims, keep = load_again(folder, kept)
    keep()
    return claims


def change(folder: DataFolder) -> None:
    """Let the March Hare deny where the Knave was, and take the Dormouse's record away."""
    path = folder.articles / "march-hare-1865-11-27-tea.ttl"
    text = path.read_text("utf-8")
    head, tail = text.split("<#c8>\n", 1)
    path.write_text(head + "<#c8>\n" + tail.replace("act:asserts", "act:denies", 1), "utf-8")
    (folder.articles / "dormouse-1865-11-28-treacle.ttl").unlink()


def test_the_next_version_is_derived_from_the_one_before(
    folder: DataFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "derived"
    before = derived(again(folder, kept))
    assert before == derived(load_derived(folder))
    change(folder)
    whole = derived(load_derived(folder))
    assert whole != before
    with monkeypatch.context() as patch:
        patch.setattr(Network, "read", _never)
        assert derived(again(folder, kept)) == whole
        assert derived(again(folder, kept)) == whole  # and nothing has changed since


def _never(store: object) -> Network:
    pytest.fail(f"all of {store} was read")


def test_a_changed_word_makes_all_be_derived_again(folder: DataFolder, tmp_path: Path) -> None:
    kept = tmp_path / "derived"
    before = derived(again(folder, kept))
    words = folder.root / "ontology" / "predicates.ttl"
    text = words.read_text("utf-8").replace("singleValued true", "singleValued false")
    words.write_text(text, "utf-8")
    after = derived(again(folder, kept))
    assert after == derived(load_derived(folder))
    assert after != before


@pytest.mark.parametrize("content", [b"", b"no such thing", b"\x80\x05N."])
def test_what_cannot_be_read_is_derived_anew(
    folder: DataFolder, tmp_path: Path, content: bytes
) -> None:
    kept = tmp_path / "derived"
    kept.write_bytes(content)
    assert derived(again(folder, kept)) == derived(load_derived(folder))


def test_where_nothing_can_be_kept_all_is_derived(folder: DataFolder, tmp_path: Path) -> None:
    nowhere = tmp_path / "missing" / "derived"
    assert derived(again(folder, nowhere)) == derived(load_derived(folder))
    assert not nowhere.exists()
