"""The page of a plan monitor: keep or re-plan, the gates, demand beside what was forecast."""

from datetime import UTC, date, datetime, time

from ops.analyses.plan_monitor_gate import PlanGate
from ops.analyses.plan_monitor_result import PlanMonitorResult, WatchedPlan
from ops.page import Block, Page, Section, Text, Verdict
from ops.page_chart import Axis, Chart, Layer
from ops.page_table import Column, Table
from ops.page_value import Number, Phrase

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def view(result: PlanMonitorResult) -> Page:
    """Show a plan monitor."""
    sections = (
        Section(title="Gates", blocks=(_gates(result.gates),)),
        Section(title="Plan", blocks=(_plans(result),)),
        Section(title="Demand and service", blocks=_charts(result)),
        Section(title="Method", blocks=(_method(result),)),
    )
    return Page(title="Plan monitor", verdicts=_verdicts(result), sections=sections)


def _verdicts(result: PlanMonitorResult) -> tuple[Verdict, ...]:
    broken = [gate for gate in result.gates if gate.broken]
    if not broken:
        judged = sum(gate.value is not None for gate in result.gates)
        kept = Phrase.of(
            "Keep the plan of {day}: all its gates hold ({n})",
            day=result.plan.as_of.isoformat(),
            n=Number(value=judged),
        )
        return (Verdict.of("good" if judged else "info", kept),)
    advised = Phrase.of(
        "Re-plan: broken gates of the plan of {day}: {n}",
        n=Number(value=len(broken)),
        day=result.plan.as_of.isoformat(),
    )
    return Verdict.of("bad", advised), *(Verdict.of("bad", _said(gate)) for gate in broken)


def _said(gate: PlanGate) -> Phrase:
    values: dict[str, Number | str] = {
        "title": gate.title,
        "value": _number(gate.value, share=gate.share),
        "limit": _number(gate.limit, share=gate.share),
        "day": "" if gate.since is None else gate.since.isoformat(),
    }
    if gate.reason:
        return Phrase.of("{title}: {reason}, since {day}", **values, reason=gate.reason)
    if gate.at_least:
        return Phrase.of("{title} {value} is below {limit} since {day}", **values)
    return Phrase.of("{title} {value} is above {limit} since {day}", **values)


def _number(value: float | None, *, share: bool) -> Number:
    return Number(value=value, percent=share, decimals=1)


def _gates(gates: tuple[PlanGate, ...]) -> Table:
    columns = [Column(label=label) for label in ("Gate", "State")]
    columns += [Column(label=label, decimals=3) for label in ("Value", "Limit")]
    columns += [Column(label=label) for label in ("Since", "Why there is no figure")]
    rows = tuple(
        (
            gate.title,
            "broken" if gate.broken else "not measured" if gate.value is None else "holds",
            gate.value,
            gate.limit,
            None if gate.since is None else gate.since.isoformat(),
            gate.reason,
        )
        for gate in gates
    )
    return Table(title="Gates, broken ones first", columns=tuple(columns), rows=rows)


def _plans(result: PlanMonitorResult) -> Table:
    labels = ("Plan", "Run", "Day", "Status")
    columns = [Column(label=label) for label in labels]
    columns += [Column(label="Objective", decimals=0), Column(label="Service level", decimals=3)]
    columns += [Column(label="Cost of a unit", decimals=3), Column(label="Demand", decimals=0)]
    plans = [("approved", result.plan)]
    plans += [] if result.latest is None else [("newest", result.latest)]
    return Table(
        title="Approved plan and newest re-solve",
        columns=tuple(columns),
        rows=tuple(_row(role, plan) for role, plan in plans),
    )


def _row(role: str, plan: WatchedPlan) -> tuple[str | float | None, ...]:
    figures = (plan.objective, plan.service_level, plan.cost_per_unit, plan.demand)
    return (role, plan.run_id, plan.as_of.isoformat(), plan.status, *figures)


def _charts(result: PlanMonitorResult) -> tuple[Block, ...]:
    x = tuple(_micros(day) for day in result.days)
    axis = Axis(label="Period", scale="time")
    demand = Chart(
        title="Demand beside the newest forecast before it",
        x=axis,
        y=Axis(label="Demand", unit=result.unit),
        layers=(
            Layer(mark="line", label="demand", x=x, y=result.demand),
            Layer(mark="points", label="forecast", x=x, y=result.forecast, role="fit"),
        ),
    )
    if all(value is None for value in result.service):
        return (demand,)
    layers = [Layer(mark="line", label="service", x=x, y=result.service)]
    if result.plan.service_level is not None:
        layers.append(
            Layer(mark="rule", label="planned", y=(result.plan.service_level,), role="limit")
        )
    service = Chart(
        title="Service", x=axis, y=Axis(label="Served over demanded"), layers=tuple(layers)
    )
    return demand, service


def _micros(day: date) -> float:
    return float((datetime.combine(day, time(), UTC) - _EPOCH).total_seconds() * 1e6)


def _method(result: PlanMonitorResult) -> Text:
    return Text.of(
        Phrase.of(
            "Each period is compared with the newest of {n} forecasts made before it.",
            n=Number(value=result.nights),
        ),
        Phrase.of(
            "Drift is found by a tabular CUSUM, which dates it, and an EWMA; sigma is that of the"
            " moving ranges."
        ),
    )
