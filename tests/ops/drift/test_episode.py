from dataclasses import replace

import numpy as np
import pytest

from ops.drift.episode import MICROS_PER_DAY, ToolHistory, episodes, family_episodes
from ops.errors import BadData
from ops.values import FloatArray, PlantEvent, PointMark


def event(
    day: float, kind: str = "maintenance", tool: str = "WB-07", **detail: object
) -> PlantEvent:
    ts = int(day * MICROS_PER_DAY)
    return PlantEvent(int(day), "PG1", kind, ts, None, tool, "", f"{kind} of {tool}", detail)


def mark(day: float, cause: str) -> PointMark:
    ts = int(day * MICROS_PER_DAY)
    return PointMark(1, ts, 0, "annotate", cause, "", "", "ann", ts)


def history(y: FloatArray, *events: PlantEvent, **more: object) -> ToolHistory:
    ts = (np.arange(y.size) * MICROS_PER_DAY // 4).astype(np.int64)
    return replace(ToolHistory("WB-07", ts, y, events), **more)  # type: ignore[arg-type]


def drifting(after: float, seed: int = 0) -> FloatArray:
    """Four values a day: 20 days up to +5 sigma, then 20 days at `after`."""
    rng = np.random.default_rng(seed)
    level = np.concatenate((5.0 * np.arange(80) / 80, np.full(80, after)))
    return 150.0 + level + rng.normal(size=160)


def test_each_controlled_event_begins_an_episode() -> None:
    first, second = episodes(history(drifting(0.0), event(19.9, cause="wear")))
    assert (first.opened, first.closed, second.opened, second.closed) == (
        "",
        "maintenance",
        "maintenance",
        "",
    )
    assert first.y.size == second.y.size == 80
    assert first.action == "maintenance of WB-07"
    assert first.causes == ("wear",)
    assert second.start == event(19.9).ts
    assert second.outcome is None


def test_other_tools_and_other_kinds_cut_nothing() -> None:
    quiet = history(drifting(0.0), event(19.9, tool="WB-08"), event(5.1, "shift-change"))
    assert len(episodes(quiet)) == 1
    assert len(episodes(history(drifting(0.0), event(19.9, tool="")))) == 2


@pytest.mark.parametrize(
    ("after", "judged"), [(0.0, "fixed"), (5.0, "not fixed"), (10.0, "worse"), (2.5, "better")]
)
def test_the_outcome_says_whether_the_action_helped(after: float, judged: str) -> None:
    outcome = episodes(history(drifting(after), event(19.9)))[0].outcome
    assert outcome is not None
    assert outcome.judged == judged
    assert outcome.step is not None
    assert outcome.step.lower < after - 5.0 < outcome.step.upper


def test_a_target_and_a_margin_replace_what_the_data_say() -> None:
    cut = history(drifting(0.0), event(19.9))
    held = episodes(cut, target=155.0)[0].outcome
    assert held is not None
    assert held.judged == "worse"
    assert held.target == 155.0
    wide = episodes(cut, target=155.0, margin=20.0)[0].outcome
    assert wide is not None
    assert wide.judged == "not fixed"


def test_a_detected_change_cuts_unless_an_event_explains_it() -> None:
    y = drifting(0.0)
    assert [e.opened for e in episodes(history(y, changes=(80,)))] == ["", "change"]
    explained = history(y, event(19.9), changes=(80,))
    assert [e.opened for e in episodes(explained)] == ["", "maintenance"]


def test_corrections_may_be_counted_instead_of_cutting() -> None:
    corrected = history(drifting(0.0), event(3.1, "correction"), event(7.1, "correction"))
    whole = episodes(corrected, kinds=frozenset({"maintenance"}))
    assert [e.corrections for e in whole] == [2]
    assert len(episodes(corrected)) == 3


def test_causes_named_on_points_come_with_the_episode() -> None:
    named = history(
        drifting(0.0), event(19.9), marks=(mark(3, "dirt"), mark(4, "dirt"), mark(30, "b"))
    )
    first, second = episodes(named)
    assert first.causes == ("dirt",)
    assert second.causes == ("b",)


def test_missing_values_and_nothing_at_all() -> None:
    y = drifting(0.0)
    y[::3] = np.nan
    assert sum(e.y.size for e in episodes(history(y, event(19.9)))) == np.isfinite(y).sum()
    assert episodes(history(np.zeros(0))) == ()
    assert episodes(history(np.full(4, np.nan))) == ()


def test_too_little_after_an_action_is_unknown() -> None:
    outcome = episodes(history(drifting(0.0), event(39.4)))[0].outcome
    assert outcome is not None
    assert outcome.judged == "unknown"
    assert outcome.step is None


def test_equal_values_are_not_worse() -> None:
    outcome = episodes(history(np.full(160, 150.0), event(19.9)))[0].outcome
    assert outcome is not None
    assert outcome.judged == "not fixed"
    assert outcome.sigma == pytest.approx(0.0, abs=1e-9)


def test_a_history_that_cannot_be_is_refused() -> None:
    with pytest.raises(BadData, match="go back"):
        ToolHistory("WB-07", np.array([2, 1]), np.zeros(2))
    with pytest.raises(BadData, match="2 time stamps for 3 values"):
        ToolHistory("WB-07", np.array([1, 2]), np.zeros(3))
    with pytest.raises(BadData, match="change at 9"):
        ToolHistory("WB-07", np.array([1, 2]), np.zeros(2), changes=(9,))


def test_a_family_is_in_order_of_time() -> None:
    one = history(drifting(0.0), event(19.9))
    other = replace(one, tool="WB-08", events=(event(10.1, tool="WB-08"),))
    found = family_episodes([one, other])
    assert [e.start for e in found] == sorted(e.start for e in found)
    assert {e.tool for e in found} == {"WB-07", "WB-08"}
