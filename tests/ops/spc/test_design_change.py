"""What differs between two designs is named by where it stands."""

from ops.spc.design import ChartDesign, PhaseOne, StreamLimits
from ops.spc.design_change import DesignChange, design_changes
from ops.spc.rules import LIMITS_ONLY, NELSON

A = StreamLimits(level="A", center=40.0, sigma=1.0, n=100)
B = StreamLimits(level="B/2", center=41.0, sigma=1.0, n=100)
WINDOW = PhaseOne(start=0, end=10, points=100, estimator="moving range")


def test_equal_designs_differ_in_nothing() -> None:
    one = ChartDesign(limits=(A, B), phase_one=WINDOW)
    assert design_changes(one, ChartDesign(limits=(B, A), phase_one=WINDOW)) == ()


def test_settings_limits_and_phase_one_are_compared_apart() -> None:
    before = ChartDesign(limits=(A,), rules=LIMITS_ONLY, phase_one=WINDOW)
    moved = A.model_copy(update={"center": 40.5})
    after = before.model_copy(
        update={
            "width": 2.5,
            "limits": (moved,),
            "phase_one": WINDOW.model_copy(update={"points": 90}),
        }
    )
    assert design_changes(before, after) == (
        DesignChange("/width", 3.0, 2.5),
        DesignChange("/limits/A/center", 40.0, 40.5),
        DesignChange("/phase_one/points", 100, 90),
    )


def test_what_only_one_version_has_is_null_in_the_other() -> None:
    before, after = ChartDesign(limits=(A,), rules=NELSON[:1]), ChartDesign(limits=(A, B))
    changes = {c.pointer: c for c in design_changes(before, after)}
    assert changes["/limits/B~12/center"] == DesignChange("/limits/B~12/center", None, 41.0)
    assert {p for p in changes if p.startswith("/rules/")} == {
        f"/rules/{rule.name}" for rule in NELSON[1:]
    }
    back = {c.pointer: c for c in design_changes(after, before)}
    assert back["/limits/B~12/center"].after is None
