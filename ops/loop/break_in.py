"""Break-in of capillaries: an exponential start of the loop height that fades with touch-downs.

``mean = level(capillary) + slope t + amplitude exp(-t / fading)``: `fading` by profile of the sum
of squares, errors by capillary (sandwich of Gauss-Newton). Whether there is a break-in at all is
tested by the largest score statistic over all `fading`, against random signs of the capillaries'
scores: `fading` has no meaning without a break-in, so no chi-square would hold.

References
----------
Davies (1987), Biometrika 74, 33-43 (a parameter that only the alternative has);
Kline and Santos (2012), J. Econometric Methods 1, 23-41 (scores with random signs).
"""

from dataclasses import dataclass
from math import log, sqrt

import numpy as np
from scipy.special import stdtrit

from ops.errors import NotEnoughData
from ops.loop.agreement import Bounded
from ops.loop.capillary import Bonded, within
from ops.values import FloatArray, IntArray

_GRID, _SIGNS = 32, 999
_SHORTEST, _LONGEST = 1.0 / 400.0, 0.2  # of the longest count: beyond, it is no start


@dataclass(frozen=True, slots=True)
class BreakIn:
    """How capillaries break in.

    Parameters
    ----------
    amplitude
        Height at the change over the line of wear, in the unit.
    fading
        Touch-downs after which 37 % of it is left.
    error_amplitude, error_fading
        Standard errors.
    p
        Of the test that there is none.
    sigma
        Of a device's mean about its capillary's curve, in the unit.
    ends
        Touch-downs from which it is negligible; 0 if none is shown.
    """

    amplitude: Bounded
    fading: Bounded
    error_amplitude: float
    error_fading: float
    p: float
    sigma: float
    ends: float


def break_in(
    devices: Bonded,
    *,
    rng: np.random.Generator,
    share: float = 0.1,
    confidence: float = 0.95,
) -> BreakIn:
    """Estimate the break-in, and from where on it is negligible.

    Parameters
    ----------
    rng
        Draws the signs of the test.
    share
        Of the sigma of a device: a break-in below it is negligible.

    Raises
    ------
    NotEnoughData
        With fewer than 6 capillaries: their signs have too few ways to fall.
    """
    capillaries = int(np.unique(devices.capillary).size)
    if capillaries < 6 or devices.t.size < capillaries + 6:
        raise NotEnoughData(
            f"a break-in needs 6 capillaries with several devices each to be estimated, got"
            f" {capillaries} with {devices.t.size} devices; give break_in in touch-downs"
        )
    longest = float(devices.t.max())
    t, y = within(devices.t / longest, devices.capillary), within(devices.mean, devices.capillary)
    grid = np.geomspace(_SHORTEST, _LONGEST, _GRID)
    curves = [_start(devices, longest, fading, t) for fading in grid]
    p = _sign_test(curves, t, y, devices.capillary, rng)
    best = int(np.argmax([_gain(curve, y) for curve in curves]))
    finer = np.geomspace(grid[max(0, best - 1)], grid[min(_GRID - 1, best + 1)], _GRID)
    gains = [_gain(_start(devices, longest, fading, t), y) for fading in finer]
    fading = float(finer[int(np.argmax(gains))])
    return _judged(devices, longest, fading, p, share=share, confidence=confidence)


def _start(devices: Bonded, longest: float, fading: float, t: FloatArray) -> FloatArray:
    """Break-in curve within capillaries, free of the line of wear."""
    curve = within(np.exp(-devices.t / (longest * fading)), devices.capillary)
    free: FloatArray = curve - t * (float(t @ curve) / float(t @ t))
    return free


def _gain(curve: FloatArray, y: FloatArray) -> float:
    square = float(curve @ curve)
    return float(curve @ y) ** 2 / square if square > 1e-12 else 0.0


def _sign_test(
    curves: list[FloatArray],
    t: FloatArray,
    y: FloatArray,
    codes: IntArray,
    rng: np.random.Generator,
) -> float:
    rest = y - t * (float(t @ y) / float(t @ t))
    scores = np.column_stack([np.bincount(codes, curve * rest) for curve in curves])
    square = (scores * scores).sum(axis=0)
    known = square > 1e-12 * max(1.0, float(square.max()))
    if not known.any():
        return 1.0
    scores, square = scores[:, known], square[known]
    seen = float((scores.sum(axis=0) ** 2 / square).max())
    signs = rng.integers(0, 2, (_SIGNS, scores.shape[0])) * 2.0 - 1.0
    drawn = ((signs @ scores) ** 2 / square).max(axis=1)
    return float(1 + np.count_nonzero(drawn >= seen * (1 - 1e-12))) / (_SIGNS + 1)


def _judged(
    devices: Bonded, longest: float, fading: float, p: float, *, share: float, confidence: float
) -> BreakIn:
    """Amplitude, fading and their errors at the best fading; lengths in units of the longest."""
    codes, scaled = devices.capillary, devices.t / longest
    start = np.exp(-scaled / fading)
    columns = [within(scaled, codes), within(start, codes)]
    design = np.column_stack(columns)
    found, *_ = np.linalg.lstsq(design, within(devices.mean, codes), rcond=None)
    amplitude = float(found[1])
    rest = within(devices.mean, codes) - design @ found
    bent = within(amplitude * scaled / fading**2 * start, codes)
    jacobian = np.column_stack([*columns, bent])
    bread = np.linalg.pinv(jacobian.T @ jacobian)
    scores = np.column_stack([np.bincount(codes, column * rest) for column in jacobian.T])
    g = scores.shape[0]
    errors = np.sqrt(np.diag(bread @ (scores.T @ scores) @ bread) * g / (g - 1))
    sigma = sqrt(float(rest @ rest) / max(1, rest.size - g - 3))
    half = float(stdtrit(g - 1, 0.5 + confidence / 2))
    shown = p <= 1.0 - confidence and abs(amplitude) > share * sigma > 0
    ends = fading * longest * log(abs(amplitude) / (share * sigma)) if shown else 0.0
    tau, error = fading * longest, float(errors[2]) * longest
    return BreakIn(
        amplitude=_bounded(amplitude, half * float(errors[1])),
        fading=Bounded(tau, max(0.0, tau - half * error), tau + half * error),
        error_amplitude=float(errors[1]),
        error_fading=error,
        p=p,
        sigma=sigma,
        ends=min(ends, longest / 2),
    )


def _bounded(value: float, half: float) -> Bounded:
    return Bounded(value, value - half, value + half)
