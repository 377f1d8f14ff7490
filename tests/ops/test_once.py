"""A cache whose values are made once."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from ops.once import Once


def test_many_who_ask_at_once_get_one_value() -> None:
    made: list[int] = []
    barrier = Barrier(8)
    cache = Once[object](10)

    def make() -> object:
        made.append(1)
        time.sleep(0.05)
        return object()

    def ask(_: int) -> object:
        barrier.wait()
        return cache.get("key", make)

    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(ask, range(8)))
    assert len(found) == 1
    assert made == [1]


def test_where_making_fails_the_next_one_tries() -> None:
    barrier = Barrier(4)
    tries: list[int] = []
    cache = Once[str](10)

    def make() -> str:
        tries.append(1)
        time.sleep(0.02)
        if len(tries) < 3:
            raise OSError("gone")
        return "made"

    def ask(_: int) -> str:
        barrier.wait()
        try:
            return cache.get("key", make)
        except OSError:
            return "failed"

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(ask, range(4))) == ["failed", "failed", "made", "made"]
    assert len(tries) == 3


def test_what_was_used_longest_ago_goes_first_and_the_newest_stays() -> None:
    cache = Once[int](10, weight=float)
    for value in (4, 5):
        cache.get(value, lambda value=value: value)
    assert cache.get(4, lambda: pytest.fail("is kept")) == 4
    cache.get(3, lambda: 3)
    assert cache.get(5, lambda: 50) == 50, "5 was used longest ago"
    assert cache.get(50, lambda: 99) == 99, "above the limit, but the newest"
