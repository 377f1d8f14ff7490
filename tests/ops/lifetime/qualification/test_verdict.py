"""Plans, outcomes and verdicts of a qualification."""

import numpy as np
import pytest
from pydantic import ValidationError

from ops.errors import BadData, NotEnoughData
from ops.lifetime.data import life_data
from ops.lifetime.qualification.outcome import LotOutcome, as_life_data, as_outcomes
from ops.lifetime.qualification.plan import PlannedStress, QualificationPlan, copper_wire_plan
from ops.lifetime.qualification.standards import STANDARDS, standard
from ops.lifetime.qualification.verdict import acceleration_of, judge_stress, stressed_lots

TC = PlannedStress(
    code="TC", standard="JESD22-A104", duration=1000, unit="cycles", readouts=(500, 1000)
)
WBP = PlannedStress(
    code="WBP", standard="MIL-STD-883 M2011", kind="strength", sample=30, lots=1, lower_limit=3.0,
    cpk=1.67,
)  # fmt: skip


def lot(
    name: str, *failures: int, units: int = 77, readouts: tuple[float, ...] = (500, 1000)
) -> LotOutcome:
    return LotOutcome(stress="TC", lot=name, units=units, readouts=readouts, failures=failures)


def test_three_lots_without_a_failure_pass_and_show_their_ltpd() -> None:
    found = judge_stress(TC, [lot(name, 0, 0) for name in "ABC"])
    assert (found.state, found.units, found.failures) == ("passed", 231, 0)
    assert found.ltpd == pytest.approx(0.00992, abs=1e-5)
    assert found.lower == 0.0
    assert found.upper == pytest.approx(1 - 0.05 ** (1 / 231))
    assert found.want == ()


def test_one_failure_fails_the_stress() -> None:
    found = judge_stress(TC, [lot("A", 0, 0), lot("B", 0, 1), lot("C", 0, 0)])
    assert (found.state, found.failures) == ("failed", 1)
    assert [one.state for one in found.lots] == ["passed", "failed", "passed"]
    assert found.want == ("failures",)


def test_a_failure_after_the_duration_does_not_count_and_one_at_it_does() -> None:
    longer = [lot(n, 0, 0, 2, readouts=(500, 1000, 2000)) for n in "ABC"]
    assert judge_stress(TC, longer).state == "passed"
    assert judge_stress(TC, [lot(n, 0, 1) for n in "ABC"]).state == "failed"


@pytest.mark.parametrize(
    ("lots", "want"),
    [
        ([lot("A", 0, 0), lot("B", 0, 0)], ("lots",)),
        ([lot("A", 0, 0), lot("B", 0, 0), lot("C", 0, 0, units=60)], ("units",)),
        ([lot("A", 0, 0), lot("B", 0, 0), lot("C", 0, readouts=(500,))], ("duration",)),
    ],
)
def test_what_falls_short_is_incomplete_and_named(
    lots: list[LotOutcome], want: tuple[str, ...]
) -> None:
    found = judge_stress(TC, lots)
    assert (found.state, found.want) == ("incomplete", want)


def test_a_lot_that_is_not_done_shows_nothing_of_the_duration() -> None:
    found = judge_stress(TC, [lot("A", 0, readouts=(500,))])
    assert (found.units, found.ltpd, found.upper) == (0, None, None)


def test_nothing_is_not_tested() -> None:
    found = judge_stress(TC, [])
    assert (found.state, found.units, found.ltpd) == ("not tested", 0, None)


