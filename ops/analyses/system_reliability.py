"""System reliability: a block diagram of parts, evaluated exactly, with what is not known."""

from typing import Annotated, Literal

import numpy as np
from pydantic import Field

from ops.analyses.system_reliability_page import view
from ops.analyses.system_reliability_result import (
    SystemLife,
    SystemPart,
    SystemPoint,
    SystemReliabilityResult,
)
from ops.analyses.system_reliability_sample import SAMPLE_DIAGRAM, sample_part_test
from ops.analysis import Analysis, AnalysisParams, Example, Progress
from ops.errors import BadData, NotEnoughData, Problem
from ops.life_query import LifetimeData, LifetimeQuery
from ops.lifetime.fit import LifeFit, fit
from ops.lifetime.system.diagram import Diagram, FixedPart, LognormalPart, WeibullPart, names_of
from ops.lifetime.system.evaluate import importance, life_quantile, reliability
from ops.lifetime.system.life import scale_draws, survival
from ops.values import FloatArray

POINTS = 61  # of the curve
REACH = np.geomspace(0.2, 4.0, 193)  # times the estimate, where lives of draws are looked up


class SystemReliabilityParams(AnalysisParams):
    """Parameters of a system reliability."""

    diagram: Diagram = Field(
        description="Parts with their lives, and how the system depends on them."
    )
    times: tuple[Annotated[float, Field(le=1e15)], ...] = Field(
        default=(8760.0,), min_length=1, max_length=20, description="Times asked, above 0."
    )
    probabilities: tuple[float, ...] = Field(
        default=(0.01, 0.1),
        max_length=10,
        description="Probabilities of failure whose time is asked.",
    )
    target: float | None = Field(
        default=None, gt=0, lt=1, description="Reliability asked at the first time; absent: none."
    )
    life_test: str = Field(
        default="", max_length=64, description="Code of a life test of one part; empty: none."
    )
    revision: int | None = Field(default=None, ge=1, description="Which revision of its rows.")
    part: str = Field(
        default="", max_length=100, description="Part whose life is fitted to the life test."
    )
    family: Literal["weibull", "lognormal"] = Field(
        default="weibull", description="Distribution that is fitted to it."
    )
    confidence: float = Field(
        default=0.9, ge=0.5, le=0.999, description="Confidence of every interval."
    )
    draws: int = Field(default=300, ge=50, le=5000, description="Draws of what is not known.")
    seed: int = Field(default=1, ge=0, description="Of the draws.")


def needs(params: SystemReliabilityParams) -> LifetimeQuery:
    """Ask for the life test of a part, where one is named."""
    return LifetimeQuery(code=params.life_test, revision=params.revision, site=params.site)


def compute(
    data: LifetimeData, params: SystemReliabilityParams, progress: Progress
) -> SystemReliabilityResult:
    """Evaluate the diagram, at the estimates and over draws of what is not known.

    Raises
    ------
    NotEnoughData
        If a life test is named and its part cannot be fitted.
    BadData
        If the fitted part is not one of the diagram, or a time or probability cannot be.
    """
    _checked(params)
    fitted = _fitted(data, params)
    diagram = params.diagram if fitted is None else _with(params, fitted.mu, fitted.sigma)
    drawn = _draws(params, fitted)
    progress(0.1, f"{len(diagram.parts)} parts")
    times = np.array(params.times)
    lives = tuple(_life(params, diagram, drawn, p) for p in params.probabilities)
    progress(0.6, "lives told")
    longest = 1.2 * max([float(times.max()), *(v.estimate for v in lives if v.estimate)])
    curve = _points(params, diagram, drawn, np.linspace(0.0, longest, POINTS))
    points = _points(params, diagram, drawn, times)
    progress(1.0, "reliability told")
    return SystemReliabilityResult(
        unit=diagram.unit,
        confidence=params.confidence,
        parts=len(diagram.parts),
        uncertain=any(d is not diagram or s for d, s in drawn),
        fitted=params.part if fitted is not None else "",
        points=points,
        lives=lives,
        curve=curve,
        matters=_matters(diagram, float(times[0])),
        target=params.target,
    )


Draw = tuple[Diagram, dict[str, float]]  # the diagram, and factors on the times of parts


def _checked(params: SystemReliabilityParams) -> None:
    if any(t <= 0 for t in params.times):
        problem = Problem("/times", "give times above 0")
        raise BadData(f"the time {min(params.times):g} is not above 0", (problem,))
    if any(not 0 < p < 1 for p in params.probabilities):
        problem = Problem("/probabilities", "give probabilities between 0 and 1")
        raise BadData("a probability of failure must lie between 0 and 1", (problem,))
    if params.life_test and params.part not in set(names_of(params.diagram.system)):
        problem = Problem("/part", f"use one of {', '.join(params.diagram.parts)}")
        raise BadData(f"no part of the diagram is named {params.part!r}", (problem,))


