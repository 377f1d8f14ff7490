"""Run Python or `longrun` in a process of its own that sees the packages of this folder."""

import os
import subprocess
from pathlib import Path

from tests import forked

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


def python(
    code: str, *, packages: tuple[str, ...] = ("thirdparty",), **settings: str
) -> subprocess.CompletedProcess[str]:
    """Run `code` with `packages` installed beside the house."""
    return forked.longrun(env=_environment(packages) | settings, code=code)


def longrun(
    *arguments: str, packages: tuple[str, ...] = ("thirdparty",), **settings: str
) -> subprocess.CompletedProcess[str]:
    """Run ``longrun ARGUMENTS`` with `packages` installed beside the house."""
    return forked.longrun(*arguments, env=_environment(packages) | settings)


def _environment(packages: tuple[str, ...]) -> dict[str, str]:
    path = os.pathsep.join([str(ROOT), *(str(HERE / name) for name in packages)])
    return dict(os.environ) | {"PYTHONPATH": path}
