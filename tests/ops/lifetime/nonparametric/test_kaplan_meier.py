"""Product-limit estimate: published tables, conventions at ties, bounds."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.errors import BadData, NotEnoughData
from ops.lifetime.data import failures_and_suspensions, life_data
from ops.lifetime.nonparametric.kaplan_meier import kaplan_meier
from ops.lifetime.nonparametric.nelson_aalen import nelson_aalen
from tests.reference import case
from tests.strategies import few

REMISSION = case("life_ranks", "remission_6mp")
TIMES = st.lists(st.integers(1, 9), min_size=1, max_size=12)


def test_remission_times_are_those_of_the_book() -> None:
    found = kaplan_meier(failures_and_suspensions(**REMISSION["inputs"]))
    expected = REMISSION["expected"]
    assert found.survival == pytest.approx(expected["survival"], abs=5e-4)
    assert found.std_error == pytest.approx(expected["survival_error"], abs=5e-5)
    hazard = nelson_aalen(failures_and_suspensions(**REMISSION["inputs"]))
    assert hazard.hazard == pytest.approx(expected["hazard"], abs=5e-5)
    assert (hazard.lower < hazard.hazard).all()


def test_a_failure_comes_before_a_censoring_at_the_same_time() -> None:
    assert kaplan_meier(failures_and_suspensions([5.0], [5.0])).at_risk.tolist() == [2.0]


def test_who_enters_at_a_time_is_at_risk_only_after_it() -> None:
    found = kaplan_meier(life_data([5.0, 9.0], entry=[0.0, 5.0]))
    assert found.at_risk.tolist() == [1.0, 1.0]
    assert found.survival.tolist() == [0.0, 0.0]


def test_a_complete_sample_gives_the_empirical_distribution_with_binomial_errors() -> None:
    found = kaplan_meier(failures_and_suspensions([4.0, 1.0, 3.0, 2.0]))
    share = np.array([0.75, 0.5, 0.25, 0.0])
    assert found.survival == pytest.approx(share)
    assert found.std_error[:3] == pytest.approx(np.sqrt(share * (1 - share) / 4)[:3])
    assert np.isnan(found.lower[3]), "where nobody is left nothing is known"
    assert found.at(np.array([0.5, 1.0, 2.5])) == pytest.approx([1.0, 0.75, 0.5])


@pytest.mark.parametrize("bounds", ["log-log", "logit", "log", "plain"])
def test_bounds_bracket_the_estimate_within_0_and_1(bounds: str) -> None:
    data = failures_and_suspensions(**REMISSION["inputs"])
    found = kaplan_meier(data, bounds=bounds)  # type: ignore[arg-type]  # parametrized
    assert (found.lower < found.survival).all()
    assert (found.survival < found.upper).all()
    assert (found.lower >= 0.0).all()
    assert (found.upper <= 1.0).all()


def test_the_median_is_reached_with_its_interval_and_the_end_never() -> None:
    found = kaplan_meier(failures_and_suspensions(**REMISSION["inputs"]))
    assert found.quantile(0.5) == (23.0, 13.0, np.inf)
    assert found.quantile(0.9)[0] == np.inf


@few(40)
@given(failed=TIMES, lasted=TIMES)
def test_a_weighted_row_is_so_many_units(failed: list[int], lasted: list[int]) -> None:
    times, counts = np.unique(failed, return_counts=True)
    ends, many = np.unique(lasted, return_counts=True)
    rows = life_data(
        np.concatenate([times, ends]),
        np.concatenate([times, np.full(ends.size, np.inf)]),
        weight=np.concatenate([counts, many]),
    )
    one = kaplan_meier(failures_and_suspensions(failed, lasted))
    assert kaplan_meier(rows).survival == pytest.approx(one.survival)
    hazards = [nelson_aalen(d).hazard for d in (rows, failures_and_suspensions(failed, lasted))]
    assert hazards[0] == pytest.approx(hazards[1])


def test_ties_one_by_one_add_as_if_they_had_followed_each_other() -> None:
    tied = nelson_aalen(failures_and_suspensions([1.0, 1.0], [2.0]), ties="one-by-one")
    apart = nelson_aalen(failures_and_suspensions([1.0, 1.1], [2.0]))
    assert tied.hazard[-1] == pytest.approx(apart.hazard[-1])
    assert tied.std_error[-1] == pytest.approx(apart.std_error[-1])


def test_what_cannot_be_estimated_is_refused_by_name() -> None:
    with pytest.raises(NotEnoughData, match="1 failure"):
        kaplan_meier(failures_and_suspensions([], [1.0]))
    with pytest.raises(BadData, match="row 2"):
        kaplan_meier(life_data([1.0, 2.0], [1.0, 3.0]))
    with pytest.raises(BadData, match="exit"):
        kaplan_meier(life_data([1.0], exit=[2.0]))
