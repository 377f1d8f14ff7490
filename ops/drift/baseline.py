"""A current window against a qualified reference: level, spread, shape, and their equivalence.

Each claim allows for serial correlation, or for lots that share a level. Level and spread are
differences with an interval and two tests against a margin; distances of the whole distribution
have block permutation p-values, or none where blocks are too few. What differs once level and
spread are taken out is the shape.
"""

from dataclasses import dataclass

import numpy as np

from ops.drift.block_permutation import (
    DRAWS,
    Blocks,
    Distances,
    distances,
    lot_blocks,
    serial_blocks,
)
from ops.drift.dependence import Dependence, dependence
from ops.drift.equivalence import Compared, Difference, compare, compare_ratio, welch
from ops.drift.evidence import Evidence
from ops.drift.psi import StabilityIndex, stability_index
from ops.drift.window_mean import WindowMean, window_mean
from ops.drift.window_spread import WindowSpread, window_spread
from ops.errors import NotEnoughData
from ops.values import FloatArray, IntArray

LEAST = 20  # values of each window
RATIO_MARGIN = 0.5  # variances within 1/1.5 to 1.5 count as equal

Lots = tuple[IntArray, IntArray]


@dataclass(frozen=True, slots=True)
class BaselineComparison:
    """What a current window shows against its reference.

    Parameters
    ----------
    reference, current
        The mean of each window with its error.
    sd_reference, sd_current
        Standard deviations, corrected for serial correlation.
    shift
        Current mean minus reference mean, in the unit.
    ratio
        Current variance over reference variance; None where a window is constant.
    distances
        Of the distributions as they are, and of their shapes.
    psi
        Population stability index; None where the reference is constant.
    dependence, blocks
        Serial correlation, and the blocks that were permuted.
    confidence
        Of the intervals.
    """

    reference: WindowMean
    current: WindowMean
    sd_reference: float
    sd_current: float
    shift: Compared
    ratio: Compared | None
    distances: Distances
    psi: StabilityIndex | None
    dependence: Dependence
    blocks: Blocks
    confidence: float

    def evidence(self, *, since: int | None = None) -> tuple[Evidence, ...]:
        """Level, spread and shape as evidence.

        Parameters
        ----------
        since
            Begin of the current window, microseconds since 1970 UTC.
        """
        n, effective = self.current.n, self.current.effective
        found = [
            Evidence(
                "level", "baseline-mean", self.shift.estimate, "value", n,
                lower=self.shift.lower, upper=self.shift.upper, p_value=self.shift.exceeds_p,
                margin=self.shift.margin, since=since, effective=effective,
                present=self.shift.is_present, absent=self.shift.is_absent,
                confidence=self.confidence,
            )
        ]  # fmt: skip
        if self.ratio is not None:
            found.append(
                Evidence(
                    "spread", "baseline-variance-ratio", self.ratio.estimate, "ratio", n,
                    lower=self.ratio.lower, upper=self.ratio.upper, p_value=self.ratio.exceeds_p,
                    margin=self.ratio.margin, since=since, effective=effective,
                    present=self.ratio.is_present, absent=self.ratio.is_absent,
                    confidence=self.confidence,
                )
            )  # fmt: skip
        p = self.distances.shape_p
        found.append(
            Evidence(
                "shape", "anderson-darling-aligned", self.distances.shape, "distance", n,
                p_value=p, since=since, effective=effective,
                present=None if p is None else p <= 1.0 - self.confidence,
                confidence=self.confidence,
            )
        )  # fmt: skip
        return tuple(found)


def compare_to_baseline(
    reference: FloatArray,
    current: FloatArray,
    *,
    margin: float,
    rng: np.random.Generator,
    lots: Lots | None = None,
    ratio_margin: float = RATIO_MARGIN,
    draws: int = DRAWS,
    confidence: float = 0.95,
) -> BaselineComparison:
    """Compare a current window with a reference window of the same characteristic.

    Parameters
    ----------
    reference, current : shape (n0,), (n1,)
        Values in time order, in one unit; NaN is left out.
    margin
        Shift of the mean that counts as nothing, in the unit: a share of the tolerance.
    lots
        Code of the lot (or day) of each value of each window: values of one lot share a level.
    ratio_margin
        0.5: variance ratios from 1/1.5 to 1.5 count as nothing.
    draws
        Random labellings of the permutation tests.

    Raises
    ------
    NotEnoughData
        With fewer than 20 values in a window.
    BadData
        If a margin is negative.
    """
    kept = [_finite(reference, lots and lots[0]), _finite(current, lots and lots[1])]
    for name, (value, _) in zip(("reference", "current window"), kept, strict=True):
        if value.size < LEAST:
            raise NotEnoughData(
                f"the {name} has {value.size} values; a comparison with a baseline needs {LEAST}"
            )
    (x0, lot0), (x1, lot1) = kept
    found = dependence([x0, x1])
    means = window_mean(x0, found, lot0), window_mean(x1, found, lot1)
    by_lot = None if lot0 is None or lot1 is None else (lot0, lot1)
    blocks = serial_blocks(x0.size, x1.size, found) if by_lot is None else lot_blocks(*by_lot)
    spreads = window_spread(x0, found, lot0), window_spread(x1, found, lot1)
    labels = blocks.labels(draws if blocks.are_enough else 0, rng)
    psi = None
    if x0.min() < x0.max():
        psi = stability_index(x0, x1, found, lots=by_lot, blocks=blocks, labels=labels)
    return BaselineComparison(
        reference=means[0], current=means[1], sd_reference=spreads[0].sd, sd_current=spreads[1].sd,
        shift=compare(welch(*means), margin=margin, confidence=confidence),
        ratio=_ratio(spreads, ratio_margin, confidence),
        distances=distances(x0, x1, blocks, rng=rng, draws=draws),
        psi=psi, dependence=found, blocks=blocks, confidence=confidence,
    )  # fmt: skip


def _ratio(
    spreads: tuple[WindowSpread, WindowSpread], margin: float, confidence: float
) -> Compared | None:
    first, second = (one.log_variance for one in spreads)
    if first is None or second is None:
        return None
    of: Difference = welch(first, second)
    return compare_ratio(of, margin=margin, confidence=confidence)


def _finite(value: FloatArray, lot: IntArray | None) -> tuple[FloatArray, IntArray | None]:
    there = np.isfinite(value)
    return value[there], None if lot is None else lot[there]
