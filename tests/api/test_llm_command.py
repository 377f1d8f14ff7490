"""`longrun llm`: evaluates by kind, fails on a wrong kind, says when no model is set up."""

import json

import pytest
from click.testing import CliRunner

from api.commands.llm import llm_group


@pytest.fixture(autouse=True)
def _no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LONGRUN_LLM_URL", raising=False)


def test_evaluate_tells_shares_and_bars() -> None:
    done = CliRunner().invoke(
        llm_group, ["evaluate", "--only", "network,nothing", "--count", "2", "--rules"]
    )
    assert done.exit_code == 0, done.output
    assert "network" in done.output
    assert "2/2 (34-100 %)" in done.output
    assert "OK    rules: numbers without evidence, none: 0" in done.output


def test_evaluate_writes_json() -> None:
    asked = ["evaluate", "--only", "network", "--count", "1", "--rules", "--json"]
    done = CliRunner().invoke(llm_group, asked)
    document = json.loads(done.stdout)
    assert document["rules"][0]["cause"] is True
    assert all(bar["clears"] for bar in document["bars"])


def test_an_unknown_kind_is_refused() -> None:
    done = CliRunner().invoke(llm_group, ["evaluate", "--only", "weather"])
    assert done.exit_code == 2
    assert "'weather' is none of drift" in done.output


def test_without_a_model_status_and_probe_say_so() -> None:
    assert "no language model" in CliRunner().invoke(llm_group, ["status"]).output
    done = CliRunner().invoke(llm_group, ["probe"])
    assert done.exit_code == 1
    assert "LONGRUN_LLM_URL" in done.output
