"""Run Python or `longrun` in a process of its own that sees the packages of this folder."""

import os
import subprocess
import sys
from pathlib import Path

from tests import forked

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


def python(
    *arguments: str, packages: tuple[str, ...] = ("thirdparty",), **settings: str
) -> subprocess.CompletedProcess[str]:
    """Run ``python ARGUMENTS`` with `packages` installed beside the house."""
    return subprocess.run(
        [sys.executable, *arguments],
        env=_environment(packages) | settings,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def longrun(
    *arguments: str, packages: tuple[str, ...] = ("thirdparty",), **settings: str
) -> subprocess.CompletedProcess[str]:
    """Run ``longrun ARGUMENTS`` with `packages` installed beside the house."""
    return forked.longrun(*arguments, env=_environment(packages) | settings)


def _environment(packages: tuple[str, ...]) -> dict[str, str]:
    path = os.pathsep.join([str(ROOT), *(str(HERE / name) for name in packages)])
    return dict(os.environ) | {"PYTHONPATH": path}
