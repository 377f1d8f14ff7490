"""The nightly drift screen names the tool, how far, since when, which event, and what is over."""

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from ops.analyses.drift_screen import DRIFT_SCREEN, compute, needs
from ops.analyses.drift_screen_page import view
from ops.analyses.drift_screen_params import DriftScreenParams
from ops.analyses.drift_screen_result import DriftScreenResult
from ops.analyses.drift_screen_sample import DAY_US, START_US, sample_drifts
from ops.analysis import silent
from ops.errors import NotEnoughData
from ops.query import ProcessData
from ops.values import Factor, Measurements, PlantEvent, ReferenceWindow, Series


def screened(data: ProcessData | None = None, **params: Any) -> DriftScreenResult:
    given = DriftScreenParams(**{"site": "PG1", "point": "2h", **params})
    return compute(sample_drifts() if data is None else data, given, silent)


@cache
def plainly() -> DriftScreenResult:
    """The night of the sample as it is: many tests look at it, none changes it."""
    return screened()


def changed(number: int, value: np.ndarray, data: ProcessData | None = None) -> ProcessData:
    """Sample whose characteristic `number` has other values."""
    base = sample_drifts() if data is None else data
    series = list(base.measurements.series)
    series[number] = replace(series[number], value=value)
    return replace(base, measurements=Measurements(tuple(series)))


def until(data: ProcessData, day: float) -> ProcessData:
    """What a night at the end of `day` sees."""
    end = START_US + int(day * DAY_US)
    cut = tuple(_rows(s, s.ts < end) for s in data.measurements.series)
    events = tuple(event for event in data.events if event.ts < end)
    return replace(data, measurements=Measurements(cut), events=events)


def _rows(s: Series, keep: np.ndarray) -> Series:
    factors = {name: factor.take(keep) for name, factor in s.factors.items()}
    none = Factor(np.full(int(keep.sum()), -1, dtype=np.int64), ())
    return replace(
        s, ts=s.ts[keep], value=s.value[keep], n=s.n[keep], factors=factors,
        subgroup=none, unit_id=none, position=none,
    )  # fmt: skip


def test_the_drifting_tool_is_found_with_sign_size_and_begin() -> None:
    result = plainly()
    (one,) = (f for f in result.findings if not f.over)
    assert (one.level, one.characteristic, one.mechanism) == ("WB-03", "LOOP-H", "mean")
    assert (one.kind, one.sign) == ("trend", 1)
    assert one.lower < 0.35 * 16 < one.upper
    assert abs(one.since - START_US - 12 * DAY_US) < 2 * DAY_US
    assert result.expected_false == pytest.approx(0.1 / 30 * result.found)


def test_a_tool_is_found_while_it_is_off_and_is_over_after_its_service() -> None:
    data = sample_drifts()
    before = screened(until(data, 15.0))
    (one,) = (f for f in before.findings if f.level == "WB-05")
    assert (one.kind, one.sign, one.event) == ("step", -1, "Service 1")
    assert before.over == ()
    after = plainly()
    (over,) = after.over
    assert (over.level, over.mechanism, over.event) == ("WB-05", "mean", "Service 2")
    assert -over.delta < over.lower < over.shift < over.upper < over.delta


def test_what_is_over_is_settled_and_what_drifts_is_bad() -> None:
    page = view(plainly())
    said = [v for v in page.verdicts if v.subject is not None]
    assert [(v.level, v.settled) for v in said] == [("bad", False), ("good", True)]
    assert [v.subject.factors for v in said if v.subject] == [{"tool": "WB-03"}, {"tool": "WB-05"}]
    assert [v.subject.mechanism for v in said if v.subject] == ["mean", "mean"]
    assert "since 2026-01-1" in said[0].sentence


def test_a_band_as_wide_as_the_drift_leaves_nothing() -> None:
    result = screened(delta=1.0)
    assert (result.found, result.findings) == (0, ())
    assert "No tool drifts" in view(result).model_dump_json()


