"""Schemes: how a test was watched, told from its rows."""

import numpy as np
import pytest

from ops.errors import BadData
from ops.lifetime.bounds.scheme import EXACT, OWN, READOUTS, scheme_of
from ops.lifetime.data import failures_and_suspensions, life_data
from tests.ops.lifetime.bounds import published


def test_kinds_are_told_apart() -> None:
    assert scheme_of(published.COMPLETE).kind == "complete"
    assert scheme_of(published.FAILURE_ENDED).kind == "failure-ended"
    assert scheme_of(published.TIME_ENDED).kind == "time-ended"
    assert scheme_of(published.READOUTS).kind == "readouts"
    assert scheme_of(published.bearing_cage()).kind == "withdrawn"
    assert scheme_of(life_data([50.0, 10.0, 60.0], [50.0, 20.0, np.inf])).kind == "mixed"
    assert scheme_of(life_data([50.0, 60.0], entry=[10.0, 0.0])).kind == "withdrawn"
    overlapping = scheme_of(life_data([10.0, 15.0, 30.0], [20.0, 25.0, np.inf]))
    assert (overlapping.kind, set(overlapping.seen)) == ("mixed", {OWN})


def test_a_test_that_ended_at_a_time_is_one_group_watched_until_then() -> None:
    found = scheme_of(published.TIME_ENDED)
    assert (found.count.tolist(), found.end.tolist(), found.seen.tolist()) == ([20], [500], [EXACT])


def test_units_that_all_failed_are_watched_until_they_fail() -> None:
    assert scheme_of(published.COMPLETE).end.tolist() == [np.inf]


def test_the_times_of_withdrawal_are_those_of_kaplan_meier() -> None:
    """By hand: at 2 one of 5 is withdrawn, at 4 one of 3, at 6 the last one."""
    data = failures_and_suspensions([1.0, 3.0, 5.0], [2.0, 4.0, 6.0])
    found = scheme_of(data)
    assert found.ends.tolist() == [2.0, 4.0, 6.0]
    assert found.shares == pytest.approx([1 / 5, 1 - 4 / 5 * 2 / 3, 1.0])
    drawn = np.isnan(found.end)
    assert sorted(found.beyond[drawn]) == pytest.approx([0.0, 1 / 5])
    assert found.end[~drawn].tolist() == [2.0, 4.0, 6.0]
    assert found.count[~drawn].tolist() == [1, 1, 2]  # the failure at 5 had only the last


def test_a_last_failure_leaves_some_that_are_never_withdrawn() -> None:
    found = scheme_of(failures_and_suspensions([1.0, 5.0], [2.0]))
    assert found.ends.tolist() == [2.0, np.inf]
    assert found.shares.tolist() == [0.5, 1.0]


def test_common_readouts_are_those_at_which_failures_were_seen() -> None:
    found = scheme_of(published.READOUTS)
    assert found.readouts.tolist() == [100.0, 200.0, 300.0]
    assert set(found.seen) == {READOUTS}
    assert found.count.sum() == found.units == 20


def test_a_unit_that_was_dead_at_its_first_look_is_looked_at_then_again() -> None:
    found = scheme_of(life_data([50.0, 0.0, 60.0], [50.0, 10.0, np.inf]))
    assert dict(zip(found.first.tolist(), found.count.tolist(), strict=True)) == {0: 2, 10: 1}
    assert set(found.seen) == {EXACT}


def test_parts_of_units_are_refused() -> None:
    with pytest.raises(BadData, match="whole weights"):
        scheme_of(life_data([50.0], weight=[0.5]))
