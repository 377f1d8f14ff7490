"""Separation: a combination of columns that tells the classes apart without a mistake.

Then the likelihood of a logistic regression has no maximum: it rises for ever along that
combination. Whether there is one is a linear program, so the answer is exact.

References
----------
Albert and Anderson (1984), Biometrika 71(1), 1-10 (existence);
Konis (2007), Linear programming algorithms for detecting separated data in binary logistic
regression models, DPhil thesis, Oxford, chapter 4.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from ops.errors import BadData, Problem
from ops.values import BoolArray, FloatArray, IntArray

Kind = Literal["complete", "quasi-complete"]
_HELD = 1e-6  # of a row's own margin: more than the solver's tolerance
_PROGRAM = 100  # parameters: the programs of more take long
_NAMED = 5
_ROUNDS = 20_000  # of the simplex: above, nothing is decided
_SETS = 8  # most sets of columns that are named


@dataclass(frozen=True, slots=True)
class Separation:
    """Why a logistic regression without penalty has no finite estimate.

    Parameters
    ----------
    kind
        complete: each row lies strictly on its own side; quasi-complete: some lie on the border.
    columns
        Few features that separate together, counted from 0: those of the direction with the
        smallest sum of absolute coefficients for its mean margin, on columns scaled to 1.
    further
        Other sets that still separate once the sets before them are left out.
    direction : shape (classes - 1, k + 1)
        Intercept and coefficients of each class after the first against the first.
    """

    kind: Kind
    columns: tuple[int, ...]
    further: tuple[tuple[int, ...], ...]
    direction: FloatArray

    def sentence(self, names: Sequence[str]) -> str:
        """Fact in one sentence, with the names of the columns."""
        sets = [" + ".join(names[j] for j in each) for each in (self.columns, *self.further)]
        return (
            f"{self.kind} separation: the classes are told apart by {'; also by '.join(sets)}, so"
            " the coefficients have no finite estimate without a penalty"
        )


class Separated(BadData):
    """An unpenalised fit was asked for and the classes are separated."""

    def __init__(self, separation: Separation, names: Sequence[str]) -> None:
        sets = (separation.columns, *separation.further)
        told = tuple(Problem(f"/features/{names[j]}", "separates") for each in sets for j in each)
        super().__init__(separation.sentence(names), told)
        self.separation = separation


def find_separation(
    x: FloatArray, y: IntArray, n_classes: int, theta: FloatArray | None = None
) -> Separation | None:
    """Find complete or quasi-complete separation, exactly, by linear programs.

    Parameters
    ----------
    x : shape (n, k)
    y : shape (n,)
        0 to `n_classes` - 1; rows of weight 0 left out.
    theta : shape (outputs, k + 1)
        Where a fit has run to. With over 100 parameters it is itself taken as the direction if it
        tells the classes apart completely: then its five largest coefficients are named.

    Examples
    --------
    >>> found = find_separation(np.array([[1.0], [2.0], [3.0]]), np.array([0, 0, 1]), 2)
    >>> found.kind, found.columns
    ('complete', (0,))
    """
    scale = np.abs(x).max(axis=0)
    used = scale > 0.0
    margins = _margins(x / np.where(used, scale, 1.0), y, n_classes)
    if theta is not None and margins.shape[1] > _PROGRAM:
        run = _run_away(margins, theta, scale)
        if run is not None:
            return run
    sets: list[tuple[int, ...]] = []
    first: FloatArray | None = None
    while used.any() and len(sets) < _SETS:
        found = _direction(margins, used, n_classes)
        if found is None:
            break
        first = found if first is None else first
        most = np.abs(found[:, 1:]).max(axis=0)
        columns = tuple(int(j) for j in np.flatnonzero(most > _HELD * most.max()))
        sets.append(columns)
        used[list(columns)] = False
    if first is None:
        return None
    nothing = np.zeros(margins.shape[1])
    complete = _program(margins, nothing, 1.0, nothing) is not None
    first[:, 1:] /= np.where(scale > 0.0, scale, 1.0)
    kind: Kind = "complete" if complete else "quasi-complete"
    return Separation(kind, sets[0], tuple(sets[1:]), first)


def _run_away(margins: Any, theta: FloatArray, scale: FloatArray) -> Separation | None:
    """Complete separation along a fit that never ended, if it is one."""
    along = theta if len(theta) == 1 else theta[1:] - theta[0]
    scaled = along * np.concatenate(([1.0], scale))
    if (margins @ scaled.ravel()).min() <= 0.0:
        return None
    order = np.argsort(-np.abs(scaled[:, 1:]).max(axis=0))[:_NAMED]
    return Separation("complete", tuple(int(j) for j in order), (), along)


def _margins(x: FloatArray, y: IntArray, n_classes: int) -> Any:
    """Sparse matrix of what each (row, other class) gains along [class - 1][1 x] directions."""
    from scipy.sparse import csr_array, vstack  # noqa: PLC0415  (rarely needed)

    n, width = len(y), x.shape[1] + 1
    rows = np.column_stack((np.ones(n), x))
    parts: list[Any] = []
    for own in range(n_classes):
        some = csr_array(np.unique(rows[y == own], axis=0))
        for other in range(n_classes):
            if other == own:
                continue
            sign = np.zeros(n_classes)
            sign[own], sign[other] = 1.0, -1.0
            parts.append(_kron(sign[1:], some, width))
    return vstack(parts, format="csr")


def _kron(sign: FloatArray, rows: Any, width: int) -> Any:
    from scipy.sparse import csr_array, hstack  # noqa: PLC0415  (rarely needed)

    empty = csr_array((rows.shape[0], width))
    return hstack([s * rows if s else empty for s in sign], format="csr")


def _direction(margins: Any, used: BoolArray, n_classes: int) -> FloatArray | None:
    """Sparse direction in the columns used: least absolute sum for a mean margin of 1."""
    free = np.tile(np.concatenate(([True], used)), n_classes - 1)
    cost = np.tile(np.concatenate(([0.0], np.ones(len(used)))), n_classes - 1)
    some = margins[:, np.flatnonzero(free)]
    mean = np.asarray(some.sum(axis=0)).ravel() / some.shape[0]
    found = _program(some, cost[free], 0.0, mean)
    if found is None:
        return None
    direction = np.zeros(len(free))
    direction[free] = found
    return direction.reshape(n_classes - 1, -1)


def _program(margins: Any, cost: FloatArray, least: float, mean: FloatArray) -> FloatArray | None:
    """Direction of least cost with each margin at least `least`; of mean 1 if `least` is 0."""
    from scipy.optimize import linprog  # noqa: PLC0415  (a tenth of a second; rarely needed)
    from scipy.sparse import csr_array, hstack  # noqa: PLC0415  (rarely needed)

    count, p = margins.shape
    told: dict[str, Any] = {"options": {"maxiter": _ROUNDS}}
    told |= {"A_ub": hstack([-margins, margins]), "b_ub": np.full(count, -least)}
    if least == 0.0:
        told |= {"A_eq": csr_array(np.concatenate((mean, -mean))[None, :]), "b_eq": [1.0]}
    found = linprog(np.concatenate((cost, cost)), bounds=(0.0, None), method="highs", **told)
    if found.x is None or found.status != 0:
        return None
    direction: FloatArray = found.x[:p] - found.x[p:]
    # the solver may call a tiny overlap none: the rows themselves decide
    gain = margins @ direction
    return direction if gain.min() >= least - _HELD and gain.max() > _HELD else None
