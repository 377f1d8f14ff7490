"""Power law of several systems and of grouped counts: published cases, an independent optimum."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.special import chdtrc

from ops.drift.crow_amsaa import crow_amsaa
from ops.errors import BadData, NotEnoughData
from ops.lifetime.repairable.data import RecurrentData, recurrent_data
from ops.lifetime.repairable.power_law import grouped_power_law, power_law

CASES: dict[str, Any] = {
    case["id"]: case
    for case in json.loads(
        (Path(__file__).parents[3] / "reference" / "repairable.json").read_text()
    )["cases"]
}


@pytest.mark.parametrize("name", ["grouped_growth_six_intervals", "mil_hdbk_189_grouped"])
def test_grouped_counts_meet_the_published_estimates(name: str) -> None:
    case = CASES[name]
    found = grouped_power_law(
        np.array(case["inputs"]["edges"], float), np.array(case["inputs"]["counts"], float)
    )
    assert found.beta == pytest.approx(case["expected"]["beta"], rel=5e-4)
    assert found.scale == pytest.approx(case["expected"]["scale"], rel=5e-4)
    assert found.fit_p_value is not None


def test_one_system_from_new_is_the_process_of_one_system() -> None:
    times = np.array([5.0, 40, 43, 175, 389, 712, 747, 795, 1299, 1478])
    one = crow_amsaa(times, end=1500.0)
    found = power_law(recurrent_data({"a": (times.tolist(), 1500.0)}))
    assert found.beta == pytest.approx(one.beta_mle, rel=1e-10)
    assert found.scale == pytest.approx(one.scale, rel=1e-9)
    assert found.intensity(1500.0) == pytest.approx(one.intensity, rel=1e-9)


def _late() -> RecurrentData:
    rng = np.random.default_rng(7)
    start, end = np.array([0.0, 30.0, 80.0, 10.0]), np.array([100.0, 150.0, 200.0, 60.0])
    system, time = [], []
    for at, (first, last) in enumerate(zip(start, end, strict=True)):
        expected = 0.02 * (last**1.4 - first**1.4)
        drawn = rng.uniform(first**1.4, last**1.4, rng.poisson(expected)) ** (1 / 1.4)
        system += [at] * drawn.size
        time += drawn.tolist()
    n = len(time)
    return RecurrentData(
        np.array(system), np.array(time), np.ones(n), ("a", "b", "c", "d"), start, end,
        np.full(n, -1), np.zeros(4, dtype=np.int64),
    )  # fmt: skip


def test_systems_that_are_watched_late_meet_an_independent_optimum() -> None:
    data = _late()

    def minus(theta: np.ndarray) -> float:
        scale, beta = np.exp(theta)
        rate = np.log(scale * beta) + (beta - 1) * np.log(data.time)
        return float(scale * np.sum(data.end**beta - data.start**beta) - rate.sum())

    best = minimize(minus, np.log([0.05, 1.0]), method="Nelder-Mead",
                    options={"xatol": 1e-10, "fatol": 1e-12, "maxiter": 4000})  # fmt: skip
    found = power_law(data)
    assert found.loglik == pytest.approx(-best.fun, rel=1e-10)
    assert (found.scale, found.beta) == pytest.approx(np.exp(best.x), rel=1e-5)
    assert found.lower < found.beta < found.upper


def test_the_likelihood_ratio_interval_covers_as_often_as_it_says() -> None:
    rng, inside, tries = np.random.default_rng(11), 0, 300
    for _ in range(tries):
        draws = {
            str(at): ((100.0 * rng.uniform(size=rng.poisson(5)) ** (1 / 1.5)).tolist(), 100.0)
            for at in range(6)
        }
        found = power_law(recurrent_data(draws), confidence=0.9)
        inside += found.lower <= 1.5 <= found.upper
    assert abs(inside / tries - 0.9) < 4 * (0.9 * 0.1 / tries) ** 0.5


def test_too_few_events_and_crooked_groups_are_refused() -> None:
    with pytest.raises(NotEnoughData, match="needs 3"):
        power_law(recurrent_data({"a": ([1.0, 2.0], 5.0)}))
    with pytest.raises(BadData, match="must increase"):
        grouped_power_law(np.array([0.0, 5.0, 5.0]), np.array([3.0, 2.0]))
    with pytest.raises(BadData, match="negative"):
        grouped_power_law(np.array([0.0, 5.0, 9.0]), np.array([3.0, -2.0]))


def test_a_short_last_group_joins_the_one_before_in_the_test_of_fit() -> None:
    counts, edges = np.array([9.0, 6.0, 8.0, 2.0]), np.array([0.0, 10.0, 20.0, 30.0, 33.0])
    law = grouped_power_law(edges, counts)
    expected = law.scale * np.diff(edges**law.beta)
    assert expected[-1] < 5 < expected[:-1].min()
    seen, awaited = np.array([9.0, 6.0, 10.0]), np.append(expected[:2], expected[2:].sum())
    assert law.fit_p_value == pytest.approx(chdtrc(1, np.sum((seen - awaited) ** 2 / awaited)))


def test_so_few_counts_that_one_group_is_left_are_not_tested() -> None:
    law = grouped_power_law(np.array([0.0, 1.0, 5.0, 9.0]), np.array([3.0, 4.0, 5.0]))
    assert law.fit_p_value is None or 0 <= law.fit_p_value <= 1
    few = grouped_power_law(np.array([0.0, 9.0, 10.0]), np.array([6.0, 1.0]))
    assert few.fit_p_value is None


def test_events_that_bunch_at_one_end_have_no_power_law() -> None:
    with pytest.raises(NotEnoughData, match="bunch at one end"):
        grouped_power_law(np.array([0.5, 1.0, 5.0, 9.0]), np.array([1e5, 2.0, 3.0]))
