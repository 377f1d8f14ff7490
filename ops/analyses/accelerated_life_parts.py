"""Parts of an accelerated life: one failure mode from its rows to its result."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from ops.analyses.accelerated_life_cells import beyond_told, cell_names, cells_told
from ops.analyses.accelerated_life_curves import paper, relation
from ops.analyses.accelerated_life_params import AcceleratedLifeParams
from ops.analyses.accelerated_life_result import (
    AcceleratedMode,
    FittedConstant,
    LifeAtUse,
    PoolingTold,
)
from ops.lifetime.accelerated.catalog import material_of
from ops.lifetime.accelerated.constant import Constant
from ops.lifetime.accelerated.fit import AcceleratedFit, fit_accelerated, published_constants
from ops.lifetime.accelerated.life_bound import (
    Bounded,
    Chance,
    bounded,
    constant_bounds,
    life_at_use,
    sigma_bounds,
)
from ops.lifetime.accelerated.model import AccelerationModel
from ops.lifetime.accelerated.pooling import PoolingTest, pooling
from ops.lifetime.accelerated.target import Target
from ops.lifetime.data import LifeData


def fitted(
    data: LifeData,
    model: AccelerationModel,
    mode: str,
    params: AcceleratedLifeParams,
    columns: Mapping[str, str],
) -> AcceleratedFit:
    """Fit one failure mode with its family, material and assumed constants."""
    material = params.materials.get(mode, params.material)
    given = {
        c.symbol: Constant(c.value, c.lower, c.upper, c.source, c.source) for c in params.constants
    }
    assumed = given | published_constants(model, material_of(model, material), params.published)
    return fit_accelerated(
        data,
        model,
        params.families.get(mode, params.family),
        material=material,
        assumed=assumed,
        stress_columns=columns,
    )


def mode_told(
    fit: AcceleratedFit,
    mode: str,
    use: Mapping[str, float],
    units: Mapping[str, str],
    params: AcceleratedLifeParams,
) -> AcceleratedMode:
    """Everything that is reported of one failure mode."""
    chance = Chance(np.random.default_rng(params.seed), params.resamples, params.spread)
    tests = pooling(fit)
    names = cell_names(fit)
    lives = tuple(_life(fit, p, use, units, chance, params) for p in params.shares)
    return AcceleratedMode(
        mode=mode,
        family=fit.family,
        material=fit.material.name if fit.material else "",
        material_title=fit.material.title if fit.material else "",
        units=fit.stressed.data.units,
        failures=fit.failures,
        loglik=fit.loglik,
        intercept=_intercept(fit, chance, params.confidence),
        constants=_constants(fit, chance, params.confidence),
        shape=_shape(fit, params.confidence),
        common_shape=_test(tests.common_shape, names),
        lack_of_fit=_test(tests.lack_of_fit, names),
        poolable=tests.verdict(params.test_level),
        cells=cells_told(fit, tests, names, use, units, params),
        lives=lives,
        extrapolation=beyond_told(fit, names, use, units, lives[0], params),
        paper=paper(fit, names, fit.model.point(use, units), params.shares[0]),
        relation=relation(fit, tests.cells, use, units, lives[0]),
    )


def life_told(p: float, found: Bounded) -> LifeAtUse:
    """Life with its bounds as it is stored."""
    return LifeAtUse(
        p=p,
        estimate=found.estimate,
        lower_one_sided=found.lower_one_sided,
        lower=found.lower,
        upper=found.upper,
        method=found.method,
        approximate=found.approximate,
    )


def _life(
    fit: AcceleratedFit,
    p: float,
    use: Mapping[str, float],
    units: Mapping[str, str],
    chance: Chance,
    params: AcceleratedLifeParams,
) -> LifeAtUse:
    found = life_at_use(fit, use, p, chance=chance, units=units, confidence=params.confidence)
    return life_told(p, found)


def _constants(
    fit: AcceleratedFit, chance: Chance, confidence: float
) -> tuple[FittedConstant, ...]:
    published = fit.material.constants if fit.material else {}
    found: list[FittedConstant] = []
    for term in fit.model.terms:
        known = published.get(term.constant)
        assumed = fit.assumed.get(term.constant)
        compared = assumed or known
        if assumed is None:
            plain = Chance(chance.rng, 0, chance.spread)
            bounds = constant_bounds(fit, term.constant, chance=plain, confidence=confidence)
            lower, upper, method = bounds.lower, bounds.upper, _method(bounds)
        else:
            lower, upper = assumed.lower, assumed.upper
            method = f"assumed; range: {assumed.range_source}"
        found.append(
            FittedConstant(
                symbol=term.constant,
                title=term.title,
                unit=term.unit,
                value=fit.constants[term.constant],
                lower=lower,
                upper=upper,
                estimated=assumed is None,
                method=method,
                source=compared.source if compared else "",
                published_lower=known.lower if known else None,
                published_upper=known.upper if known else None,
            )
        )
    return tuple(found)


def _intercept(fit: AcceleratedFit, chance: Chance, confidence: float) -> FittedConstant:
    nothing = np.zeros(len(fit.model.terms))
    plain = Chance(chance.rng, 0, chance.spread)
    found = bounded(fit, Target(1.0, nothing, 0.0, 0.0), chance=plain, confidence=confidence)
    return _estimated("b0", "intercept of ln life", found)


def _shape(fit: AcceleratedFit, confidence: float) -> FittedConstant:
    """Shape with its likelihood-ratio interval, common to all cells."""
    found = sigma_bounds(fit, confidence=confidence)
    if fit.family == "lognormal":
        return _estimated("sigma", "scale of ln life, common to the cells", found)
    turned = replace(
        found,
        estimate=1.0 / found.estimate,
        lower=None if found.upper is None else 1.0 / found.upper,
        upper=None if found.lower is None else 1.0 / found.lower,
    )
    return _estimated("beta", "shape, common to the cells", turned)


def _estimated(symbol: str, title: str, found: Bounded) -> FittedConstant:
    return FittedConstant(
        symbol=symbol,
        title=title,
        unit="",
        value=found.estimate,
        lower=found.lower,
        upper=found.upper,
        estimated=True,
        method=_method(found),
        source="",
        published_lower=None,
        published_upper=None,
    )


def _method(found: Bounded) -> str:
    few = ", approximate: fewer than 30 failures"
    return found.method + (few if found.approximate else "")


def _test(test: PoolingTest, names: tuple[str, ...]) -> PoolingTold:
    return PoolingTold(
        statistic=test.statistic,
        df=test.df,
        p=test.p,
        left_out=tuple(names[i] for i in test.left_out),
        why=test.why,
    )
