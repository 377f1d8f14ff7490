"""The command line in this process: what `longrun` answers, without the seconds of its start.

Of every kind of command a test starts one as a user does, in a process of its own; those that
differ from it only in what is asked come through this door.
"""

import sys
from pathlib import Path
from subprocess import CompletedProcess

from click.testing import CliRunner

from api.cli import main


def longrun_here(*arguments: str | Path, given: str = "", **settings: str) -> CompletedProcess[str]:
    """Call the entry point of the command `longrun` with `given` as its standard input."""
    asked, before, status = ["longrun", *map(str, arguments)], sys.argv, 0
    with CliRunner().isolation(input=given, env=settings) as (out, err, _):
        sys.argv = asked
        try:
            main()
        except SystemExit as ended:
            status = int(ended.code or 0)
        finally:
            sys.argv = before
        sys.stdout.flush()
        sys.stderr.flush()
        return CompletedProcess(asked, status, out.getvalue().decode(), err.getvalue().decode())
