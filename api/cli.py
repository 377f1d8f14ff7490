"""The command line: `longrun ...`; every group is imported when it is called.

Exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted. No traceback reaches a user; with
``LONGRUN_LOG_LEVEL=DEBUG`` an unforeseen error is shown in full.
"""

import ast
import os
import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import click

from ops.work.collector import collect_rarely

COMMANDS: dict[str, str] = {  # name -> "module:attribute"
    "advise": "api.commands.advise:advise_command",
    "alerts": "api.commands.alerts:alerts_group",
    "analyses": "api.commands.analyses:analyses_command",
    "backup": "api.commands.operations:backup_command",
    "chart-designs": "api.commands.chart_designs:chart_designs_group",
    "characteristics": "api.commands.plant:characteristics_group",
    "conformance": "api.commands.analyses:conformance_command",
    "datasets": "api.commands.datasets:datasets_group",
    "demo": "api.commands.demo:demo_command",
    "doctor": "api.commands.operations:doctor_command",
    "events": "api.commands.events:events_group",
    "ingest": "api.commands.ingest:ingest_command",
    "keys": "api.commands.keys:keys_command",
    "life-tests": "api.commands.life_tests:life_tests_group",
    "llm": "api.commands.llm:llm_group",
    "limits": "api.commands.plant:limits_group",
    "mappings": "api.commands.mappings:mappings_group",
    "memories": "api.commands.memories:memories_group",
    "migrate": "api.commands.database:migrate_command",
    "models": "api.commands.models:models_group",
    "reaction-plans": "api.commands.reaction_plans:reaction_plans_group",
    "restore": "api.commands.operations:restore_command",
    "retention": "api.commands.retention:retention_command",
    "run": "api.commands.run:run_group",
    "run-length": "api.commands.run_length:run_length_group",
    "runs": "api.commands.runs:runs_group",
    "scenarios": "api.commands.scenarios:scenarios_group",
    "schedules": "api.commands.schedules:schedules_group",
    "serve": "api.commands.serve:serve_command",
    "sites": "api.commands.plant:sites_group",
    "solve": "api.commands.solve:solve_command",
    "validate": "api.commands.validate:validate_command",
    "work": "api.commands.runs:work_command",
}


class _Lazy(click.Group):
    """A group whose commands are imported on first use: `longrun --help` stays fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        module, attribute = COMMANDS[cmd_name].split(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write each command with its first sentence, importing none of them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, _summary(COMMANDS[name])) for name in sorted(COMMANDS)])


def _summary(target: str) -> str:
    """First line of a command's docstring, read from its source."""
    module, attribute = target.split(":")
    spec = find_spec(module)
    assert spec is not None
    assert spec.origin is not None
    body = ast.parse(Path(spec.origin).read_text(encoding="utf-8")).body
    found = (n for n in body if isinstance(n, ast.FunctionDef) and n.name == attribute)
    function = next(found, None)
    return "" if function is None else (ast.get_docstring(function) or "").partition("\n")[0]


@click.group(cls=_Lazy)
@click.version_option(package_name="longrun-ops", prog_name="longrun")
def cli() -> None:
    """Longrun: operations analytics for manufacturing and logistics."""


def main() -> None:
    """Entry point of the command `longrun`."""
    collect_rarely()
    try:
        cli(prog_name="longrun", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # `longrun ... | head`
        sys.exit(1)
    except Exception as error:  # noqa: BLE001  (the last door before the user)
        sys.exit(_report(error))


def _report(error: Exception) -> int:
    from api.commands.failure import explain  # noqa: PLC0415  (only a failure pays for its imports)

    if os.environ.get("LONGRUN_LOG_LEVEL") == "DEBUG":
        raise error
    status, lines = explain(error)
    for line in lines:
        click.echo(line, err=True)
    return status


if __name__ == "__main__":
    main()
