"""The command line: exit codes, messages, no traceback, a light start."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from api.cli import COMMANDS
from tests.api.door import longrun_here

ROOT = Path(__file__).parents[2]


def longrun(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run `longrun` as a user would, in its own process."""
    return subprocess.run(
        [sys.executable, "-m", "api.cli", *arguments],
        env=os.environ | {"PYTHONPATH": str(ROOT)} | settings,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def test_help_starts_without_the_heavy_libraries() -> None:
    code = (
        "import sys, api.cli; api.cli.cli(['--help'], standalone_mode=False);"
        "heavy = {'scipy', 'pyomo', 'numpy', 'pyarrow', 'sqlalchemy', 'fastapi', 'pydantic'};"
        "print('heavy', sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    assert done.stdout.splitlines()[-1] == "heavy []"


@pytest.mark.parametrize("door", ["api.cli", "api.app"])
def test_a_door_opens_without_what_only_children_need(door: str) -> None:
    only = (
        "{'pyomo', 'highspy', 'pyvrp', 'statsforecast', 'numba', 'scipy.stats', 'matplotlib',"
        " 'scipy.optimize', 'pandas'}"
    )
    code = (
        "import gc, sys; from ops.work.collector import collect_rarely; collect_rarely();"
        f"import {door}; print('full collections', gc.get_stats()[2]['collections']);"
        f"print('heavy', sorted({only} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    assert done.stdout.splitlines()[-2:] == ["full collections 0", "heavy []"]


def test_help_says_what_each_command_does() -> None:
    text = longrun("--help").stdout
    for name in COMMANDS:
        assert re.search(rf"^  {name}  +[A-Z].+$", text, re.MULTILINE), name


def test_the_command_of_an_analysis_starts_without_what_only_computing_needs() -> None:
    code = (
        "import sys, api.cli; api.cli.cli(['run', 'capability', '--help'], standalone_mode=False);"
        "print('heavy', sorted({'scipy.stats', 'pyomo', 'numba', 'matplotlib'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    assert done.stdout.splitlines()[-1] == "heavy []"


def test_unknown_command_is_a_usage_error() -> None:
    done = longrun("no-such-thing")
    assert done.returncode == 2
    assert "no-such-thing" in done.stderr


@pytest.mark.parametrize(
    ("settings", "status", "words"),
    [
        ({"LONGRUN_PORT": "70000"}, 2, "LONGRUN_PORT"),
        ({"LONGRUN_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}, 1, "database"),
        ({"LONGRUN_DATABASE_URL": "mongodb://127.0.0.1/x"}, 2, "LONGRUN_DATABASE_URL"),
        ({"LONGRUN_DATA_DIR": "/proc/nowhere"}, 1, "nowhere"),
    ],
    ids=["setting", "unreachable", "kind", "folder"],
)
def test_failures_are_sentences(settings: dict[str, str], status: int, words: str) -> None:
    done = longrun_here("migrate", **settings)
    assert done.returncode == status
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_a_failure_is_a_sentence_and_a_status_of_the_process() -> None:
    done = longrun("migrate", LONGRUN_PORT="70000")
    assert done.returncode == 2
    assert "LONGRUN_PORT" in done.stderr
    assert "Traceback" not in done.stderr
