"""`longrun solve` plans a file without a database, and says what is wrong with it."""

import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from api.cli import main
from api.commands.solve import solve_command
from solvers.scenario.example import example_scenario


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "packaging.json"
    path.write_text(example_scenario().model_dump_json())
    return path


def solve(*words: object) -> Result:
    return CliRunner().invoke(solve_command, [str(word) for word in words])


def test_a_plan_is_shown_and_written(file: Path, tmp_path: Path) -> None:
    out = tmp_path / "plan.xlsx"
    done = solve(file, "--gap", "0.01", "--out", out)
    assert done.exit_code == 0, done.output
    assert "The plan costs" in done.stdout
    assert "Flows, the dearest first" in done.stdout
    assert "better plan" in done.stderr
    assert "Verdicts" in openpyxl.load_workbook(out).sheetnames


def test_json_is_the_result_alone(file: Path) -> None:
    done = solve(file, "--gap", "0.01", "--json", "--front", "2")
    result = json.loads(done.stdout)
    assert (result["scenario"], result["status"]) == ("packaging", "optimal")
    assert result["front"]


def test_no_plan_is_exit_code_1(file: Path) -> None:
    done = solve(file, "--edit", "close P-PENANG")
    assert done.exit_code == 1
    assert "infeasible" in done.stdout
    assert solve(file, "--validate").exit_code == 0


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"sites": [{"code": "A", "kind": "castle"}]}', "/sites/0/kind"),
        ("{", "is no scenario"),
        ('{"demands": [{"customer": "A", "commodity": "B", "quantity": 1}]}', "/demands/0"),
    ],
)
def test_a_wrong_file_is_exit_code_2(
    text: str,
    words: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = tmp_path / "wrong.json"
    path.write_text(text)
    monkeypatch.setattr("sys.argv", ["longrun", "solve", str(path)])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert words in capsys.readouterr().err


def test_another_kind_of_file_is_refused(file: Path, tmp_path: Path) -> None:
    assert solve(file, "--gap", "0.01", "--out", tmp_path / "plan.doc").exit_code == 2
