"""Cells of an accelerated life, and how far use lies beyond them."""

from collections.abc import Mapping
from math import exp

import numpy as np

from ops.analyses.accelerated_life_params import AcceleratedLifeParams
from ops.analyses.accelerated_life_result import (
    ExtrapolationTold,
    LifeAtUse,
    StressCell,
    StressReachTold,
)
from ops.lifetime.accelerated.extrapolation import extrapolation
from ops.lifetime.accelerated.fit import AcceleratedFit
from ops.lifetime.accelerated.life_bound import Chance, factor_of_fit
from ops.lifetime.accelerated.pooling import CellFit, Pooling
from ops.lifetime.location_scale import standard_quantile


def cell_names(fit: AcceleratedFit) -> tuple[str, ...]:
    """Name of each cell: its levels with their units."""
    return tuple(
        ", ".join(f"{x:g} {fit.stressed.units[s]}".strip() for s, x in cell.given.items())
        for cell in fit.stressed.cells
    )


def cells_told(
    fit: AcceleratedFit,
    tests: Pooling,
    names: tuple[str, ...],
    use: Mapping[str, float],
    units: Mapping[str, str],
    params: AcceleratedLifeParams,
) -> tuple[StressCell, ...]:
    """Tell each cell by itself, beside what the pooled fit says of it."""
    plain = Chance(np.random.default_rng(params.seed), 0, params.spread)
    at_use = _in_model_units(fit, use, units)
    p = params.shares[0]
    found: list[StressCell] = []
    for name, cell, beside in zip(names, fit.stressed.cells, tests.cells, strict=True):
        factor = factor_of_fit(fit, at_use, cell.levels, chance=plain, confidence=params.confidence)
        own = beside.own
        found.append(
            StressCell(
                name=name,
                levels=tuple(cell.given.values()),
                units=cell.units,
                failures=cell.failures,
                expected=beside.expected,
                all_last=beside.all_last,
                longest=cell.longest,
                own_shape=None if own is None else _shape_of(own.sigma, fit.family),
                own_life=None if own is None else float(own.quantile(np.array([p]))[0]),
                pooled_life=_pooled_life(fit, beside, p),
                factor=factor.estimate,
                factor_lower=factor.lower,
                factor_upper=factor.upper,
            )
        )
    return tuple(found)


def _pooled_life(fit: AcceleratedFit, beside: CellFit, p: float) -> float:
    return exp(beside.location + fit.sigma * float(standard_quantile(fit.family, np.array(p))))


def _shape_of(sigma: float, family: str) -> float:
    return sigma if family == "lognormal" else 1.0 / sigma


def _in_model_units(
    fit: AcceleratedFit, use: Mapping[str, float], units: Mapping[str, str]
) -> dict[str, float]:
    return {s: float(x[0]) for s, x in fit.model.point(use, units).items()}


def beyond_told(
    fit: AcceleratedFit,
    names: tuple[str, ...],
    use: Mapping[str, float],
    units: Mapping[str, str],
    life: LifeAtUse,
    params: AcceleratedLifeParams,
) -> ExtrapolationTold:
    """Tell how far the first share lies beyond the test."""
    reported = life.estimate or 0.0
    found = extrapolation(fit, use, life.p, reported, units=units)
    plain = Chance(np.random.default_rng(params.seed), 0, params.spread)
    near = fit.stressed.cells[found.nearest].levels
    factor = factor_of_fit(
        fit, _in_model_units(fit, use, units), near, chance=plain, confidence=params.confidence
    )
    return ExtrapolationTold(
        reaches=tuple(StressReachTold(stress=s.stress, ratio=s.ratio) for s in found.stresses),
        nearest=names[found.nearest],
        factor=factor.estimate,
        factor_lower=factor.lower,
        factor_upper=factor.upper,
        proven=found.proven,
        time_ratio=found.time_ratio,
        test_ratio=found.test_ratio,
        p_seen=found.p_seen,
    )
