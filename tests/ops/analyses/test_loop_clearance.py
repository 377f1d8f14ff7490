"""Loop clearance as an analysis: the guilty wire, the requirement, what is missing by name."""

from dataclasses import replace

import numpy as np
import pytest

from ops.analyses.loop_clearance import LOOP_CLEARANCE, LoopClearanceParams, compute, needs
from ops.analyses.loop_clearance_sample import sample_package, sample_units
from ops.analysis import silent
from ops.errors import BadData, NotEnoughData
from ops.query import ProcessData
from ops.values import Measurements, Series

PARAMS = LOOP_CLEARANCE.example.params


def with_series(data: ProcessData, **changes: object) -> ProcessData:
    series: Series = replace(data.measurements.series[0], **changes)
    return replace(data, measurements=Measurements((series,)))


def test_the_wire_that_stands_higher_is_named_first() -> None:
    found = compute(sample_units(), PARAMS, silent)
    assert (found.margins[0].one, found.margins[0].other) == ("W3", "")
    assert found.verdict.subject is not None
    assert found.verdict.subject.factors == {"position": "W3"}
    assert found.any_contact is not None
    assert found.any_contact.effective < found.any_contact.units == found.complete == 1500
    assert f"{PARAMS.requirement_ppm:g} ppm are allowed" in found.verdict.sentence


def test_a_requirement_below_the_interval_is_missed_and_above_it_met() -> None:
    data = sample_units()
    missed = compute(data, PARAMS.model_copy(update={"requirement_ppm": 1.0}), silent)
    met = compute(data, PARAMS.model_copy(update={"requirement_ppm": 100_000.0}), silent)
    assert missed.any_contact is not None
    assert met.any_contact is not None
    assert missed.any_contact.judged == "missed"
    assert (met.any_contact.judged, met.verdict.level) == ("met", "good")


def test_margins_by_hand() -> None:
    data = sample_units(30)
    found = compute(data, PARAMS.model_copy(update={"cluster": ""}), silent)
    heights = data.measurements.series[0].value.reshape(30, 4)
    cavity = {m.one: m.mean for m in found.margins if not m.other}
    assert cavity["W1"] == pytest.approx(300 - 25 - 10 - heights[:, 0].mean())
    assert found.cluster == ""


def test_without_a_package_one_is_asked_for() -> None:
    with pytest.raises(BadData, match="/v1/packages"):
        compute(replace(sample_units(30), package=None), PARAMS, silent)


def test_the_package_names_the_characteristic_unless_a_parameter_does() -> None:
    data = sample_units(60)
    assert needs(PARAMS).measurements.characteristics == ("LOOP-H",)
    named = PARAMS.model_copy(update={"apex": ""})
    assert needs(named).measurements.characteristics == ()
    assert compute(data, named, silent).characteristics == {"apex": "LOOP-H"}
    bare = sample_package().model_copy(update={"characteristics": {}}).model_dump(mode="json")
    with pytest.raises(BadData, match="give apex"):
        compute(replace(data, package=bare), named, silent)


def test_heights_in_millimetres_give_the_same_margins() -> None:
    data = sample_units(60)
    series = data.measurements.series[0]
    about = replace(series.characteristic, unit="mm")
    other = with_series(data, value=series.value / 1000.0, characteristic=about)
    one, two = compute(data, PARAMS, silent), compute(other, PARAMS, silent)
    assert [m.mean for m in two.margins] == pytest.approx([m.mean for m in one.margins])
    with pytest.raises(BadData, match="lengths"):
        compute(with_series(data, characteristic=replace(about, unit="gf")), PARAMS, silent)


def test_wires_without_values_are_named_and_not_judged() -> None:
    data = sample_units(60)
    series = data.measurements.series[0]
    keep = np.flatnonzero(series.position.codes != 1)
    parts = {name: getattr(series, name).take(keep) for name in ("subgroup", "unit_id", "position")}
    without = with_series(
        data,
        ts=series.ts[keep],
        value=series.value[keep],
        n=series.n[keep],
        factors={"lot": series.factors["lot"].take(keep)},
        **parts,
    )
    found = compute(without, PARAMS, silent)
    assert found.unmeasured == ("W2",)
    assert found.complete == 60
    assert "W2" not in {m.one for m in found.margins} | {m.other for m in found.margins}


def test_too_few_units_and_positions_that_do_not_match_are_told() -> None:
    with pytest.raises(NotEnoughData, match="20 are needed"):
        compute(sample_units(10), PARAMS, silent)
    data = sample_units(60)
    position = replace(data.measurements.series[0].position, levels=("1", "2", "3", "4"))
    with pytest.raises(NotEnoughData, match="positions of the package"):
        compute(with_series(data, position=position), PARAMS, silent)


def test_a_rise_that_is_asked_for_must_be_there() -> None:
    params = LoopClearanceParams(package="QFN-48", apex="LOOP-H", rise="RISE-H")
    with pytest.raises(NotEnoughData, match="RISE-H has no values"):
        compute(sample_units(60), params, silent)
