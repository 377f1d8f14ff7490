"""Analysis of variance against NIST's certified values and least squares; method of moments."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.errors import BadData, NotEnoughData
from ops.values import FloatArray, IntArray
from ops.variance.anova import anova, decimal_offsets
from ops.variance.reml import variance_components
from tests.reference import case

SIRSTV, SMLS = case("variance", "strd_anova_SiRstv"), case("variance", "strd_anova_SmLs")
LEADS = {"1": 1, "1e6": 1_000_000, "1e12": 1_000_000_000_000}


def _simon_lesage(lead: str, k: int) -> tuple[FloatArray, IntArray]:
    """SmLs: nine treatments, each its centre once, then 0.1 below and above in turn."""
    tenths: list[int] = []
    for centre in (4, 3, 5, 3, 5, 3, 5, 3, 5):
        tenths += [centre, *([centre - 1, centre + 1] * ((k - 1) // 2))]
    values = [float(f"{LEADS[lead]}.{t}") for t in tenths]  # decimals, as a file has them
    return np.array(values), np.repeat(np.arange(9), k)


def test_sirstv_is_certified_to_twelve_digits() -> None:
    groups = SIRSTV["inputs"]["groups"]
    found = anova(np.ravel(groups), [np.repeat(np.arange(5), 5)], names=["instrument"])
    wanted = SIRSTV["expected"]
    between, within = found.sources
    assert between.f == pytest.approx(wanted["F"], rel=1e-11)
    assert between.ms == pytest.approx(wanted["MS_between"], rel=1e-11)
    assert within.ms == pytest.approx(wanted["MS_within"], rel=1e-11)
    assert found.r_squared == pytest.approx(wanted["R2"], rel=1e-11)


@pytest.mark.parametrize("k", [21, 201, 2001])
@pytest.mark.parametrize("lead", LEADS)
@pytest.mark.parametrize("structure", ["nested", "crossed"])
def test_smls_is_certified_to_nine_digits_from_decimals(lead: str, k: int, structure: str) -> None:
    y, group = _simon_lesage(lead, k)
    _, offset = decimal_offsets(y)
    found = anova(offset, [group], names=["treatment"], structure=structure)  # pyright: ignore[reportArgumentType]
    assert found.sources[0].f == pytest.approx(float(k), rel=1e-9)
    assert found.sources[0].ss == pytest.approx(0.08 * k, rel=1e-9)
    assert found.sources[1].ss == pytest.approx(0.01 * 9 * (k - 1), rel=1e-9)
    assert found.r_squared == pytest.approx(0.08 * k / (0.17 * k - 0.09), rel=1e-9)


@pytest.mark.parametrize(("lead", "digits"), [("1", 12), ("1e6", 9), ("1e12", 2)])
@pytest.mark.parametrize("k", [21, 201, 2001])
def test_smls_from_stored_values_has_the_digits_that_storing_leaves(
    lead: str, digits: int, k: int
) -> None:
    y, group = _simon_lesage(lead, k)
    found = anova(y, [group], names=["treatment"])
    assert found.sources[0].f == pytest.approx(float(k), rel=10.0**-digits)


def test_a_balanced_nested_table_is_the_classic_one() -> None:
    rng = np.random.default_rng(4)
    lot, unit = np.repeat(np.arange(5), 12), np.tile(np.repeat(np.arange(4), 3), 5)
    y = rng.normal(0, 2, 5)[lot] + rng.normal(0, 1, 20)[lot * 4 + unit] + rng.normal(0, 1, 60)
    found = anova(y, [lot, unit], names=["lot", "unit"])
    of_lot, of_unit, rest = found.sources
    assert (of_lot.df, of_unit.df, rest.df) == (4, 15, 40)
    assert of_lot.f == pytest.approx(of_lot.ms / of_unit.ms)
    assert of_lot.f_df == pytest.approx(15)
    assert of_unit.f == pytest.approx(of_unit.ms / rest.ms)
    assert of_lot.moment == pytest.approx((of_lot.ms - of_unit.ms) / 12)
    fitted = variance_components(y, [lot, unit], names=["lot", "unit"])
    assert [fitted.variance(s.name) for s in found.sources] == pytest.approx(
        [s.variance for s in found.sources], rel=1e-5
    )


@given(seed=st.integers(0, 10**6))
def test_nested_equals_crossed_with_full_codes_unbalanced(seed: int) -> None:
    rng = np.random.default_rng(seed)
    lot, unit = rng.integers(0, 4, 40), rng.integers(0, 3, 40)
    y = rng.normal(0, 1, 4)[lot] + rng.normal(0, 1, 40)
    one = anova(y, [lot, unit], names=["lot", "unit"])
    other = anova(y, [lot, lot * 3 + unit], names=["lot", "unit"], structure="crossed")
    assert one.expected == pytest.approx(other.expected, abs=1e-8)
    for a, b in zip(one.sources, other.sources, strict=True):
        assert (a.df, a.ss) == pytest.approx((b.df, b.ss), rel=1e-8, abs=1e-10)
        assert a.moment == pytest.approx(b.moment, abs=1e-8)


def test_crossed_unbalanced_sums_equal_those_of_least_squares() -> None:
    rng = np.random.default_rng(6)
    part, operator = rng.integers(0, 5, 70), rng.integers(0, 3, 70)
    y = rng.normal(0, 1, 5)[part] + rng.normal(0, 1, 3)[operator] + rng.normal(0, 1, 70)
    levels = [part, operator, part * 3 + operator]
    found = anova(y, levels, names=["part", "operator", "both"], structure="crossed")
    x, left, rank = np.ones((70, 1)), [float(np.sum((y - y.mean()) ** 2))], [1]
    for codes in levels:
        x = np.hstack([x, codes[:, None] == np.unique(codes)])
        fit, _, of_rank, _ = np.linalg.lstsq(x, y)
        left.append(float(np.sum((y - x @ fit) ** 2)))
        rank.append(int(of_rank))
    assert [s.ss for s in found.sources] == pytest.approx([*-np.diff(left), left[-1]], rel=1e-8)
    assert [s.df for s in found.sources] == [*np.diff(rank), 70 - rank[-1]]


@given(seed=st.integers(0, 10**6), n=st.integers(5, 60))
def test_sums_of_squares_add_up(seed: int, n: int) -> None:
    rng = np.random.default_rng(seed)
    levels = [rng.integers(0, 4, n), rng.integers(0, 4, n)]
    y = rng.normal(1e6, 1, n)
    found = anova(y, levels, names=["a", "b"])
    assert sum(s.ss for s in found.sources) == pytest.approx(n * y.var(), rel=1e-8)
    assert sum(s.df for s in found.sources) == n - 1


def test_moment_estimates_are_unbiased_for_unbalanced_data() -> None:
    rng = np.random.default_rng(7)
    lot = np.repeat(np.arange(8), [1, 2, 3, 4, 5, 6, 7, 12])
    moments = []
    for _ in range(1500):
        y = rng.normal(0, 1, 8)[lot] + rng.normal(0, 1, lot.size)
        moments.append([s.moment for s in anova(y, [lot], names=["lot"]).sources])
    assert np.mean(moments, axis=0) == pytest.approx([1.0, 1.0], abs=0.06)


def test_a_negative_component_is_said_and_set_to_zero() -> None:
    found = anova(np.tile([1.0, 2, 3], 4), [np.repeat(np.arange(4), 3)], names=["lot"])
    lot = found.sources[0]
    assert lot.moment is not None
    assert lot.moment < 0
    assert lot.is_negative
    assert lot.variance == 0.0


def test_what_cannot_be_analysed_is_none_or_refused() -> None:
    y = np.array([1.0, 2.0, 4.0])
    single = anova(y, [np.arange(3)], names=["lot"])  # one value for each lot
    assert (single.sources[0].f, single.sources[0].df, single.sources[1].df) == (None, 2, 0)
    one = anova(y, [np.zeros(3, int)], names=["lot"])
    assert (one.sources[0].df, one.sources[0].moment) == (0, None)
    assert one.sources[1].moment == pytest.approx(y.var(ddof=1))
    with pytest.raises(NotEnoughData, match="got 1"):
        anova(y[:1], [np.zeros(1, int)], names=["lot"])
    with pytest.raises(BadData, match="2500 levels"):
        anova(np.arange(2500.0), [np.arange(2500)], names=["lot"], structure="crossed")
