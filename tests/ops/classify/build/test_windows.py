"""Windows of facts against a loop over rows and facts."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ops.classify.build import windows as kernel
from ops.classify.build.aggregates import aggregated
from ops.classify.build.columns import NEVER
from ops.classify.build.windows import Facts, Windows, facts_of, last_known, pairs, was_known
from tests.ops.classify.build.facts import readings
from tests.strategies import few

small = st.integers(0, 6)
facts = st.lists(st.tuples(st.integers(-1, 2), small, small, small), max_size=12)
rows = st.lists(st.tuples(st.integers(-1, 2), small, small, small), min_size=1, max_size=8)


def _made(
    drawn: list[tuple[int, int, int, int]], wanted: list[tuple[int, int, int, int]]
) -> tuple[Facts, Windows]:
    f, w = np.array(drawn, np.int64).reshape(-1, 4), np.array(wanted, np.int64)
    until = np.where(f[:, 3] > 4, NEVER, f[:, 2] + f[:, 3])
    found = facts_of(f[:, 0], f[:, 1], f[:, 2], until)
    return found, Windows(w[:, 0], w[:, 1], w[:, 2], w[:, 3])


def _slow(found: Facts, windows: Windows) -> list[tuple[int, int]]:
    return [
        (row, fact)
        for row in range(windows.key.size)
        for fact in range(found.ts.size)
        if found.key[fact] == windows.key[row]
        and windows.after[row] < found.ts[fact] <= windows.until[row]
        and found.known[fact] <= windows.seen[row] < found.until[fact]
    ]


@few(50)
@given(facts, rows, st.sampled_from([1, 3, 1000]))
def test_pairs_are_those_of_a_loop_however_they_are_cut(
    drawn: list[tuple[int, int, int, int]],
    wanted: list[tuple[int, int, int, int]],
    portion: int,
) -> None:
    found, windows = _made(drawn, wanted)
    before = kernel.PORTION
    kernel.PORTION = portion
    try:
        got = [p.those(was_known(found, windows, p)) for p in pairs(found, windows)]
    finally:
        kernel.PORTION = before
    said = [pair for p in got for pair in zip(p.row.tolist(), p.fact.tolist(), strict=True)]
    assert said == _slow(found, windows)


@few(50)
@given(facts, rows)
def test_the_last_known_fact_is_that_of_a_loop(
    drawn: list[tuple[int, int, int, int]], wanted: list[tuple[int, int, int, int]]
) -> None:
    found, windows = _made(drawn, wanted)
    slow = _slow(found, windows)
    expected = [max((f for r, f in slow if r == row), default=-1) for row in range(len(wanted))]
    assert last_known(found, windows).tolist() == expected


def test_aggregates_are_those_of_numpy() -> None:
    rng = np.random.default_rng(1)
    hour, value = np.sort(rng.uniform(0, 50, 40)), rng.normal(1e6, 1, 40)
    drawn = list(zip(hour, value, ["u"] * 40, strict=True))
    read = readings("LOOP", drawn, limits=(1e6 - 1, 1e6 + 1))
    found = facts_of(read.level.codes, read.ts, read.known, read.until, read.value)
    end = read.ts[-1]
    one = np.zeros(1, np.int64)
    windows = Windows(one, one + read.ts[9], one + end, one + end)
    names = ("last", "mean", "sd", "min", "max", "count", "slope", "share_beyond")
    seen = aggregated(read, found, windows, names).columns
    x, t = value[10:], hour[10:]
    slope = np.polyfit(t - t.mean(), x - x.mean(), 1)[0]
    beyond = np.mean(np.abs(x - 1e6) > 1)
    expected = [x[-1], x.mean(), x.std(ddof=1), x.min(), x.max(), 30, slope, beyond]
    assert np.allclose([seen[name][0] for name in names], np.array(expected), rtol=1e-9)


def test_one_value_has_neither_scatter_nor_slope_and_none_has_nothing() -> None:
    read = readings("LOOP", [(1.0, 4.0, "u")])
    found = facts_of(read.level.codes, read.ts, read.known, read.until, read.value)
    key = np.array([0, -1])
    windows = Windows(key, np.full(2, -1), read.ts[[0, 0]], read.ts[[0, 0]])
    seen = aggregated(read, found, windows, ("mean", "sd", "slope", "count")).columns
    assert seen["mean"].tolist()[0] == 4.0
    assert np.isnan([seen["sd"][0], seen["slope"][0], seen["mean"][1]]).all()
    assert seen["count"].tolist() == [1.0, 0.0]
