"""The judgement of one characteristic: strata, the gap, the model, stability."""

import numpy as np

from ops.analyses.long_term_capability_result import (
    LongTermGap,
    LongTermModel,
    LongTermPart,
    LongTermRule,
    LongTermStability,
    LongTermStratum,
    LongTermTest,
)
from ops.analyses.long_term_capability_stretch import Stretch
from ops.analyses.long_term_capability_study import Fitted, finite, has_side, moments
from ops.capability.attribution import attribute
from ops.capability.shrink import judge_strata
from ops.capability.stability import stability as stability_of
from ops.capability.time_model import time_model
from ops.errors import NotEnoughData
from ops.values import IntArray
from ops.variance.frame import RESIDUAL

LEAST_POINTS = 10


def strata(
    stretch: Stretch, fitted: Fitted, names: tuple[str, ...], requirement: float, confidence: float
) -> list[LongTermStratum]:
    """All levels of all factors, the costliest first; bounds hold for all of them together."""
    limits = stretch.spec
    if limits is None or not has_side(limits):
        return []
    present = [n for n in names if n in stretch.factors and len(stretch.factors[n].levels) > 1]
    found: list[LongTermStratum] = []
    for name in present:
        factor = stretch.factors[name]
        k = len(factor.levels)
        n, mean, sigma = moments(stretch.value, factor.codes, k)
        value = fitted.worth(factor.codes, k)
        try:
            judged = judge_strata(
                n,
                mean,
                np.nan_to_num(sigma),
                limits,
                requirement=requirement,
                confidence=1.0 - (1.0 - confidence) / len(present),
                effective=value.mean,
                df=value.df,
            )
        except NotEnoughData:
            continue
        found += [
            LongTermStratum(
                factor=name,
                level=factor.levels[i],
                n=int(n[i]),
                mean=float(mean[i]),
                sigma=finite(sigma[i]),
                raw=finite(judged.raw[i]),
                index=float(judged.index[i]),
                upper=float(judged.upper[i]),
                excess_ppm=float(judged.excess_ppm[i]),
                below=bool(judged.below[i]),
            )
            for i in np.flatnonzero(n > 0).tolist()
        ]
    return sorted(found, key=lambda s: -s.excess_ppm)


def gap(stretch: Stretch, fitted: Fitted) -> LongTermGap | None:
    """Short- beside long-term index, and the sources between them."""
    if stretch.spec is None or not has_side(stretch.spec):
        return None
    short, sources = fitted.short()
    between, total = sum(sources.values()), float(np.var(stretch.value, ddof=1))
    if between > 0:  # the parts make up the variance of the values, not of the model
        scale = max(total - short, 0.0) / between
        sources = {name: variance * scale for name, variance in sources.items()}
    made = attribute(float(stretch.value.mean()), short, sources, stretch.spec)
    if made is None:
        return None
    parts = tuple(
        LongTermPart(source=p.source, share=p.share, loss=p.loss, without=p.without)
        for p in made.parts
    )
    return LongTermGap(
        cpk=made.short,
        ppk=made.long,
        sigma_short=made.sigma_short,
        sigma_long=made.sigma_long,
        within=fitted.within or RESIDUAL,
        parts=parts,
    )


def model(stretch: Stretch, fitted: Fitted) -> LongTermModel | None:
    """Time-dependent distribution model of the stretch; None where the data do not allow it."""
    try:
        made = time_model(
            stretch.value, stretch.ts, _in_time(fitted.subgroup)[0], fitted.period.codes
        )
    except NotEnoughData:
        return None
    tests = tuple(
        LongTermTest(
            question=e.question,
            test=e.test,
            statistic=float(e.statistic),
            p=float(e.p),
            effect=float(e.effect),
            threshold=e.threshold,
            counts=bool(e.counts),
        )
        for e in made.evidence
    )
    return LongTermModel(
        name=made.name,
        location=made.location,
        variation=made.variation,
        shape=made.shape,
        level=made.level,
        evidence=tests,
    )


def stability(stretch: Stretch, fitted: Fitted) -> LongTermStability | None:
    """Run rules over the means of the subgroups in time order, within each tool."""
    group, first = _in_time(fitted.subgroup)
    if first.size < LEAST_POINTS:
        return None
    mean = moments(stretch.value, group, first.size)[1]
    tool = stretch.factors.get("tool")
    stream = np.zeros(first.size, dtype=np.int64) if tool is None else tool.codes[first] + 1
    own = np.bincount(stream, mean) / np.maximum(np.bincount(stream), 1)
    made = stability_of(mean - own[stream], stream=stream)
    rules = tuple(
        LongTermRule(rule=r.rule, sentence=r.sentence, count=r.points, expected=r.expected, p=r.p)
        for r in made.rules
    )
    return LongTermStability(points=made.points, unstable=bool(made.broken), rules=rules)


def _in_time(subgroup: IntArray) -> tuple[IntArray, IntArray]:
    """Subgroups numbered by their first value, and where that stands."""
    _, first, place = np.unique(subgroup, return_index=True, return_inverse=True)
    rank = np.empty(first.size, dtype=np.int64)
    rank[np.argsort(first)] = np.arange(first.size)
    return rank[place], np.sort(first)
