"""Stable is what is shown to be: that nothing is to be done does not prove it."""

import pytest

from ops.advise.case import Case
from ops.advise.guard.check import check_claim
from ops.advise.guard.context import guard_context
from ops.advise.guard.said import SaidClaim
from ops.advise.guard.steady import is_over, is_steady
from tests.ops.advise.case_samples import case, gauge, index, number


def drift(low: float, high: float, **facts: str) -> Case:
    told = number("slope", 0.02, low, high, unit="um/week", reference=0.5)
    return case("drift", told, title="Loop height WB-02", level="good", **facts)


@pytest.mark.parametrize(
    ("known", "steady"),
    [
        (drift(-0.3, 0.3), True),
        (drift(-0.3, 0.6), False),
        (drift(-0.6, 0.3), False),
        (drift(-0.3, 0.6, status="shown-absent"), True),
        (drift(-0.3, 0.6, status="not-shown"), False),
        (case("drift", number("level-now", 150.0), level="good"), False),
        (index(1.6, level="good"), False),
        (index(1.6, level="good", stable="yes"), True),
        (index(1.6, level="good", stable="no"), False),
        (gauge(), False),
    ],
)
def test_what_stands_still_is_shown_by_its_interval_or_by_the_analysis(
    known: Case, steady: bool
) -> None:
    assert is_steady(known, {"none"}) is steady
    assert not is_steady(known, {"creep"})


@pytest.mark.parametrize("text", ["It is stable.", "The process is in control.", "It stays so."])
@pytest.mark.parametrize("role", ["finding", "note"])
def test_a_case_without_proof_is_not_called_stable(text: str, role: str) -> None:
    known = drift(-0.3, 0.6)
    seen = guard_context([known], {known.id: (("none", "keep"),)}, now_us=0)
    one = SaidClaim.model_validate({"case": "C1", "role": role, "text": text, "cites": ["E1"]})
    assert check_claim(one, seen)[0] is None


def test_that_no_sign_was_found_needs_no_proof() -> None:
    known = drift(-0.3, 0.6)
    seen = guard_context([known], {known.id: (("none", "keep"),)}, now_us=0)
    fields = {"case": "C1", "role": "finding", "text": "No drift was found.", "cites": ["E1"]}
    assert check_claim(SaidClaim.model_validate(fields), seen)[0] is not None


def test_over_is_what_the_case_says() -> None:
    assert is_over(drift(-0.3, 0.3, status="over"))
    assert not is_over(drift(-0.3, 0.3))
    assert not is_over(None)
