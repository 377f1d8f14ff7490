"""The climb to the most likely masses of innermost intervals: EM, isotonic and Newton steps."""

from dataclasses import dataclass

import numpy as np

from ops.lifetime.nonparametric.innermost import Innermost
from ops.values import FloatArray, IntArray

_ROUNDS = 200
_EM_STEPS = 5  # between two isotonic steps
_HALVINGS = 30
_DENSE = 4_000_000  # rows x masses up to which a Newton step is worth its matrix
_LARGE = 600  # masses above which it is not
_EMPTY = 1e-13  # a mass this small is none


@dataclass(frozen=True, slots=True)
class Masses:
    """Masses, and how far they are from the most likely ones.

    Parameters
    ----------
    mass : shape (m,)
        Of each innermost interval, in sum 1.
    loglik
        Log-likelihood of the rows.
    gap
        Largest slope of the log-likelihood towards mass in any one interval, a unit: 0 at the
        maximum. Without truncation, `gap` times the units bounds what is still missing.
    rounds
        Rounds of the climb.
    """

    mass: FloatArray
    loglik: float
    gap: float
    rounds: int


def climb(found: Innermost, *, tolerance: float) -> Masses:
    """Climb until the gap is at most `tolerance`, or nothing more is gained.

    References
    ----------
    Turnbull (1976) (EM, truncation); Wellner and Zhan (1997), JASA 92, 945-959 (EM with the
    isotonic step); Gentleman and Geyer (1994), Biometrika 81, 618-623 (the gap).
    """
    mass = np.full(found.lower.size, 1.0 / found.lower.size)
    best, gap = loglik(found, mass), np.inf
    rounds = 0
    while rounds < _ROUNDS and gap > tolerance:
        rounds += 1
        for _ in range(_EM_STEPS):
            mass = _em(found, mass)
        mass = _isotonic(found, mass)
        mass = _newton(found, mass)
        value, gap = loglik(found, mass), float(slope(found, mass).max() / found.weight.sum())
        if rounds > _ROUNDS // 2 and value <= best:
            break
        best = value
    return Masses(mass, loglik(found, mass), max(gap, 0.0), rounds)


def loglik(found: Innermost, mass: FloatArray) -> float:
    """Log-likelihood of the rows, -inf where a row has no mass."""
    inside, seen = _shares(found, mass)
    if not (inside > 0.0).all():
        return -np.inf
    return float(found.weight @ (np.log(inside) - np.log(seen)))


def slope(found: Innermost, mass: FloatArray) -> FloatArray:
    """Slope of the log-likelihood by each mass, shape (m,); its mean over the mass is 0."""
    inside, seen = _shares(found, mass)
    rise = _spread(found.weight / inside, found.first, found.last, mass.size)
    return rise - _spread(found.weight / seen, found.seen_first, found.seen_last, mass.size)


def curvature(found: Innermost, kept: IntArray, mass: FloatArray) -> FloatArray:
    """Information of some masses, shape (s, s): minus the second derivatives."""
    inside, seen = _shares(found, mass)
    rows = _matrix(found.first, found.last, kept) * (np.sqrt(found.weight) / inside)[:, None]
    made: FloatArray = rows.T @ rows
    if found.truncated:
        whole = _matrix(found.seen_first, found.seen_last, kept)
        whole = whole * (np.sqrt(found.weight) / seen)[:, None]
        made = made - whole.T @ whole
    return made


def is_small(found: Innermost, masses: int) -> bool:
    """Whether a matrix of the rows by so many masses is worth making."""
    return masses <= _LARGE and masses * found.weight.size <= _DENSE


def _shares(found: Innermost, mass: FloatArray) -> tuple[FloatArray, FloatArray]:
    total = np.concatenate([[0.0], np.cumsum(mass)])
    seen = total[found.seen_last] - total[found.seen_first]
    return total[found.last] - total[found.first], seen


def _spread(value: FloatArray, first: IntArray, last: IntArray, m: int) -> FloatArray:
    """Sum of each row's value over the intervals from `first` up to `last`."""
    ends = np.bincount(first, value, m + 1) - np.bincount(last, value, m + 1)
    return np.cumsum(ends, dtype=np.float64)[:-1]


def _matrix(first: IntArray, last: IntArray, kept: IntArray) -> FloatArray:
    inside = (first[:, None] <= kept) & (kept < last[:, None])
    return inside.astype(np.float64)


def _em(found: Innermost, mass: FloatArray) -> FloatArray:
    """Expect masses; units that were never seen are expected where they are not seen."""
    inside, seen = _shares(found, mass)
    rise = _spread(found.weight / inside, found.first, found.last, mass.size)
    unseen = found.weight / seen
    missing = unseen.sum() - _spread(unseen, found.seen_first, found.seen_last, mass.size)
    moved = mass * np.maximum(rise + missing, 0.0)
    return _whole(moved)


def _whole(mass: FloatArray) -> FloatArray:
    return np.asarray(mass / mass.sum(), dtype=np.float64)


def _isotonic(found: Innermost, mass: FloatArray) -> FloatArray:
    """Newton step of the distribution function by its diagonal, made rising again."""
    from scipy.optimize import isotonic_regression  # noqa: PLC0415  (a tenth of a second to load)

    if mass.size < 2:
        return mass
    inside, _ = _shares(found, mass)
    total = np.cumsum(mass)[:-1]
    rise = -np.diff(slope(found, mass))  # by the distribution function at each boundary
    bend = found.weight / inside**2
    m = mass.size
    diagonal = (np.bincount(found.first, bend, m + 1) + np.bincount(found.last, bend, m + 1))[1:m]
    diagonal = np.maximum(diagonal, 1e-12 * diagonal.max())
    aim = isotonic_regression(total + rise / diagonal, weights=diagonal).x
    return _uphill(found, mass, _steps(np.clip(aim, 0.0, 1.0)) - mass)


def _steps(total: FloatArray) -> FloatArray:
    return np.diff(total, prepend=0.0, append=1.0)


def _newton(found: Innermost, mass: FloatArray) -> FloatArray:
    """Newton step among the masses that are not empty, up to where one of them is."""
    kept = np.flatnonzero(mass > _EMPTY)
    if kept.size < 2 or not is_small(found, kept.size):
        return mass
    bend = curvature(found, kept, mass)
    k = kept.size
    system = np.zeros((k + 1, k + 1))
    system[:k, :k] = bend + 1e-12 * np.trace(bend) / k * np.eye(k)
    system[:k, k] = system[k, :k] = 1.0
    aim = np.append(slope(found, mass)[kept], 0.0)
    try:
        step = np.linalg.solve(system, aim)[:k]
    except np.linalg.LinAlgError:
        return mass
    whole = np.zeros(mass.size)
    whole[kept] = step
    falling = whole < 0.0
    most = float(np.min(mass[falling] / -whole[falling], initial=1.0))
    return _uphill(found, mass, most * whole)


def _uphill(found: Innermost, mass: FloatArray, step: FloatArray) -> FloatArray:
    """Go along a step as far as the log-likelihood does not fall."""
    begin = loglik(found, mass)
    for _ in range(_HALVINGS):
        moved = np.maximum(mass + step, 0.0)
        if loglik(found, moved) > begin:
            return _whole(moved)
        step = step / 2.0
    return mass
