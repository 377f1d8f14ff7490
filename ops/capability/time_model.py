"""Which time-dependent distribution model of ISO 22514-2 a process follows, with the evidence.

Three questions name the model: does the location stay, wander at random, or move systematically;
does the variation stay; is the resulting distribution normal. Each is answered by a test at a
stated level. Of very many values every test rejects: an effect counts only if it is also large
enough to matter, and that threshold is stated too.

References
----------
ISO 22514-2:2017, table 1 (models A1 to D);
Brown and Forsythe (1974), J. American Statistical Association 69, 364-367;
D'Agostino and Stephens (1986), Goodness-of-Fit Techniques, 4.8 (Anderson-Darling, case 3).
"""

from dataclasses import dataclass
from itertools import pairwise
from math import exp, sqrt
from typing import Literal

import numpy as np
from scipy.special import fdtrc, log_ndtr, ndtr

from ops.errors import NotEnoughData
from ops.values import FloatArray, IntArray

Location = Literal["constant", "random", "systematic", "systematic and random"]
Shape = Literal["normal", "unimodal", "multimodal"]
ModelName = Literal["A1", "A2", "B", "C1", "C2", "C3", "C4", "D"]
RELEVANT_SHARE = 0.02  # of the variance
RELEVANT_DISTANCE = 0.03  # between the distribution functions
_BINS = 200
_LEAST_SUBGROUP = 3  # values, to say how much it varies
_SIGMAS = 4.0  # a valley between two peaks is deeper than that, or it is none


@dataclass(frozen=True, slots=True)
class Evidence:
    """One test: its statistic, p-value, size of the effect, and whether it counts.

    Parameters
    ----------
    effect, threshold
        Size in the terms of the question, and from which size on it counts.
    """

    question: str
    test: str
    statistic: float
    p: float
    effect: float
    threshold: float
    counts: bool


@dataclass(frozen=True, slots=True)
class TimeModel:
    """The model's name, the answers that lead to it, and their evidence."""

    name: ModelName
    location: Location
    variation: Literal["constant", "changing"]
    shape: Shape
    level: float
    evidence: tuple[Evidence, ...]


def time_model(
    x: FloatArray, ts: IntArray, subgroup: IntArray, block: IntArray, *, level: float = 0.01
) -> TimeModel:
    """Name the model.

    Parameters
    ----------
    x, ts : shape (n,)
        Values and their times, ascending.
    subgroup : shape (n,)
        Lot, or other short stretch, of each value: 0, 1, ...
    block : shape (n,)
        Long stretch (period, maintenance epoch) of each value: 0, 1, ...; steps between them are
        systematic.
    level
        Of each test.

    Raises
    ------
    NotEnoughData
        With fewer than 8 values, 3 subgroups, or without two values in one of them.
    """
    groups = np.unique(subgroup, return_inverse=True)[1]
    size = np.bincount(groups).astype(np.float64)
    if x.size < 8 or size.size < 3 or size.max() < 2:
        raise NotEnoughData(
            f"a time-dependent model needs 8 values in 3 subgroups, got {x.size} in {size.size}"
        )
    mean = np.bincount(groups, x) / size
    total = float(np.var(x))
    inside = x - mean[groups]
    within = float(inside @ inside), x.size - size.size
    of_block = np.zeros(size.size, dtype=np.int64)
    of_block[groups] = np.unique(block, return_inverse=True)[1]
    time = np.bincount(groups, (ts - ts[0]) / max(float(ts[-1] - ts[0]), 1.0)) / size
    systematic = _systematic(mean, size, time, of_block, total=total, level=level)
    random = _random(mean, size, of_block, within, total=total, level=level)
    variation = _variation(x, groups, level)
    shape, normality = _shape(x, level)
    evidence = (systematic, random, variation, normality)
    if systematic.counts:
        location: Location = "systematic and random" if random.counts else "systematic"
    else:
        location = "random" if random.counts else "constant"
    changing = variation.counts
    name = _name(location, changing=changing, shape=shape)
    return TimeModel(name, location, "changing" if changing else "constant", shape, level, evidence)


