"""A network plan beside the baseline that its savings are reported against."""

from collections.abc import Mapping
from typing import Any

from ops.analyses.network_plan_result import NetworkPlanResult
from ops.analyses.network_savings import baseline_of, savings_of


def with_savings(
    result: NetworkPlanResult, results: Mapping[str, Any], baseline: str | None
) -> NetworkPlanResult:
    """Add savings to a plan; without a baseline, or without a plan, it is returned as it is.

    Raises
    ------
    BadData
        If the run is no baseline, or one in another currency.
    """
    if baseline is None:
        return result
    past = baseline_of(baseline, results.get(baseline), "/baseline")
    if result.figures is None:
        return result
    found = savings_of(baseline, past, result.costs, result.figures.served, result.money)
    return result.model_copy(update={"savings": found})
