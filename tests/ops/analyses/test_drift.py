"""Drift of one characteristic: bad input has a clear answer, the verdict says what was planted."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.signal import lfilter

from ops.analyses.drift import DRIFT
from ops.analyses.drift_params import DriftParams
from ops.analyses.drift_result import DriftResult
from ops.analyses.drift_words import tips_of
from ops.analysis import silent
from ops.db.types import from_micros
from ops.errors import NotEnoughData
from ops.page_value import Number
from ops.prediction import Issued
from ops.query import ProcessData
from ops.values import (
    Characteristic,
    Factor,
    FloatArray,
    IntArray,
    Measurements,
    PlantEvent,
    ReferenceWindow,
    Series,
    SpecLimits,
)

START, DAY = 1_767_225_600_000_000, 86_400_000_000
SPEC = SpecLimits(140.0, 160.0, 150.0)
PARAMS = DriftParams(characteristic="LOOP", tool="WB-1", site="PG", recurrence=False)
Level = Callable[[FloatArray], NDArray[Any]]


def issued(result: DriftResult) -> Issued:
    return Issued("r", from_micros(result.end), from_micros(result.begin), from_micros(result.end))


def evenly(days: float = 40.0, a_day: int = 6) -> IntArray:
    return START + np.round(np.arange(round(days * a_day)) * DAY / a_day).astype(np.int64)


def series(ts: IntArray, value: FloatArray, spec: SpecLimits | None = SPEC) -> Series:
    n = ts.size
    none = Factor(np.full(n, -1, dtype=np.int64), ())
    return Series(
        characteristic=Characteristic(1, "PG", "LOOP", "Loop height", "um"),
        ts=ts,
        value=value,
        n=np.ones(n),
        subgroup=none,
        unit_id=Factor(np.arange(n), tuple(f"D{i}" for i in range(n))),
        position=none,
        factors={"tool": Factor(np.zeros(n, dtype=np.int64), ("WB-1",))},
        spec=spec,
    )


def noisy(ts: IntArray, level: Level, seed: int = 1, sigma: float = 1.5) -> FloatArray:
    t = (ts - START) / DAY
    noise = np.random.default_rng(seed).normal(0.0, sigma, ts.size)
    return np.asarray(level(t) + noise, dtype=np.float64)


def flat(t: FloatArray) -> FloatArray:
    return np.full(t.size, 150.0)


def creep(t: FloatArray) -> FloatArray:
    return 150.0 + 0.25 * np.maximum(t - 20.0, 0.0)


def event(kind: str, day: float, number: int = 1) -> PlantEvent:
    return PlantEvent(number, "PG", kind, START + round(day * DAY), None, "WB-1", "", kind)


def judged(
    ts: IntArray,
    value: FloatArray,
    *,
    params: DriftParams = PARAMS,
    spec: SpecLimits | None = SPEC,
    **more: Any,
) -> DriftResult:
    data = ProcessData(Measurements((series(ts, value, spec),)), **more)
    return DRIFT.compute(data, params, silent)


@cache
def crept() -> DriftResult:
    """What is said of a creep from day 20 on: many tests look at it, none changes it."""
    ts = evenly()
    return judged(ts, noisy(ts, creep))


@cache
def stayed() -> DriftResult:
    """What is said of a tool at which nothing happens."""
    ts = evenly()
    return judged(ts, noisy(ts, flat))


def said(result: DriftResult) -> str:
    return " ".join(verdict.sentence for verdict in DRIFT.view(result).verdicts)


def remarks(result: DriftResult) -> dict[str, Any]:
    return {one.id: one for one in result.remarks}


def present(result: DriftResult) -> set[str]:
    return {one.mechanism for one in result.evidence if one.present}


def test_a_creep_that_began_in_the_middle_is_dated_and_acted_on_cheaply() -> None:
    result = crept()
    lead = next(e for e in result.evidence if e.method == "bend")
    assert lead.present
    assert lead.lower is not None
    assert lead.upper is not None
    assert lead.lower < 0.25 < lead.upper
    assert lead.since is not None
    assert abs((lead.since - START) / DAY - 20.0) < 4.0
    assert "it moves by 0.2" in said(result)
    assert "it began about 2026-01-" in said(result)
    assert result.decision.action in ("recalibrate", "clean", "replace-component")
    assert result.decision.saving is not None
    assert 0 < result.decision.saving < 120_000  # not more than to stop the tool altogether
    crossing = next(c for c in result.forecast.crossings if c.target == "mean")  # type: ignore[union-attr]
    assert crossing.side in ("upper", "either")
    assert DRIFT.view(result).verdicts[0].subject.mechanism == "mean"  # type: ignore[union-attr]
    tip = next(tip for tip in tips_of(result) if "forecast" in tip.values)
    told = {name: v.value or 0.0 for name, v in tip.values.items() if isinstance(v, Number)}
    assert told["value"] == pytest.approx(told["factor"] * told["forecast"], rel=0.02)


def test_a_quiet_tool_is_kept_and_nothing_is_claimed() -> None:
    result = stayed()
    assert present(result) == set()
    assert result.decision.action == "keep"
    assert "no drift, shown to be within 2 um" in said(result)
    assert DRIFT.view(result).verdicts[0].settled


@pytest.mark.parametrize("seed", range(6))
def test_wear_that_comes_and_goes_with_each_capillary_is_no_drift(seed: int) -> None:
    ts = evenly(28.0, 12)
    result = judged(ts, noisy(ts, lambda t: 150.0 + 2.0 * (t % 2.3) / 2.3, seed=seed, sigma=1.6))
    assert present(result) == set()


@pytest.mark.parametrize("seed", range(4))
def test_noise_with_memory_is_no_drift(seed: int) -> None:
    ts = evenly(28.0, 12)
    shock = np.random.default_rng(seed).normal(0.0, 1.2, ts.size)
    value = lfilter([1.0], [1.0, -0.6], shock)
    assert present(judged(ts, 150.0 + value)) == set()


def test_a_step_is_named_with_its_event_and_its_size() -> None:
    ts = evenly()
    value = noisy(ts, lambda t: 150.0 - 6.0 * (t >= 30.0))
    result = judged(ts, value, events=(event("maintenance", 29.9),))
    sentence = said(result)
    assert "it stepped by -" in sentence
    assert "after the maintenance" in sentence
    assert "on 2026-01-31" in sentence
    assert result.decision.action == "recalibrate"
    assert result.decision.reasons[0].id == "stepped-after-maintenance"
    (change,) = (c for c in result.changes if c.size < -3)
    assert change.size_lower < -6.0 < change.size_upper


def test_a_step_without_an_event_says_so() -> None:
    ts = evenly()
    result = judged(ts, noisy(ts, lambda t: 150.0 + 6.0 * (t >= 25.0)))
    assert "no event of the tool goes with it" in said(result)


def test_only_actions_since_it_began_count_against_a_drift() -> None:
    ts = evenly()
    value = noisy(ts, creep)
    before = tuple(event("maintenance", d, i) for i, d in enumerate((3.0, 8.0, 13.0)))
    after = tuple(event("maintenance", d, i) for i, d in enumerate((25.0, 30.0, 35.0)))
    routine = tuple(event("capillary-change", d, i) for i, d in enumerate((25.0, 30.0, 35.0)))
    made = [judged(ts, value, events=events).decision for events in (before, routine, after)]
    proposed = [{r.id for r in one.reasons} | {a.action for a in one.alternatives} for one in made]
    assert not {"came-back", "refurbish"} & proposed[0]
    assert not {"came-back", "refurbish"} & proposed[1]
    assert {"came-back", "refurbish"} & proposed[2]


def test_irregular_and_duplicate_stamps_are_joined_and_told() -> None:
    rng = np.random.default_rng(3)
    ts = np.sort(START + rng.integers(0, 40 * DAY, 300))
    ts[100:110] = ts[100]
    result = judged(ts, noisy(ts, creep))
    assert remarks(result)["duplicate-stamps"].count == 9
    assert "trend" in present(result)


def test_a_gap_is_told_and_bridged() -> None:
    ts = evenly()
    ts = ts[(ts < START + 8 * DAY) | (ts > START + 18 * DAY)]
    result = judged(ts, noisy(ts, creep))
    assert remarks(result)["gaps"].amount == pytest.approx(10.0, abs=0.5)
    assert "trend" in present(result)


def test_a_clock_that_is_put_forward_moves_no_instant() -> None:
    march = evenly() + 70 * DAY  # the clocks of Europe change on the 29th
    result = judged(march, noisy(march - 70 * DAY, flat))
    assert not {"gaps", "repeated-hour", "duplicate-stamps"} & set(remarks(result))


def test_a_single_distinct_value_cannot_drift() -> None:
    ts = evenly()
    result = judged(ts, np.full(ts.size, 150.0))
    assert "single-value" in remarks(result)
    assert "all 240 points are 150 um: a drift cannot be told" in said(result)
    assert result.decision.action == "keep"


def test_without_a_baseline_the_first_stretch_stands_in() -> None:
    result = stayed()
    assert {"none-approved", "not-qualified"} <= set(remarks(result))
    assert (result.baseline, result.baseline_kind) == ("", "first-stretch")


def window(values: int) -> ReferenceWindow:
    ts = evenly(60.0, values // 60) - 100 * DAY
    return ReferenceWindow(
        id=1,
        name="spring",
        characteristic_id=1,
        start=int(ts[0]),
        end=int(ts[-1]) + 1,
        where={"tool": ("WB-1",)},
        approved_by="QA",
        approved_at=START - 30 * DAY,
        review_at=None,
        series=series(ts, noisy(ts, flat, seed=9)),
    )


def test_a_baseline_longer_than_the_data_counts_and_is_told() -> None:
    ts = evenly(20.0)
    result = judged(ts, noisy(ts, lambda t: flat(t) + 4.0), baselines=(window(360),))
    assert "longer-than-data" in remarks(result)
    assert (result.baseline, result.baseline_kind) == ("spring", "approved")
    assert "level" in present(result)
    assert "it stands off its baseline by 3.9" in said(result)


def test_after_a_change_of_unit_only_the_later_values_are_judged() -> None:
    ts = evenly()
    value = noisy(ts, flat)
    value[:100] /= 1000.0
    result = judged(ts, value)
    assert remarks(result)["unit-change"].amount == pytest.approx(1000.0, rel=0.01)
    assert result.begin == int(ts[100])
    assert result.points == 140
    assert present(result) == set()


def test_a_sensor_at_its_stop_is_told() -> None:
    ts = evenly()
    value = np.minimum(noisy(ts, creep), 153.0)
    flaw = remarks(judged(ts, value))["saturation"]
    assert flaw.amount == 153.0
    assert flaw.count == np.count_nonzero(value == 153.0)


def test_what_is_no_number_is_left_out_and_counted() -> None:
    ts = evenly()
    value = noisy(ts, flat)
    value[[3, 50, 51]] = np.nan
    result = judged(ts, value)
    assert remarks(result)["not-finite"].count == 3
    assert result.points == 237


def test_too_few_points_and_unknown_tools_are_refused_by_name() -> None:
    ts = evenly(1.0)
    with pytest.raises(NotEnoughData, match="12 points"):
        judged(ts, noisy(ts, flat))
    with pytest.raises(NotEnoughData, match="'WB-9'; it has WB-1"):
        judged(ts, noisy(ts, flat), params=PARAMS.model_copy(update={"tool": "WB-9"}))


@pytest.mark.parametrize("spec", [None, SpecLimits(upper=160.0), SpecLimits(lower=140.0)])
def test_an_absent_limit_costs_what_needs_it_and_no_more(spec: SpecLimits | None) -> None:
    ts = evenly()
    result = judged(ts, noisy(ts, creep), spec=spec)
    assert result.forecast is not None
    sides = {c.side for c in result.forecast.crossings if c.target == "mean"}
    assert sides == ({"upper"} if spec and spec.upper == 160.0 else {"lower"} if spec else set())
    assert result.margin > 0
    if spec is None:
        assert not result.decision.costed


def test_it_predicts_days_and_crossings_and_fits_into_its_size() -> None:
    result = crept()
    assert DRIFT.predictions is not None
    made = list(DRIFT.predictions(result, PARAMS, issued(result)))
    means = [one for one in made if one.quantity == "mean"]
    assert [round((one.end - result.end) / DAY) for one in means] == [1, 3, 7, 14, 28]
    for one in means:
        inner, outer = one.bands
        assert outer.lower < inner.lower < one.estimate < inner.upper < outer.upper  # type: ignore[operator]
    assert [one.rising for one in made if one.quantity == "crossing"][:1] == [True]
    assert len(result.model_dump_json()) < 64 * 1024


def test_parameters_that_are_equal_give_an_equal_result() -> None:
    ts = evenly()
    value = noisy(ts, creep)
    assert judged(ts, value) == crept()


def test_another_unit_gives_the_same_verdict() -> None:
    ts = evenly()
    value = noisy(ts, creep)
    wide = replace(SPEC, lower=SPEC.lower / 25.4, upper=SPEC.upper / 25.4, target=150.0 / 25.4)
    one, other = crept(), judged(ts, value / 25.4, spec=wide)
    assert present(one) == present(other)
    assert one.decision.action == other.decision.action


def test_the_means_of_days_to_come_lie_in_their_intervals_as_often_as_stated() -> None:
    held: dict[float, list[bool]] = {0.8: [], 0.95: []}
    ts = evenly(50.0, 12)
    known = ts < START + 30 * DAY
    for seed in range(10):
        slope = (0.0, 0.1, 0.25)[seed % 3]
        value = noisy(ts, lambda t, a=slope: 150.0 + a * t, seed=seed)  # type: ignore[misc]
        result = judged(ts[known], value[known])
        for one in DRIFT.predictions(result, PARAMS, issued(result)):  # type: ignore[misc]
            day = (ts >= one.start) & (ts < one.end)
            if one.quantity == "mean" and day.any():
                mean = float(value[day].mean())
                for band in one.bands:
                    held[band.level].append(band.lower <= mean <= band.upper)  # type: ignore[operator]
    assert np.mean(held[0.8]) >= 0.65
    assert np.mean(held[0.95]) >= 0.85


def test_a_drift_that_is_corrected_away_is_in_the_offsets() -> None:
    ts = evenly()
    heights = series(ts, noisy(ts, flat))
    offsets = replace(
        series(ts[::6], 0.2 * np.arange(40.0) + noisy(ts[::6], lambda t: 0.0 * t, sigma=0.2)),
        characteristic=Characteristic(2, "PG", "CORR", "Correction", "um"),
    )
    params = PARAMS.model_copy(update={"corrections": "CORR"})
    result = DRIFT.compute(ProcessData(Measurements((heights, offsets))), params, silent)
    assert present(result) == {"corrections"}
    assert "corrections hide a drift of 0." in said(result)
    hidden = next(e for e in result.evidence if e.method == "offset-trend")
    assert hidden.estimate == pytest.approx(0.2, abs=0.02)
    assert result.decision.action != "keep"
