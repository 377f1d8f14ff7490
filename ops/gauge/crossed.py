"""Crossed gauge study: every operator measures every part, analysed by variance (balanced).

Both factors are random. The interaction is tested against repeatability and pooled with it when its
p value is above 0.25 (AIAG); pooling may also be forced or forbidden.

References
----------
AIAG, Measurement Systems Analysis, 4th ed. (2010), appendix A (mean squares, pooling);
Montgomery and Runger (1993), Quality Engineering 6(2), 289-305 (expected mean squares).
"""

from collections.abc import Mapping
from typing import Literal

import numpy as np
from scipy.special import fdtrc

from ops.errors import BadData, NotEnoughData
from ops.gauge.breakdown import Breakdown, Role, Source, breakdown
from ops.gauge.mean_square import MeanSquare
from ops.values import FloatArray, IntArray

POOL_ABOVE = 0.25
Interaction = Literal["pool", "keep", "drop"]
Weights = Mapping[str, tuple[float, ...]]
_NAMES = ("part", "operator", "operator x part", "repeatability")
_ROLES: dict[str, Role] = {
    "part": "part",
    "operator": "reproducibility",
    "operator x part": "reproducibility",
    "repeatability": "repeatability",
}


def crossed_study(
    y: FloatArray,
    part: IntArray,
    operator: IntArray,
    *,
    rng: np.random.Generator,
    interaction: Interaction = "pool",
    confidence: float = 0.95,
) -> Breakdown:
    """Split the variance of a balanced crossed study.

    Parameters
    ----------
    y : shape (n,)
        Finite measured values.
    part, operator : shape (n,)
        Codes, 0 or more; each combination occurs equally often.
    interaction
        ``pool``: with repeatability if p > 0.25; ``keep`` or ``drop`` it whatever p is.

    Raises
    ------
    NotEnoughData
        With fewer than 2 parts, or with neither 2 trials nor 2 operators.
    BadData
        If the combinations do not occur equally often.
    """
    cells = _cells(y, part, operator)
    parts, operators, trials = cells.shape
    if parts < 2 or operators * trials < 2:
        raise NotEnoughData(
            "a crossed study needs 2 parts, each measured twice,"
            f" got {parts} parts, {operators} operators, {trials} trials"
        )
    ss, df = _sums(cells)
    if operators == 1:
        squares = _tested(ss, df, (0, 3), {0: 3})
        weights = {"part": (1.0 / trials, -1.0 / trials), "repeatability": (0.0, 1.0)}
        note = "one operator: reproducibility is not known"
        return _split(squares, weights, "anova, one operator", note, confidence, rng)
    full = None if trials == 1 else _tested(ss, df, (0, 1, 2, 3), {0: 2, 1: 2, 2: 3})
    if full is not None and (interaction == "keep" or (interaction == "pool" and _real(full[2]))):
        return _split(full, _full_model(cells), "anova with interaction", "", confidence, rng)
    pooled = ss[2] + ss[3], df[2] + df[3]
    squares = _tested((*ss[:3], pooled[0]), (*df[:3], pooled[1]), (0, 1, 3), {0: 3, 1: 3})
    note = "one trial: the interaction is part of repeatability" if trials == 1 else ""
    return _split(squares, _pooled_model(cells), "anova, interaction pooled", note, confidence, rng)


def _full_model(cells: FloatArray) -> Weights:
    parts, operators, trials = cells.shape
    per_part, per_operator = 1.0 / (operators * trials), 1.0 / (parts * trials)
    return {
        "part": (per_part, 0.0, -per_part, 0.0),
        "operator": (0.0, per_operator, -per_operator, 0.0),
        "operator x part": (0.0, 0.0, 1.0 / trials, -1.0 / trials),
        "repeatability": (0.0, 0.0, 0.0, 1.0),
    }


def _pooled_model(cells: FloatArray) -> Weights:
    parts, operators, trials = cells.shape
    per_part, per_operator = 1.0 / (operators * trials), 1.0 / (parts * trials)
    return {
        "part": (per_part, 0.0, -per_part),
        "operator": (0.0, per_operator, -per_operator),
        "repeatability": (0.0, 0.0, 1.0),
    }


def _real(interaction: MeanSquare) -> bool:
    return interaction.value > 0 and (interaction.p is None or interaction.p <= POOL_ABOVE)


def _cells(y: FloatArray, part: IntArray, operator: IntArray) -> FloatArray:
    """Centred values by part, operator and trial."""
    part_of = np.unique(part, return_inverse=True)[1]
    operator_of = np.unique(operator, return_inverse=True)[1]
    shape = (int(part_of.max(initial=-1)) + 1, int(operator_of.max(initial=-1)) + 1)
    cell = part_of * shape[1] + operator_of
    count = np.bincount(cell, minlength=shape[0] * shape[1])
    if count.size == 0:
        raise NotEnoughData("a crossed study needs 2 parts, each measured twice, got no value")
    if count.min() != count.max():
        raise BadData(
            f"the combinations of part and operator hold {count.min()} to {count.max()} values,"
            " analysis of variance needs equally many; choose the method reml"
        )
    ordered = y[np.argsort(cell, kind="stable")]
    centred: FloatArray = ordered - ordered.mean()
    return centred.reshape(shape[0], shape[1], int(count[0]))


def _sums(cells: FloatArray) -> tuple[tuple[float, ...], tuple[int, ...]]:
    """Sum the squares of part, operator, interaction, repeatability; degrees of freedom."""
    parts, operators, trials = cells.shape
    mean = cells.mean(axis=2)
    row, column = mean.mean(axis=1), mean.mean(axis=0)
    rest = mean - row[:, None] - column[None, :] + mean.mean()
    within = cells - mean[:, :, None]
    ss = (
        operators * trials * float(np.sum((row - row.mean()) ** 2)),
        parts * trials * float(np.sum((column - column.mean()) ** 2)),
        trials * float(np.sum(rest**2)),
        float(np.sum(within**2)),
    )
    noise = cells.size * (8 * np.finfo(np.float64).eps * float(np.abs(cells).max())) ** 2
    df = (parts - 1, operators - 1, (parts - 1) * (operators - 1), parts * operators * (trials - 1))
    return tuple(s if s > noise else 0.0 for s in ss), df


def _tested(
    ss: tuple[float, ...],
    df: tuple[int, ...],
    rows: tuple[int, ...],
    against: dict[int, int],
) -> tuple[MeanSquare, ...]:
    """Mean squares of `rows`, each tested against another row."""
    found: list[MeanSquare] = []
    for i in rows:
        ms, below = ss[i] / df[i], against.get(i)
        if below is None or ss[below] <= 0:
            found.append(MeanSquare(_NAMES[i], ms, df[i]))
            continue
        f = ms / (ss[below] / df[below])
        found.append(MeanSquare(_NAMES[i], ms, df[i], f, float(fdtrc(df[i], df[below], f))))
    return tuple(found)


def _split(
    squares: tuple[MeanSquare, ...],
    weights: Weights,
    method: str,
    note: str,
    confidence: float,
    rng: np.random.Generator,
) -> Breakdown:
    sources = tuple(Source(name, _ROLES[name], weight) for name, weight in weights.items())
    return breakdown(squares, sources, method=method, confidence=confidence, rng=rng, note=note)
