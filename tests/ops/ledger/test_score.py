"""Predictions are held against what happened, and what an action spoilt is counted neither way."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.ledger.coverage import share_of
from ops.ledger.finding import KeptFinding, Said, fate
from ops.ledger.repeated import repeated
from ops.ledger.score import DAY_US, Kept, Stream, score
from ops.ledger.thin import thinned
from ops.prediction import Band, Prediction
from ops.values import FloatArray, PlantEvent

DAYS = 30


TOOL = frozenset(("WB-01",))


def stream(level: FloatArray, until: int = DAYS, *, without: slice = slice(0)) -> Stream:
    """Four values a day about the level of each day; none on some days."""
    there = np.ones(level.size, dtype=np.bool_)
    there[without] = False
    kept = np.repeat(there, 4)
    ts = np.arange(level.size * 4) * (DAY_US // 4)
    return Stream(ts[kept], np.repeat(level, 4)[kept], until * DAY_US, TOOL)


def said(**given: object) -> Prediction:
    fields = {
        "quantity": "mean", "site": "PG1", "characteristic": "LOOP", "where": {"tool": "WB-01"},
        "start": 10 * DAY_US, "end": 12 * DAY_US,
        "bands": (Band(level=0.8, lower=-1, upper=1), Band(level=0.95, lower=-2, upper=2)),
    }  # fmt: skip
    return Prediction.model_validate(fields | given)


def kept(prediction: Prediction, day: int = 8, run: str = "r") -> Kept:
    return Kept("drift", run, day * DAY_US, prediction)


def event(
    day: float, *, kind: str = "calibration", tool: str = "WB-01", until: float | None = None
) -> PlantEvent:
    ended = None if until is None else round(until * DAY_US)
    return PlantEvent(1, "PG1", kind, round(day * DAY_US), ended, tool, "", kind)


@pytest.mark.parametrize(
    ("level", "held"),
    [(0.0, (True, True)), (1.5, (False, True)), (-1.5, (False, True)), (3.0, (False, False))],
)
def test_a_mean_is_that_of_its_stretch(level: float, held: tuple[bool, bool]) -> None:
    there = np.full(DAYS, 99.0)
    there[10:12] = level
    found = score(kept(said()), stream(there), ())
    assert found.actual == level
    assert (found.held[0.8], found.held[0.95]) == held


def test_a_stretch_that_is_not_over_cannot_be_told() -> None:
    found = score(kept(said()), stream(np.zeros(DAYS), until=11), ())
    assert found.held == {0.8: None, 0.95: None}


def test_an_action_on_the_tool_leaves_it_open_and_another_does_not() -> None:
    there = stream(np.zeros(DAYS))
    assert score(kept(said()), there, (event(9.0),)).held[0.8] is None
    for other in (event(7.0), event(13.0), event(9.0, tool="WB-02"), event(9.0, kind="note")):
        assert score(kept(said()), there, (other,)).held[0.8] is True


def test_an_action_that_went_on_when_it_was_said_leaves_it_open() -> None:
    there = stream(np.zeros(DAYS))
    assert score(kept(said()), there, (event(7.0, until=8.5),)).held[0.8] is None
    assert score(kept(said()), there, (event(7.0, until=7.5),)).held[0.8] is True


def test_of_all_tools_an_action_on_any_of_them_leaves_it_open() -> None:
    there = stream(np.zeros(DAYS))
    assert score(kept(said(where={})), there, (event(9.0),)).held[0.8] is None
    assert score(kept(said(where={})), there, (event(9.0, tool="WB-02"),)).held[0.8] is True


@pytest.mark.parametrize("kind", ["component-change", "tool-change", "refurbishment", "cleaning"])
def test_each_kind_of_action_ends_a_forecast(kind: str) -> None:
    there = stream(np.zeros(DAYS))
    assert score(kept(said()), there, (event(9.0, kind=kind),)).held[0.8] is None


def test_a_total_is_a_sum_and_no_action_excuses_it() -> None:
    total = said(quantity="total", bands=(Band(level=0.8, lower=7.0, upper=9.0),))
    assert score(kept(total), stream(np.ones(DAYS)), (event(9.0),)).held == {0.8: True}
    assert score(kept(total), stream(np.zeros(DAYS)), ()).held == {0.8: False}


def crossing(lower: float | None, upper: float | None) -> Prediction:
    ends = (None if day is None else day * DAY_US for day in (lower, upper))
    low, high = ends
    return said(
        quantity="crossing", start=8 * DAY_US, end=28 * DAY_US, limit=5.0, rising=True,
        bands=(Band(level=0.8, lower=low, upper=high),),
    )  # fmt: skip


def rise(day: int) -> Stream:
    return stream(np.where(np.arange(DAYS) >= day, 6.0, 0.0))


@pytest.mark.parametrize(
    ("crossed", "band", "held"),
    [
        (15, (12, 18), True),
        (10, (12, 18), False),
        (22, (12, 18), False),
        (22, (12, None), True),
        (99, (12, 18), False),
        (99, (12, None), True),
    ],
)
def test_a_crossing_lies_within_its_band(
    crossed: int, band: tuple[float | None, float | None], held: bool
) -> None:
    assert score(kept(crossing(*band)), rise(crossed), ()).held[0.8] is held


def test_an_action_before_the_crossing_leaves_it_open() -> None:
    assert score(kept(crossing(12, 18)), rise(17), (event(15.0),)).held[0.8] is None
    assert score(kept(crossing(12, 18)), rise(15), (event(20.0),)).held[0.8] is True
    # it was to be over by then: no action can save that
    assert score(kept(crossing(9, 10)), rise(99), (event(20.0),)).held[0.8] is False


def test_days_beyond_that_do_not_last_are_no_crossing() -> None:
    for days in ([13], [13, 14]):
        level = np.zeros(DAYS)
        level[days] = 9.0
        assert score(kept(crossing(12, 18)), stream(level), ()).actual is None


def test_what_is_measured_no_more_is_undetermined() -> None:
    never = crossing(12, None)
    assert score(kept(never), rise(99), ()).held[0.8] is True
    stopped = stream(np.zeros(20), until=20)
    assert score(kept(never), stopped, ()).held[0.8] is None
    # its tool stopped, others went on
    idle = stream(np.zeros(DAYS), without=slice(16, DAYS))
    assert score(kept(never), idle, ()).held[0.8] is None
    assert score(kept(crossing(12, 18)), idle, ()).held[0.8] is None
    assert score(kept(crossing(9, 12)), idle, ()).held[0.8] is False
    nothing = stream(np.zeros(DAYS), without=slice(0, DAYS))
    assert score(kept(never), nothing, ()).held[0.8] is None
    assert score(kept(said()), nothing, ()).held == {0.8: None, 0.95: None}


@pytest.mark.parametrize(
    ("band", "held"), [((10, 22), True), ((15, 22), None), ((10, 16), None), ((21, 24), False)]
)
def test_a_gap_that_hides_the_crossing_is_held_to_what_is_sure(
    band: tuple[int, int], held: bool | None
) -> None:
    level = np.where(np.arange(DAYS) >= 15, 6.0, 0.0)
    hidden = stream(level, without=slice(12, 19))
    assert score(kept(crossing(*band)), hidden, ()).held[0.8] is held


def test_the_scatter_of_a_slow_drift_makes_a_crossing_neither_early_nor_late() -> None:
    rng = np.random.default_rng(5)
    found = []
    for _ in range(200):
        level = 5.0 + 0.3 * (np.arange(60) - 30.0) + rng.normal(0.0, 1.0, 60)
        one = said(quantity="crossing", start=0, end=60 * DAY_US, limit=5.0, rising=True)
        actual = score(kept(one, day=0), stream(level, until=60), ()).actual
        assert actual is not None
        found.append(actual / DAY_US - 0.5)
    assert abs(np.mean(found) - 30.0) < 0.75
    assert np.std(found) < 3.0


def test_nights_that_overlap_count_once() -> None:
    nights = [
        kept(said(start=d * DAY_US, end=(d + 4) * DAY_US), day=d, run=f"{d}") for d in range(20)
    ]
    alone = thinned(nights)
    assert [k.issued_at // DAY_US for k in alone] == [0, 4, 8, 12, 16]
    other = kept(said(where={"tool": "WB-02"}, start=0, end=4 * DAY_US), day=0)
    assert len(thinned([*nights, other])) == 6


def index(day: int, value: float, half: float) -> Kept:
    band = Band(level=0.95, lower=value - half, upper=value + half)
    return kept(
        said(quantity="index", name="Cpk", start=day * DAY_US, end=(day + 7) * DAY_US,
             estimate=value, bands=(band,)),
        day=day + 7,
    )  # fmt: skip


def test_an_index_is_held_against_the_next_that_does_not_overlap() -> None:
    found = repeated([index(0, 1.3, 0.1), index(3, 9.9, 0.1), index(7, 1.4, 0.1)])
    (one,) = found
    assert one.actual == 1.4
    assert one.held == {0.95: True}
    assert repeated([index(0, 1.3, 0.1), index(7, 1.5, 0.1)])[0].held == {0.95: False}
    assert repeated([index(0, 1.3, 0.1)]) == []


def test_repeated_estimates_of_one_process_cover_as_often_as_they_say() -> None:
    rng = np.random.default_rng(3)
    lines = [index(7 * k, float(rng.normal(1.3, 0.1)), 1.96 * 0.1) for k in range(2000)]
    share = share_of(one.held[0.95] for one in repeated(lines))
    assert share.lower <= 0.95 <= share.upper


@given(n=st.integers(0, 200), held=st.integers(0, 200))
def test_a_share_lies_within_its_interval(n: int, held: int) -> None:
    held = min(held, n)
    found = share_of([True] * held + [False] * (n - held))
    assert 0.0 <= found.lower <= found.upper <= 1.0
    if n:
        assert found.share is not None
        assert found.lower <= found.share <= found.upper


def finding(said: Said | None = None, *, is_level: bool = True) -> KeptFinding:
    """What a night found on day 18, of data of the three days before."""
    return KeptFinding(
        1, "drift-screen", "PG1", "LOOP", {"tool": "WB-01"}, 18 * DAY_US - 1, 3 * DAY_US,
        is_level, said,
    )  # fmt: skip


def around(after: float, days: int = 40, seed: int = 1) -> Stream:
    rng = np.random.default_rng(seed)
    level = np.where(np.arange(days) < 15, 0.0, np.where(np.arange(days) < 18, 3.0, after))
    return stream(level + rng.normal(0.0, 0.4, days), until=days)


def test_what_stays_is_confirmed_and_what_goes_by_itself_was_false() -> None:
    assert fate(finding(), around(3.0), ()) == "confirmed"
    assert fate(finding(), around(0.0), ()) == "false-alarm"


def test_people_are_believed_first() -> None:
    assert fate(finding("false-alarm"), around(3.0), ()) == "false-alarm"
    assert fate(finding("confirmed"), around(0.0), ()) == "confirmed"
    assert fate(finding("unclear"), around(3.0), ()) == "confirmed"


def test_what_was_acted_on_at_once_cannot_be_told() -> None:
    assert fate(finding(), around(0.0), (18 * DAY_US,)) == "acted-on"
    assert fate(finding(), around(0.0, days=19), ()) == "open"
    assert fate(finding(), around(3.0), (30 * DAY_US,)) == "confirmed"


def test_of_a_point_or_the_scatter_only_people_can_tell() -> None:
    assert fate(finding(is_level=False), around(3.0), ()) == "open"
    assert fate(finding("confirmed", is_level=False), around(0.0), ()) == "confirmed"


def test_a_drift_that_is_found_late_is_held_against_what_was_before_it() -> None:
    rng = np.random.default_rng(2)
    day = np.arange(90)
    there = stream(0.15 * np.maximum(0, day - 40) + rng.normal(0.0, 0.4, 90), until=90)
    late = KeptFinding(1, "drift-screen", "PG1", "LOOP", {}, 62 * DAY_US, 28 * DAY_US, True, None)
    assert fate(late, there, ()) == "confirmed"
