"""Charts of a comparison: figures against the reference, the waterfall of cost, utilisation."""

from collections.abc import Sequence

from ops.analyses.plan_comparison_result import (
    CandidateChange,
    CategoryChange,
    PlanComparisonResult,
)
from ops.page_chart import Axis, Chart, Layer

MOST_STEPS = 8  # of a waterfall; the rest is one step
_FIGURES = (
    ("landed_cost", "landed cost"),
    ("service_level", "service level"),
    ("fill_rate", "fill rate"),
    ("lead_days", "lead time"),
    ("co2_kg", "CO2"),
    ("utilisation", "utilisation"),
    ("turns", "turns"),
)


def kpi_chart(result: PlanComparisonResult) -> Chart:
    """Figures of the candidates against the reference, in percent of it."""
    was, layers = result.plans[0].figures, list[Layer]()
    for place, plan in enumerate(result.plans[1:]):
        x, y = list[str](), list[float]()
        for name, label in _FIGURES:
            before, after = getattr(was, name), getattr(plan.figures, name)
            if before and after is not None:
                x.append(label)
                y.append(100.0 * (after - before) / before)
        mark = "bars" if place == 0 else "points"
        layers.append(Layer(mark=mark, label=plan.name, x=tuple(x), y=tuple(y)))
    return Chart(
        title="Change against the reference",
        x=Axis(label="Figure", scale="category"),
        y=Axis(label="Change", unit="%"),
        layers=tuple(layers),
    )


def waterfall(
    changes: Sequence[CategoryChange], start: float, money: str, name: str, base: str = "reference"
) -> Chart:
    """Cost from one plan to another, category by category; dearer steps are marked apart."""
    steps = [(c.category, c.change) for c in changes if c.change][:MOST_STEPS]
    rest = sum(c.change for c in changes) - sum(change for _, change in steps)
    if abs(rest) > 1e-9 * (1.0 + abs(start)):
        steps.append(("other", rest))
    level = start
    dearer, cheaper = list[tuple[str, float, float]](), list[tuple[str, float, float]]()
    for step, change in steps:
        (dearer if change > 0 else cheaper).append((step, level, level + change))
        level += change
    whole = [(base, 0.0, start), (name, 0.0, level)]
    order = (base, *(step for step, _ in steps), name)
    return Chart(
        title=f"Landed cost from {base} to {name}",
        x=Axis(label="Category", scale="category"),
        y=Axis(label="Money", unit=money),
        layers=tuple(
            _spans(label, role, order, rows)
            for label, role, rows in (
                ("in all", "data", whole),
                ("dearer", "signal", dearer),
                ("cheaper", "fit", cheaper),
            )
        ),
    )


def _spans(
    label: str, role: str, order: tuple[str, ...], rows: list[tuple[str, float, float]]
) -> Layer:
    """Spans at every place of the axis, so that all layers share its order; most are empty."""
    at = {x: (low, high) for x, low, high in rows}
    return Layer.model_validate(
        {
            "mark": "spans",
            "label": label,
            "role": role,
            "x": order,
            "y": tuple(at[x][0] if x in at else None for x in order),
            "y2": tuple(at[x][1] if x in at else None for x in order),
        }
    )


def capacity_chart(change: CandidateChange) -> Chart:
    """Utilisation of the tightest capacities in both plans: where the bottleneck moved."""
    x = tuple(f"{c.kind} {c.code}" for c in change.capacities)

    def share(values: list[float | None]) -> tuple[float | None, ...]:
        return tuple(None if value is None else 100.0 * value for value in values)

    was, now = [c.reference for c in change.capacities], [c.candidate for c in change.capacities]
    return Chart(
        title="Tightest capacities",
        x=Axis(label="Capacity", scale="category"),
        y=Axis(label="Highest utilisation", unit="%"),
        layers=(
            Layer(mark="bars", label=change.name, x=x, y=share(now)),
            Layer(mark="points", label="reference", role="fit", x=x, y=share(was)),
        ),
    )
