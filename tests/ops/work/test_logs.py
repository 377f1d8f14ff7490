"""Logs are one line an event, carry the correlation id, and never a secret."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ops.work.logs import HIDDEN, redact

ROOT = Path(__file__).parents[3]
SCRIPT = """
import logging, structlog
from ops.settings import Settings
from ops.work import logs
logs.configure(Settings(log_format="{format}"))
logs.bind("req-1", run_id="r")
structlog.get_logger("api").info("key lr_0123abcd_secretsecret", authorization="Bearer x")
logging.getLogger("library").warning("to postgresql://me:pw@%s/db", "host")
try:
    1 / 0
except ZeroDivisionError:
    structlog.get_logger("api").exception("failed")
"""


def _lines(log_format: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT.format(format=log_format)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == ""
    return done.stderr.splitlines()


def test_json_logs_of_ours_and_of_libraries_look_the_same() -> None:
    ours, library, failure = (json.loads(line) for line in _lines("json"))
    assert ours["event"] == f"key {HIDDEN}"
    assert ours["authorization"] == HIDDEN
    assert library["event"] == f"to postgresql://{HIDDEN}@host/db"
    assert "ZeroDivisionError" in failure["exception"]
    for line in (ours, library, failure):
        assert (line["correlation_id"], line["run_id"]) == ("req-1", "r")
        assert line["level"]
        assert line["timestamp"].endswith("Z")


def test_console_logs_hide_secrets_too() -> None:
    text = "\n".join(_lines("console"))
    assert "secretsecret" not in text
    assert ":pw@" not in text


@pytest.mark.parametrize(
    "event",
    [
        {"event": "x", "Authorization": "Bearer abc-secret"},
        {"event": "sent lr_0123abcd_abc-secret"},
        {"event": "x", "headers": {"authorization": "abc-secret"}},
        {"event": "x", "args": ["lr_0123abcd_abc-secret"]},
        {"event": "x", "password": "abc-secret"},
        {"event": "x", "api_key": "abc-secret"},
    ],
)
def test_no_secret_passes(event: dict) -> None:
    assert "abc-secret" not in repr(redact(None, "info", dict(event)))
