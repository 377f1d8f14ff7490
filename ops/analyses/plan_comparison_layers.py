"""Planning a scenario layer by layer and at once, as rows of a comparison."""

from math import isfinite
from typing import TYPE_CHECKING, Any

from ops.analyses.plan_comparison_change import category_changes
from ops.analyses.plan_comparison_result import LayerComparison, LayeredPlan, LayerOutcome
from ops.analysis import Progress
from ops.errors import BadData, NotEnoughData, Problem
from ops.query import ScenarioData
from solvers.errors import ScenarioError
from solvers.network.outcome import Options
from solvers.watch import News

if TYPE_CHECKING:  # what plans loads slowly
    from solvers.network.layered import Isolation, Layered


def layer_comparison(
    data: ScenarioData | None, options: Options, blind: bool, progress: Progress
) -> LayerComparison:
    """Plan the scenario at once and layer by layer.

    Raises
    ------
    NotEnoughData
        If there is no scenario, or nothing is wanted in it.
    BadData
        If the scenario is wrong, each flaw with its pointer.
    """
    from solvers.network.layered import isolation  # noqa: PLC0415  (HiGHS loads slowly)
    from solvers.network.planner import Planner  # noqa: PLC0415
    from solvers.network.resolve import resolve  # noqa: PLC0415

    if data is None or data.scenario is None:
        raise NotEnoughData("layers need a scenario, found 0; name one in /scenario")
    if not data.scenario.demands:
        raise NotEnoughData(f"layers need 1 demand, got 0; fill /demands of {data.code!r}")
    reached = 0.0

    def tell(news: News) -> bool:
        nonlocal reached
        reached = max(reached, 0.1 + 0.85 * news.fraction)
        return bool(progress(reached, news.message or "planning"))

    try:
        planner = Planner(resolve(data.scenario).instance)
    except ScenarioError as error:
        flaws = tuple(Problem(f.pointer, f.detail) for f in error.flaws)
        raise BadData(str(error), flaws) from error
    found = isolation(planner, options=options, watch=tell, blind=blind)
    joint, gap = found.joint, found.joint.gap
    return LayerComparison(
        scenario=data.code,
        revision=data.revision,
        money=data.scenario.units.money,
        status=joint.status,
        joint=None if joint.decided is None else joint.decided.kpis.landed_cost,
        gap=gap if gap is not None and isfinite(gap) else None,
        ways=tuple(_way(found, way) for way in found.ways),
    )


def _way(found: "Isolation", way: "Layered") -> LayeredPlan:
    price = found.price(way)
    base = found.joint.decided.kpis.landed_cost if found.joint.decided else 0.0
    return LayeredPlan(
        order=way.order,
        blind=way.blind,
        steps=tuple(LayerOutcome(layer=s.layer, status=s.status, own=s.own) for s in way.steps),
        total=way.total,
        price=price,
        share=price / base if price is not None and base > 0 else None,
        failed=way.failed,
        excess=_excess(found, way),
    )


def _excess(found: "Isolation", way: "Layered") -> Any:
    if found.joint.decided is None or way.plan is None or way.plan.decided is None:
        return ()
    joint, alone = (
        {name: float(amount.sum()) for name, amount in money.items() if amount.any()}
        for money in (found.joint.decided.money, way.plan.decided.money)
    )
    rows = category_changes(dict[str, float](**joint), dict[str, float](**alone))
    return tuple(row for row in rows if abs(row.change) > 0.0)
