"""Program calibration: planted errors are corrected, noise is left, a bad gauge refuses."""

from dataclasses import replace

import numpy as np
import pytest

from ops.analyses.loop_program_calibration import LOOP_PROGRAM_CALIBRATION
from ops.analyses.loop_program_calibration_fit import made_of
from ops.analyses.loop_program_calibration_params import LoopProgramCalibrationParams
from ops.analyses.loop_program_calibration_result import LoopProgramCalibrationResult
from ops.analyses.loop_program_calibration_sample import sample_programs
from ops.analysis import silent
from ops.errors import BadData, NotEnoughData
from ops.loop.package import BondPoint, Package, Wire
from ops.query import ProcessData
from ops.simulate.sizes import plant_of
from ops.values import Factor, Measurements, Series, SpecLimits
from tests.ops.analyses.demo_capillaries import demo_data
from tests.ops.simulate.records import dresden, of


def calibrated(data: ProcessData, **changes: object) -> LoopProgramCalibrationResult:
    fields = {"characteristics": ("LOOP-H",), "set_point_factor": "set_point", **changes}
    params = LoopProgramCalibrationParams.model_validate(fields)
    return LOOP_PROGRAM_CALIBRATION.compute(data, params, silent)


def heights(data: ProcessData) -> Series:
    return data.measurements.series[0]


def only(series: Series, data: ProcessData | None = None) -> ProcessData:
    return replace(data or ProcessData(), measurements=Measurements((series,)))


def package(nominal: dict[str, float]) -> dict[str, object]:
    wires = tuple(
        Wire(
            position=position,
            first=BondPoint(x_um=0, y_um=0),
            second=BondPoint(x_um=1e3, y_um=0),
            height_um=height,
        )
        for position, height in nominal.items()
    )
    document = Package(cavity_height_um=400.0, wire_diameter_um=20.0, wires=wires)
    return document.model_dump(mode="json")


def test_the_bonder_that_is_off_is_corrected_and_the_others_are_left() -> None:
    found = calibrated(sample_programs(lots=60, scale=1.0, offset_um=0.0))
    corrected = [c.tool for c in found.corrections if c.state == "correct"]
    assert corrected == ["WB-01"] * 3
    first = found.corrections[0]
    assert first.tool == "WB-01"
    assert first.correction == pytest.approx(-3.0, abs=1.2)
    assert first.error is not None
    assert first.correction == -first.error.value
    assert all(c.correction == 0.0 for c in found.corrections if c.state != "correct")
    assert found.verdicts[0].level == "warn"


def test_offset_and_scale_of_the_example_are_recovered() -> None:
    found = calibrated(sample_programs(tools=8, lots=60, off_um=0.0), confidence=0.999)
    for group in found.groups:
        assert group.offset is not None
        assert group.scale is not None
        assert group.offset.lower < 0.4 + 0.01 * (550 / 3 - 180) < group.offset.upper
        assert group.scale.lower < 1.01 < group.scale.upper
        assert group.p_lack is not None
        assert group.p_lack > 0.01
        assert group.band == pytest.approx(3.33 * np.hypot(0.8, 1.6), rel=0.1)


def test_growing_corrections_are_named_as_a_hidden_creep() -> None:
    found = calibrated(sample_programs(), corrections="LOOP-CORR")
    hidden = [m for m in found.made if m.hidden_drift]
    assert [m.tool for m in hidden] == ["WB-02"]
    slope = hidden[0].slope
    assert slope is not None
    assert slope.lower < 0.25 < slope.upper
    assert "they hide a creep" in found.verdicts[1].sentence


def test_the_planted_causes_of_the_demo_plant_are_found() -> None:
    data = demo_data()
    codes = tuple(s.characteristic.code for s in data.measurements.series)
    found = calibrated(data, characteristics=codes, set_point_factor="")
    assert found.set_points_from == "target"
    assert [c.tool for c in found.corrections[:2]] == ["WB-05", "WB-10"]
    drift, step = (c.error for c in found.corrections[:2])
    causes = plant_of("small").causes
    assert drift is not None
    assert drift.value == pytest.approx(causes.drift.since_days * causes.drift.um_per_day, abs=2.0)
    assert step is not None
    assert step.value == pytest.approx(causes.step.um, abs=2.0)
    assert all(g.scale is None for g in found.groups)
    assert all(0.0 < (g.own_weight or 0.0) <= 1.0 for g in found.groups)


def test_a_gauge_that_takes_too_much_of_the_tolerance_refuses() -> None:
    data = sample_programs()
    narrow = replace(heights(data), spec=SpecLimits(170.0, 190.0))
    found = calibrated(only(narrow), gauge_sigma=1.5)
    assert found.gauge_share == pytest.approx(0.45)
    assert found.state == "refused"
    assert "45%" in found.reason
    assert all(c.state in ("refused", "few") and c.correction == 0 for c in found.corrections)
    assert found.verdicts[0].level == "bad"
    assert all(g.offset is not None for g in found.groups)  # the calibration stands
    assert calibrated(only(narrow), gauge_sigma=0.9).state == "judged"
    open_ended = replace(narrow, spec=SpecLimits(lower=170.0))
    assert calibrated(only(open_ended), gauge_sigma=9.0).gauge_share is None


