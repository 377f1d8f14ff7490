"""Reliability diagram: how often the event happens where it is said to be so likely."""

from dataclasses import dataclass
from itertools import pairwise
from math import pi, sqrt

import numpy as np

from ops.classify.evaluation.estimate import Estimate, wilson
from ops.values import BoolArray, FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class ReliabilityBin:
    """Rows of like probability: from, to, mean of it, share of events with Wilson's interval."""

    low: float
    high: float
    count: int
    mean: float
    share: Estimate


@dataclass(frozen=True, slots=True)
class Reliability:
    """Reliability diagram and its summary.

    Parameters
    ----------
    bins
        Of equal count, as far as equal probabilities allow, lowest first.
    ece
        Mean over rows of the gap between said and seen in their bin; None without rows.
    ece_by_chance
        What true probabilities would show of it, by chance alone: only what is above tells.
    """

    bins: tuple[ReliabilityBin, ...]
    ece: float | None
    ece_by_chance: float | None


def reliability(
    event: BoolArray, probability: FloatArray, *, bins: int = 10, confidence: float = 0.95
) -> Reliability:
    """Reliability diagram with bins of equal count; equal probabilities stay in one bin.

    Parameters
    ----------
    event, probability : shape (n,)
        Whether it happened, and how likely it was said to be.
    """
    if event.size == 0:
        return Reliability((), None, None)
    edges, ordered, hit = _binned(event, probability, bins)
    found = tuple(
        ReliabilityBin(
            float(ordered[a]), float(ordered[b - 1]), int(b - a), float(np.mean(ordered[a:b])),
            wilson(int(hit[a:b].sum()), int(b - a), confidence=confidence),
        )
        for a, b in pairwise(edges)
    )  # fmt: skip
    spread = np.add.reduceat(ordered * (1.0 - ordered), edges[:-1])
    by_chance = float(np.sqrt(spread).sum() * sqrt(2.0 / pi) / event.size)
    return Reliability(found, _ece(edges, ordered, hit), by_chance)


def expected_calibration_error(
    event: BoolArray, probability: FloatArray, *, bins: int = 10
) -> float | None:
    """ECE with bins of equal count; None without rows.

    It is biased upwards: true probabilities too show the chance gaps of `ece_by_chance`, about
    0.8 sqrt(bins p (1 - p) / n). Scores of different row counts are not to be compared by it.

    References
    ----------
    Naeini, Cooper and Hauskrecht (2015), AAAI, 2901-2907; equal counts after Nguyen and O'Connor
    (2015), EMNLP, 1587-1598.
    """
    return _ece(*_binned(event, probability, bins)) if event.size else None


def _binned(
    event: BoolArray, probability: FloatArray, bins: int
) -> tuple[IntArray, FloatArray, FloatArray]:
    """Edges of the bins as places in sorted rows; the sorted probabilities and events."""
    order = np.argsort(probability, kind="stable")
    ordered = probability[order]
    wanted = np.arange(bins) * event.size // bins
    # an edge within equal probabilities moves to their first: whoever says the same is one bin
    edges = np.unique(np.searchsorted(ordered, ordered[wanted], side="left"))
    return np.r_[edges, event.size], ordered, event[order].astype(np.float64)


def _ece(edges: IntArray, ordered: FloatArray, hit: FloatArray) -> float:
    gaps = np.add.reduceat(hit - ordered, edges[:-1])
    return float(np.abs(gaps).sum() / hit.size)
