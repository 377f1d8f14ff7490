"""Whether cells may be pooled: they scatter alike, and lie on the line of the model.

Both are likelihood-ratio tests on the cells that had failures. A cell without any says nothing of
scatter, and its own location has no maximum; it is held against the fit by the probability that
all its units last.

References
----------
Nelson (1990), Accelerated Testing, sections 5.3 and 5.4; Meeker and Escobar (1998), section 19.2.
"""

from dataclasses import dataclass

import numpy as np

from ops.errors import NotEnoughData
from ops.lifetime.accelerated.cell import StressedData
from ops.lifetime.accelerated.fit import AcceleratedFit, fit_stressed
from ops.lifetime.fit import LifeFit, fit
from ops.lifetime.location_scale import Family, standard_log_sf, to_line
from ops.lifetime.regression import regress


@dataclass(frozen=True, slots=True)
class PoolingTest:
    """A likelihood-ratio test.

    Parameters
    ----------
    statistic
        Twice the difference of the log-likelihoods; None where it cannot be had.
    df
        Degrees of freedom.
    p
        Chance of a larger statistic if the cells may be pooled (chi-square); None without one.
    left_out
        Cells that the test could not use, by number.
    why
        Why there is no statistic; "" where there is one.
    """

    statistic: float | None
    df: int
    p: float | None
    left_out: tuple[int, ...]
    why: str = ""


@dataclass(frozen=True, slots=True)
class CellFit:
    """A cell by itself, beside what the pooled fit says of it.

    Parameters
    ----------
    own
        Its own fit; None where its likelihood has no maximum.
    location
        Location of the logarithm of its life in the pooled fit.
    expected
        Failures that the pooled fit expects; None with truncated rows.
    all_last
        Probability in the pooled fit that no unit of the cell would fail; None as above.
    """

    own: LifeFit | None
    location: float
    expected: float | None
    all_last: float | None


@dataclass(frozen=True, slots=True)
class Pooling:
    """Both tests and each cell by itself, in the order of the cells."""

    common_shape: PoolingTest
    lack_of_fit: PoolingTest
    cells: tuple[CellFit, ...]

    def verdict(self, level: float = 0.05) -> bool | None:
        """Whether neither test objects at `level`; None where no test could be made."""
        p = [t.p for t in (self.common_shape, self.lack_of_fit) if t.p is not None]
        return all(x >= level for x in p) if p else None


def pooling(pooled: AcceleratedFit) -> Pooling:
    """Test whether the cells of a fit may be pooled."""
    cells = pooled.stressed
    own = tuple(_own(cells, i, pooled.family) for i in range(len(cells.cells)))
    return Pooling(
        common_shape=_common_shape(cells, own, pooled.family),
        lack_of_fit=_lack_of_fit(pooled),
        cells=tuple(_beside(pooled, i, alone) for i, alone in enumerate(own)),
    )


def _own(cells: StressedData, i: int, family: Family) -> LifeFit | None:
    try:
        return fit(cells.data.take(cells.cell == i), family)
    except NotEnoughData:
        return None


def _common_shape(
    cells: StressedData, own: tuple[LifeFit | None, ...], family: Family
) -> PoolingTest:
    kept = [i for i, alone in enumerate(own) if alone is not None]
    out = tuple(i for i, alone in enumerate(own) if alone is None)
    if len(kept) < 2:
        why = "fewer than two cells have a scatter of their own"
        return PoolingTest(None, 0, None, out, why)
    apart = sum(alone.loglik for alone in own if alone is not None)
    of = cells.take(kept)
    together = regress(of.data, of.dummies, family).loglik
    return _test(apart - together, len(kept) - 1, out)


def _lack_of_fit(pooled: AcceleratedFit) -> PoolingTest:
    cells = pooled.stressed
    kept = [i for i, cell in enumerate(cells.cells) if cell.failures > 0]
    out = tuple(i for i, cell in enumerate(cells.cells) if not cell.failures > 0)
    df = len(kept) - 1 - len(pooled.estimated)
    if df < 1:
        why = "as many coefficients as cells with failures: any such line fits"
        return PoolingTest(None, max(df, 0), None, out, why)
    of = cells.take(kept)
    line = fit_stressed(of, pooled.model, pooled.family, pooled.material, pooled.assumed)
    return _test(regress(of.data, of.dummies, pooled.family).loglik - line.loglik, df, out)


def _test(gain: float, df: int, left_out: tuple[int, ...]) -> PoolingTest:
    from scipy.special import chdtrc  # noqa: PLC0415  (its first use loads nothing but itself)

    statistic = max(0.0, 2.0 * gain)
    return PoolingTest(statistic, df, float(chdtrc(df, statistic)), left_out)


def _beside(pooled: AcceleratedFit, i: int, own: LifeFit | None) -> CellFit:
    cells = pooled.stressed
    rows = cells.cell == i
    data = cells.data.take(rows)
    levels = {name: np.array([x]) for name, x in cells.cells[i].levels.items()}
    location = float(pooled.location(levels)[0])
    if data.truncated:
        return CellFit(own, location, None, None)
    end = np.full(data.lower.size, cells.cells[i].longest)
    seen = np.where(data.right, data.lower, end)
    z = (to_line(pooled.family, seen) - location) / pooled.sigma
    last = standard_log_sf(pooled.family, z)
    return CellFit(
        own=own,
        location=location,
        expected=float(np.sum(data.weight * -np.expm1(last))),
        all_last=float(np.exp(np.sum(data.weight * last))),
    )
