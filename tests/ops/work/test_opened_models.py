"""Models that were opened lately: each once, only so many, errors never."""

import threading
import time

import pytest

from ops.work.opened_models import Opened


def test_who_comes_while_it_is_opened_waits_for_it() -> None:
    opened: Opened[int] = Opened()
    calls: list[int] = []
    found: list[int] = []

    def open_() -> int:
        calls.append(1)
        time.sleep(0.05)
        return 7

    threads = [
        threading.Thread(target=lambda: found.append(opened.get("k", open_))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [7] * 8
    assert len(calls) == 1


def test_others_do_not_wait_for_a_slow_one() -> None:
    opened: Opened[int] = Opened()
    go_on = threading.Event()
    slow = threading.Thread(target=lambda: opened.get("slow", lambda: int(go_on.wait(100))))
    slow.start()
    assert opened.get("quick", lambda: 3) == 3
    go_on.set()
    slow.join()


def test_the_oldest_is_let_go() -> None:
    closed: list[int] = []
    opened: Opened[int] = Opened(2, closed.append)
    for i in (1, 2, 1, 3):
        opened.get(i, lambda i=i: i)  # type: ignore[misc]  # bound early
    assert closed == [2]
    opened.clear()
    assert sorted(closed) == [1, 2, 3]


def test_an_error_is_told_and_not_kept() -> None:
    opened: Opened[int] = Opened()

    def broken() -> int:
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        opened.get("k", broken)
    assert opened.get("k", lambda: 5) == 5
