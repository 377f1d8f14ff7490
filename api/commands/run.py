"""`longrun run NAME ...`: one command for each analysis, made from its parameters."""

import json
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import click

from api.auth import LOCAL
from api.commands.options import Field, fields_of, given
from api.commands.runs import wait
from api.runs import stored_page
from api.tables import lines_of
from ops.analyses.registry import all_analyses, find
from ops.analysis import AnyAnalysis
from ops.db import artifacts, runs, workers
from ops.db.engine import Database, open_database
from ops.db.models.work import Run
from ops.errors import NotFound
from ops.settings import Settings
from ops.work.engine import open_queue
from ops.work.here import compute_here
from ops.work.submit import Submission, submit

FAILED = 1


class _Analyses(click.Group):
    """A group with one command for each registered analysis."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return [analysis.name for analysis in all_analyses()]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command:  # noqa: ARG002
        try:
            return command_of(find(cmd_name))
        except NotFound as error:
            raise click.UsageError(str(error)) from error


@click.group("run", cls=_Analyses)
def run_group() -> None:
    """Run an analysis: `longrun run NAME --help` says with which options."""


def command_of(analysis: AnyAnalysis) -> click.Command:
    """Command that runs `analysis`."""
    fields = fields_of(analysis.params.model_json_schema())
    window = _window_options() if analysis.takes_window else []
    return click.Command(
        analysis.name,
        params=[*(field.option for field in fields), *window, *_run_options()],
        callback=_callback(analysis, fields),
        help=f"{analysis.title}.\n\n{analysis.summary}",
        short_help=analysis.summary,
    )


def _window_options() -> list[click.Parameter]:
    return [
        click.Option(["--last"], help='Window: the time until now, e.g. "24h", "7d", "4w".'),
        click.Option(["--start"], help="Window: first instant, e.g. 2026-03-01T00:00Z."),
        click.Option(["--end"], help="Window: first instant after it; with --start."),
        click.Option(["--shift"], type=click.Choice(["last", "current"]), help="Window: a shift."),
    ]


def _run_options() -> list[click.Parameter]:
    return [
        click.Option(["--params"], metavar="JSON|@FILE", help="Parameters; options go before it."),
        click.Option(["--wait/--no-wait"], default=True, help="Wait for the end and show it."),
        click.Option(["--timeout"], type=float, default=3600.0, help="Longest wait, in seconds."),
        click.Option(["--here"], is_flag=True, help="Compute in this process; store nothing."),
        click.Option(["--fresh"], is_flag=True, help="Compute although the result is stored."),
        click.Option(["--json", "wants_json"], is_flag=True, help="Write the result as JSON."),
    ]


def _callback(analysis: AnyAnalysis, fields: tuple[Field, ...]) -> Callable[..., None]:
    def run(**values: Any) -> None:
        params = _file(values["params"]) | given(fields, values) | _window(values)
        now = datetime.now(UTC)
        asked = Submission(analysis.name, params, LOCAL, now, fresh=values["fresh"])
        with _opened() as database:
            click.echo(_answer(database, analysis, asked, values))

    return run


@contextmanager
def _opened() -> Generator[Database]:
    database = open_database(Settings().database)
    try:
        yield database
    finally:
        database.engine.dispose()


def _answer(
    database: Database, analysis: AnyAnalysis, asked: Submission, values: dict[str, Any]
) -> str:
    wants_json: bool = values["wants_json"]
    if values["here"]:
        result = compute_here(database, asked, _tell)
        page = analysis.view(result)
        return result.model_dump_json(indent=2) if wants_json else "\n".join(lines_of(page))
    submitted = _submit(database, asked)
    if not values["wait"]:
        return json.dumps({"id": submitted.id}) if wants_json else submitted.id
    finished = _end_of(database, submitted.id, values["timeout"])
    return _shown(database, finished, wants_json=wants_json)


def _tell(fraction: float, message: str, /, **more: object) -> None:
    del more
    click.echo(f"{fraction:4.0%} {message}", err=True)


def _submit(database: Database, asked: Submission) -> Run:
    queue = open_queue(database)
    try:
        with database.write.begin() as session:
            return submit(session, queue, asked)
    finally:
        queue.close()


def _end_of(database: Database, run_id: str, timeout_s: float) -> Run:
    """Wait for a run; unless it succeeds, say why and end with exit code 1."""
    with database.read() as session:
        if not workers.alive(session, timedelta(seconds=Settings().lease_s)):
            click.echo("no worker is alive: start `longrun serve`, or use --here", err=True)
    state = wait(database, run_id, timeout_s)
    if state != "succeeded":
        click.echo(f"Error: run {run_id} is {state}; `longrun runs show {run_id}`", err=True)
        raise SystemExit(FAILED)
    with database.read() as session:
        return runs.find(session, run_id)


def _shown(database: Database, run: Run, *, wants_json: bool) -> str:
    if not wants_json:
        return "\n".join(lines_of(stored_page(run)))
    if run.result is not None:
        return json.dumps(run.result, indent=2)
    with database.read() as session:  # too large for the row
        return artifacts.read(session, run.id, "result.json").data.decode()


def _file(text: str | None) -> dict[str, Any]:
    """Parameters of ``--params``: JSON, or @ and the name of a file with JSON."""
    if text is None:
        return {}
    try:
        content = Path(text[1:]).read_text(encoding="utf-8") if text.startswith("@") else text
        params = json.loads(content)
    except ValueError as error:
        raise click.UsageError(f"--params is not JSON: {error}") from error
    if not isinstance(params, dict):
        raise click.UsageError(f'--params is not an object such as {{"strata": []}}: {text}')
    return params


def _window(values: dict[str, Any]) -> dict[str, Any]:
    asked = {k: values.get(k) for k in ("last", "start", "end", "shift")}
    named = {k: value for k, value in asked.items() if value is not None}
    if set(named) not in ({"last"}, {"start", "end"}, {"shift"}, set()):
        raise click.UsageError("give one window: --last, or --start with --end, or --shift")
    return {"window": named} if named else {}
