"""Long-term capability: components found again, hidden strata, trends, model, what is missing."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from ops.analyses.long_term_capability import (
    LONG_TERM_CAPABILITY,
    LongTermCapabilityParams,
    listed,
    needs,
)
from ops.analyses.long_term_capability_result import (
    LongTermCapabilityResult,
    LongTermOfCharacteristic,
)
from ops.analyses.long_term_capability_sample import sample_data
from ops.analyses.long_term_capability_stretch import EPOCH, periods
from ops.analysis import silent
from ops.errors import NotEnoughData
from ops.page_chart import Chart
from ops.query import ProcessData
from ops.values import Factor, FloatArray, IntArray, Measurements, Series, SpecLimits

DAY_US = 86_400_000_000
LOTS, OF_LOT = 120, 20
LOT = np.repeat(np.arange(LOTS), OF_LOT)
TOOL = LOT % 6


def _factor(codes: IntArray, prefix: str) -> Factor:
    width = len(str(int(codes.max())))
    levels = tuple(f"{prefix}{i:0{width}d}" for i in range(int(codes.max()) + 1))
    return Factor(codes.astype(np.int64), levels)


def _series(value: FloatArray, spec: SpecLimits | None, **factors: Factor) -> Series:
    plain = sample_data().measurements.series[0]
    n = value.size
    none = Factor(np.full(n, -1, dtype=np.int64), ())
    given = {"tool": _factor(TOOL, "T"), "lot": _factor(LOT, "L")} if n == LOT.size else {}
    return replace(
        plain,
        ts=plain.ts[0] + (180 * DAY_US * np.arange(n)) // n,
        value=value,
        n=np.ones(n),
        subgroup=none,
        unit_id=none,
        position=none,
        factors=given | factors,
        spec=spec,
    )


def _one(*series: Series, events: Any = (), **params: Any) -> LongTermOfCharacteristic:
    data = ProcessData(Measurements(series), events=events)
    found = LONG_TERM_CAPABILITY.compute(data, LongTermCapabilityParams(**params), silent)
    return found.characteristics[0]


def _noise(seed: int = 1) -> FloatArray:
    return np.random.default_rng(seed).normal(0.0, 1.0, LOT.size)


def _share(found: LongTermOfCharacteristic, source: str) -> float:
    (of,) = [c for c in found.components if c.source == source]
    return 0.0 if of.share is None else of.share.value


def test_the_components_that_were_put_in_are_found() -> None:
    rng = np.random.default_rng(3)
    value = 150 + _noise() + rng.normal(0, 1.0, LOTS)[LOT] + np.linspace(-2, 2, LOT.size)
    found = _one(_series(value, SpecLimits(140, 160)))
    drift = 16 / 12
    assert _share(found, "lot") == pytest.approx(1 / (2 + drift), abs=0.08)
    assert _share(found, "drift") == pytest.approx(drift / (2 + drift), abs=0.08)
    assert _share(found, "residual") == pytest.approx(1 / (2 + drift), abs=0.05)
    assert sum(c.share.value for c in found.components if c.share) == pytest.approx(1.0)


def test_the_gap_adds_up_to_the_pool() -> None:
    rng = np.random.default_rng(4)
    value = 150 + _noise() + rng.normal(0, 1.0, LOTS)[LOT] + np.linspace(-2, 2, LOT.size)
    found = _one(_series(value, SpecLimits(140, 160)))
    assert found.gap is not None
    assert found.ppk is not None
    assert found.gap.ppk == pytest.approx(found.ppk.value, rel=1e-6)
    assert sum(p.loss for p in found.gap.parts) == pytest.approx(found.gap.cpk - found.gap.ppk)
    assert {found.gap.parts[0].source, found.gap.parts[1].source} == {"lot", "drift"}
    assert found.gap.within == "lot"


def test_lots_cost_effective_values() -> None:
    lots = np.random.default_rng(5).normal(0, 1.0, LOTS)[LOT]
    plain, lumpy = (
        _one(_series(150 + _noise() + shift, SpecLimits(140, 160))) for shift in (0.0, lots)
    )
    assert plain.effective_n > 1500
    assert lumpy.effective_n == pytest.approx(2 * LOTS / (1 + 1 / OF_LOT), rel=0.35)


def test_a_bad_tool_under_a_good_pool_raises_the_warning() -> None:
    tool = LOT % 12
    value = 150 + _noise() + np.where(tool == 2, 3.0, 0.0)
    found = _one(_series(value, SpecLimits(144, 156), tool=_factor(tool, "T")))
    assert found.ppk is not None
    assert found.ppk.value > 1.33
    assert found.over_aggregated
    assert (found.strata[0].factor, found.strata[0].level) == ("tool", "T02")
    assert found.verdict.level == "warn"
    assert "surely below it: tool T02" in found.verdict.sentence


def test_two_hundred_good_strata_raise_no_warning() -> None:
    rng = np.random.default_rng(6)
    for _ in range(5):
        value = 150 + rng.normal(0, 1, 2400)
        lot = _factor(np.arange(2400) // 12, "L")
        found = _one(_series(value, SpecLimits(145.5, 154.5), lot=lot))
        assert sum(s.raw is not None and s.raw < 1.33 for s in found.strata) > 10
        assert not found.over_aggregated
        assert found.strata_judged >= 200


def test_a_growing_spread_is_a_falling_trend() -> None:
    value = 150 + _noise() * np.linspace(1.0, 2.6, LOT.size)
    found = _one(_series(value, SpecLimits(138, 162)), period="week")
    assert found.trend is not None
    assert found.trend.upper is not None
    assert found.trend.upper < 0
    assert "it falls by" in found.verdict.sentence
    assert len(found.periods) in (26, 27)
    assert found.model is not None
    assert found.model.variation == "changing"


def test_an_unstable_process_says_so_with_counts_beside_expectations() -> None:
    value = 150 + _noise() + np.where(np.arange(LOT.size) > 1200, 2.0, 0.0)
    found = _one(_series(value, SpecLimits(140, 160)))
    assert found.stability is not None
    assert found.stability.unstable
    assert "not stable" in found.verdict.sentence
    assert found.model is not None
    assert found.model.location.startswith("systematic")


def test_maintenance_makes_epochs_and_their_steps_are_a_source() -> None:
    data = sample_data()
    series = data.measurements.series[0]
    service = data.events[0].ts
    value = series.value + np.where(series.ts >= service, 5.0, 0.0)
    found = _one(replace(series, value=value), events=data.events)
    assert _share(found, EPOCH) + _share(found, "drift") > 0.3
    plain = _one(series)
    assert "month" in {c.source for c in plain.components}
    assert EPOCH not in {c.source for c in plain.components}


def test_sites_of_one_code_are_one_stretch() -> None:
    one = _series(150 + _noise(), SpecLimits(140, 160))
    about = replace(one.characteristic, id=2, site="PG2")
    other = replace(one, characteristic=about, value=one.value + 1.0, ts=one.ts + 1)
    found = _one(one, other)
    assert found.n == 2 * LOT.size
    assert found.sites == ("PG1", "PG2")
    assert {s.level for s in found.strata if s.factor == "site"} == {"PG1", "PG2"}


def test_a_change_of_unit_changes_no_index() -> None:
    value, spec = 150 + _noise(), SpecLimits(144, 156)
    one = _one(_series(value, spec))
    other = _one(_series(value * 1e-3, SpecLimits(0.144, 0.156)))
    assert one.ppk is not None
    assert other.ppk is not None
    assert other.ppk.value == pytest.approx(one.ppk.value, rel=1e-9)
    assert other.ppk.lower == pytest.approx(one.ppk.lower, rel=1e-4)
    assert _share(other, "residual") == pytest.approx(_share(one, "residual"), abs=1e-4)


def test_without_limits_or_with_one_side_only() -> None:
    value = 150 + _noise()
    none = _one(_series(value, None))
    assert (none.ppk, none.gap, none.strata, none.verdict.level) == (None, None, (), "info")
    single = _one(_series(value, SpecLimits(upper=156.0)))
    assert single.ppk is not None
    assert single.ppk.value == pytest.approx((156 - value.mean()) / (3 * value.std(ddof=1)))


@pytest.mark.parametrize("lots", ["one", "single values", "none"])
def test_one_lot_one_value_in_each_or_no_factor(lots: str) -> None:
    n = 300
    value = 150 + np.random.default_rng(7).normal(0, 1, n)
    codes = np.zeros(n, dtype=np.int64) if lots == "one" else np.arange(n)
    factors = {} if lots == "none" else {"lot": _factor(codes, "L")}
    found = _one(_series(value, SpecLimits(144, 156), **factors))
    assert found.ppk is not None
    assert _share(found, "residual") > 0.8


def test_values_that_are_no_numbers_are_left_out_and_said() -> None:
    value = 150 + _noise()
    value[5] = np.nan
    found = _one(_series(value, SpecLimits(140, 160)))
    assert found.n == LOT.size - 1
    assert found.notes[0].startswith("1 of 2400 values")


def test_too_few_and_equal_values_are_named() -> None:
    fine = _series(150 + _noise(), SpecLimits(140, 160))
    about = replace(fine.characteristic, id=9, code="FLAT")
    flat = replace(_series(np.full(50, 3.0), SpecLimits(0, 9)), characteristic=about)
    data = ProcessData(Measurements((fine, flat)))
    params = LongTermCapabilityParams(characteristics=("LOOP-H", "FLAT", "NONE"))
    found = LONG_TERM_CAPABILITY.compute(data, params, silent)
    reasons = {left.code: left.reason for left in found.not_studied}
    assert "no variation" in reasons["FLAT"]
    assert "no such characteristic" in reasons["NONE"]
    with pytest.raises(NotEnoughData, match="no variation"):
        LONG_TERM_CAPABILITY.compute(ProcessData(Measurements((flat,))), params, silent)


def test_months_and_weeks_begin_where_the_calendar_says() -> None:
    ts = np.array(["2026-01-31T23:59:59", "2026-02-01", "2026-02-02"], dtype="datetime64[us]")
    micros = ts.astype(np.int64)
    assert periods(micros, "month").levels == ("2026-01-01", "2026-02-01")
    assert periods(micros, "week").levels == ("2026-01-26", "2026-02-02")


def test_a_result_of_a_hundred_characteristics_fits() -> None:
    one = _one(*sample_data().measurements.series, period="week")
    many = listed([one.model_copy(update={"code": f"C{i:03d}"}) for i in range(100)])
    whole = LongTermCapabilityResult(
        requirement=1.33, confidence=0.95, characteristics=many, not_studied=()
    )
    assert len(whole.model_dump_json()) < 256 * 1024
    assert [bool(c.periods) for c in many] == [True] * 3 + [False] * 97
    page = LONG_TERM_CAPABILITY.view(whole)
    assert len(page.verdicts) == 100
    charts = [b for s in page.sections for b in s.blocks if isinstance(b, Chart)]
    assert not [layer for c in charts for layer in c.layers if layer.role == "spec"]


def test_it_asks_for_events_and_half_a_year() -> None:
    params = LongTermCapabilityParams()
    assert needs(params).events == ("maintenance", "capillary-change")
    assert params.window.model_dump() == {"last": "180d"}
