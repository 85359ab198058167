"""A worker's own pages: copied one by one, the content as it was, and never too many."""

import fcntl
import os
import signal
import time
from collections.abc import Callable
from itertools import count
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
        mine = pages.Pages(most, os.memfd_create("turn"), lambda: 0)
        before = len(mine._left)
        while mine.own_one():
            pass
        count = before - len(mine._left)
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
    monkeypatch.setattr(pages, "_QUIET", -1)
    assert _in_child(1 << 40) > 0


def test_a_small_graph_and_one_too_large_stay_shared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "_WORTH", 1 << 40)
    assert _in_child(1 << 50) == 0
    monkeypatch.setattr(pages, "_WORTH", 1 << 20)
    assert _in_child(0) == 0


def _takes_huge_pages() -> bool:
    told = Path("/proc/self/status").read_text(encoding="ascii")
    return "THP_enabled:\t1\n" in told


def test_new_memory_comes_in_small_pages_also_after_a_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    mine = _three_pages(monkeypatch, os.memfd_create("turn"), lambda: 0)
    monkeypatch.setattr(pages, "_QUIET", -1)
    before = _takes_huge_pages()
    child = os.fork()
    if not child:
        mine.small_from_now_on()
        now = _takes_huge_pages()
        copied = mine.own_one()
        os._exit(0 if (now, copied, _takes_huge_pages()) == (False, True, False) else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert before
    assert mine.own_one()
    assert _takes_huge_pages(), "a copy leaves it as it was"


def test_only_one_process_copies_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    turn = os.memfd_create("turn")
    mine = _three_pages(monkeypatch, turn, lambda: 0)
    monkeypatch.setattr(pages, "_QUIET", -1)
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
    assert [mine.own_one() for _ in range(4)] == [True, True, False, False]


def test_while_others_are_asked_the_next_page_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = count()
    mine = _three_pages(monkeypatch, os.memfd_create("turn"), lambda: next(asked))
    now = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    assert not mine.own_one()
    now[0] += 1
    assert not mine.own_one()  # they were asked again meanwhile
    mine._asked = lambda: 2
    now[0] += 1
    assert (len(mine._left), mine._quiet()) == (1, True)


def _three_pages(
    monkeypatch: pytest.MonkeyPatch, turn: int, asked: Callable[[], int]
) -> pages.Pages:
    monkeypatch.setattr(pages, "_WORTH", 1)
    monkeypatch.setattr(pages, "_places", lambda: iter((0, 1, 2)))
    monkeypatch.setattr(pages.Pages, "_copied", lambda _self, _place: True)
    return pages.Pages(1 << 40, turn, asked)


def test_workers_have_half_the_machine_together() -> None:
    total = int(Path("/proc/meminfo").read_text(encoding="ascii").split()[1]) << 10
    assert 0 < pages.share(4) * 4 <= total // 2 + 4
