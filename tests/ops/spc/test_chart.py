"""Judged charts: limits by stage from the points shown, or frozen limits that no point moves."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.errors import BadData, NotEnoughData
from ops.spc.chart import Chart, design_chart, own_chart
from ops.spc.design import ChartDesign, ChartKind, ChartSettings, StreamLimits
from ops.spc.own_limits import Used
from ops.spc.phase_one import estimate
from ops.spc.rules import LIMITS_ONLY, NELSON
from ops.values import Characteristic, Factor, Series, factor_of
from tests.reference import case

A = StreamLimits(level="A", center=10.0, sigma=1.0, n=50)
B = StreamLimits(level="B", center=20.0, sigma=2.0, n=50)
DESIGN = ChartDesign(limits=(A, B), rules=LIMITS_ONLY)


def series(value: list[float], tool: Sequence[str | None], subgroup: Sequence[str] = ()) -> Series:
    n = len(value)
    nothing = Factor(np.full(n, -1), ())
    return Series(
        Characteristic(1, "S", "C", "C", "um"), np.arange(n), np.array(value, dtype=float),
        np.ones(n), factor_of([*subgroup]) if subgroup else nothing, nothing, nothing,
        {"tool": factor_of([*tool])},
    )  # fmt: skip


def flagged(found: Any) -> list[int]:
    return np.flatnonzero(found.judged.flags).tolist()


def test_each_stream_has_the_limits_of_its_level() -> None:
    found = design_chart(series([13.5, 13.5, 26.5, 25.5], ["A", "B", "B", "B"]), DESIGN)
    assert flagged(found) == [0, 1, 2], "13.5 is 3.5 above A and 3.25 below B; 25.5 is 2.75 above"
    assert [s.level for s in found.stages] == ["A", "B"]
    assert [(s.center, s.lower, s.upper) for s in found.stages] == [
        (10.0, 7.0, 13.0),
        (20.0, 14.0, 26.0),
    ]


def test_a_point_on_the_limit_is_within() -> None:
    assert flagged(design_chart(series([13.0, 7.0], ["A", "A"]), DESIGN)) == []


def test_a_stream_without_limits_is_drawn_and_not_judged() -> None:
    found = design_chart(series([99.0, 99.0], ["C", None]), DESIGN)
    assert (found.ts.size, flagged(found)) == (2, [])
    assert [(s.level, s.limits) for s in found.stages] == [(None, None)]
    served = DESIGN.model_copy(update={"limits": (A.model_copy(update={"level": ""}),)})
    assert flagged(design_chart(series([99.0, 99.0], ["C", None]), served)) == [0, 1]


def test_the_rule_of_the_limits_follows_their_width() -> None:
    narrow = DESIGN.model_copy(update={"width": 2.0})
    found = design_chart(series([12.5, 11.5], ["A", "A"]), narrow)
    assert flagged(found) == [0]
    assert (found.stages[0].lower, found.stages[0].upper) == (8.0, 12.0)


def test_means_are_judged_by_sigma_over_the_root_of_their_size() -> None:
    design = DESIGN.model_copy(update={"kind": "xbar-s", "subgroup": "column"})
    found = design_chart(
        series([12.0, 12.0, 12.0, 12.0, 12.0], ["A"] * 5, ["1"] * 4 + ["2"]), design
    )
    assert found.steps, "a mean of four has other limits than one value"
    np.testing.assert_array_equal(found.size, [4, 1])
    assert flagged(found) == [0], "2 is 4 sigma of a mean of four, and 2 sigma of one"


def test_only_what_the_design_is_about_is_drawn() -> None:
    design = DESIGN.model_copy(update={"where": {"tool": ("B",)}})
    found = design_chart(series([1.0, 20.0, 2.0], ["A", "B", "A"]), design)
    assert found.row.tolist() == [1]
    with pytest.raises(NotEnoughData):
        design_chart(series([1.0], ["A"]), design)
    elsewhere = DESIGN.model_copy(update={"where": {"line": ("1",)}})
    with pytest.raises(NotEnoughData):
        design_chart(series([1.0], ["A"]), elsewhere)


@given(values=st.lists(st.floats(-50, 50), min_size=2, max_size=30), k=st.integers(1, 29))
def test_later_points_change_nothing_of_earlier_ones(values: list[float], k: int) -> None:
    k = min(k, len(values))
    tools = ["AB"[i % 2] for i in range(len(values))]
    whole = design_chart(series(values, tools), ChartDesign(limits=(A, B)))
    part = design_chart(series(values[:k], tools[:k]), ChartDesign(limits=(A, B)))
    np.testing.assert_array_equal(whole.judged.flags[:k], part.judged.flags)


def test_inputs_are_left_alone() -> None:
    given_ = series([13.5, 1.0], ["A", "B"])
    before = replace(given_, value=given_.value.copy())
    design_chart(given_, DESIGN)
    np.testing.assert_array_equal(before.value, given_.value)


def own(
    value: Sequence[float], tool: Sequence[str] = (), kind: ChartKind = "individuals", **how: Any
) -> Chart:
    given_ = series([*value], [*tool] or ["A"] * len(value))
    return own_chart(given_, ChartSettings(kind=kind, rules=how.pop("rules", LIMITS_ONLY)), **how)


def test_individuals_have_the_limits_of_montgomery() -> None:
    known = case("spc", "montgomery_viscosity")
    found = own(known["inputs"]["x"], rules=NELSON)
    (stage,) = found.stages
    limits = (stage.lower, stage.center, stage.upper)
    wanted = [known["expected"][name] for name in ("LCL", "center", "UCL")]
    assert limits == pytest.approx(wanted, abs=known["tolerance"])
    assert not found.judged.flags.any()
    assert found.judged.sides[0].name == "moving range"


def test_each_stage_has_limits_of_its_own_and_breaks_runs() -> None:
    rng = np.random.default_rng(3)
    value = np.concatenate((rng.normal(0, 1, 200), rng.normal(9, 1, 200)))
    found = own(value.tolist(), stages=np.array([200]), rules=NELSON)
    assert [round(s.center) for s in found.stages] == [0, 9]
    assert np.mean(found.judged.flags & 1 > 0) < 0.02
    whole = own(value.tolist(), rules=NELSON)
    assert np.mean(whole.judged.flags & 2 > 0) > 0.9, "one stage is one long run on each side"


def test_streams_share_limits_and_not_their_runs() -> None:
    value = np.tile([1.0, -1.0], 12) + np.random.default_rng(0).normal(0, 0.1, 24)
    found = own(value.tolist(), ["A", "B"] * 12, rules=(NELSON[1],))
    assert len(found.stages) == 1
    assert flagged(found) == list(range(16, 24)), "A is always above, B always below"


def test_a_baseline_sets_limits_and_a_point_left_out_sets_none() -> None:
    rng = np.random.default_rng(5)
    value = np.concatenate((rng.normal(0, 1, 300), rng.normal(6, 1, 50)))
    value[7] = 50.0
    first = np.arange(350) < 300
    found = own(value.tolist(), used=Used(first, np.arange(350) == 7), stages=np.array([300]))
    assert found.stages[0].limits == found.stages[1].limits
    assert found.stages[0].limits is not None
    assert (found.stages[0].limits.n, round(found.stages[0].limits.sigma)) == (299, 1)
    assert np.mean(found.judged.flags[300:]) > 0.95
    assert 7 in flagged(found)


def test_equal_values_and_single_points_are_drawn_but_not_judged() -> None:
    for value in ([4.2] * 30, [4.2]):
        found = own(value)
        assert (found.stages[0].limits, found.stages[0].center) == (None, 4.2)
        assert not found.judged.flags.any()


@pytest.mark.parametrize("kind", ["individuals", "ewma", "cusum", "moving-average", "u", "g", "t"])
def test_limits_of_one_stream_are_those_of_phase_one(kind: ChartKind) -> None:
    value = np.random.default_rng(2).poisson(8.0, 60).astype(float) + 1.0
    given_ = series(value.tolist(), ["A"] * 60)
    settings = ChartSettings(kind=kind, rules=LIMITS_ONLY)
    mine = own_chart(given_, settings).stages[0].limits
    frozen = estimate(given_, settings, iterate=False).limits[0]
    assert mine == frozen.model_copy(update={"level": ""})


def test_limits_of_unequal_samples_step() -> None:
    given_ = replace(series([3.0, 5.0, 4.0, 6.0] * 5, ["A"] * 20), n=np.tile([100.0, 200.0], 10))
    found = own_chart(given_, ChartSettings(kind="p", rules=LIMITS_ONLY))
    assert found.steps
    upper = found.judged.line.upper
    assert upper[0] > upper[1], "the smaller sample has the wider limits"
    with pytest.raises(BadData, match="field n: a c chart needs one sample size"):
        own_chart(given_, ChartSettings(kind="c"))


def test_correlation_is_taken_within_streams_and_inside_limits() -> None:
    rng = np.random.default_rng(8)
    x = np.zeros(600)
    for i in range(1, 600):
        x[i] = 0.6 * x[i - 1] + rng.normal()
    found = own(x.tolist())
    assert found.correlation is not None
    assert 0.3 < found.correlation.phi < 0.7
    alone = own([1.0, 2.0, 3.0])
    assert alone.correlation is None
