"""Curves of an accelerated life: probability paper by cell, life against stress."""

from collections.abc import Mapping
from math import exp

import numpy as np
from scipy.special import ndtri

from ops.analyses.accelerated_life_result import CellPlot, LifeAtUse, LifeStressPlot
from ops.analyses.life_charts import life_plot
from ops.errors import OpsError
from ops.lifetime.accelerated.fit import AcceleratedFit
from ops.lifetime.accelerated.pooling import CellFit
from ops.lifetime.accelerated.target import log_factor, log_life
from ops.lifetime.fit import LifeFit
from ops.lifetime.nonparametric.probability_plot import probability_plot
from ops.values import FloatArray

_GRID = 41
_MOST_POINTS = 60  # of a cell on paper
_MOST_CELLS = 8  # on paper


def paper(
    fit: AcceleratedFit, names: tuple[str, ...], use: Mapping[str, FloatArray], share: float
) -> tuple[CellPlot, ...]:
    """Failures and pooled line of each cell, then the line at use."""
    found: list[CellPlot] = []
    for i, name in list(enumerate(names))[:_MOST_CELLS]:
        at = {s: np.array([x]) for s, x in fit.stressed.cells[i].levels.items()}
        rows = fit.stressed.data.take(fit.stressed.cell == i)
        try:
            drawn = life_plot(
                probability_plot(
                    rows, {name: at_condition(fit, at)}, paper=fit.family, reach=(share, 0.5)
                )
            )
        except (OpsError, ValueError):  # nothing to place on paper
            continue
        few = slice(None, None, max(1, -(-len(drawn.time) // _MOST_POINTS)))
        found.append(
            CellPlot(
                name=name,
                time=drawn.time[few],
                probability=drawn.probability[few],
                line=drawn.lines[0].model_copy(update={"lower": (), "upper": ()}),
            )
        )
    return (*found, _line_at_use(fit, use, share))


def _line_at_use(fit: AcceleratedFit, use: Mapping[str, FloatArray], share: float) -> CellPlot:
    """Draw the line of the use condition, with pointwise Wald bounds, around the share."""
    model = at_condition(fit, use)
    span = np.array([min(share, 0.01), max(share, 0.9)])
    rows = fit.stressed.data.take(fit.stressed.cell == 0)
    low, high = model.quantile(span)
    ends = np.geomspace(low, high, 3)
    units = type(rows)(
        lower=ends,
        upper=ends.copy(),
        weight=np.ones(3),
        entry=np.zeros(3),
        exit=np.full(3, np.inf),
        mode=np.full(3, -1),
        group=np.zeros(3, dtype=np.int64),
        unit=rows.unit,
    )
    drawn = life_plot(
        probability_plot(units, {"use": model}, paper=fit.family, reach=(float(span[0]), 0.9))
    )
    return CellPlot(name="use", time=(), probability=(), line=drawn.lines[0])


def at_condition(fit: AcceleratedFit, levels: Mapping[str, FloatArray]) -> LifeFit:
    """Life distribution at one condition, with the covariance that the pooled fit gives it."""
    turn = np.zeros((2, fit.theta.size))
    turn[0, :-1] = fit.direction(levels)
    turn[1, -1] = 1.0
    return LifeFit(
        family=fit.family,
        mu=float(fit.location(levels)[0]),
        sigma=fit.sigma,
        covariance=turn @ fit.covariance @ turn.T,
        loglik=fit.loglik,
        units=fit.stressed.data.units,
        failures=fit.failures,
        censored_share=1.0 - fit.failures / fit.stressed.data.units,
    )


def relation(
    fit: AcceleratedFit,
    cells: tuple[CellFit, ...],
    use: Mapping[str, float],
    units: Mapping[str, str],
    life: LifeAtUse,
) -> LifeStressPlot:
    """Life of a share against the transformed stress; against the factor where there are more."""
    single = len(fit.model.terms) == 1
    home = log_life(fit, life.p, use, units)
    at = fit.model.point(use, units)
    x_use = float(home.x[0]) if single else 1.0
    own_x: list[float] = []
    own_life: list[float] = []
    x_cells: list[float] = []
    for cell, beside in zip(fit.stressed.cells, cells, strict=True):
        levels = {s: np.array([x]) for s, x in cell.levels.items()}
        x = (
            float(fit.model.covariates(levels)[0, 0])
            if single
            else _factor(fit, use, cell.given, units)
        )
        x_cells.append(x)
        if beside.own is not None:
            own_x.append(x)
            own_life.append(float(beside.own.quantile(np.array([life.p]))[0]))
    grid, centre, error = _grid(fit, home.z, at, [x_use, *x_cells], single=single)
    wide = float(ndtri(0.975)) * error
    return LifeStressPlot(
        along=fit.model.terms[0].form if single else "factor",
        log=not single,
        x=_kept(grid),
        life=_kept(np.exp(centre)),
        lower=_kept(np.exp(centre - wide)),
        upper=_kept(np.exp(np.minimum(centre + wide, 700.0))),
        cell_x=_kept(np.array(own_x)),
        cell_life=_kept(np.array(own_life)),
        use_x=x_use,
        use_life=life.estimate if life.estimate is not None else exp(700.0),
        use_lower=life.lower,
        use_upper=life.upper,
    )


def _factor(
    fit: AcceleratedFit,
    use: Mapping[str, float],
    test: Mapping[str, float],
    units: Mapping[str, str],
) -> float:
    """Acceleration factor of a cell against use, at the estimate."""
    there = fit.model.levels({s: np.array([x]) for s, x in test.items()}, fit.stressed.units)
    levels = {s: float(x[0]) for s, x in there.items()}
    at_use = {s: float(x[0]) for s, x in fit.model.point(use, units).items()}
    return exp(log_factor(fit, at_use, levels, {}).quantity(fit).at(fit.theta))


def _grid(
    fit: AcceleratedFit,
    z: float,
    use: Mapping[str, FloatArray],
    places: list[float],
    *,
    single: bool,
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Places along x, logarithm of the life there and its standard error."""
    if single:
        term = fit.model.terms[0]
        grid = np.linspace(min(places), max(places), _GRID)
        along = [{term.stress.name: term.level(np.array([x]))} for x in grid]
    else:
        far = {
            s.name: fit.stressed.cells[int(np.argmax(places[1:]))].levels[s.name]
            for s in fit.model.stresses
        }
        part = np.linspace(0.0, 1.0, _GRID)
        along = [{s: x + f * (np.array([far[s]]) - x) for s, x in use.items()} for f in part]
        grid = np.exp([float((fit.location(use) - fit.location(levels))[0]) for levels in along])
    centre = np.array([float(fit.location(levels)[0]) for levels in along]) + z * fit.sigma
    slopes = np.array([[*fit.direction(levels), z * fit.sigma] for levels in along])
    error = np.sqrt(np.maximum(np.einsum("ij,jk,ik->i", slopes, fit.covariance, slopes), 0.0))
    order = np.argsort(grid, kind="stable")
    return grid[order], centre[order], error[order]


def _kept(values: FloatArray) -> tuple[float, ...]:
    return tuple(float(f"{v:.6g}") for v in values)
