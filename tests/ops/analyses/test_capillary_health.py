"""Capillary health on the demo plant, whose truth is known, and on what goes wrong."""

from dataclasses import replace

import numpy as np
import pytest

from ops.analyses.capillary_health import CAPILLARY_HEALTH, CapillaryHealthParams
from ops.analyses.capillary_health_result import CapillaryHealthResult
from ops.analyses.capillary_health_sample import PER_HOUR, sample_capillaries
from ops.analysis import silent
from ops.errors import BadData, NotEnoughData
from ops.query import ProcessData
from ops.simulate.plant import CapillaryLaw
from ops.values import Factor, Measurements, SpecLimits
from tests.ops.analyses.demo_capillaries import demo_data


def studied(data: ProcessData, **changes: object) -> CapillaryHealthResult:
    codes = tuple(s.characteristic.code for s in data.measurements.series) or ("LOOP-H",)
    params = CapillaryHealthParams.model_validate({"characteristics": codes, **changes})
    return CAPILLARY_HEALTH.compute(data, params, silent)


def test_the_planted_wear_and_break_in_are_recovered() -> None:
    found, law = studied(demo_data()), CapillaryLaw()
    slope, start = found.pool.slope, found.break_in
    assert slope is not None
    assert start.amplitude is not None
    assert start.fading is not None
    assert slope.lower < law.wear_um / law.life * 1e6 < slope.upper
    assert slope.upper - slope.lower < 0.5
    assert start.amplitude.lower < law.break_in_um < start.amplitude.upper
    assert start.fading.lower < law.break_in < start.fading.upper
    assert start.how == "estimated"
    growth = found.pool.growth
    assert growth is not None
    assert growth.lower < 0.0 < growth.upper  # the plant's wires do not scatter more
    assert found.present_life == pytest.approx(law.life, rel=0.05)
    assert found.pool.per_hour == pytest.approx(law.per_hour, rel=1e-4)


def test_the_bonders_with_a_planted_cause_stand_out() -> None:
    found = studied(demo_data())
    assert {"WB-05", "WB-10"} <= {d.tool for d in found.departures}
    assert len(found.model_dump_json()) < 40_000


def test_the_change_point_of_the_example_is_that_of_its_truth() -> None:
    found = studied(sample_capillaries(tools=8, capillaries=6), requirement=1.5)
    change = found.changes[0]
    sigma = np.sqrt(0.8**2 + 1.0 + 1.5**2)
    truth = (161.0 - 150.0 - 3 * 1.5 * sigma) / 4.0 * 2e6
    assert change.state == "found"
    assert change.lower is not None
    assert change.upper is not None
    assert change.lower < truth < change.upper
    assert change.hours == pytest.approx(change.lower / PER_HOUR, rel=1e-3)
    assert found.verdicts[0].level == "warn"
    assert "too late" in found.verdicts[0].sentence
    early = studied(sample_capillaries(tools=8, capillaries=6), requirement=1.5, planned_life=4e5)
    assert early.verdicts[0].level == "good"
    assert (early.present_life, early.present_life_is) == (4e5, "planned")


def test_states_of_the_change_point_are_told_apart() -> None:
    data = sample_capillaries(tools=6)
    assert studied(data, requirement=0.5).changes[0].state == "not-seen"
    below = studied(data, requirement=5.0)
    assert below.changes[0].state == "from-start"
    assert below.changes[0].lower is None
    assert below.verdicts[0].level == "bad"
    series = data.measurements.series[0]
    bare = replace(data, measurements=Measurements((replace(series, spec=None),)))
    assert "no change point" in studied(bare).verdicts[0].sentence
    one_sided = replace(series, spec=SpecLimits(lower=139.0))
    safe = studied(replace(data, measurements=Measurements((one_sided,))), requirement=1.0)
    assert safe.changes[0].state == "not-seen"  # the height rises, away from the limit


def test_a_given_break_in_is_left_out_as_it_is() -> None:
    found = studied(sample_capillaries(), break_in=300_000)
    assert (found.break_in.ends, found.break_in.how) == (300_000, "given")
    few = studied(sample_capillaries(tools=1, capillaries=4))
    assert few.break_in.how == "none"
    assert "give break_in" in few.break_in.reason


def test_a_counter_per_hour_stands_in_for_counts() -> None:
    uncounted = sample_capillaries(counted=False)
    with pytest.raises(BadData, match="give per_hour"):
        studied(uncounted)
    given = studied(uncounted, per_hour=PER_HOUR)
    known = studied(sample_capillaries())
    assert given.pool.slope is not None
    assert known.pool.slope is not None
    assert given.pool.slope.value == pytest.approx(known.pool.slope.value, rel=1e-3)


def test_what_is_missing_is_named() -> None:
    data = sample_capillaries()
    with pytest.raises(NotEnoughData, match="send one at each change"):
        studied(replace(data, events=()))
    with pytest.raises(NotEnoughData, match="0 heights"):
        studied(ProcessData())
    series = data.measurements.series[0]
    with pytest.raises(NotEnoughData, match="factor tool"):
        studied(replace(data, measurements=Measurements((replace(series, factors={}),))))
    inches = replace(series, characteristic=replace(series.characteristic, code="B", unit="mil"))
    with pytest.raises(BadData, match="mil, um"):
        studied(replace(data, measurements=Measurements((series, inches))))
    two = sample_capillaries(tools=1, capillaries=2)
    with pytest.raises(NotEnoughData, match="3 capillaries"):
        studied(two, break_in=0)


def test_single_wires_have_wear_and_no_spread() -> None:
    data = sample_capillaries(tools=6)
    series = data.measurements.series[0]
    alone = replace(series, unit_id=Factor(np.full(series.value.size, -1), ()))
    found = studied(replace(data, measurements=Measurements((alone,))))
    assert found.pool.growth is None
    assert all(b.sigma is None for b in found.bins)
    by_subgroup = replace(alone, subgroup=series.unit_id)
    same = studied(replace(data, measurements=Measurements((by_subgroup,))), unit="subgroup")
    assert same.pool == studied(data).pool


def test_equal_seeds_give_equal_answers_and_constant_heights_have_no_wear() -> None:
    data = sample_capillaries()
    assert studied(data, seed=3) == studied(data, seed=3)
    series = data.measurements.series[0]
    flat = replace(series, value=np.full(series.value.size, 150.0))
    found = studied(replace(data, measurements=Measurements((flat,))))
    assert found.pool.slope is not None
    assert found.pool.slope.value == 0.0
    assert found.verdicts[1].sentence.endswith("no wear is shown.")


def test_a_characteristic_without_counts_stands_beside_the_others() -> None:
    data = sample_capillaries(tools=6)
    series = data.measurements.series[0]
    about = replace(series.characteristic, id=2, code="LOOP-X")
    elsewhere = replace(series.factors["tool"], levels=tuple(f"WB-9{i}" for i in range(6)))
    other = replace(series, characteristic=about, factors={"tool": elsewhere})
    found = studied(replace(data, measurements=Measurements((series, other))))
    alone = studied(data)
    assert found.pool.slope == alone.pool.slope
    assert found.left_out == series.value.size
    assert {c.characteristic: c.state for c in found.changes}["LOOP-X"] == "none"
