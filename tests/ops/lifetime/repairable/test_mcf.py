"""Mean cumulative function: a published example, its robust variance, groups compared."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ops.errors import BadData, NotEnoughData
from ops.lifetime.repairable.data import RecurrentData, recurrent_data
from ops.lifetime.repairable.mcf import mean_cumulative, mean_difference

CASES: dict[str, Any] = {
    case["id"]: case
    for case in json.loads(
        (Path(__file__).parents[3] / "reference" / "repairable.json").read_text()
    )["cases"]
}


def _five() -> RecurrentData:
    systems = CASES["reliasoft_mcf_5_systems"]["inputs"]
    return recurrent_data({str(at): (t[:-1], t[-1]) for at, t in enumerate(systems)})


def test_five_published_systems_are_met_with_their_variance_and_bounds() -> None:
    said = CASES["reliasoft_mcf_5_systems"]["expected"]
    found = mean_cumulative(_five(), method="increments", confidence=0.9)
    at = np.searchsorted(found.time, said["t"])
    assert found.mean[at] == pytest.approx(said["mcf"], abs=1e-5)
    assert found.variance[at] == pytest.approx(said["variance"], abs=1e-5)
    assert found.lower[at] == pytest.approx(said["lower"], abs=1e-5)
    assert found.upper[at] == pytest.approx(said["upper"], abs=1e-5)


@given(st.lists(st.lists(st.floats(1.0, 99.0), max_size=6), min_size=2, max_size=8))
@settings(max_examples=40, deadline=None)
def test_under_one_watch_mean_and_variance_are_those_of_the_counts(
    histories: list[list[float]],
) -> None:
    counts = np.array([len(times) for times in histories])
    if not counts.any():
        return
    found = mean_cumulative(
        recurrent_data({str(at): (times, 100.0) for at, times in enumerate(histories)})
    )
    assert found.at(100.0)[0] == pytest.approx(counts.mean())
    assert found.variance[-1] == pytest.approx(counts.var() / counts.size, abs=1e-12)


def test_a_system_that_is_seen_late_counts_only_while_it_is_watched() -> None:
    data = recurrent_data({"old": ([], 100.0), "new": ([60.0], 100.0)})
    late = RecurrentData(
        system=data.system, time=data.time, cost=data.cost, systems=data.systems,
        start=np.array([70.0, 0.0]), end=data.end, mode=data.mode, group=data.group,
    )  # fmt: skip
    assert mean_cumulative(late).at(100.0)[0] == 1.0  # only one was watched at 60
    assert mean_cumulative(data).at(100.0)[0] == 0.5


def test_groups_that_differ_are_told_apart_and_equal_ones_are_not() -> None:
    rng = np.random.default_rng(4)

    def of_rate(rate: float) -> RecurrentData:
        draws = [np.sort(rng.uniform(0, 100, rng.poisson(rate))).tolist() for _ in range(40)]
        return recurrent_data({str(at): (times, 100.0) for at, times in enumerate(draws)})

    much = mean_difference(of_rate(6.0), of_rate(2.0))
    assert much.p_value is not None
    assert much.p_value < 1e-6
    assert much.lower[-1] > 0
    same = mean_difference(of_rate(3.0), of_rate(3.0))
    assert same.lower[-1] < 0 < same.upper[-1]


def test_no_event_and_events_outside_the_watch_are_refused_by_name() -> None:
    with pytest.raises(NotEnoughData, match="no system had an event"):
        mean_cumulative(recurrent_data({"a": ([], 10.0)}))
    with pytest.raises(BadData, match="WB-1 had an event at 12"):
        recurrent_data({"WB-1": ([12.0], 10.0)})
