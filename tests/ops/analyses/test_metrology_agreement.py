from dataclasses import replace

import numpy as np
import pytest

from ops.analyses.metrology_agreement import METROLOGY_AGREEMENT, MetrologyAgreementParams
from ops.analyses.metrology_agreement_result import MetrologyAgreementResult
from ops.analyses.metrology_agreement_sample import sample_pairs
from ops.analysis import silent
from ops.errors import BadData, NotEnoughData
from ops.values import Measurements


def compared(data: Measurements, **changes: object) -> MetrologyAgreementResult:
    fields = {"reference": "XRAY-H", "compared": "LOOP-H", **changes}
    params = MetrologyAgreementParams.model_validate(fields)
    return METROLOGY_AGREEMENT.compute(data, params, silent)


def test_the_gauge_that_reads_low_stands_apart() -> None:
    found = compared(sample_pairs(units=120))
    biases = {g.level: g.bias for g in found.strata}
    low, sound = biases["OPT-2"], biases["OPT-1"]
    assert low is not None
    assert sound is not None
    assert low.lower < -1.8 < low.upper  # -3.0 against X-ray, which itself reads -1.2
    assert sound.lower < 1.5 < sound.upper
    assert found.verdict.level == "warn"
    assert found.verdict.subject is not None
    assert found.verdict.subject.factors == {"gauge": "OPT-2"}


def test_an_allowed_difference_is_judged_by_the_limits_of_agreement() -> None:
    data = sample_pairs()
    assert compared(data, allowed=50.0, stratum="").verdict.level == "good"
    assert compared(data, allowed=0.5, stratum="").verdict.level == "bad"


def test_without_the_factor_there_is_the_pool_alone() -> None:
    found = compared(sample_pairs(), stratum="colour")
    assert found.strata == ()
    assert found.pool.units == 40


def test_a_stratum_of_few_units_says_why_it_has_no_interval() -> None:
    found = compared(sample_pairs(units=8))
    assert all(g.bias is None and "5 units" in g.reason for g in found.strata)


def test_what_cannot_be_compared_is_refused() -> None:
    optical, x_ray = sample_pairs().series
    with pytest.raises(BadData, match="both LOOP-H"):
        compared(sample_pairs(), reference="LOOP-H")
    inches = replace(x_ray, characteristic=replace(x_ray.characteristic, unit="mil"))
    with pytest.raises(BadData, match="in mil, LOOP-H in um"):
        compared(Measurements((optical, inches)))
    with pytest.raises(NotEnoughData, match="XRAY-H has no values"):
        compared(Measurements((optical,)))
    apart = replace(x_ray, position=replace(x_ray.position, levels=("a", "b", "c", "d")))
    with pytest.raises(NotEnoughData, match="0 units have the same wires"):
        compared(Measurements((optical, apart)))


def test_equal_values_have_no_line_but_a_bias() -> None:
    optical, x_ray = sample_pairs().series
    flat = [replace(s, value=np.full(s.value.size, 150.0)) for s in (optical, x_ray)]
    found = compared(Measurements(tuple(flat)))
    assert found.pool.slope is None
    assert "no line" in found.pool.reason
    assert found.pool.bias is not None
    assert found.pool.bias.value == 0.0


def test_a_gauge_that_went_off_within_the_window_is_named() -> None:
    optical, x_ray = sample_pairs(units=240).series
    went_off = (optical.factors["gauge"].codes == 2) & (np.arange(optical.ts.size) > 480)
    later = replace(optical, value=optical.value + np.where(went_off, -3.0, 0.0))
    found = compared(Measurements((later, x_ray)))
    assert found.verdict.subject is not None
    assert found.verdict.subject.factors == {"gauge": "OPT-3"}
    assert "moved from" in found.verdict.sentence
    assert "moved" not in compared(sample_pairs(units=240)).verdict.sentence
