"""A worker's own pages: copied one by one, the content as it was, and never too many."""

import fcntl
import os
import signal
from pathlib import Path

import pytest

from sayso.endpoint import pages

SIZE = 16 << 20


def _in_child(most: int) -> int:
    """Fork, copy all that is to be copied in the child, and return how many pages that were."""
    ours, theirs = os.pipe()
    content = bytes(range(256)) * (SIZE // 256)
    child = os.fork()
    if not child:
        mine, count = pages.Pages(most, os.memfd_create("turn")), 0
        while mine.own_one():
            count += 1
        os.write(theirs, count.to_bytes(4, "big") if content[-256:] == bytes(range(256)) else b"")
        os._exit(0)
    os.close(theirs)
    os.waitpid(child, 0)
    told = os.read(ours, 4)
    os.close(ours)
    assert len(told) == 4, "the content is not what it was"
    return int.from_bytes(told, "big")


def test_each_huge_page_is_copied_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "_WORTH", 1 << 20)
    assert _in_child(1 << 40) > 0


def test_a_small_graph_and_one_too_large_stay_shared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "_WORTH", 1 << 40)
    assert _in_child(1 << 50) == 0
    monkeypatch.setattr(pages, "_WORTH", 1 << 20)
    assert _in_child(0) == 0


def test_only_one_process_copies_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "_WORTH", 1)
    monkeypatch.setattr(pages, "_places", lambda: iter((0, 1)))
    monkeypatch.setattr(pages.Pages, "_copied", lambda _self, _place: True)
    turn = os.memfd_create("turn")
    mine = pages.Pages(1 << 40, turn)
    told, tell = os.pipe()
    child = os.fork()
    if not child:
        fcntl.lockf(turn, fcntl.LOCK_EX, 1)
        os.write(tell, b"!")
        signal.pause()
    os.read(told, 1)
    assert not mine.own_one()
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    assert [mine.own_one() for _ in range(3)] == [True, True, False]


def test_workers_have_half_the_machine_together() -> None:
    total = int(Path("/proc/meminfo").read_text(encoding="ascii").split()[1]) << 10
    assert 0 < pages.share(4) * 4 <= total // 2 + 4