def test_a_standard_error_above_the_dead_band_refuses() -> None:
    data = sample_programs()
    found = calibrated(data, dead_band=0.05)
    assert found.state == "refused"
    assert "above the dead band 0.05" in found.reason
    uncertain = calibrated(data, dead_band=1.0, gauge_bias_uncertainty=1.5)
    assert "uncertain by 1.5" in uncertain.reason


def test_an_uncertain_gauge_bias_widens_the_band_and_a_known_one_is_taken_off() -> None:
    data = sample_programs()
    plain = calibrated(data)
    wide = calibrated(data, gauge_bias_uncertainty=2.0)
    assert not [c for c in wide.corrections if c.state == "correct"]
    assert wide.verdicts[0].level == "good"
    moved = calibrated(data, gauge_bias=-1.2)
    assert plain.groups[0].offset is not None
    assert moved.groups[0].offset is not None
    difference = moved.groups[0].offset.value - plain.groups[0].offset.value
    assert difference == pytest.approx(1.2)


def test_set_points_come_from_programs_or_from_the_package() -> None:
    data = sample_programs()
    series = heights(data)
    programs = Factor(series.factors["set_point"].codes, ("P1", "P2", "P3"))
    named = replace(series, factors={**series.factors, "program": programs})
    given = {"P1": 150.0, "P2": 180.0, "P3": 220.0}
    found = calibrated(only(named), set_point_factor="", set_points=given)
    assert found.set_points_from == "programs"
    assert {c.program for c in found.corrections} == {"P1", "P2", "P3"}
    assert found.groups == calibrated(data).groups
    some = calibrated(only(named), set_point_factor="", set_points={"P1": 150.0})
    assert some.without == series.value.size * 2 // 3
    n = series.value.size
    placed = replace(series, position=Factor(np.tile([0, 1, -1], n // 3), ("W1", "W2")))
    document = package({"W1": 150.0, "W2": 180.0})
    by_wire = calibrated(
        only(placed, ProcessData(package=document)), set_point_factor="", package="Q"
    )
    assert by_wire.set_points_from == "package"
    assert by_wire.without == n // 3
    with pytest.raises(BadData, match="no package 'Q'"):
        calibrated(only(placed), set_point_factor="", package="Q")


def test_what_is_missing_is_named() -> None:
    data = sample_programs()
    with pytest.raises(NotEnoughData, match="0 heights"):
        calibrated(ProcessData())
    with pytest.raises(NotEnoughData, match="have a set-point"):
        calibrated(data, set_point_factor="colour")
    words = replace(heights(data), factors={"set_point": Factor(np.zeros(1080, int), ("high",))})
    with pytest.raises(NotEnoughData, match="from the factor"):
        calibrated(only(words))
    mils = replace(heights(data).characteristic, code="B", unit="mil")
    other = replace(heights(data), characteristic=mils)
    both = ProcessData(measurements=Measurements((heights(data), other)))
    with pytest.raises(BadData, match="use one unit"):
        calibrated(both, characteristics=("LOOP-H", "B"))
    few = calibrated(sample_programs(lots=3))
    assert {c.state for c in few.corrections} == {"few"}
    assert few.verdicts[0].level == "info"


def test_without_bonder_lot_and_unit_each_wire_counts_by_itself() -> None:
    data = sample_programs(off_um=0.0)
    bare = replace(heights(data), factors={"set_point": heights(data).factors["set_point"]})
    found = calibrated(only(bare))
    assert found.groups[0].lots == heights(data).value.size
    assert [c.tool for c in found.corrections] == ["", "", ""]


def test_constant_heights_need_no_correction() -> None:
    series = heights(sample_programs())
    exact = np.array([150.0, 180.0, 220.0])[series.factors["set_point"].codes]
    found = calibrated(only(replace(series, value=exact)))
    assert {c.state for c in found.corrections} == {"leave"}


def test_the_bonder_whose_corrections_grow_in_the_demo_plant_is_the_only_one() -> None:
    measured = of(dresden(), "correction")
    order = np.argsort(measured.ts, kind="stable")
    tools = measured.factors["tool"]
    made = replace(
        heights(sample_programs()),
        ts=measured.ts[order],
        value=measured.value[order],
        factors={"tool": tools.take(order)},
    )
    found = made_of((made,), 0.99)
    assert [m.tool for m in found if m.hidden_drift] == ["WB-20"]
    slope, cause = found[0].slope, plant_of("small").causes.corrections
    assert slope is not None
    assert slope.value == pytest.approx(cause.um_per_day, rel=0.15)  # it began after the record
