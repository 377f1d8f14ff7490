"""Whether probabilities still come true: events against those said, and the calibration slope.

References
----------
Cox (1958), Biometrika 45(3/4), 562-565 (recalibration on the logit: intercept and slope);
Miller, Langefeld, Tierney, Hui and McDonald (1993), Medical Decision Making 13(1), 49-58.
"""

from dataclasses import dataclass
from math import exp, log, sqrt

import numpy as np
from scipy.special import expit, gammainc, logit, ndtri

from ops.classify.evaluation.estimate import Estimate
from ops.values import BoolArray, FloatArray

CLIP = 1e-6
_FEW = 3.0  # events, and rows without one, below which no slope is told


@dataclass(frozen=True, slots=True)
class Honesty:
    """Calibration of some rows.

    Parameters
    ----------
    rows, events, said
        Rows, events that happened, and events that the probabilities promised.
    ratio
        Events over promised ones, with its interval.
    p
        That they differ by chance alone; None where nothing was promised.
    slope
        1 where log-odds are right in their spread; below 1 they go too far.
    """

    rows: int
    events: int
    said: float
    ratio: Estimate
    p: float | None
    slope: Estimate


def honesty(event: BoolArray, probability: FloatArray, *, confidence: float = 0.95) -> Honesty:
    """Compare events with what was said of them.

    Rows are taken as independent given what was said. The interval of the ratio is that of a sum
    of independent events of these probabilities, taken on the logarithm.

    Parameters
    ----------
    event, probability : shape (n,)
    """
    p = np.clip(probability, 0.0, 1.0)
    events, said = int(event.sum()), float(p.sum())
    spread = float((p * (1.0 - p)).sum())
    if said <= 0 or spread <= 0:
        absent = Estimate(None, reason="No event was promised.")
        return Honesty(event.size, events, said, absent, None, absent)
    chance = _chance(events, said, spread / said)
    ratio = _ratio(events, said, spread, confidence)
    return Honesty(event.size, events, said, ratio, chance, _slope(event, p, confidence))


def _chance(events: int, said: float, share: float) -> float:
    """Two-sided mid-p of a Poisson count, stretched by the share of its variance that is there."""
    more = float(gammainc(events / share + 0.5, said / share))
    return min(1.0, 2.0 * min(more, 1.0 - more))


def _ratio(events: int, said: float, spread: float, confidence: float) -> Estimate:
    """Interval of Poisson's kind (Byar) with the binomial variance of these probabilities."""
    z = float(ndtri(0.5 + confidence / 2)) * sqrt(spread / said)
    lower = 0.0
    if events > 0:
        lower = events * max(0.0, 1.0 - 1.0 / (9.0 * events) - z / (3.0 * sqrt(events))) ** 3
    more = events + 1.0
    upper = more * (1.0 - 1.0 / (9.0 * more) + z / (3.0 * sqrt(more))) ** 3
    return Estimate(events / said, lower / said, upper / said, "none")


def _slope(event: BoolArray, p: FloatArray, confidence: float) -> Estimate:
    hits = int(event.sum())
    x = logit(np.clip(p, CLIP, 1.0 - CLIP))
    if min(hits, event.size - hits) < _FEW or float(np.ptp(x)) < 1e-9:
        return Estimate(None, reason="Too few events, or all probabilities are alike.")
    found = _recalibrated(event.astype(np.float64), x)
    if found is None:
        return Estimate(None, reason="What was said separates the events: no slope exists.")
    slope, error = found
    half = float(ndtri(0.5 + confidence / 2)) * error
    return Estimate(slope, slope - half, slope + half, "none")


def _recalibrated(event: FloatArray, x: FloatArray) -> tuple[float, float] | None:
    """Slope of a logistic regression on the log-odds said, and its error; Newton's method."""
    design = np.column_stack((np.ones(x.size), x - x.mean()))
    beta = np.array([log((event.mean()) / (1.0 - event.mean())), 0.0])
    for _ in range(50):
        p = expit(design @ beta)
        information = design.T @ (design * (p * (1.0 - p))[:, None])
        if not np.linalg.cond(information) < 1e14:
            return None
        step = np.linalg.solve(information, design.T @ (event - p))
        step *= min(1.0, 2.0 / max(float(np.abs(step).max()), exp(-30)))
        beta = beta + step
        if float(np.abs(step).max()) < 1e-9:
            return float(beta[1]), sqrt(float(np.linalg.inv(information)[1, 1]))
    return None
