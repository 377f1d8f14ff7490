"""Words that are the whole label of a number are bound to that number, and to none like it."""

import pytest

from ops.advise.case import Case
from ops.advise.guard.check import check_claim
from ops.advise.guard.context import guard_context
from ops.advise.guard.said import SaidClaim
from tests.ops.advise.case_samples import case, number

KNOWN: Case = case(
    "drift",
    number("error", 4.2, 3.0, 5.4, unit="um", label="height over its set-point"),
    number("set-point", 220.0, unit="um", label="set-point"),
    number("service-drift", 0.3, unit="%", label="Drift of the service"),
    number("service", 98.0, unit="%", label="Service"),
    title="WB-01 LOOP-H",
)


def passes(text: str, place: str) -> bool:
    known = {f"E{at}": one for at, one in enumerate(KNOWN.evidence, 1)}
    seen = guard_context(
        [KNOWN], {KNOWN.id: (("creep", "recalibrate"),)}, names=["WB-01 LOOP-H"], now_us=0
    )
    said = SaidClaim.model_validate(
        {
            "case": "C1", "role": "finding", "cites": [place], "comparisons": [],
            "text": text.replace("{}", "{" + place + "}"),
            "places": [{"id": place, "label": known[place].label, "unit": known[place].unit}],
        }
    )  # fmt: skip
    return check_claim(said, seen)[0] is not None


@pytest.mark.parametrize(
    ("text", "place", "other"),
    [
        ("The set-point is {}.", "E2", "E1"),
        ("The set-point of WB-01 LOOP-H is {}.", "E2", "E1"),
        ("WB-01 LOOP-H has a set-point of {}.", "E2", "E1"),
        ("On WB-01 LOOP-H: set-point {}.", "E2", "E1"),
        ("The service of WB-01 LOOP-H is {}.", "E4", "E3"),
        ("Service: {}.", "E4", "E3"),
        ("The height over its set-point is {}.", "E1", "E2"),
        ("The drift of the service is {}.", "E3", "E4"),
    ],
)
def test_a_label_is_bound_to_its_own_number(text: str, place: str, other: str) -> None:
    assert passes(text, place)
    assert not passes(text, other)
