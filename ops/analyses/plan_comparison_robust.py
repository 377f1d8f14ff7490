"""What a stress run says of a plan's robustness."""

from collections.abc import Mapping
from typing import Any

from ops.analyses.plan_comparison_result import PlanRobustness


def robustness_of(run_id: str, result: Mapping[str, Any]) -> PlanRobustness:
    """Read expected loss and the worst disruption; what the run does not tell is None."""
    told = result.get("cases")
    cases: list[Mapping[str, Any]] = [c for c in told or () if isinstance(c, dict)]
    losses = [float(c["annual_loss"]) for c in cases if c.get("annual_loss") is not None]
    tails = [(float(c["cvar"]), str(c.get("code", ""))) for c in cases if c.get("cvar") is not None]
    served = [float(c["service_worst"]) for c in cases if c.get("service_worst") is not None]
    worst = max(tails, default=None)
    return PlanRobustness(
        run=run_id,
        expected=sum(losses) if losses else None,
        cvar=None if worst is None else worst[0],
        worst="" if worst is None else worst[1],
        service=min(served, default=None),
    )
