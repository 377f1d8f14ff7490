"""Gates of a plan: a figure over recent periods against its limit, and since when it is beyond."""

from collections.abc import Sequence
from datetime import date
from math import isfinite

import numpy as np
from pydantic import Field

from ops.page_value import PageValue
from ops.spc.cusum import cusum_chart
from ops.spc.ewma import ewma_chart
from ops.spc.run_length.cusum import cusum_h
from ops.values import BoolArray, FloatArray

LEAST = 8  # values that a monitor of drift needs
K = 0.5  # of the CUSUM: built to find a shift of one sigma
_D2 = 1.128379167095513  # mean moving range of two normal values over sigma


class PlanGate(PageValue):
    """One condition that the plan must meet to be kept."""

    name: str = Field(description="wape, bias, service, cost, re-solve, forecast-drift ...")
    title: str = Field(description="What it judges.")
    value: float | None = Field(description="Figure of today; null: not measured.")
    limit: float | None = Field(description="What it may be at most, or at least.")
    at_least: bool = Field(description="Whether the limit is a lower one.")
    share: bool = Field(description="Whether both are shares, to be shown in %.")
    broken: bool = Field(description="Whether it is beyond its limit.")
    since: date | None = Field(description="First day of the period since which it is broken.")
    reason: str = Field(description="Why there is no figure; empty if there is.")


def gate(
    name: str,
    title: str,
    rolling: FloatArray,
    limit: float,
    days: Sequence[date],
    *,
    at_least: bool = False,
) -> PlanGate:
    """Gate on a rolling figure.

    Parameters
    ----------
    rolling : shape (n,)
        The figure at the end of each period; NaN where it is not defined.
    days
        First day of each period.
    """
    broken: BoolArray = rolling < limit if at_least else rolling > limit
    since = _last_run(broken)
    value = float(rolling[-1]) if rolling.size else float("nan")
    return PlanGate(
        name=name,
        title=title,
        value=value if isfinite(value) else None,
        limit=limit,
        at_least=at_least,
        share=True,
        broken=since is not None,
        since=None if since is None else days[since],
        reason="" if isfinite(value) else "no values in the recent periods",
    )


def unmeasured(name: str, title: str, reason: str) -> PlanGate:
    """Gate that nothing is known for: it is not broken, and says why."""
    return PlanGate(
        name=name,
        title=title,
        value=None,
        limit=None,
        at_least=False,
        share=True,
        broken=False,
        since=None,
        reason=reason,
    )


def drift_gate(
    name: str,
    title: str,
    x: FloatArray,
    target: float,
    arl0: float,
    days: Sequence[date],
    *,
    below: bool = False,
) -> PlanGate:
    """Gate on a lasting shift: a CUSUM, which also dates it, and an EWMA beside it.

    Sigma is that of the moving ranges, so that a shift does not hide itself.

    Parameters
    ----------
    x : shape (n,)
        Values in time order, one for each of `days`.
    arl0
        Values between two false alarms of the CUSUM.
    below
        Whether only a shift below the target counts.
    """
    if x.size < LEAST:
        return unmeasured(name, title, f"{x.size} periods, {LEAST} are needed")
    sigma = float(np.mean(np.abs(np.diff(x)))) / _D2
    if sigma <= 0:
        return unmeasured(name, title, "the values do not vary")
    h = cusum_h(arl0, k=K)
    chart = cusum_chart(x, target=target, sigma=sigma, k=K, h=h)
    smooth = ewma_chart(x, target=target, sigma=sigma)
    outside = smooth.statistic < smooth.lower
    if not below:
        outside |= smooth.statistic > smooth.upper
    began = chart.began_below if below else chart.began
    since = _last_run(outside) if began is None else began
    sums = (chart.lower,) if below else (chart.upper, chart.lower)
    return PlanGate(
        name=name,
        title=title,
        value=max(float(one[-1]) for one in sums),
        limit=h,
        at_least=False,
        share=False,
        broken=since is not None,
        since=None if since is None else days[since],
        reason="",
    )


def _last_run(broken: BoolArray) -> int | None:
    """First index of the run of True that ends at the last one."""
    if not broken.size or not broken[-1]:
        return None
    calm = np.flatnonzero(~broken)
    return int(calm[-1]) + 1 if calm.size else 0


def rolling_ratio(part: FloatArray, whole: FloatArray, width: int) -> FloatArray:
    """Sum of `part` over sum of `whole` of the last `width` periods, at each; NaN over nothing.

    Examples
    --------
    >>> rolling_ratio(np.array([1.0, 2.0, 3.0]), np.array([2.0, 2.0, 2.0]), 2).tolist()
    [0.5, 0.75, 1.25]
    """
    sums = [
        np.cumsum(x) - np.concatenate([np.zeros(width), np.cumsum(x)])[: x.size]
        for x in (part, whole)
    ]
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio: FloatArray = np.where(sums[1] > 0, sums[0] / sums[1], np.nan)
    return ratio
