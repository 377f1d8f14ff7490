"""Life-test plan: how many units, how long, at which stress, and how long a test must still run."""

import numpy as np

from ops.analyses.life_test_plan_accelerated import accelerated_plan
from ops.analyses.life_test_plan_demonstration import demonstration_plan, estimation_plan
from ops.analyses.life_test_plan_page import view
from ops.analyses.life_test_plan_params import LifeTestPlanParams
from ops.analyses.life_test_plan_remaining import remaining_plan
from ops.analyses.life_test_plan_result import LifeTestPlanResult
from ops.analyses.life_test_plan_words import verdicts
from ops.analysis import Analysis, Example, Progress
from ops.life_query import LifetimeData, LifetimeQuery
from ops.lifetime.data import failures_and_suspensions


def needs(params: LifeTestPlanParams) -> LifetimeQuery:
    """Ask for the test in progress, where there is one; the other goals need no data."""
    code = params.life_test if params.goal == "remaining" else ""
    return LifetimeQuery(code=code, site=params.site)


def compute(
    data: LifetimeData, params: LifeTestPlanParams, progress: Progress
) -> LifeTestPlanResult:
    """Plan the test.

    Raises
    ------
    NotEnoughData
        If a test in progress is asked for and there is none, or nothing of it runs.
    BadData
        If no such test can be.
    """
    progress(0.0, f"plan: {params.goal}")
    scale = params.log_scale
    result = LifeTestPlanResult(
        goal=params.goal,
        unit=params.unit if data.life is None else data.life.unit,
        family=params.family,
        reliability=params.reliability,
        life=params.life,
        confidence=params.confidence,
        interval=params.interval,
        p=params.p,
        factor=params.factor,
        shape=None if scale is None else 1.0 / scale,
        demonstration=demonstration_plan(params) if params.goal == "demonstrate" else None,
        estimation=estimation_plan(params) if params.goal == "estimate" else None,
        accelerated=accelerated_plan(params) if params.goal == "accelerate" else None,
        remaining=remaining_plan(data, params) if params.goal == "remaining" else None,
        verdicts=(),
    )
    progress(1.0, "planned")
    return result.model_copy(update={"verdicts": verdicts(result)})


def sample_test(units: int = 60, end: float = 600.0, seed: int = 6) -> LifetimeData:
    """Draw a seeded test in progress: Weibull, 3000 h and shape 2, read at `end`."""
    lives = np.sort(np.round(3000.0 * np.random.default_rng(seed).weibull(2.0, units), 1))
    running = np.full(int((lives > end).sum()), end)
    rows = failures_and_suspensions(lives[lives <= end], running)
    return LifetimeData(code="HTSL-7", title="Storage at 175 degC", revision=1, life=rows)


LIFE_TEST_PLAN = Analysis(
    name="life-test-plan",
    title="Life-test plan",
    summary="How many units to test, how long, at which stress; how long a test must still run.",
    version=1,
    params=LifeTestPlanParams,
    result=LifeTestPlanResult,
    needs=needs,
    compute=compute,
    view=view,
    example=Example(
        params=LifeTestPlanParams(
            goal="remaining",
            life_test="HTSL-7",
            aim="demonstrate",
            life=500.0,
            reliability=0.95,
            shape=2.0,
            shape_lower=1.5,
            shape_upper=3.0,
        ),
        data=sample_test,
    ),
)
