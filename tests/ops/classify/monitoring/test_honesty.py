"""Calibration on labels, and the evidence that may be looked at every night."""

import numpy as np
import pytest
from scipy.special import expit, logit

from ops.classify.monitoring.evidence import evidence
from ops.classify.monitoring.honesty import honesty
from ops.values import BoolArray, FloatArray


def rows_of(
    seed: int, n: int = 2000, move: float = 0.0, slope: float = 1.0
) -> tuple[BoolArray, FloatArray]:
    rng = np.random.default_rng(seed)
    said = rng.beta(0.8, 6.0, n)
    return rng.random(n) < expit(slope * logit(said) + move), said


def test_slope_and_its_interval_are_those_of_a_logistic_regression() -> None:
    from statsmodels.api import Logit, add_constant  # noqa: PLC0415  (slow to load)

    event, said = rows_of(1, slope=0.7)
    fitted = Logit(event.astype(float), add_constant(logit(said))).fit(disp=0)
    found = honesty(event, said).slope
    assert found.value == pytest.approx(fitted.params[1], rel=1e-7)
    ends = fitted.conf_int()[1]
    assert (found.lower, found.upper) == (
        pytest.approx(ends[0], rel=1e-5),
        pytest.approx(ends[1], rel=1e-5),
    )


def test_true_probabilities_are_honest_at_the_promised_rate() -> None:
    found = [honesty(*rows_of(seed, 400)) for seed in range(200)]
    assert sum(h.p is not None and h.p <= 0.05 for h in found) <= 20
    held = sum(h.ratio.lower <= 1.0 <= h.ratio.upper for h in found)  # type: ignore[operator]
    assert held >= 182


def test_poisson_intervals_of_rare_events_are_those_of_byar() -> None:
    event = np.zeros(100_000, dtype=bool)
    event[:10] = True
    found = honesty(event, np.full(event.size, 1e-4)).ratio
    assert (found.lower, found.upper) == (
        pytest.approx(0.479, abs=2e-3),
        pytest.approx(1.839, abs=2e-3),
    )


def test_no_event_and_nothing_promised_are_told_apart() -> None:
    none = honesty(np.zeros(50, bool), np.full(50, 0.1))
    assert none.ratio.value == 0.0
    assert none.slope.value is None
    assert honesty(np.zeros(50, bool), np.zeros(50)).ratio.value is None


def test_separated_events_have_no_slope() -> None:
    said = np.linspace(0.01, 0.99, 100)
    assert honesty(said > 0.5, said).slope.value is None


def test_evidence_against_true_probabilities_hardly_ever_exceeds_its_bound() -> None:
    greatest = np.array([evidence(*rows_of(seed, 500)).max() for seed in range(300)])
    assert np.mean(greatest >= np.log(20.0)) <= 0.05
    assert np.mean(greatest >= np.log(5.0)) <= 0.2


@pytest.mark.parametrize(("move", "slope"), [(0.7, 1.0), (-0.9, 1.0), (0.0, 0.5)])
def test_evidence_grows_where_probabilities_are_wrong(move: float, slope: float) -> None:
    found = evidence(*rows_of(4, move=move, slope=slope))
    assert found[-1] > np.log(1e4)


def test_evidence_of_certain_answers_is_finite_and_of_none_is_empty() -> None:
    found = evidence(np.array([True, False]), np.array([0.0, 1.0]))
    assert np.isfinite(found).all()
    assert evidence(np.zeros(0, bool), np.zeros(0)).size == 0
