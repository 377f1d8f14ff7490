"""A running service as a plant would start it: `longrun serve`, API and workers as processes."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests import forked

ROOT = Path(__file__).parents[2]
RUN_S = 300


@dataclass(frozen=True)
class Service:
    """A running service and how to speak to it."""

    url: str
    environment: dict[str, str]
    api: httpx.Client

    def longrun(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Call the command line as a user would."""
        return forked.longrun(*arguments, env=self.environment)


@contextmanager
def serving(folder: Path, *preload: str) -> Iterator[Service]:
    """`longrun serve` on an empty embedded database in `folder`; `preload` as the setting."""
    environment = os.environ | {
        "PYTHONPATH": str(ROOT),
        "LONGRUN_DATA_DIR": str(folder),
        "LONGRUN_AUTH": "none",
        "LONGRUN_PORT": "0",
        "LONGRUN_PRELOAD": json.dumps(preload),
    }
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "api.cli", "serve"],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
    try:
        url = _address(process, folder / "log")
        with httpx.Client(base_url=url, timeout=120) as api:
            yield Service(url, environment, api)
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=120)


def wait(client: httpx.Client, run_url: str, most_s: float = RUN_S) -> dict:
    """Run at `run_url` once it has ended."""
    deadline = time.monotonic() + most_s
    while (run := client.get(run_url).json())["state"] in ("queued", "running"):
        assert time.monotonic() < deadline, run
        time.sleep(0.1)
    return run


def _address(process: subprocess.Popen[str], log: Path) -> str:
    assert process.stdout is not None
    for line in process.stdout:
        found = re.search(r"http://127\.0\.0\.1:\d+", line)
        if found is not None:
            return found.group()
    raise AssertionError(log.read_text())
