"""`longrun validate`: files, lines, exit codes."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from pypdf import PdfReader

from api.commands.validate import validate_command
from ops.validation import topics
from ops.validation.case import EXACT, Case
from ops.validation.record import ValidationRecord
from ops.validation.topics import Topic


def test_files_are_written_and_lines_told(tmp_path: Path) -> None:
    pdf, json_ = tmp_path / "v.pdf", tmp_path / "v.json"
    asked = ["--topic", "agreement", "--topic", "gauge", "--by", "Ada"]
    done = CliRunner().invoke(validate_command, [*asked, "--pdf", str(pdf), "--json", str(json_)])
    assert done.exit_code == 0, done.output
    assert "gauge            14 of   14  pass" in done.stdout
    assert "16 of 16 published cases reproduced" in done.stdout
    assert "0% Gauge studies" in done.stderr
    assert "Software validation record" in PdfReader(pdf).pages[0].extract_text()
    record = ValidationRecord.model_validate_json(json_.read_text())
    assert (record.by, len(record.outcomes)) == ("Ada", 16)
    assert json.loads(json_.read_text())["machine"]["versions"]["numpy"]


def test_a_failure_is_told_in_full_and_ends_with_1(monkeypatch: pytest.MonkeyPatch) -> None:
    cases = [
        Case("a/b", "Seven", "A book", (7.0, 1.0), EXACT, lambda: [7.0, 1.5]),
        Case("a/c", "Eight", "A book", (8.0,), EXACT, lambda: [1 / 0]),
    ]
    monkeypatch.setattr("ops.validation.record.TOPICS", (Topic("odd", "Odd", lambda: cases),))
    done = CliRunner().invoke(validate_command, [])
    assert done.exit_code == 1
    assert "odd               0 of    2  2 FAILED" in done.stdout
    assert "FAILED a/b: Seven" in done.stdout
    assert "expected  7; 1" in done.stdout
    assert "obtained  7; 1.5" in done.stdout
    assert "deviation 0.5 (no. 2), allowed 0.0 (exact)" in done.stdout
    assert "error     ZeroDivisionError" in done.stdout
    assert topics.TOPICS


def test_an_unknown_topic_is_a_failure_with_the_known_ones() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "api.cli", "validate", "--topic", "nothing"],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode != 0
    assert "no topic nothing; the topics are constants, charts" in done.stderr
    assert "Traceback" not in done.stderr
