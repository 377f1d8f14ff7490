"""Baseline of a network: the past at the prices of a scenario, reconciled to the books."""

from pydantic import Field

from ops.analyses.network_baseline_example import example_data
from ops.analyses.network_baseline_page import view
from ops.analyses.network_baseline_result import NetworkBaselineResult, fields_of
from ops.analysis import Analysis, AnalysisParams, Example, Progress
from ops.errors import BadData, NotEnoughData, Problem
from ops.query import ScenarioData, ScenarioQuery
from solvers.errors import ScenarioError


class NetworkBaselineParams(AnalysisParams):
    """Parameters of a network baseline."""

    scenario: str = Field(min_length=1, max_length=80, description="Code of the scenario.")
    revision: int | None = Field(default=None, ge=1, description="Revision; absent: the newest.")
    tolerance: float = Field(
        default=0.02, gt=0, le=0.5, description="Gap up to which it is calibrated, 0.02 is 2 %."
    )


def needs(params: NetworkBaselineParams) -> ScenarioQuery:
    """Ask for the revision."""
    return ScenarioQuery(code=params.scenario, revision=params.revision)


def compute(
    data: ScenarioData, params: NetworkBaselineParams, progress: Progress
) -> NetworkBaselineResult:
    """Price the flows of the history and reconcile them to its bookings.

    Raises
    ------
    NotEnoughData
        If there is no scenario, or its history has no flow.
    BadData
        If names or amounts of the scenario are wrong, each flaw with its pointer.
    """
    from solvers.network.baseline import baseline  # noqa: PLC0415  (units load slowly)

    scenario = data.scenario
    if scenario is None:
        raise NotEnoughData("a baseline needs a scenario, found 0; check its code and revision")
    if not scenario.history.flows:
        raise NotEnoughData(
            f"a baseline needs 1 flow of the past, got 0; fill /history/flows of {data.code!r}"
        )
    progress(0.0, f"{len(scenario.history.flows)} flows of the past")
    try:
        found = baseline(scenario)
    except ScenarioError as error:
        flaws = tuple(Problem(f.pointer, f.detail) for f in error.flaws)
        raise BadData(str(error), flaws) from error
    progress(1.0, "reconciled")
    head = {
        "scenario": data.code,
        "revision": data.revision,
        "title": scenario.title,
        "money": scenario.units.money,
    }
    return NetworkBaselineResult.model_validate(head | fields_of(found, params.tolerance))


NETWORK_BASELINE = Analysis(
    name="network-baseline",
    title="Network baseline",
    summary="What the past cost by the prices of a scenario, reconciled to the books.",
    version=1,
    params=NetworkBaselineParams,
    result=NetworkBaselineResult,
    needs=needs,
    compute=compute,
    view=view,
    example=Example(params=NetworkBaselineParams(scenario="frankfurt"), data=example_data),
)
