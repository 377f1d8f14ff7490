"""`longrun solve FILE`: plan a scenario here and now, without a service or a database."""

import signal
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import click
from pydantic import ValidationError

from api.tables import lines_of
from ops.analyses.network_plan import NETWORK_PLAN
from ops.analyses.network_plan_params import NetworkPlanParams
from ops.analyses.network_plan_result import NetworkPlanResult
from ops.classify.draft import ModelDraft
from ops.errors import BadData, Problem
from ops.query import ScenarioData
from ops.work.export import export
from solvers.scenario.document import Scenario
from solvers.watch import Incumbent

FAILED = 1
WITH_A_PLAN = frozenset({"optimal", "feasible", "valid"})
SHOWN = 20  # flaws of a file


@click.command("solve")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "wants_json", is_flag=True, help="Write the result as JSON.")
@click.option(
    "--time-limit", "time_s", type=click.FloatRange(0, min_open=True), help="Seconds; default 300."
)
@click.option("--gap", type=click.FloatRange(0, 1, max_open=True), help="Default 1e-4; 0: proof.")
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), help="Seed of the solver.")
@click.option("--edit", "edits", multiple=True, help="Such as 'close DC 3'; may be repeated.")
@click.option(
    "--front", "front_points", type=click.IntRange(2, 50), help="Points of cost against CO2."
)
@click.option(
    "--validate", "validate_only", is_flag=True, help="Only say what is wrong with the scenario."
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the plan to a file: .json, .xlsx or .csv.",
)
def solve_command(file: Path, out: Path | None, *, wants_json: bool, **asked: Any) -> None:
    """Plan the network of a scenario FILE (JSON); Ctrl-C ends it with the best plan so far."""
    params = NetworkPlanParams.model_validate(
        {"scenario": file.stem[:80] or "scenario"}
        | {name: value for name, value in asked.items() if value is not None}
    )
    data = ScenarioData(code=params.scenario, revision=0, scenario=_scenario(file))
    with _Terminal().listening() as terminal:
        result = NETWORK_PLAN.compute(data, params, terminal)
    _write(result, out)
    text = result.model_dump_json(indent=2) if wants_json else _text(result)
    click.echo(text)
    sys.exit(0 if result.status in WITH_A_PLAN else FAILED)


def _scenario(file: Path) -> Scenario:
    try:
        return Scenario.model_validate_json(file.read_bytes())
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=False)
        problems = tuple(
            Problem(
                "".join(f"/{part}" for part in entry["loc"]),
                f"{entry['msg'].removeprefix('Value error, ')}, got {entry['input']!r:.80}",
            )
            for entry in found[:SHOWN]
        )
        raise BadData(f"{file} is no scenario: {len(found)} flaws", problems) from error


def _text(result: NetworkPlanResult) -> str:
    return "\n".join(lines_of(NETWORK_PLAN.view(result)))


def _write(result: NetworkPlanResult, out: Path | None) -> None:
    if out is None:
        return
    kind = out.suffix.removeprefix(".")
    if kind not in ("json", "xlsx", "csv"):
        raise click.UsageError(f"a plan is written to .json, .xlsx or .csv, not to {out.name}")
    stored = result.model_dump(mode="json")
    out.write_bytes(export(kind, NETWORK_PLAN.view(result), stored))
    click.echo(f"written: {out}", err=True)


class _Terminal:
    """Progress on standard error; after Ctrl-C it asks for the best plan so far."""

    def __init__(self) -> None:
        self._asked = False
        self._last = ""

    @contextmanager
    def listening(self) -> "Generator[_Terminal]":
        """Take Ctrl-C as a wish to stop; pressed again it ends the command."""
        before = signal.signal(signal.SIGINT, self._heed)
        try:
            yield self
        finally:
            signal.signal(signal.SIGINT, before)

    def __call__(
        self,
        fraction: float,
        message: str,
        /,
        *,
        incumbent: Incumbent | None = None,
        checkpoint: bytes | None = None,
        model: ModelDraft | None = None,
    ) -> bool:
        """Show a line where there is news."""
        del checkpoint, model
        line = f"{message}{'' if incumbent is None else _standing(incumbent)}"
        if line != self._last:
            click.echo(f"{fraction:4.0%} {line}", err=True)
            self._last = line
        return self._asked

    def _heed(self, number: int, frame: FrameType | None) -> None:
        del number, frame
        if self._asked:
            raise KeyboardInterrupt
        self._asked = True
        click.echo("ending with the best plan so far (again: end at once)", err=True)


def _standing(incumbent: Incumbent) -> str:
    parts = [f", {incumbent.time_s:.0f} s"]
    if incumbent.value is not None:
        parts.append(f"plan {incumbent.value:.6g}")
    if incumbent.bound is not None:
        parts.append(f"bound {incumbent.bound:.6g}")
    if incumbent.gap is not None:
        parts.append(f"gap {incumbent.gap:.2%}")
    return ", ".join(parts)
