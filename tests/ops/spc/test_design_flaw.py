"""A design that cannot judge says which part of it is wrong."""

from typing import Any

import pytest

from ops.spc.design import ChartDesign, Excluded, PhaseOne, StreamLimits
from ops.spc.design_flaw import design_flaws
from ops.spc.rules import NELSON, RULES

A = StreamLimits(level="A", center=40.0, sigma=1.0, n=100)
WINDOW = PhaseOne(start=0, end=10, points=100, estimator="moving range")
ONE = NELSON[0]


@pytest.mark.parametrize("rules", RULES.values(), ids=RULES.keys())
def test_the_known_rules_have_no_flaw(rules: Any) -> None:
    assert design_flaws(ChartDesign(limits=(A,), rules=rules, phase_one=WINDOW)) == ()


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"limits": (A, A)}, "/limits"),
        ({"rules": (ONE, ONE)}, "/rules"),
        ({"holds": ("1", "9")}, "/holds/1"),
        ({"kind": "cusum", "h": 4.0, "headstart": 4.0}, "/headstart"),
        ({"phase_one": WINDOW.model_copy(update={"end": 0})}, "/phase_one/end"),
        ({"phase_one": WINDOW.model_copy(update={"end": 2**62})}, "/phase_one/end"),
        (
            {
                "phase_one": WINDOW.model_copy(
                    update={"excluded": (Excluded(ts=10, value=1.0, reason="late"),)}
                )
            },
            "/phase_one/excluded/0/ts",
        ),
    ],
)
def test_a_flaw_is_named_by_its_pointer(changes: dict[str, Any], pointer: str) -> None:
    design = ChartDesign(limits=(A,)).model_copy(update=changes)
    assert [flaw.pointer for flaw in design_flaws(design, "/design")] == [f"/design{pointer}"]
