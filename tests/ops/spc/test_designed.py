"""Judging by a design: streams and stages apart, memory, headstart, limits and flags agree."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.spc.cusum import cusum_arl, cusum_chart
from ops.spc.design import ChartDesign, ChartKind, StreamLimits
from ops.spc.designed import counted, judge
from ops.spc.ewma import ewma_chart
from ops.spc.points import plotted
from ops.spc.rules import LIMITS_ONLY
from ops.values import FloatArray
from tests.ops.spc.charted import judged, series_of
from tests.reference import case

STANDARD = (StreamLimits(center=0.0, sigma=1.0, n=100),)
KINDS: list[ChartKind] = [
    "individuals", "xbar-r", "xbar-s", "moving-average", "ewma", "cusum", "c", "u", "g", "t",
]  # fmt: skip


def test_an_ewma_by_design_is_the_published_one() -> None:
    reference = case("control_charts", "nist_ewma")
    inputs, expected = reference["inputs"], reference["expected"]
    limits = (StreamLimits(center=inputs["target"], sigma=inputs["s"], n=100),)
    design = ChartDesign(kind="ewma", lambda_=inputs["lambda"], width=3.0, limits=limits)
    found = judged(series_of(inputs["x"]), design).line
    assert found.statistic == pytest.approx(expected["ewma"][1:], abs=reference["tolerance"])
    assert found.upper[-1] == pytest.approx(expected["UCL"], abs=6e-3)
    assert found.lower[-1] == pytest.approx(expected["LCL"], abs=6e-3)


def test_a_cusum_by_design_is_the_published_one() -> None:
    reference = case("control_charts", "montgomery_cusum")
    inputs, expected = reference["inputs"], reference["expected"]
    limits = (StreamLimits(center=10.0, sigma=1.0, n=100),)
    design = ChartDesign(kind="cusum", k=0.5, h=5.0, limits=limits)
    found = judged(series_of(inputs["x"]), design)
    assert found.sums is not None
    assert found.sums[0] == pytest.approx(expected["C_plus"], abs=1e-9)
    assert found.sums[1] == pytest.approx(expected["C_minus"], abs=1e-9)
    assert np.flatnonzero(found.flags & 1)[0] + 1 == expected["first_signal"]


def test_a_headstart_and_a_restart_are_those_of_the_run_length() -> None:
    rng = np.random.default_rng(8)
    found = cusum_chart(
        rng.normal(1.0, 1.0, 60_000), target=0.0, sigma=1.0, k=0.5, h=4.0, headstart=2.0,
        restart=True,
    )  # fmt: skip
    lengths = np.diff([-1, *found.outside])
    error = lengths.std() / np.sqrt(lengths.size)
    expected = cusum_arl(k=0.5, h=4.0, shift=1.0, headstart=2.0)
    assert lengths.mean() == pytest.approx(expected, abs=4 * error)


def test_sizes_enter_ewma_and_cusum_as_standard_errors() -> None:
    x, n = np.array([1.0, -2.0, 0.5]), np.array([1.0, 4.0, 9.0])
    chart = ewma_chart(x, target=0.0, sigma=1.0, lambda_=0.5, width=3.0, size=n)
    variance = [0.25, 0.25 * 0.25 + 0.25 / 4, 0.25 * (0.25 * 0.25 + 0.25 / 4) + 0.25 / 9]
    assert chart.upper == pytest.approx(3.0 * np.sqrt(variance))
    sums = cusum_chart(x, target=0.0, sigma=1.0, size=n)
    assert sums.upper == pytest.approx([0.5, 0.0, 1.0])
    assert sums.lower == pytest.approx([0.0, 3.5, 1.5])


def test_charts_with_memory_are_of_standardized_means() -> None:
    series = series_of([1.0, 1.0, 2.0, 2.0, 2.0, 2.0], subgroup=list("aabbbb"))
    design = ChartDesign(kind="ewma", lambda_=0.5, subgroup="column", limits=STANDARD)
    level = 0.5 * 0.5 * np.sqrt(2.0) + 0.5 * 4.0
    found = judged(series, design).line
    assert found.z[1] == pytest.approx(level / np.sqrt(0.25 * 0.25 + 0.25))
    assert found.statistic[1] == pytest.approx(level / 2.0)


def test_a_moving_average_has_wider_limits_until_its_span_is_full() -> None:
    design = ChartDesign(kind="moving-average", span=3, limits=STANDARD)
    found = judged(series_of([3.0, 0.0, 0.0, 3.0]), design).line
    assert found.statistic == pytest.approx([3.0, 1.5, 1.0, 1.0])
    assert found.upper == pytest.approx(3.0 / np.sqrt([1, 2, 3, 3]))


@given(
    value=st.lists(st.integers(0, 30), min_size=1, max_size=40),
    kind=st.sampled_from(KINDS),
    width=st.sampled_from([2.0, 3.0]),
    probability=st.booleans(),
)
def test_a_point_breaks_rule_1_exactly_where_it_is_beyond_a_limit(
    value: list[int], kind: ChartKind, width: float, probability: bool
) -> None:
    limits = (StreamLimits(center=9.0, sigma=3.0, n=100),)
    design = ChartDesign(kind=kind, width=width, probability=probability, limits=limits)
    found = judged(series_of(np.array(value, dtype=float)), design)
    line = found.line
    beyond = (line.statistic > line.upper) | (line.statistic < line.lower)
    assert ((found.flags & 1) > 0).tolist() == beyond.tolist()


@given(
    tools=st.lists(st.sampled_from("AB"), min_size=1, max_size=60),
    kind=st.sampled_from(KINDS),
    seed=st.integers(0, 99),
)
def test_streams_are_judged_as_if_alone(tools: list[str], kind: ChartKind, seed: int) -> None:
    value = np.abs(np.random.default_rng(seed).normal(9.0, 4.0, len(tools)))
    centers = {"A": 8.0, "B": 9.5}
    limits = tuple(StreamLimits(level=x, center=centers[x], sigma=3.0, n=9) for x in centers)
    design = ChartDesign(kind=kind, limits=limits)
    together = judged(series_of(value, tool=tools), design)
    for tool in set(tools):
        its = np.array([x == tool for x in tools])
        alone = judged(series_of(value[its], tool=[tool] * int(its.sum())), design)
        assert together.flags[its].tolist() == alone.flags.tolist()
        assert np.array_equal(together.line.z[its], alone.line.z, equal_nan=True)


def test_a_stream_without_limits_is_not_judged() -> None:
    design = ChartDesign(limits=(StreamLimits(level="A", center=0.0, sigma=1.0, n=9),))
    found = judged(series_of([9.0, 9.0, 9.0], tool=["A", "B", None]), design)
    assert found.judged.tolist() == [True, False, False]
    assert found.flags[1:].tolist() == [0, 0]


def test_no_pattern_and_no_memory_reaches_across_a_stage() -> None:
    value = np.full(12, 0.5)
    begins = np.arange(12) == 6
    series = series_of(value)
    design = ChartDesign(limits=STANDARD)
    assert np.flatnonzero(judged(series, design).flags).tolist() == [8, 9, 10, 11]
    points = plotted(series, design)
    assert not judge(points, design, begins=begins).flags.any()
    ewma = design.model_copy(update={"kind": "ewma"})
    found = judge(points, ewma, begins=begins).line
    assert found.statistic[6] == found.statistic[0]
    assert found.upper[6] == found.upper[0]


def test_a_chart_with_memory_counts_no_run_rule() -> None:
    design = ChartDesign(kind="ewma", limits=STANDARD)
    found = judged(series_of(np.full(30, 0.3)), design)
    assert not found.flags.any()
    assert len(counted(design)) == len(design.rules)


def test_a_value_that_is_no_number_ends_patterns_and_leaves_the_memory() -> None:
    value: FloatArray = np.array([1.0, np.nan, 1.0])
    design = ChartDesign(kind="ewma", rules=LIMITS_ONLY, limits=STANDARD)
    found = judged(series_of(value), design).line
    assert found.statistic[2] == pytest.approx(0.2 + 0.2 * 0.8)
    assert np.isnan(found.z[1])
