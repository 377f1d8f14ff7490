"""Which baseline counts, and everything that may be wrong with it."""

from dataclasses import replace

import numpy as np
import pytest

from ops.drift.baseline_choice import BaselineChoice, Flaw, choose_baseline
from ops.values import Characteristic, Factor, ReferenceWindow, Series, SpecLimits

DAY = 86_400_000_000
_NONE = Factor(np.zeros(0, dtype=np.int64), ())


def _series(first_day: int, n: int, *, unit: str = "um", tool: str = "WB-07") -> Series:
    return Series(
        Characteristic(1, "PG1", "LOOP-H", "Loop height", unit),
        (first_day + np.arange(n, dtype=np.int64)) * DAY,
        np.random.default_rng(first_day).standard_normal(n), np.ones(n), _NONE, _NONE, _NONE,
        {"tool": Factor(np.zeros(n, dtype=np.int64), (tool,))}, SpecLimits(-5.0, 5.0),
    )  # fmt: skip


def _window(id_: int, first_day: int, n: int, **changes: object) -> ReferenceWindow:
    made = ReferenceWindow(
        id_, 1, f"q{id_}", first_day * DAY, (first_day + n) * DAY, {}, "ann",
        (first_day + n) * DAY, None, _series(first_day, n),
    )  # fmt: skip
    return replace(made, **changes)


JUDGED = _series(1000, 60)
NOW = 1060 * DAY


def _flaws(found: BaselineChoice) -> set[Flaw]:
    return {remark.flaw for remark in found.remarks}


def test_the_newest_approved_one_counts() -> None:
    found = choose_baseline(JUDGED, [_window(1, 100, 50), _window(2, 300, 40)], as_of=NOW)
    assert found.kind == "approved"
    assert found.baseline is not None
    assert found.baseline.id == 2
    assert (found.reference.size, found.current.size) == (40, 60)
    assert found.remarks == ()
    assert not found.is_due


def test_one_of_other_levels_is_passed_over_and_that_is_said() -> None:
    other = _window(2, 300, 40, where={"tool": ("WB-01",)})
    same = _window(1, 100, 50, where={"tool": ("WB-07", "WB-08")})
    found = choose_baseline(JUDGED, [other, same], as_of=NOW)
    assert found.baseline == same
    assert [(r.flaw, r.name, r.is_fatal) for r in found.remarks] == [("other-levels", "q2", True)]
    asked = choose_baseline(JUDGED, [other, same], as_of=NOW, where={"tool": ("WB-01",)})
    assert asked.baseline == other


def test_one_due_for_review_still_counts_and_says_so() -> None:
    found = choose_baseline(JUDGED, [_window(1, 100, 50, review_at=1050 * DAY)], as_of=NOW)
    assert found.kind == "approved"
    assert found.is_due
    assert found.remarks[0].said == "10 d"


@pytest.mark.parametrize(
    ("changes", "flaw"),
    [
        ({"series": None}, "too-few"),
        ({"series": _series(100, 19)}, "too-few"),
        ({"series": _series(100, 50, unit="mm")}, "other-unit"),
        ({"start": 2000 * DAY, "end": 2050 * DAY}, "in-the-future"),
        ({"where": {"tool": ("WB-01",)}}, "other-levels"),
        ({"end": 1055 * DAY}, "too-few-left"),
    ],
)
def test_one_that_cannot_be_used_gives_way_to_the_first_stretch(
    changes: dict[str, object], flaw: Flaw
) -> None:
    found = choose_baseline(JUDGED, [_window(1, 100, 50, **changes)], as_of=NOW)
    assert found.kind == "first-stretch"
    assert flaw in _flaws(found)
    assert found.remarks[-1].flaw == "not-qualified"
    assert (found.reference.size, found.current.size) == (20, 40)
    assert found.reference_rows.tolist() == list(range(20))


def test_values_in_both_windows_count_as_reference() -> None:
    inside = _window(1, 1000, 30, series=_series(1000, 30))
    found = choose_baseline(JUDGED, [inside], as_of=NOW)
    assert _flaws(found) == {"overlaps"}
    assert found.reference_rows.tolist() == list(range(30))
    assert np.array_equal(found.current, JUDGED.value[30:])


def test_one_longer_than_the_data_and_of_other_limits_counts_and_says_so() -> None:
    long = replace(_series(100, 500), spec=SpecLimits(-9.0, 9.0))
    found = choose_baseline(JUDGED, [_window(1, 100, 500, series=long)], as_of=NOW)
    assert found.kind == "approved"
    assert _flaws(found) == {"longer-than-data", "other-limits"}


def test_without_any_the_first_stretch_stands_in() -> None:
    found = choose_baseline(JUDGED, [], as_of=NOW)
    assert found.kind == "first-stretch"
    assert _flaws(found) == {"none-approved", "not-qualified"}
    other = choose_baseline(JUDGED, [_window(1, 100, 50, characteristic_id=9)], as_of=NOW)
    assert _flaws(other) == {"none-approved", "not-qualified"}


def test_a_record_too_short_for_any_comparison_says_so() -> None:
    found = choose_baseline(_series(1000, 30), [], as_of=NOW)
    assert found.kind == "none"
    assert found.reference.size == 0
    assert found.remarks[-1].said == "30 of 40"


def test_an_empty_series_has_no_reference() -> None:
    assert choose_baseline(_series(1000, 0), [], as_of=NOW).kind == "none"
