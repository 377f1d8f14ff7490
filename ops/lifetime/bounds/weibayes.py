"""Weibull life of a known shape from few failures or none (Weibayes): exact by the chi-square.

With the shape given, ``t ** shape`` is exponential, and twice the total of it over the scale is a
chi-square. With shape 1 it is the exact bound of an exponential life.

References
----------
Nelson (1985), J. Quality Technology 17(3), 140-146 (zero and few failures, shape given);
Abernethy, The New Weibull Handbook, ch. 6 (the name, and a range of shapes);
Epstein and Sobel (1953), JASA 48, 486-502 (degrees of freedom of the exponential life).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, inf, log, log1p
from typing import Literal

import numpy as np
from scipy.special import chdtri

from ops.errors import BadData, NotEnoughData, Problem
from ops.lifetime.data import LifeData

Ended = Literal["time", "failure"]


@dataclass(frozen=True, slots=True)
class Weibayes:
    """Scale of a Weibull life whose shape is given, with its bounds.

    Parameters
    ----------
    shape
        The shape (beta) that was given.
    scale
        Maximum likelihood of the scale (eta), unit of the times; None without a failure.
    lower_one_sided, lower, upper
        One-sided lower bound of the scale, and the two-sided interval; `upper` is None where no
        failure sets one.
    confidence
        Of the one-sided bound and of the interval alike.
    failures
        How many units have failed.
    ended
        Whether the test ended at a time (bounds of at least the confidence) or at a failure
        (exact).
    assumption
        What the bounds take for true, in words.
    """

    shape: float
    scale: float | None
    lower_one_sided: float
    lower: float
    upper: float | None
    confidence: float
    failures: float
    ended: Ended
    assumption: str

    def life(self, p: float) -> "ShapedLife":
        """Time by which the share `p` has failed, with the same bounds."""
        factor = exp(log(-log1p(-p)) / self.shape)
        return ShapedLife(
            None if self.scale is None else factor * self.scale,
            factor * self.lower_one_sided,
            factor * self.lower,
            None if self.upper is None else factor * self.upper,
        )

    def reliability(self, t: float) -> "ShapedLife":
        """Share that lasts beyond `t`, with the same bounds."""

        def lasts(scale: float) -> float:
            return exp(-((t / scale) ** self.shape))

        return ShapedLife(
            None if self.scale is None else lasts(self.scale),
            lasts(self.lower_one_sided),
            lasts(self.lower),
            None if self.upper is None else lasts(self.upper),
        )


@dataclass(frozen=True, slots=True)
class ShapedLife:
    """A life or a reliability under a given shape: estimate, one-sided bound, interval."""

    estimate: float | None
    lower_one_sided: float
    lower: float
    upper: float | None


def weibayes(
    data: LifeData, shape: float, *, confidence: float = 0.95, ended: Ended | None = None
) -> Weibayes:
    """Bounds of the scale of a Weibull life whose shape is known.

    Parameters
    ----------
    data
        Of one group. A unit that failed between readouts counts its time up to the earlier one:
        the lower bounds stay bounds.
    shape
        Shape (beta), > 0: from earlier tests of the same mechanism, never from these data.
    confidence
        In (0, 1).
    ended
        How the test ended; if absent, at a failure where no unit lasted beyond the last one.

    Raises
    ------
    BadData
        If the shape or the confidence is out of range, or units are there only because they
        failed.
    NotEnoughData
        If no time on test was gained.

    Notes
    -----
    ``lower = (2 T / chi2(confidence, 2 r + 2)) ** (1 / shape)``, T the total of ``t ** shape`` and
    r the failures; 2 r degrees of freedom where the test ended at a failure, and at the upper end.
    """
    _check(data, shape, confidence)
    total, longest = _total(data, shape)
    r = data.failures
    how: Ended = ended or _how_it_ended(data)
    more = 2.0 * r + (2.0 if how == "time" or r == 0 else 0.0)
    half = (1.0 - confidence) / 2.0

    def scale(level: float, degrees: float) -> float:
        return longest * exp(log(2.0 * total / float(chdtri(degrees, level))) / shape)

    return Weibayes(
        shape=shape,
        scale=None if r == 0 else longest * exp(log(total / r) / shape),
        lower_one_sided=scale(1.0 - confidence, more),
        lower=scale(half, more),
        upper=None if r == 0 else scale(1.0 - half, 2.0 * r),
        confidence=confidence,
        failures=r,
        ended=how,
        assumption="the life is Weibull and its shape is the one given; the data do not test it",
    )


def weibayes_range(
    data: LifeData, shapes: Sequence[float], *, confidence: float = 0.95
) -> tuple[Weibayes, ...]:
    """`weibayes` for each of several shapes that may be true."""
    return tuple(weibayes(data, shape, confidence=confidence) for shape in shapes)


def lowest(answers: Sequence[ShapedLife]) -> ShapedLife:
    """Range over several shapes: the lowest of the lower bounds, the highest of the upper ones.

    The estimate is that of the lowest one-sided bound.
    """
    least = min(answers, key=lambda a: a.lower_one_sided)
    uppers = [a.upper for a in answers]
    return ShapedLife(
        least.estimate,
        least.lower_one_sided,
        min(a.lower for a in answers),
        None if None in uppers else max(u for u in uppers if u is not None),
    )


def _how_it_ended(data: LifeData) -> Ended:
    if not data.exact.any():
        return "time"
    last = float(data.upper[data.exact].max())
    alone = bool(data.exact[data.failed].all()) and not bool((data.lower[data.right] < last).any())
    return "failure" if alone and not bool((data.lower[data.right] > last).any()) else "time"


def _total(data: LifeData, shape: float) -> tuple[float, float]:
    """Total of ``(t / longest) ** shape`` on test, and the longest time."""
    longest = float(data.lower.max()) if data.lower.size else 0.0
    if not longest > 0.0:
        raise NotEnoughData("no unit has lasted any time; give the times without a failure")
    on_test = (data.lower / longest) ** shape - (data.entry / longest) ** shape
    total = float(data.weight @ on_test)
    if not total > 0.0:
        raise NotEnoughData("no unit was watched for any time; give the times without a failure")
    return total, longest


def _check(data: LifeData, shape: float, confidence: float) -> None:
    wrong: list[Problem] = []
    if not (0.0 < shape < inf):
        wrong.append(Problem("/shape", f"the shape is {shape:g}; give one above 0"))
    if not 0.0 < confidence < 1.0:
        wrong.append(Problem("/confidence", f"the confidence is {confidence:g}; give 0 to 1"))
    if bool(np.isfinite(data.exit).any()):
        wrong.append(
            Problem("/rows", "units seen only because they failed need a fit, not a given shape")
        )
    if wrong:
        raise BadData(wrong[0].detail, tuple(wrong))
