"""`longrun run-length profile` and `design`: how long until a chart signals."""

from typing import Any

import click

from api.run_length_answers import designed, profiled
from api.run_length_bodies import (
    RivalView,
    RunLengthDesignDraft,
    RunLengthDraft,
    RunLengthPoint,
)

JSON = click.option("--json", "wants_json", is_flag=True, help="Write the answer as JSON.")


@click.group("run-length")
def run_length_group() -> None:
    """Say how long a control chart takes to signal, and find the chart for a shift."""


@run_length_group.command("profile")
@click.argument("kind", type=click.Choice(["shewhart", "rules", "ewma", "cusum"]))
@click.option("--width", type=float, help="Limits in sigmas (shewhart, ewma).")
@click.option("--lambda", "lambda_", type=float, help="Weight of the newest value (ewma).")
@click.option("--limits", type=click.Choice(["fixed", "exact"]), help="At the start (ewma).")
@click.option("-k", "k", type=float, help="Reference value (cusum).")
@click.option("-h", "h", type=float, help="Decision interval (cusum).")
@click.option("--headstart", type=float, help="Where the sums start (cusum).")
@click.option("--set", "rule_set", help="nelson, western-electric or limits (rules).")
@click.option("--rule", "names", multiple=True, help="Name of a rule of the set. Repeatable.")
@click.option("--shift", "shifts", type=float, multiple=True, help="In sigmas. Repeatable.")
@click.option("--slope", "slopes", type=float, multiple=True, help="Sigmas a point. Repeatable.")
@click.option("--baseline", type=int, help="Points that the limits were estimated from.")
@click.option("--phi", type=float, help="Autocorrelation at lag 1 (shewhart, ewma).")
@JSON
def profile_command(kind: str, *, wants_json: bool, **given: Any) -> None:
    """Write the run lengths of a chart of KIND, in points."""
    said = {name: value for name, value in given.items() if value not in (None, ())}
    question: dict[str, Any] = {
        name: said.pop(name) for name in ("shifts", "slopes", "phi") if name in said
    }
    if "baseline" in said:
        question["baseline"] = {"points": said.pop("baseline")}
    draft = RunLengthDraft.model_validate({"chart": {"kind": kind, **said}, **question})
    answer = profiled(draft)
    if wants_json:
        click.echo(answer.model_dump_json(indent=2))
        return
    click.echo("\n".join(_table(answer.points)))
    for drift in answer.drifts:
        click.echo(f"drift of {drift.slope:g} a point: mean {drift.mean:.1f}")
    if answer.estimated is not None:
        click.echo(f"with estimated limits: median {_text(answer.estimated.median)}")
        shares = ", ".join(f"{p}: {x:.0f}" for p, x in answer.estimated.arl0.items())
        click.echo(f"distance of false alarms below which a share of baselines stays: {shares}")
    click.echo(answer.method)


@run_length_group.command("design")
@click.option("--family", type=click.Choice(["ewma", "cusum", "shewhart"]), default="ewma")
@click.option("--arl0", type=float, default=370.0, help="Mean distance of false alarms.")
@click.option("--shift", type=float, default=1.0, help="Shift to be found, in sigmas.")
@click.option("--state", type=click.Choice(["zero", "steady"]), default="zero")
@JSON
def design_command(*, wants_json: bool, **asked: Any) -> None:
    """Find the chart that finds a shift fastest at a distance of false alarms."""
    answer = designed(RunLengthDesignDraft.model_validate(asked))
    if wants_json:
        click.echo(answer.model_dump_json(indent=2))
        return
    for rival in (answer.chosen, *answer.rivals):
        click.echo(_line(rival))
    click.echo("\n".join(_table(answer.points)))


def _line(rival: RivalView) -> str:
    chart = rival.chart.model_dump(exclude={"kind", "sides", "limits", "headstart", "names"})
    parts = [f"{name.rstrip('_')} {_value(value)}" for name, value in chart.items()]
    return (
        f"{rival.family:<17} arl0 {rival.arl0:9.1f}  arl1 {_text(rival.arl1):>8}"
        f"  {', '.join(parts)}"
    )


def _value(value: object) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def _table(points: list[RunLengthPoint]) -> list[str]:
    names = list(points[0].quantiles)
    head = f"{'shift':>6}  {'zero':>10}  {'steady':>10}" + "".join(f"  {n:>8}" for n in names)
    rows = [
        f"{p.shift:6g}  {_text(p.zero_state):>10}  {_text(p.steady_state):>10}"
        + "".join(f"  {_text(q):>8}" for q in p.quantiles.values())
        for p in points
    ]
    return [head, *rows]


def _text(value: float | None) -> str:
    return "never" if value is None else f"{value:.2f}".rstrip("0").rstrip(".")
