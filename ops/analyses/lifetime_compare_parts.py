"""The parts of a comparison: one distribution's tests and pairs, one group, sizes to tell apart."""

from collections.abc import Sequence
from itertools import combinations
from math import exp, log

import numpy as np

from ops.analyses.lifetime_compare_params import LifetimeCompareParams
from ops.analyses.lifetime_compare_result import (
    ComparedFamily,
    ComparedFamilyName,
    ComparedGroup,
    ComparedPair,
    ComparedSize,
    ComparedTest,
    PairFinding,
)
from ops.errors import BadData
from ops.lifetime.bounds.contour import contour
from ops.lifetime.bounds.life_bound import life_bound
from ops.lifetime.bounds.method import Asked
from ops.lifetime.bounds.parameter_bound import parameter_bound
from ops.lifetime.comparison.group import LifeGroup
from ops.lifetime.comparison.likelihood_ratio import GroupTest, group_tests
from ops.lifetime.comparison.overlap import regions_overlap
from ops.lifetime.comparison.pairs import LifePair, life_pairs
from ops.lifetime.comparison.sample_size import LifeContrast
from ops.lifetime.location_scale import standard_quantile
from ops.values import FloatArray

MANY_GROUPS = 12  # above it bounds are not calibrated, and only a reference is compared
POINTS = 60  # of the edge of a region


def family_of(
    groups: Sequence[LifeGroup],
    family: ComparedFamilyName,
    params: LifetimeCompareParams,
    rng: np.random.Generator,
) -> ComparedFamily:
    """Test and compare the groups by one distribution."""
    kept = [group for group in groups if group.fit is not None]
    tests = group_tests(groups, family, rng=rng) if len(kept) > 1 else None
    found = life_pairs(
        groups,
        family,
        params.share,
        reference=params.reference or (groups[0].name if len(groups) > MANY_GROUPS else None),
        rng=rng,
        confidence=params.confidence,
        shapes=params.shapes,
        all_pairs=not params.reference and len(groups) <= MANY_GROUPS,
    )
    return ComparedFamily(
        family=family,
        loglik=sum(group.fit.loglik for group in groups if group.fit is not None),
        took_part=tuple(group.name for group in kept),
        sigma=None if tests is None else tests.sigma,
        shape=None if tests is None else _test(tests.shape),
        scale=None if tests is None else _test(tests.scale),
        joint=None if tests is None else _test(tests.joint),
        pairs=tuple(_pair(pair, params) for pair in found),
    )


def _test(test: GroupTest) -> ComparedTest:
    return ComparedTest(
        statistic=test.statistic,
        df=test.df,
        p=test.p,
        chi_square_p=test.chi_square_p,
        calibrated=test.calibrated,
    )


def _pair(pair: LifePair, params: LifetimeCompareParams) -> ComparedPair:
    ratio = pair.ratio
    finding: PairFinding = "open"
    if pair.adjusted_p < 1.0 - params.confidence:
        finding = "shorter" if ratio.longer < 0.5 else "longer"
    if params.margin is not None and ratio.alike_within(params.margin):
        finding = "alike"
    return ComparedPair(
        one=ratio.one,
        other=ratio.other,
        ratio=ratio.estimate,
        lower=ratio.lower,
        upper=ratio.upper,
        lower_one_sided=ratio.lower_one_sided,
        upper_one_sided=ratio.upper_one_sided,
        plain_lower=ratio.plain_lower,
        plain_upper=ratio.plain_upper,
        p=ratio.p,
        adjusted_p=pair.adjusted_p,
        longer=ratio.longer,
        finding=finding,
        calibrated=ratio.calibrated,
        approximate=ratio.approximate,
        shapes=ratio.shapes,
    )


def region_of(group: LifeGroup, confidence: float) -> FloatArray:
    """Edge of a group's joint region of (mu, log sigma), shape (n, 2); empty if it has none."""
    if group.fit is None:
        return np.empty((0, 2))
    return contour(group.data, group.fit, confidence, points=POINTS)


def group_of(
    group: LifeGroup,
    region: FloatArray,
    params: LifetimeCompareParams,
    rng: np.random.Generator,
    *,
    many: bool,
) -> ComparedGroup:
    """Tell one group by itself."""
    fit = group.fit
    if fit is None:
        return _without(group)
    method: Asked = "likelihood-ratio" if many else "auto"
    life = life_bound(
        group.data, fit, params.share, rng=rng, confidence=params.confidence, method=method
    )
    weibull = fit.family == "weibull"
    level = params.confidence
    scale = parameter_bound(group.data, fit, "mu", confidence=level)
    shape = parameter_bound(group.data, fit, "beta" if weibull else "sigma", confidence=level)
    turned = np.exp(-region[:, 1] if weibull else region[:, 1])
    return ComparedGroup(
        name=group.name,
        units=group.data.units,
        failures=group.data.failures,
        life=life.estimate,
        lower_one_sided=life.lower_one_sided,
        lower=life.lower,
        upper=life.upper,
        scale=exp(fit.mu),
        scale_lower=None if scale.lower is None else exp(scale.lower),
        scale_upper=None if scale.upper is None else exp(scale.upper),
        shape=shape.estimate,
        shape_lower=shape.lower,
        shape_upper=shape.upper,
        region_scale=_kept(np.exp(region[:, 0])),
        region_shape=_kept(turned),
        why="",
    )


def _without(group: LifeGroup) -> ComparedGroup:
    none = dict.fromkeys(
        ("life", "lower_one_sided", "lower", "upper", "scale", "scale_lower", "scale_upper",
         "shape", "shape_lower", "shape_upper")
    )  # fmt: skip
    return ComparedGroup(
        name=group.name,
        units=group.data.units,
        failures=group.data.failures,
        region_scale=(),
        region_shape=(),
        why=group.why,
        **none,
    )


def overlaps(
    groups: Sequence[LifeGroup], regions: Sequence[FloatArray]
) -> tuple[tuple[str, str], ...]:
    """Pairs of groups whose joint regions have a point in common."""
    return tuple(
        (groups[i].name, groups[j].name)
        for i, j in combinations(range(len(groups)), 2)
        if regions_overlap(regions[i], regions[j])
    )


def sizes_of(
    groups: Sequence[LifeGroup], chosen: ComparedFamily, params: LifetimeCompareParams, end: float
) -> tuple[ComparedSize, ...]:
    """Units that tell ratios of lives apart, from the best group with the common shape."""
    fits = [group.fit for group in groups if group.fit is not None]
    if not fits:
        return ()
    z = float(standard_quantile(chosen.family, np.array(params.share)))
    named = [g.fit for g in groups if g.name == params.reference and g.fit is not None]
    base = named[0] if named else max(fits, key=lambda fit: fit.mu + z * fit.sigma)
    sigma = chosen.sigma or base.sigma
    mu = base.mu + z * (base.sigma - sigma)  # its life at the share stays
    contrast = LifeContrast(chosen.family, mu, sigma, params.share, end, params.shapes)
    return tuple(_size(contrast, ratio, params) for ratio in params.ratios if log(ratio) != 0.0)


def _size(contrast: LifeContrast, ratio: float, params: LifetimeCompareParams) -> ComparedSize:
    try:
        units = contrast.units(ratio, power=params.power, level=1.0 - params.confidence)
    except BadData:
        return ComparedSize(ratio=ratio, units=None, failures=None)
    return ComparedSize(ratio=ratio, units=units, failures=units * sum(contrast.failed(ratio)))


def _kept(values: FloatArray) -> tuple[float, ...]:
    return tuple(float(f"{value:.5g}") for value in values)