def test_strengths_are_held_against_the_limit_and_the_cpk() -> None:
    rng = np.random.default_rng(1)
    good = LotOutcome(stress="WBP", lot="A", values=tuple(rng.normal(9.0, 0.8, 30)))
    found = judge_stress(WBP, [good])
    assert found.state == "passed"
    x = np.array(good.values)
    assert found.cpk is not None
    assert found.cpk.value == pytest.approx((x.mean() - 3.0) / (3 * x.std(ddof=1)))
    assert found.cpk.lower < found.cpk.value < found.cpk.upper
    weak = LotOutcome(stress="WBP", lot="A", values=tuple(rng.normal(6.0, 0.8, 30)))
    assert judge_stress(WBP, [weak]).want == ("cpk",)
    assert judge_stress(WBP, [weak]).state == "failed"
    broken = LotOutcome(stress="WBP", lot="A", values=(*good.values, 2.0))
    assert "limit" in judge_stress(WBP, [broken]).want
    assert judge_stress(WBP, [LotOutcome(stress="WBP", lot="A", values=(9.0,))]).state == (
        "incomplete"
    )


def test_unit_hours_count_a_failure_until_the_readout_before() -> None:
    one = LotOutcome(
        stress="HTOL", lot="A", units=10, readouts=(168, 1000), failures=(1, 2), withdrawn=(3, 0)
    )
    assert one.unit_hours() == 4 * 1000 + 1 * 0 + 2 * 168 + 3 * 168
    rows = stressed_lots([one], 50.0)
    assert (rows[0].failures, rows[0].device_hours) == (3, one.unit_hours())


def test_readouts_become_life_data() -> None:
    one = LotOutcome(
        stress="HTOL", lot="A", units=10, readouts=(168, 1000), failures=(1, 2), withdrawn=(3, 0)
    )
    data = as_life_data([one, one], "h")
    assert (data.units, data.failures) == (20.0, 6.0)
    rows = {
        (low, high, n) for low, high, n in zip(data.lower, data.upper, data.weight, strict=True)
    }
    assert rows == {
        (0.0, 168.0, 1.0), (168.0, 1000.0, 2.0), (168.0, np.inf, 3.0), (1000.0, np.inf, 4.0)
    }  # fmt: skip
    with pytest.raises(NotEnoughData, match="read out"):
        as_life_data([LotOutcome(stress="HTOL", lot="A", units=10)], "h")


def test_a_lot_of_more_units_than_a_plan_holds_is_named_with_the_mend() -> None:
    data = life_data([1000.0], [np.inf], weight=[1_000_001.0])
    with pytest.raises(BadData, match=r"1e\+06 units, at most 1000000 are judged"):
        as_outcomes(data, copper_wire_plan().stresses[0])


def test_the_default_plan_names_standards_that_are_known() -> None:
    plan = copper_wire_plan()
    assert QualificationPlan.model_validate_json(plan.model_dump_json()) == plan
    assert all(standard(stress.standard) for stress in plan.stresses)
    assert all(standard(code) for code in plan.basis)
    assert {s.code for s in STANDARDS} >= {"JESD22-A101", "J-STD-033", "AEC-Q006"}
    htol = next(s for s in plan.stresses if s.code == "HTOL")
    assert acceleration_of(htol) == pytest.approx(77.6, abs=0.1)
    assert acceleration_of(TC) is None


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"readouts": (500, 500)}, "ascend"),
        ({"readouts": (500,)}, "before its duration"),
        ({"kind": "strength"}, "lower_limit"),
        ({"energy_ev": 0.7}, "use_c and stress_c"),
    ],
)
def test_a_plan_that_contradicts_itself_is_refused(change: dict[str, object], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        PlannedStress.model_validate(TC.model_dump() | change)
    with pytest.raises(ValidationError, match="twice"):
        QualificationPlan(title="t", stresses=(TC, TC))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"failures": (0,)}, "1 failures for 2 readouts"),
        ({"failures": (0, -1)}, "negative"),
        ({"failures": (70, 10)}, "80 failed"),
        ({"readouts": (1000, 500)}, "ascend"),
        ({"readouts": (0, 500)}, "above 0"),
    ],
)
def test_an_outcome_that_cannot_be_is_refused(change: dict[str, object], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        LotOutcome.model_validate(lot("A", 0, 0).model_dump() | change)