def _name(location: Location, *, changing: bool, shape: Shape) -> ModelName:
    if changing:
        return "B" if location == "constant" else "D"
    if location == "constant":
        return "A1" if shape == "normal" else "A2"
    if location == "random":
        return "C1" if shape == "normal" else "C2"
    return "C3" if location == "systematic" else "C4"


def _systematic(
    mean: FloatArray,
    size: FloatArray,
    time: FloatArray,
    of_block: IntArray,
    *,
    total: float,
    level: float,
) -> Evidence:
    """Test a trend and steps between blocks together, against the subgroups within blocks."""
    dummies = (of_block[:, None] == np.arange(1, of_block.max() + 1)).astype(np.float64)
    root = np.sqrt(size)
    design = root[:, None] * np.column_stack([np.ones(size.size), time, dummies])
    q, r = np.linalg.qr(design)
    kept = np.abs(np.diag(r)) > 1e-8 * root.sum() / sqrt(size.size)
    y = root * (mean - np.average(mean, weights=size))
    taken = (q[:, kept].T @ y)[1:]
    df, rest = taken.size, size.size - int(kept.sum())
    explained, left = (
        float(taken @ taken),
        max(float(y @ y - (q[:, kept].T @ y) @ (q[:, kept].T @ y)), 0.0),
    )
    f, p = _f_test(explained, df, left, rest)
    ms = left / rest if rest > 0 else 0.0
    effect = max(explained - df * ms, 0.0) / size.sum() / total if total > 0 else 0.0
    return _evidence(
        "Does the location move systematically?", "F test of trend and steps", (f, p), effect, level
    )


def _random(
    mean: FloatArray,
    size: FloatArray,
    of_block: IntArray,
    within: tuple[float, int],
    *,
    total: float,
    level: float,
) -> Evidence:
    """Test the differences of subgroups against the variation within; successive ones only."""
    same = np.diff(of_block) == 0  # neighbours of one block: free of trends and steps
    step = np.diff(mean)[same]
    weight = 1.0 / (1.0 / size[1:] + 1.0 / size[:-1])[same]
    square, df = float(weight @ step**2), step.size
    noise = within[0] / within[1]
    f, p = _f_test(square, df * 2.0 / 3.0, within[0], within[1], scale=1.5)
    wandering = 0.5 * max(square - df * noise, 0.0) / max(float(weight.sum()), 1e-300)
    effect = wandering / total if total > 0 else 0.0
    return _evidence(
        "Does the location wander at random?",
        "F test of neighbouring subgroups",
        (f, p),
        effect,
        level,
    )