def test_shards_deal_every_tool_to_one_of_them_and_share_the_level() -> None:
    parts = [screened(shards=3, shard=k) for k in range(3)]
    assert sum(part.tools for part in parts) == plainly().tools
    assert sum(part.night_level for part in parts) == pytest.approx(0.1 / 30)
    assert {f.level for part in parts for f in part.findings} == {"WB-03"}


def test_scatter_that_doubles_is_a_finding_of_its_own_mechanism() -> None:
    series = sample_drifts().measurements.series[1]
    late = (series.ts >= START_US + 18 * DAY_US) & (series.factors["tool"].codes == 0)
    value = np.where(late, 48.0 + 3 * (series.value - 48.0), series.value)
    found = screened(changed(1, value))
    (one,) = (f for f in found.findings if f.level == "WB-01")
    assert (one.characteristic, one.mechanism, one.sign) == ("BALL-D", "spread", 1)
    assert one.lower < 3.0 < one.upper
    assert "standard deviation" in view(found).model_dump_json()


def test_an_approved_baseline_is_what_a_stream_is_compared_with() -> None:
    data = sample_drifts()
    heights = data.measurements.series[0]
    moved = replace(heights, value=heights.value - 3.0)
    window = ReferenceWindow(
        id=1, characteristic_id=1, name="qualified", start=START_US - 28 * DAY_US, end=START_US,
        where={}, approved_by="q", approved_at=START_US, review_at=None,
        series=replace(moved, ts=moved.ts - 28 * DAY_US),
    )  # fmt: skip
    found = screened(replace(data, baselines=(window,)))
    levels = {f.level: f for f in found.findings if f.mechanism == "mean"}
    assert set(levels) >= {"WB-01", "WB-02", "WB-04"}
    assert levels["WB-01"].lower < 3.0 < levels["WB-01"].upper
    assert levels["WB-01"].since == pytest.approx(START_US, abs=DAY_US)


def test_points_may_be_those_of_a_factor() -> None:
    data = sample_drifts()
    lots = [
        replace(s, factors={**s.factors, "lot": Factor((s.ts - START_US) // (DAY_US // 2),
                                                       tuple(f"L{i:03}" for i in range(56)))})
        for s in data.measurements.series
    ]  # fmt: skip
    result = screened(replace(data, measurements=Measurements(tuple(lots))), point="lot")
    assert result.points == 56
    assert "lot" in (needs(DriftScreenParams(point="lot")).measurements.factors or ())
    assert [f.level for f in result.findings if not f.over] == ["WB-03"]


def test_what_cannot_be_judged_is_left_out_with_its_reason() -> None:
    series = sample_drifts().measurements.series[1]
    value = np.where(series.factors["tool"].codes == 0, 48.0, series.value)
    result = screened(changed(1, value))
    assert [(s.level, s.reason) for s in result.left_out] == [("WB-01", "all points are equal")]
    few = screened(until(sample_drifts(), 1.4))
    assert few.streams == 16
    with pytest.raises(NotEnoughData, match="widen the window"):
        screened(until(sample_drifts(), 1.0))


def test_one_sided_and_absent_limits_are_judged() -> None:
    data = sample_drifts()
    spec = data.measurements.series[0].spec
    assert spec is not None
    heights = replace(data.measurements.series[0], spec=replace(spec, upper=np.inf, target=None))
    balls = data.measurements.series[1]
    result = screened(replace(data, measurements=Measurements((heights, balls))))
    assert [f.level for f in result.findings if not f.over] == ["WB-03"]


def test_events_of_other_tools_are_not_named() -> None:
    data = sample_drifts()
    other = PlantEvent(
        id=9, site="PG1", kind="maintenance", ts=START_US + 12 * DAY_US, ended_at=None,
        tool="WB-08", characteristic="", title="Elsewhere",
    )  # fmt: skip
    (one,) = (f for f in screened(replace(data, events=(other,))).findings if not f.over)
    assert (one.event, one.event_at) == ("", None)


