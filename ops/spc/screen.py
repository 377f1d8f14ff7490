"""Many streams judged at once: limits, run rules, EWMA, CUSUM, moments and slope of each.

Streams come as a time-major block (one stream in each column) or one after the other in a long
array. The loops are machine code, loaded at the first call.
"""

from dataclasses import dataclass

import numpy as np

from ops.errors import BadData, NotEnoughData
from ops.spc.rules import NELSON, Flags, Rule
from ops.values import FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class ScreenDesign:
    """How the screen judges.

    Parameters
    ----------
    lambda_
        Weight of the newest value in the EWMA, in (0, 1).
    k
        Reference value of both CUSUMs, in sigmas.
    rules
        Run rules, at most 16.
    """

    lambda_: float = 0.2
    k: float = 0.5
    rules: tuple[Rule, ...] = NELSON

    def __post_init__(self) -> None:
        if not 0 < self.lambda_ < 1:
            raise ValueError(f"lambda_ is {self.lambda_}; it lies between 0 and 1")
        if not 0 <= self.k < np.inf:
            raise ValueError(f"k is {self.k}; it is 0 sigma or more")
        if len(self.rules) > 16:
            raise ValueError(f"at most 16 rules at once, got {len(self.rules)}")


@dataclass(frozen=True, slots=True)
class StreamScreen:
    """What a screen found, one entry for each stream.

    Parameters
    ----------
    count : shape (streams,)
        Values that are there.
    mean, variance, slope : shape (streams,)
        In the unit of the data, its square, and the unit per point; NaN with fewer than 1, 2 or 2
        values.
    largest : shape (streams,)
        Largest distance from the centre, in sigmas.
    ewma : shape (streams,)
        Largest distance of the EWMA, in its own standard deviations (exact, widening limits).
    cusum_upper, cusum_lower : shape (streams,)
        Largest of each one-sided sum, in sigmas.
    broken : shape (streams,)
        Rules that some point breaks: bit i stands for the i-th rule.
    signals : shape (streams,)
        Points that break a rule.
    flags : shape of the data
        Rules that each point breaks.
    """

    count: IntArray
    mean: FloatArray
    variance: FloatArray
    slope: FloatArray
    largest: FloatArray
    ewma: FloatArray
    cusum_upper: FloatArray
    cusum_lower: FloatArray
    broken: Flags
    signals: IntArray
    flags: Flags


def screen_streams(
    x: FloatArray,
    *,
    center: FloatArray,
    sigma: FloatArray,
    spread: FloatArray | None = None,
    starts: IntArray | None = None,
    design: ScreenDesign | None = None,
) -> StreamScreen:
    """Judge every stream by all charts in two passes over the data.

    Parameters
    ----------
    x : shape (times, streams) or (n,)
        A time-major block; or, with `starts`, the streams one after the other. NaN is a missing
        value: it breaks nothing, ends every run, and leaves EWMA and CUSUM where they are.
    center, sigma : shape (streams,)
        What each stream is judged against, in the unit of the data; `sigma` > 0.
    spread : shape (streams,)
        Variance of `center` in units of sigma squared: 1/m of a mean of m values. The limits of
        the EWMA allow for it. Absent: the centres are known.
    starts : shape (streams,)
        Where each stream begins, ascending from 0; none is empty.

    Raises
    ------
    NotEnoughData
        Without a value.
    BadData
        If the shapes do not fit or a sigma is not positive.

    Examples
    --------
    >>> x = np.array([[0.0, 0.0], [3.5, 1.0]])
    >>> screen_streams(x, center=np.zeros(2), sigma=np.ones(2)).largest.tolist()
    [3.5, 1.0]
    """
    from ops.spc import rule_kernel, screen_kernel  # noqa: PLC0415  (numba loads in half a second)

    how = ScreenDesign() if design is None else design
    streams = _streams_of(x, starts)
    middle, scale = _each(center, streams, "center"), _each(sigma, streams, "sigma")
    wide = np.zeros(streams) if spread is None else _each(spread, streams, "spread")
    if not bool(np.all((scale > 0) & np.isfinite(scale))):
        raise BadData("every sigma must be positive and finite; leave streams without spread out")
    lines = rule_kernel.lines_of(how.rules)
    values = np.ascontiguousarray(x, dtype=np.float64)
    if starts is None:
        found = screen_kernel.screen_block(values, middle, scale, wide, how.lambda_, how.k)
        flags = rule_kernel.flag_block(values, middle, scale, *lines)
        broken = np.bitwise_or.reduce(flags, axis=0)
        signals = np.count_nonzero(flags, axis=0)
    else:
        bounds = np.append(starts, values.size).astype(np.int64)
        three = np.column_stack((middle, scale, wide))
        found = screen_kernel.screen_segments(values, bounds, three, how.lambda_, how.k)
        flags = rule_kernel.flag_segments(values, bounds, middle, scale, *lines)
        broken = np.bitwise_or.reduceat(flags, starts)
        signals = np.add.reduceat((flags > 0).astype(np.int64), starts)
    return _screen(found, broken, signals.astype(np.int64), flags)


def _screen(found: FloatArray, broken: Flags, signals: IntArray, flags: Flags) -> StreamScreen:
    count, mean, squares, slope, largest, ewma, upper, lower = found.T
    return StreamScreen(
        count=count.astype(np.int64),
        mean=np.where(count > 0, mean, np.nan),
        variance=np.where(count > 1, squares / np.maximum(count - 1.0, 1.0), np.nan),
        slope=slope,
        largest=largest,
        ewma=ewma,
        cusum_upper=upper,
        cusum_lower=lower,
        broken=broken,
        signals=signals,
        flags=flags,
    )


def _streams_of(x: FloatArray, starts: IntArray | None) -> int:
    if x.size == 0:
        raise NotEnoughData("a screen needs 1 value, got 0; widen the window")
    if starts is None:
        if x.ndim != 2:
            raise BadData(f"a block has 2 dimensions, got {x.ndim}; give starts with a long array")
        return int(x.shape[1])
    ascending = starts.size > 0 and starts[0] == 0 and bool(np.all(np.diff(starts) > 0))
    if x.ndim != 1 or not ascending or int(starts[-1]) >= x.size:
        raise BadData("starts must ascend from 0 and stay below the number of values")
    return int(starts.size)


def _each(given: FloatArray, streams: int, name: str) -> FloatArray:
    if given.shape != (streams,):
        raise BadData(f"{name} has shape {given.shape}; {streams} streams need ({streams},)")
    return np.ascontiguousarray(given, dtype=np.float64)