def _variation(x: FloatArray, groups: IntArray, level: float) -> Evidence:
    """Brown and Forsythe's test of equal variation in the subgroups."""
    judged = np.bincount(groups)[groups] >= _LEAST_SUBGROUP
    x, groups = x[judged], np.unique(groups[judged], return_inverse=True)[1]
    order = np.lexsort((x, groups))
    size = np.bincount(groups)
    start = np.cumsum(size) - size
    low, high = x[order][start + (size - 1) // 2], x[order][start + size // 2]
    off = np.abs(x - 0.5 * (low + high)[groups])
    mean = np.bincount(groups, off) / np.maximum(size, 1)
    inside = off - mean[groups]
    between = float(size @ (mean - np.average(off)) ** 2) if off.size else 0.0
    left, df, rest = float(inside @ inside), size.size - 1, x.size - size.size
    f, p = _f_test(between, df, left, rest)
    true = max(between - df * left / rest, 0.0) if rest > 0 else 0.0
    effect = true / float(off @ off) if off.any() else 0.0
    return _evidence(
        "Does the variation change?", "Brown-Forsythe test of subgroups", (f, p), effect, level
    )


def _shape(x: FloatArray, level: float) -> tuple[Shape, Evidence]:
    sigma = float(x.std(ddof=1))
    question, test = "Is the resulting distribution normal?", "Anderson-Darling test"
    if not sigma > 0:
        return "unimodal", Evidence(question, test, 0.0, 0.0, 1.0, RELEVANT_DISTANCE, counts=True)
    z = np.sort((x - x.mean()) / sigma)
    n, i = z.size, np.arange(1, z.size + 1)
    a2 = -n - float(np.mean((2 * i - 1) * (log_ndtr(z) + log_ndtr(-z[::-1]))))
    star = a2 * (1 + 0.75 / n + 2.25 / n**2)
    distance = float(np.max(np.maximum(i / n - ndtr(z), ndtr(z) - (i - 1) / n)))
    p = anderson_darling_p(star)
    found = Evidence(
        question,
        test,
        star,
        p,
        distance,
        RELEVANT_DISTANCE,
        counts=p < level and distance >= RELEVANT_DISTANCE,
    )
    if not found.counts:
        return "normal", found
    return ("multimodal" if modes(z) > 1 else "unimodal"), found


def anderson_darling_p(star: float) -> float:
    """P-value of the modified statistic, mean and sigma estimated.

    Examples
    --------
    >>> round(anderson_darling_p(0.752), 3)
    0.05
    """
    if star >= 13:
        return 0.0
    if star >= 0.6:
        return exp(1.2937 - 5.709 * star + 0.0186 * star**2)
    if star >= 0.34:
        return exp(0.9177 - 4.279 * star - 1.38 * star**2)
    if star >= 0.2:
        return 1.0 - exp(-8.318 + 42.796 * star - 59.938 * star**2)
    return 1.0 - exp(-13.436 + 101.14 * star - 223.73 * star**2)


def modes(z: FloatArray) -> int:
    """Peaks of a smoothed histogram whose valley is deeper than counting error (4 sigma).

    Parameters
    ----------
    z : shape (n,)
        Standardized values.
    """
    count, edges = np.histogram(z, bins=_BINS, range=(-5.0, 5.0))
    bin_width = float(edges[1] - edges[0])
    width = max(0.75 * z.size**-0.2, 2 * bin_width)  # 0.7 of the normal-reference bandwidth
    place = np.arange(-_BINS, _BINS + 1) * bin_width
    kernel = np.exp(-0.5 * (place / width) ** 2)
    smooth = np.convolve(count, kernel)[_BINS : 2 * _BINS]
    held = float(np.sum(kernel**2) / np.sum(kernel))  # variance of a height over its expectation
    rising = np.diff(np.concatenate(([-1.0], smooth, [-1.0]))) > 0
    peaks = np.flatnonzero(rising[:-1] & ~rising[1:]).tolist()
    while len(peaks) > 1:
        depths = [_depth(smooth, pair, held) for pair in pairwise(peaks)]
        least = int(np.argmin(depths))
        if depths[least] > _SIGMAS:
            break
        lower = least if smooth[peaks[least]] < smooth[peaks[least + 1]] else least + 1
        peaks.pop(lower)
    return max(len(peaks), 1)


def _depth(smooth: FloatArray, pair: tuple[int, int], held: float) -> float:
    """Fall from the lower of two peaks to the valley between, in standard errors."""
    low = float(smooth[pair[0] : pair[1] + 1].min())
    peak = float(min(smooth[pair[0]], smooth[pair[1]]))
    return (peak - low) / sqrt(held * (peak + low)) if peak > 0 else 0.0


def _f_test(
    explained: float, df: float, left: float, rest: float, *, scale: float = 1.0
) -> tuple[float, float]:
    """F and its p-value; `df` may be effective, `scale` brings it back to the count of terms."""
    if df <= 0 or rest <= 0:
        return 0.0, 1.0
    if left <= 0:
        return 0.0, 1.0 if explained <= 0 else 0.0
    f = (explained / (df * scale)) / (left / rest)
    return f, float(fdtrc(df, rest, f))


def _evidence(
    question: str, test: str, found: tuple[float, float], effect: float, level: float
) -> Evidence:
    f, p = found
    counts = p < level and effect >= RELEVANT_SHARE
    return Evidence(question, test, f, p, effect, RELEVANT_SHARE, counts)
