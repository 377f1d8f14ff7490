"""Where to test: the plan of least variance, and the 4:2:1 compromise that is used instead."""

from collections.abc import Callable
from dataclasses import replace
from typing import Literal

import numpy as np

from ops.errors import BadData, Problem
from ops.lifetime.planning.alt_model import AltModel
from ops.lifetime.planning.alt_plan import AltAim, AltPlan, evaluate, variance_at_use, whole
from ops.values import FloatArray

Design = Literal["optimum", "compromise"]

COMPROMISE = np.array([4.0, 2.0, 1.0]) / 7.0  # units at the low, middle and highest level
_GRID = 41  # values of each variable in a round of the search
_ROUNDS = 6  # each narrows the search to the neighbours of the best
_LAST = 0.95  # a lower level nearer to the highest is none


def design_plan(model: AltModel, total: int, aim: AltAim, design: Design) -> AltPlan:
    """Allocate units so that the life at use is told best.

    Parameters
    ----------
    model
        With one stress or two. With two, the best plan lies on the line from use to highest,
        where their effects cannot be told apart; each lower cell is therefore split along the
        line of equal life through it, which costs no precision (Escobar and Meeker 1995).
    total
        Units in all.
    design
        optimum: two levels, place and share of the lower one of least variance. It rests wholly
        on the model and cannot show a bend. compromise: three levels with 4:2:1 units, the middle
        one half-way, the lower one of least variance (Meeker and Hahn 1985).

    Raises
    ------
    BadData
        If there are fewer units than cells, or more than two stresses.

    References
    ----------
    Meeker and Hahn (1985), How to Plan an Accelerated Life Test, ASQC; Escobar and Meeker (1995),
    Technometrics 37(4), 411-427; Nelson (1990), Accelerated Testing, chapter 6.
    """
    stresses = len(model.slopes)
    if stresses > 2:
        said = f"{stresses} stresses: plans are made for one or two"
        raise BadData(said, (Problem("/stresses", said),))
    way = replace(model, slopes=(sum(model.slopes),))
    places, shares = _optimum(way, aim) if design == "optimum" else _compromise(way, aim)
    cells, weight = (places[:, None], shares) if stresses == 1 else _split(model, places, shares)
    if total < cells.shape[0]:
        said = f"{total} units for {cells.shape[0]} cells: take more"
        raise BadData(said, (Problem("/units", said),))
    return evaluate(model, cells, whole(weight, total), aim)


def _optimum(way: AltModel, aim: AltAim) -> tuple[FloatArray, FloatArray]:
    def variance(points: FloatArray) -> FloatArray:
        low, share = points.T
        places = np.stack([low, np.ones_like(low)], axis=1)
        return variance_at_use(way, places[:, :, None], np.stack([share, 1.0 - share], 1), aim)

    low, share = _least(variance, np.array([[0.0, _LAST], [0.02, 0.98]]))
    return np.array([low, 1.0]), np.array([share, 1.0 - share])


def _compromise(way: AltModel, aim: AltAim) -> tuple[FloatArray, FloatArray]:
    def levels(low: FloatArray) -> FloatArray:
        return np.stack([low, 0.5 * (1.0 + low), np.ones_like(low)], axis=-1)

    def variance(points: FloatArray) -> FloatArray:
        places = levels(points[:, 0])
        return variance_at_use(
            way, places[:, :, None], np.broadcast_to(COMPROMISE, places.shape), aim
        )

    low = _least(variance, np.array([[0.0, _LAST]]))[0]
    return levels(np.asarray(low)), COMPROMISE


def _least(cost: Callable[[FloatArray], FloatArray], box: FloatArray) -> FloatArray:
    """Point of least cost in a box (variables, 2), by grids that narrow."""
    outer = box
    best: FloatArray = box.mean(axis=1)
    for _ in range(_ROUNDS):
        axes = [np.linspace(low, high, _GRID) for low, high in box]
        points = np.stack([axis.ravel() for axis in np.meshgrid(*axes, indexing="ij")], axis=1)
        best = points[int(np.argmin(cost(points)))]
        step = 2.0 * (box[:, 1] - box[:, 0]) / (_GRID - 1)
        low, high = np.maximum(best - step, outer[:, 0]), np.minimum(best + step, outer[:, 1])
        box = np.stack([low, high], axis=1)
    return best


def _split(
    model: AltModel, places: FloatArray, shares: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Split each lower point of the diagonal into the ends of its line of equal life."""
    first, second = (abs(slope) for slope in model.slopes)
    cells: list[tuple[float, float]] = []
    weight: list[float] = []
    for place, share in zip(places.tolist(), shares.tolist(), strict=True):
        height = place * (first + second)
        left = min(height / second, 1.0)
        right = min(height / first, 1.0)
        ends = (
            ((height - second * left) / first, left),
            (right, (height - first * right) / second),
        )
        run = ends[1][0] - ends[0][0]
        if run < 1e-9:
            cells.append(ends[0])
            weight.append(share)
            continue
        part = (place - ends[0][0]) / run
        cells += ends
        weight += [share * (1.0 - part), share * part]
    return np.array(cells), np.array(weight)