@pytest.mark.parametrize("params", [{"shards": 2, "shard": 2}, {"judge_last": "soon"}])
def test_parameters_that_contradict_are_refused(params: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        DriftScreenParams(**params)


def test_the_query_asks_for_events_and_baselines() -> None:
    asked = needs(DRIFT_SCREEN.example.params)
    assert (asked.events, asked.baselines) == (None, True)
    assert asked.measurements.factors == ("tool",)


def test_other_methods_speak_of_the_finding_and_of_all_streams_where_asked() -> None:
    result = plainly()
    one = next(f for f in result.findings if not f.over)
    methods = {each.method.split(" ", maxsplit=1)[0]: each for each in one.beside}
    assert {"theil-sen", "mann-kendall", "ar-gls", "step", "cusum", "page-hinkley"} <= set(methods)
    slope = methods["ar-gls"]
    assert slope.present
    assert slope.lower is not None
    assert slope.lower > 0
    assert (result.methods, "Of all streams" in view(result).model_dump_json()) == ((), False)
    whole = screened(evidence="all")
    assert {m.method for m in whole.methods} >= {"ar-gls", "cusum", "step, mean cost"}
    line = next(m for m in whole.methods if m.method == "ar-gls")
    assert (line.told, line.within) == (16, 1)
    assert line.present < 6
    assert [f.p for f in whole.findings] == [f.p for f in result.findings]
    assert "Of all streams" in view(whole).model_dump_json()


def fleet(seed: int, drift: float) -> ProcessData:
    """Eight bonders that share every lot; the last one creeps."""
    base = sample_drifts().measurements.series[0]
    rng = np.random.default_rng(seed)
    ts = START_US + np.arange(0, 30 * DAY_US, DAY_US // 12)
    common = np.repeat(rng.normal(0.0, 1.0, 60), 6)
    days = (ts - START_US) / DAY_US
    rows = [150.0 + common + rng.normal(0.0, 1.0, ts.size) for _ in range(8)]
    rows[-1] = rows[-1] + drift * days
    tool = np.tile(np.arange(8), ts.size)
    none = Factor(np.full(tool.size, -1, dtype=np.int64), ())
    series = replace(
        base, ts=np.repeat(ts, 8), value=np.stack(rows, axis=1).ravel(), n=np.ones(tool.size),
        factors={"tool": Factor(tool, tuple(f"WB-{i:02d}" for i in range(8)))},
        subgroup=none, unit_id=none, position=none,
    )  # fmt: skip
    return ProcessData(Measurements((series,)))


def test_beside_its_fleet_a_tool_that_creeps_stands_out_of_what_moves_all() -> None:
    found = {
        relative: [
            {f.level for f in screened(
                fleet(seed, 0.1), point="8h", relative=relative, delta=0.02).findings}
            for seed in range(4)
        ]
        for relative in (False, True)
    }  # fmt: skip
    assert all(levels == {"WB-07"} for levels in found[True])
    assert not any(found[False])
    quiet = [screened(fleet(s, 0.0), point="8h", relative=True, delta=0.02) for s in range(4)]
    assert all(result.findings == () for result in quiet)


def test_a_fleet_needs_points_at_one_time_and_five_tools() -> None:
    with pytest.raises(ValidationError, match="relative needs points of a stretch of time"):
        DriftScreenParams(point="lot", relative=True)
    few = fleet(1, 0.3)
    (series,) = few.measurements.series
    kept = series.factors["tool"].codes >= 4  # four tools: judged as they are
    four = replace(few, measurements=Measurements((_rows(series, kept),)))
    asked = {"point": "8h", "delta": 0.02}
    alone, beside = (screened(four, relative=r, **asked) for r in (False, True))
    assert alone.findings == beside.findings != ()
