"""Run Python or `longrun` in a process of its own that sees the packages of this folder."""

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


def python(
    *arguments: str, packages: tuple[str, ...] = ("thirdparty",), **settings: str
) -> subprocess.CompletedProcess[str]:
    """Run ``python ARGUMENTS`` with `packages` installed beside the house."""
    path = os.pathsep.join([str(ROOT), *(str(HERE / name) for name in packages)])
    return subprocess.run(
        [sys.executable, *arguments],
        env=os.environ | {"PYTHONPATH": path} | settings,
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )


def longrun(
    *arguments: str, packages: tuple[str, ...] = ("thirdparty",), **settings: str
) -> subprocess.CompletedProcess[str]:
    """Run ``longrun ARGUMENTS`` with `packages` installed beside the house."""
    return python("-m", "api.cli", *arguments, packages=packages, **settings)
