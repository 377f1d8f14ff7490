"""Nested gauge study: every operator measures parts of their own, as destructive tests need.

Trials on one part are taken to be alike (pieces of one batch); what pieces of a batch differ by
counts as repeatability. Balanced: equally many parts for each operator, trials for each part.

References
----------
Burdick, Borror and Montgomery (2005), Design and Analysis of Gauge R&R Studies, ch. 7;
Montgomery, Design and Analysis of Experiments, 14.1 (two-stage nested design).
"""

import numpy as np
from scipy.special import fdtrc

from ops.errors import BadData, NotEnoughData
from ops.gauge.breakdown import Breakdown, Source, breakdown
from ops.gauge.mean_square import MeanSquare
from ops.values import FloatArray, IntArray


def nested_study(
    y: FloatArray,
    part: IntArray,
    operator: IntArray,
    *,
    rng: np.random.Generator,
    confidence: float = 0.95,
) -> Breakdown:
    """Split the variance of a balanced nested study.

    Parameters
    ----------
    y : shape (n,)
        Finite measured values.
    part : shape (n,)
        Codes, 0 or more; a code used by two operators names two parts.
    operator : shape (n,)
        Codes, 0 or more.

    Raises
    ------
    NotEnoughData
        With fewer than 2 operators, 2 parts for each, or 2 trials on each.
    BadData
        If parts or trials are not equally many.
    """
    cells = _cells(y, part, operator)
    operators, parts, trials = cells.shape
    if min(cells.shape) < 2:
        raise NotEnoughData(
            "a nested study needs 2 operators, 2 parts each and 2 trials on each,"
            f" got {operators} operators, {parts} parts, {trials} trials"
        )
    squares = _squares(cells)
    per_part, per_operator = 1.0 / trials, 1.0 / (parts * trials)
    sources = (
        Source("part (operator)", "part", (0.0, per_part, -per_part)),
        Source("operator", "reproducibility", (per_operator, -per_operator, 0.0)),
        Source("repeatability", "repeatability", (0.0, 0.0, 1.0)),
    )
    return breakdown(
        squares, sources, method="anova, parts within operators", confidence=confidence, rng=rng
    )


def _cells(y: FloatArray, part: IntArray, operator: IntArray) -> FloatArray:
    """Centred values by operator, part and trial."""
    order = np.lexsort((part, operator))
    pair = np.stack((operator[order], part[order]))
    found, count = np.unique(pair, axis=1, return_counts=True)
    each = np.unique(found[0], return_counts=True)[1] if y.size else np.zeros(0, np.int64)
    if each.size == 0:
        raise NotEnoughData("a nested study needs 2 operators with 2 parts each, got no value")
    if each.min() != each.max() or count.min() != count.max():
        raise BadData(
            f"operators have {each.min()} to {each.max()} parts and parts {count.min()} to"
            f" {count.max()} trials, analysis of variance needs equally many;"
            " choose the method reml"
        )
    ordered = y[order]
    centred: FloatArray = ordered - ordered.mean()
    return centred.reshape(each.size, int(each[0]), int(count[0]))


def _squares(cells: FloatArray) -> tuple[MeanSquare, ...]:
    operators, parts, trials = cells.shape
    mean = cells.mean(axis=2)
    own = mean.mean(axis=1)
    ss = (
        parts * trials * float(np.sum((own - own.mean()) ** 2)),
        trials * float(np.sum((mean - own[:, None]) ** 2)),
        float(np.sum((cells - mean[:, :, None]) ** 2)),
    )
    noise = cells.size * (8 * np.finfo(np.float64).eps * float(np.abs(cells).max())) ** 2
    df = (operators - 1, operators * (parts - 1), operators * parts * (trials - 1))
    ms = [s / d if s > noise else 0.0 for s, d in zip(ss, df, strict=True)]
    names = ("operator", "part (operator)", "repeatability")
    found: list[MeanSquare] = []
    for i in range(3):
        f = ms[i] / ms[i + 1] if i < 2 and ms[i + 1] > 0 else None
        p = None if f is None else float(fdtrc(df[i], df[i + 1], f))
        found.append(MeanSquare(names[i], ms[i], df[i], f, p))
    return tuple(found)