def _fitted(data: LifetimeData, params: SystemReliabilityParams) -> LifeFit | None:
    if not params.life_test:
        return None
    if data.life is None or not data.life.units:
        raise NotEnoughData(f"the life test {params.life_test!r} has no units: upload some")
    return fit(data.life, params.family)


def _with(params: SystemReliabilityParams, mu: float, sigma: float) -> Diagram:
    part = (
        WeibullPart(eta=float(np.exp(mu)), beta=min(1.0 / sigma, 100.0))
        if params.family == "weibull"
        else LognormalPart(median=float(np.exp(mu)), sigma=min(sigma, 20.0))
    )
    return params.diagram.model_copy(update={"parts": {**params.diagram.parts, params.part: part}})


def _draws(params: SystemReliabilityParams, fitted: LifeFit | None) -> list[Draw]:
    """Draw what is not known: factors on times of parts, parameters of the fitted one."""
    rng = np.random.default_rng(params.seed)
    diagram = params.diagram
    unsure = [
        name
        for name, part in diagram.parts.items()
        if not isinstance(part, FixedPart) and part.factor > 1.0
        if fitted is None or name != params.part
    ]
    if not unsure and fitted is None:
        return [(diagram, {})]
    factors = {
        name: scale_draws(diagram.parts[name], diagram.confidence, rng.normal(size=params.draws))
        for name in unsure
    }
    diagrams = [diagram] * params.draws
    if fitted is not None:
        both = rng.multivariate_normal(
            [fitted.mu, np.log(fitted.sigma)], fitted.covariance, params.draws
        )
        diagrams = [_with(params, float(mu), float(np.exp(log))) for mu, log in both]
    return [
        (each, {name: float(drawn[at]) for name, drawn in factors.items()})
        for at, each in enumerate(diagrams)
    ]


def _points(
    params: SystemReliabilityParams, diagram: Diagram, drawn: list[Draw], times: FloatArray
) -> tuple[SystemPoint, ...]:
    middle = reliability(diagram, times)
    every = np.stack([reliability(each, times, scales) for each, scales in drawn])
    tail = (1.0 - params.confidence) / 2.0
    one, low, high = np.quantile(every, (1.0 - params.confidence, tail, 1.0 - tail), axis=0)
    return tuple(
        SystemPoint(
            t=float(t),
            reliability=float(r),
            lower_one_sided=float(a),
            lower=float(b),
            upper=float(c),
        )
        for t, r, a, b, c in zip(times, middle, one, low, high, strict=True)
    )


def _life(
    params: SystemReliabilityParams, diagram: Diagram, drawn: list[Draw], p: float
) -> SystemLife:
    estimate = life_quantile(diagram, p)
    lives = np.array([_near(each, p, scales, estimate) for each, scales in drawn])
    tail = (1.0 - params.confidence) / 2.0
    ends = np.quantile(lives, (1.0 - params.confidence, tail, 1.0 - tail), method="nearest")
    one, low, high = (float(end) if np.isfinite(end) else None for end in ends)
    return SystemLife(
        p=p,
        estimate=estimate if np.isfinite(estimate) else None,
        lower_one_sided=one,
        lower=low,
        upper=high,
    )


def _near(diagram: Diagram, p: float, scales: dict[str, float], estimate: float) -> float:
    """Life of a draw, looked up on a grid about the estimate; searched where it lies outside."""
    if 0.0 < estimate < np.inf:
        times = estimate * REACH
        failed = 1.0 - reliability(diagram, times, scales)
        if failed[0] < p < failed[-1]:
            return float(np.exp(np.interp(p, failed, np.log(times))))
    return life_quantile(diagram, p, scales)


def _matters(diagram: Diagram, t: float) -> tuple[SystemPart, ...]:
    return tuple(
        SystemPart(
            part=i.part,
            reliability=float(survival(diagram.parts[i.part], np.array([t]))[0]),
            birnbaum=i.birnbaum,
            improvement=i.improvement,
            criticality=i.criticality,
        )
        for i in importance(diagram, t)
    )


SYSTEM_RELIABILITY = Analysis(
    name="system-reliability",
    title="System reliability",
    summary="Evaluates a block diagram exactly: series, parallel, k of n, standby, shared parts.",
    version=2,
    params=SystemReliabilityParams,
    result=SystemReliabilityResult,
    needs=needs,
    compute=compute,
    view=view,
    example=Example(
        params=SystemReliabilityParams(
            site="PG1",
            diagram=SAMPLE_DIAGRAM,
            life_test="CLAMPS",
            part="clamp",
            target=0.9,
            draws=60,
        ),
        data=sample_part_test,
    ),
)
