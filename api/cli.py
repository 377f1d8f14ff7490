"""The command line: `longrun ...`; every group is imported when it is called."""

from importlib import import_module

import click

COMMANDS: dict[str, str] = {  # name -> "module:attribute"
    "migrate": "api.commands.database:migrate_command",
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


@click.group(cls=_Lazy)
@click.version_option(package_name="longrun-ops", prog_name="longrun")
def cli() -> None:
    """Longrun: operations analytics for manufacturing and logistics."""


def main() -> None:
    """Entry point of the command `longrun`."""
    cli(prog_name="longrun")


if __name__ == "__main__":
    main()
