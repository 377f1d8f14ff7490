"""Qualification reports: pass and fail, rates with their flags, what is missing."""

from dataclasses import replace

import numpy as np
import pytest
from pydantic import ValidationError

from ops.analyses.qualification_report import QUALIFICATION_REPORT
from ops.analyses.qualification_report_result import (
    QualificationReportParams,
    QualificationReportResult,
)
from ops.analyses.qualification_report_sample import sample_operating_life, sample_outcomes
from ops.analysis import silent
from ops.errors import NotEnoughData
from ops.life_query import LifetimeData, LifetimeQuery
from ops.lifetime.data import life_data
from ops.lifetime.qualification.failure_rate import StressedLot, failure_rate
from ops.lifetime.qualification.outcome import LotOutcome
from ops.lifetime.qualification.verdict import acceleration_of
from ops.page_table import Table


def reported(
    outcomes: tuple[LotOutcome, ...] = (), data: LifetimeData | None = None, **given: object
) -> QualificationReportResult:
    params = QualificationReportParams.model_validate({"outcomes": outcomes, **given})
    return QUALIFICATION_REPORT.compute(data or LifetimeData(), params, silent)


def htol(lot: str, *failures: int) -> LotOutcome:
    return LotOutcome(
        stress="HTOL", lot=lot, units=77, readouts=(168, 500, 1000), failures=failures
    )


def test_the_example_is_qualified_and_its_rate_is_flagged() -> None:
    example = QUALIFICATION_REPORT.example
    found = QUALIFICATION_REPORT.compute(example.data(), example.params, silent)
    assert [s.state for s in found.stresses] == ["passed"] * 9
    assert found.verdicts[0].level == "good"
    assert "9 of 9 stresses passed" in found.verdicts[0].sentence
    (rate,) = found.rates
    assert rate.shape.state == "rising"
    flagged = next(v for v in found.verdicts if "flag:" in v.sentence)
    assert flagged.level == "warn"
    assert "likelihood ratio" in flagged.sentence
    assert (rate.failures, rate.device_hours) == (16, 898_000.0)


def test_three_zero_failure_lots_give_fit_by_chi_square_and_no_shape() -> None:
    found = reported(tuple(htol(lot, 0, 0, 0) for lot in "ABC"))
    (rate,) = found.rates
    stress = next(s for s in QualificationReportParams().planned.stresses if s.code == "HTOL")
    acceleration = acceleration_of(stress)
    assert acceleration is not None
    lots = [StressedLot(231_000.0, 0, acceleration)]
    expected = [failure_rate(lots, c).upper for c in (0.6, 0.9)]
    assert [b.upper for b in rate.bounds] == pytest.approx(expected)
    assert rate.shape.state == "unknown"
    state = {s.code: s.state for s in found.stresses}
    assert (state["HTOL"], state["TC"]) == ("passed", "not tested")
    assert found.verdicts[0].level == "warn"


def test_a_failure_fails_the_qualification_and_is_named() -> None:
    found = reported((htol("A", 0, 0, 0), htol("B", 0, 1, 0), htol("C", 0, 0, 0)))
    assert found.verdicts[0].level == "bad"
    assert "1 of 9 stresses failed" in found.verdicts[0].sentence
    assert "HTOL (JESD22-A108): 1 of 231 failed" in found.verdicts[1].sentence


def test_infant_failures_flag_a_falling_rate() -> None:
    found = reported((htol("A", 6, 1, 1), htol("B", 5, 0, 0), htol("C", 6, 1, 0)))
    (rate,) = found.rates
    assert rate.shape.state == "falling"
    assert rate.shape.upper is not None
    assert rate.shape.upper < 1.0


def test_targets_make_the_rates_good_or_bad() -> None:
    lots = tuple(htol(lot, 0, 0, 0) for lot in "ABC")
    good = reported(lots, fit_target=200.0)
    bad = reported(lots, fit_target=100.0)
    assert good.verdicts[-1].level == "good"
    assert bad.verdicts[-1].level == "bad"
    assert "100 FIT are allowed" in bad.verdicts[-1].sentence


