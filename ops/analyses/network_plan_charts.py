"""Charts of a network plan: where the money goes, how the search went, cost against CO2."""

from itertools import accumulate

from ops.analyses.network_plan_result import NetworkPlanResult
from ops.page_chart import Axis, Chart, Layer

TOTAL = "total"


def cost_chart(result: NetworkPlanResult) -> Chart:
    """From category to category up to the total: each bar floats on the ones before."""
    parts = sorted(result.costs, key=lambda part: -part.amount)
    tops = list(accumulate(part.amount for part in parts))
    floors = [0.0, *tops[:-1]]
    total = tops[-1] if tops else 0.0
    return Chart(
        title="Where the money goes: from category to category up to the total",
        x=Axis(label="Category", scale="category"),
        y=Axis(label="Money", unit=result.money),
        layers=(
            Layer(
                mark="spans",
                label="",
                x=(*(part.category for part in parts), TOTAL),
                y=(*floors, None),
                y2=(*tops, None),
            ),
            Layer(
                mark="spans",
                label="",
                role="center",
                x=(*(part.category for part in parts), TOTAL),
                y=(*(None for _ in parts), 0.0),
                y2=(*(None for _ in parts), total),
            ),
        ),
    )


def climb(result: NetworkPlanResult) -> Chart:
    """Better and better plans, and the bound that no plan beats."""
    places = tuple(float(i + 1) for i in range(len(result.improvements)))
    bounds = tuple(one.bound for one in result.improvements)
    values = tuple(one.value for one in result.improvements)
    layers = [
        Layer(mark="line", label="best plan", x=places, y=values),
        Layer(mark="line", label="bound", role="limit", x=places, y=bounds),
    ]
    return Chart(
        title="How the search went",
        x=Axis(label="Better plan, in order"),
        y=Axis(label="Objective", unit=result.money if result.objective == "cost" else ""),
        layers=tuple(layers),
    )


def front_chart(result: NetworkPlanResult) -> Chart:
    """Cost against CO2: each point is the least cost under a cap."""
    x = tuple(point.co2_kg for point in result.front)
    y = tuple(point.cost for point in result.front)
    return Chart(
        title="Cost against CO2",
        x=Axis(label="CO2", unit="kg"),
        y=Axis(label="Total landed cost", unit=result.money),
        layers=(
            Layer(mark="line", label="front", role="fit", x=x, y=y),
            Layer(mark="points", label="plans", x=x, y=y),
        ),
    )
