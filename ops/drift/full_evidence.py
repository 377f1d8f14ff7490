"""The second stage of the nightly screen: of each stream, what every other method says of it.

The first stage (`ops.drift.screen_batch`) decides what is found; here stands what else speaks for
it or against it: slopes (Theil-Sen, autoregressive), ranks (Mann-Kendall), steps, sequential
monitors, and the distribution against that of the baseline. Nothing is decided by it, and no
promise rests on it: each method is told at its own level.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import inf

import numpy as np

from ops.drift.ar_trends import ArTrends, ar_trends
from ops.drift.change_interval import changes
from ops.drift.changepoints import changepoints
from ops.drift.dependence import Dependence
from ops.drift.evidence import MICROS_PER_DAY, Evidence
from ops.drift.mann_kendall import mann_kendall
from ops.drift.monitor import monitor
from ops.drift.monitor_design import PHI, Kind
from ops.drift.psi import CELLS, stability_index
from ops.drift.screen_batch import PointStream
from ops.drift.theil_sen import theil_sen
from ops.values import FloatArray

APART = 5000.0  # points between two false alarms of a monitor: the rarest that is known
MONITORS: tuple[Kind, ...] = ("cusum", "page-hinkley")
ALIKE = 1e-6  # of the mean spacing: times that differ by less are even
BITS = 20  # of the interval of a trend: finer than can be read
TOGETHER = 512  # streams with the same times that are fitted at once


def full_evidence(
    streams: Sequence[PointStream],
    *,
    memory: FloatArray,
    starts: Sequence[int],
    level: float = 0.05,
    alone: bool = True,
) -> tuple[tuple[Evidence, ...], ...]:
    """Say what each method finds of each stream.

    Parameters
    ----------
    streams
        As they were screened: 16 points or more.
    memory : shape (streams,)
        First-order autocorrelation of the points, as `BatchEvidence.memory`.
    starts
        Microseconds since 1970 UTC of day 0 of each stream.
    level
        p-value up to which something counts as present, of each method by itself.
    alone
        Whether a stream whose times no other has gets an AR trend too: it costs 5 ms, and a
        hundredth of that where times are shared.

    Returns
    -------
    tuple of length streams
        Theil-Sen, Mann-Kendall (Hamed and Rao), AR trend, the last step where there is one, both
        monitors (target and sigma of the baseline; a false alarm in 5000 points), the stability
        index, and the distances of Kolmogorov-Smirnov and Wasserstein to the baseline, which have
        no p-value here. What a stream is too short or too even for is left out.
    """
    trends = dict(_ar_evidence(streams, level, alone=alone))
    made: list[tuple[Evidence, ...]] = []
    for i, (stream, start) in enumerate(zip(streams, starts, strict=True)):
        phi = float(memory[i])
        own = [*_by_ranks(stream, level), trends[i]] if i in trends else _by_ranks(stream, level)
        made.append((*own, *_moved(stream, phi, start), *_distribution(stream, phi, level)))
    return tuple(made)


def _by_ranks(stream: PointStream, level: float) -> list[Evidence]:
    """Median slope and rank correlation; even times share one search of the slope."""
    t, y = stream.t, stream.y
    if t[0] == t[-1]:
        return []
    line = theil_sen(t, y)
    step = float(t[-1] - t[0]) / (t.size - 1)
    even = bool(np.ptp(np.diff(t)) <= ALIKE * step)
    ranks = mann_kendall(y, variant="hamed-rao", slope=line.slope * step if even else None)
    slope = replace(line.evidence(p_value=ranks.p_value), present=ranks.p_value <= level)
    return [slope, ranks.evidence(level=level)]


def _ar_evidence(
    streams: Sequence[PointStream], level: float, *, alone: bool
) -> Iterator[tuple[int, Evidence]]:
    """Trends under autocorrelation, of streams with the same times side by side."""
    together: dict[bytes, list[int]] = {}
    for i, stream in enumerate(streams):
        if np.unique(stream.t[[0, 1, -1]]).size == 3:  # three times, which a line needs
            together.setdefault(stream.t.tobytes(), []).append(i)
    for group in together.values():
        if len(group) == 1 and not alone:
            continue
        for first in range(0, len(group), TOGETHER):
            rows = group[first : first + TOGETHER]
            y = np.stack([streams[i].y for i in rows], axis=1)
            yield from zip(rows, _ar_of(ar_trends(streams[rows[0]].t, y), level), strict=True)


def _ar_of(found: ArTrends, level: float) -> list[Evidence]:
    lower, upper = found.bound(0.025, steps=BITS), found.bound(0.975, steps=BITS)
    p = found.exceeds()
    return [
        Evidence(
            "trend", "ar-gls", float(found.slope[j]), "value/day", found.n,
            lower=float(lower[j]), upper=float(upper[j]), p_value=float(p[j]),
            effective=float(found.effective[j]), present=bool(p[j] <= level),
        )
        for j in range(p.size)
    ]  # fmt: skip


def _moved(stream: PointStream, phi: float, start: int) -> Iterator[Evidence]:
    """Last step, and what both monitors say of the stream."""
    steps = changepoints(stream.y)
    found = changes(stream.t, stream.y, steps)
    if found:
        number = f"step {len(found)} of {len(found)}, mean cost"
        yield replace(found[-1].evidence(start), method=number)
    before = stream.y[: stream.split]
    sigma = float(before.std(ddof=1)) if before.size > 1 else 0.0
    if not 0 < sigma < inf:
        return
    ts = start + np.rint(stream.t * MICROS_PER_DAY).astype(np.int64)
    for kind in MONITORS:
        watched = monitor(
            stream.y, kind=kind, target=float(before.mean()), sigma=sigma,
            phi=min(round(phi, 2), PHI), arl0=APART,
        )  # fmt: skip
        yield watched.evidence(ts)


def _distribution(stream: PointStream, phi: float, level: float) -> Iterator[Evidence]:
    """Points after the baseline against those of it, as distributions."""
    from ops.drift.permutation_kernel import (  # noqa: PLC0415  (numba loads in half a second)
        distances,
    )

    y, split, n = stream.y, stream.split, int(stream.y.size)
    before, after = y[:split], y[split:]
    if before.size >= 2 * CELLS and after.size and before.min() < before.max():
        index = stability_index(before, after, Dependence(phi, phi, n))
        p = index.chi_square_p
        yield Evidence(
            "shape", "stability index", index.value, "distance", n, p_value=p,
            effective=index.effective, present=None if p is None else p <= level,
        )  # fmt: skip
    if not 0 < split < n:
        return
    order = np.argsort(y, kind="stable")
    current = (order >= split).astype(np.int64)
    ks, _, moved = distances(y[order], current, np.array([[0, 1]]))[0].tolist()
    yield Evidence("shape", "kolmogorov-smirnov", ks, "distance", n)
    yield Evidence("level", "wasserstein", moved, "value", n)
