"""The compiled rules beside the plain ones: every flag of every pattern."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ops.spc.rule_kernel import REACH, STRETCH, TILE, flag_block, flag_segments, lines_of
from ops.spc.rules import AIAG, LONGEST, NELSON, WESTERN_ELECTRIC, Flags, Rule, signals
from ops.values import FloatArray, IntArray
from tests.strategies import few

CUSTOM = (
    Rule("hugs a limit", "two of three from 2 to 3 sigma", "hugging", n=3, k=2, zone=2.0),
    Rule("mixture", "m", "hugging", n=4, k=2, zone=0.5, limit=1.5, either_side=True),
    Rule("ten of eleven", "ten of eleven on one side", "beyond", n=11, k=10),
    Rule("hugs the centre", "h", "within", n=4, zone=0.5),
    Rule("longest", "l", "same-side", n=LONGEST),
    Rule("wide window", "w", "beyond", n=LONGEST, k=3, zone=2.0),
    Rule("step", "any rise", "trend", n=2),
    Rule("turn", "any turn", "alternating", n=3),
)
SETS = {"nelson+custom": NELSON + CUSTOM, "aiag": AIAG, "we": WESTERN_ELECTRIC, "none": ()}
_VALUES = [-3.5, -3.0, -2.5, -2.0, -1.5, -1.0, -0.4, 0.0, 0.4, 1.0, 1.5, 2.0, 2.5, 3.0, 3.5,
           np.nan, np.inf, 5e-324]  # fmt: skip


def plainly(z: FloatArray, starts: IntArray, rules: tuple[Rule, ...]) -> Flags:
    begins = np.zeros(z.size, dtype=np.bool_)
    begins[starts] = True
    with np.errstate(invalid="ignore"):
        return signals(z, begins, rules)


def by_segments(z: FloatArray, starts: IntArray, rules: tuple[Rule, ...]) -> Flags:
    bounds = np.append(starts, z.size)
    return flag_segments(z, bounds, np.zeros(starts.size), np.ones(starts.size), *lines_of(rules))


def by_block(z: FloatArray, rules: tuple[Rule, ...]) -> Flags:
    return flag_block(z, np.zeros(z.shape[1]), np.ones(z.shape[1]), *lines_of(rules))


@few(60)
@given(
    z=arrays(np.float64, st.integers(1, 150), elements=st.sampled_from(_VALUES)),
    cuts=st.lists(st.integers(1, 149), max_size=4),
)
@example(z=np.array([np.inf, np.inf, np.inf]), cuts=[])
@pytest.mark.parametrize("name", SETS)
def test_segments_are_flagged_as_by_the_plain_rules(
    name: str, z: FloatArray, cuts: list[int]
) -> None:
    starts = np.array(sorted({0, *(cut for cut in cuts if cut < z.size)}), dtype=np.int64)
    expected = plainly(z, starts, SETS[name])
    assert by_segments(z, starts, SETS[name]).tolist() == expected.tolist()


@few(60)
@given(
    z=st.tuples(st.integers(1, 40), st.integers(1, 5)).flatmap(
        lambda shape: arrays(np.float64, shape, elements=st.sampled_from(_VALUES))
    )
)
@pytest.mark.parametrize("name", SETS)
def test_a_block_is_flagged_as_by_the_plain_rules(name: str, z: FloatArray) -> None:
    long = np.ascontiguousarray(z.T).ravel()
    starts = np.arange(z.shape[1], dtype=np.int64) * z.shape[0]
    expected = plainly(long, starts, SETS[name]).reshape(z.T.shape).T
    assert by_block(z, SETS[name]).tolist() == expected.tolist()


@pytest.mark.parametrize("name", SETS)
def test_long_and_wide_data_cross_the_borders_of_stretches_and_tiles(name: str) -> None:
    rng = np.random.default_rng(5)
    z = rng.choice(_VALUES, size=(3 * STRETCH // 2 + 7, TILE + 3)).round(1)
    z[:, :4] = np.abs(rng.normal(size=(z.shape[0], 4)).round(1))  # long runs
    z[:, 4] = 0.2
    long = np.ascontiguousarray(z.T[:12]).ravel()
    starts = np.arange(12, dtype=np.int64) * z.shape[0]
    expected = plainly(long, starts, SETS[name])
    assert np.array_equal(by_segments(long, starts, SETS[name]), expected)
    found = by_block(z, SETS[name])
    assert np.array_equal(found[:, :12].T.ravel(), expected)
    assert np.array_equal(found[:, TILE:], by_block(z[:, TILE:].copy(), SETS[name]))


def test_the_kernel_standardizes_each_stream_by_its_own_centre_and_sigma() -> None:
    x = np.array([[10.0, 100.0], [13.5, 100.0]])
    found = flag_block(x, np.array([10.0, 90.0]), np.array([1.0, 3.0]), *lines_of(NELSON[:1]))
    assert found.tolist() == [[0, 1], [1, 1]]


def test_no_pattern_is_longer_than_the_flags_that_are_kept() -> None:
    assert LONGEST <= REACH
