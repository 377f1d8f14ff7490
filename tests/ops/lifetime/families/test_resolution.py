import numpy as np
import pytest

from ops.lifetime.data import life_data
from ops.lifetime.families.resolution import grouped, read_to, resolution_of


@pytest.mark.parametrize(
    ("times", "step"),
    [
        ([17.88, 28.92, 33.0], 0.02),
        ([54.0, 187.0, 216.0], 1.0),
        ([6700.0, 9120.0, 12200.0], 20.0),
        ([0.1, 0.15, 12.5], 0.05),
        ([1e-6, 3e-6, 7e-6], 1e-6),
    ],
)
def test_it_is_read_off_the_digits(times: list[float], step: float) -> None:
    assert resolution_of(life_data(times)) == pytest.approx(step)


def test_no_test_is_read_to_the_last_bit() -> None:
    times = 100 * np.random.default_rng(0).weibull(2.0, 15)
    assert resolution_of(life_data(times)) == pytest.approx(1e-4 * np.median(times))


def test_data_without_exact_times_have_none() -> None:
    assert resolution_of(life_data([0.0, 4.0], [4.0, np.inf])) == 0.0


def test_only_exact_times_become_readings() -> None:
    data = life_data([10.0, 20.0, 0.0, 5.0], [10.0, np.inf, 3.0, 8.0])
    found = grouped(data, 1.0)
    assert found.lower.tolist() == [9.5, 20.0, 0.0, 5.0]
    assert found.upper.tolist() == [10.5, np.inf, 3.0, 8.0]


def test_no_time_is_read_as_zero() -> None:
    assert read_to(life_data([0.01, 2.26]), 0.1).lower.tolist() == pytest.approx([0.1, 2.3])