def test_lots_come_from_the_groups_of_a_life_test() -> None:
    data = sample_operating_life()
    found = reported(data=data, life_test="HTOL-1")
    stress = next(s for s in found.stresses if s.code == "HTOL")
    assert [lot.lot for lot in stress.lots] == ["L1", "L2", "L3"]
    assert (stress.state, stress.units, stress.failures) == ("passed", 231, 0)
    assert (found.life_test, found.revision) == ("HTOL-1", 1)


def test_a_life_test_with_units_taken_off_early_counts_them_out() -> None:
    rows = life_data([300.0, 1000.0, 400.0], [np.inf, np.inf, 400.0], weight=[2.0, 74.0, 1.0])
    data = replace(sample_operating_life(), life=rows)
    found = reported(data=data, life_test="HTOL-1")
    stress = next(s for s in found.stresses if s.code == "HTOL")
    (lot,) = stress.lots
    assert (lot.lot, lot.units, lot.failures, lot.state) == ("all units", 75, 1, "failed")


def test_early_life_assumes_the_shape_given() -> None:
    early = tuple(o for o in sample_outcomes() if o.stress == "ELFR")
    constant, falling = reported(early), reported(early, early_shape=0.5)
    assert constant.early[0].units == 2400
    assert constant.early[0].bounds[0].upper != falling.early[0].bounds[0].upper


def test_an_early_life_whose_rate_falls_is_flagged_where_a_constant_one_is_assumed() -> None:
    early = tuple(
        LotOutcome(stress="ELFR", lot=n, units=800, readouts=(6, 12, 48), failures=(5, 0, 1))
        for n in "ABC"
    )
    constant, falling = reported(early), reported(early, early_shape=0.4)
    assert constant.early[0].shape.state == "falling"
    assert "flag: the rate falls" in constant.verdicts[-1].sentence
    assert constant.verdicts[-1].level == "warn"
    assert "flag" not in falling.verdicts[-1].sentence


def test_the_page_names_standards() -> None:
    found = reported(sample_outcomes())
    page = QUALIFICATION_REPORT.view(found)
    tables = [b for s in page.sections for b in s.blocks if isinstance(b, Table)]
    stresses = next(t for t in tables if t.title == "Pass or fail by stress")
    assert {row[1] for row in stresses.rows} >= {"JESD22-A104", "MIL-STD-883 M2011"}
    standards = next(t for t in tables if t.title == "Standards of the plan")
    assert any("Temperature cycling" in row for row in standards.rows)


def test_a_plan_without_acceleration_has_no_rate() -> None:
    plan = {
        "title": "P",
        "stresses": [
            {
                "code": "HTOL", "standard": "JESD22-A108", "kind": "operating-life",
                "duration": 1000, "readouts": [1000],
            }
        ],
    }  # fmt: skip
    one = LotOutcome(stress="HTOL", lot="A", units=77, readouts=(1000,), failures=(0,))
    found = reported((one,), plan=plan)
    assert (found.rates, found.not_computed) == ((), ("HTOL",))
    assert found.stresses[0].want == ("lots",)


def test_nothing_is_not_enough() -> None:
    with pytest.raises(NotEnoughData, match="needs outcomes"):
        reported()
    with pytest.raises(NotEnoughData, match="HTOL-1"):
        reported(life_test="HTOL-1")
    assert QUALIFICATION_REPORT.needs(QualificationReportParams()) == LifetimeQuery(code="")


def test_what_is_not_in_the_plan_is_refused() -> None:
    with pytest.raises(ValidationError, match="XYZ is not in the plan"):
        reported((LotOutcome(stress="XYZ", lot="A"),))
    with pytest.raises(ValidationError, match=r"from 0\.5"):
        reported(confidences=(0.2,))
