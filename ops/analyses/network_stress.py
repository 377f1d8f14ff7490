"""Stress test of a network plan: what may happen, what it costs, and what would help."""

from ops.analyses.network_stress_cases import after, runs_of
from ops.analyses.network_stress_example import EXAMPLE
from ops.analyses.network_stress_page import view
from ops.analyses.network_stress_params import NetworkStressParams
from ops.analyses.network_stress_result import NetworkStressResult
from ops.analysis import Analysis, Progress
from ops.errors import BadData, NotEnoughData, Problem
from ops.query import ScenarioData, ScenarioQuery
from solvers.errors import ScenarioError
from solvers.scenario.document import Scenario
from solvers.scenario.edit import sentences


def needs(params: NetworkStressParams) -> ScenarioQuery:
    """Ask for the revision, the plan that is stressed, and fitted lives."""
    return ScenarioQuery(code=params.scenario, revision=params.revision, runs=runs_of(params))


def compute(
    data: ScenarioData, params: NetworkStressParams, progress: Progress
) -> NetworkStressResult:
    """Stress the plan; a scenario without a plan has a result that says so.

    Raises
    ------
    NotEnoughData
        If there is no scenario, or nothing is wanted in it.
    BadData
        If an edit, a case or the scenario is wrong, each flaw with its pointer.
    """
    from ops.analyses.network_stress_run import Exercise  # noqa: PLC0415  (HiGHS loads slowly)

    scenario = _wanted(data)
    progress(0.0, "reading the scenario")
    try:
        return Exercise(data, params, progress, _edited(scenario, params)).run()
    except ScenarioError as error:
        flaws = tuple(Problem(f.pointer, f.detail) for f in error.flaws)
        raise BadData(str(error), flaws) from error


def salvage(
    data: ScenarioData, params: NetworkStressParams, checkpoint: bytes
) -> NetworkStressResult:
    """Make a result of the cases that were done when a stress test was cut short."""
    del data, params
    return NetworkStressResult.model_validate_json(checkpoint)


def _wanted(data: ScenarioData) -> Scenario:
    if data.scenario is None:
        raise NotEnoughData("a stress test needs a scenario, found 0; check its code and revision")
    if not data.scenario.demands:
        raise NotEnoughData(f"a stress test needs 1 demand, got 0; fill /demands of {data.code!r}")
    return data.scenario


def _edited(scenario: Scenario, params: NetworkStressParams) -> tuple[Scenario, tuple[str, ...]]:
    changed = after(scenario, params.edits, "/edits")
    return changed, sentences(scenario, params.edits)


NETWORK_STRESS = Analysis(
    name="network-stress",
    title="Network stress test",
    summary="What disruptions and chance cost a plan, how long it survives, and what would help.",
    version=1,
    params=NetworkStressParams,
    result=NetworkStressResult,
    needs=needs,
    compute=compute,
    view=view,
    example=EXAMPLE,
    salvage=salvage,
)
