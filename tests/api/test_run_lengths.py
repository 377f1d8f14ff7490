"""Run lengths by API and by command line: answers of the library, and refusals with a pointer."""

import json

import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient

from api.commands.run_length import run_length_group
from ops.spc.run_length.cusum import cusum_arl
from ops.spc.run_length.ewma import ewma_arl

PATH = "/v1/run-lengths"
EWMA = {"kind": "ewma", "lambda_": 0.25, "width": 3.0}


def ask(client: TestClient, **question: object) -> dict:
    answer = client.post(PATH, json=question)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_profile_is_that_of_the_library(client: TestClient) -> None:
    found = ask(client, chart=EWMA, shifts=[0, 1], slopes=[0.1], baseline={"points": 50})
    assert found["points"][1]["zero_state"] == pytest.approx(11.154267016, rel=1e-8)
    assert found["points"][0]["zero_state"] == pytest.approx(ewma_arl(lambda_=0.25, width=3.0))
    assert 5 < found["drifts"][0]["mean"] < 20
    shares = found["estimated"]["arl0"]
    assert shares["0.1"] < shares["0.5"] < shares["0.9"]
    assert "integral equation" in found["method"]


def test_every_kind_of_chart_is_answered(client: TestClient) -> None:
    cusum = ask(client, chart={"kind": "cusum", "h": 4}, shifts=[1])
    assert cusum["points"][0]["zero_state"] == pytest.approx(cusum_arl(k=0.5, h=4, shift=1))
    rules = ask(client, chart={"kind": "rules"}, shifts=[0])
    assert rules["points"][0]["zero_state"] == pytest.approx(91.75, abs=0.01)
    some = ask(
        client, chart={"kind": "rules", "rule_set": "nelson", "names": ["1", "3"]}, shifts=[0]
    )
    assert some["points"][0]["zero_state"] == pytest.approx(198.62, abs=0.01)
    wide = ask(client, chart={"kind": "shewhart"}, shifts=[0], phi=0.5, sigma="moving-range")
    assert wide["points"][0]["zero_state"] == pytest.approx(35, rel=0.03)
    slow = ask(client, chart={"kind": "ewma"}, shifts=[0], phi=0.5)
    assert slow["points"][0]["zero_state"] == pytest.approx(553.4, rel=0.001)


def test_the_design_keeps_its_promise(client: TestClient) -> None:
    answer = client.post(f"{PATH}/design", json={"arl0": 500, "shift": 0.5}).json()
    chosen = answer["chosen"]
    assert (chosen["family"], chosen["arl0"]) == ("ewma", pytest.approx(500, rel=1e-5))
    assert chosen["arl1"] == pytest.approx(28.75, abs=0.01)
    again = ask(client, chart=chosen["chart"], shifts=[0.5])
    assert again["points"][0]["zero_state"] == pytest.approx(chosen["arl1"])
    assert [r["family"] for r in answer["rivals"]] == ["cusum", "shewhart", "western-electric"]


@pytest.mark.parametrize(
    ("path", "question", "pointer"),
    [
        ("/design", {"arl0": 0.5}, "/arl0"),
        ("/design", {"shift": 0}, "/shift"),
        ("", {"chart": {"kind": "ewma", "lambda_": 7}}, "/chart/lambda_"),
        ("", {"chart": {"kind": "cusum", "h": 4, "headstart": 4}}, "/chart/headstart"),
        ("", {"chart": {"kind": "rules", "names": ["1", "8"]}}, "/chart/names/1"),
        ("", {"chart": {"kind": "cusum"}, "phi": 0.4}, "/phi"),
        ("", {"chart": EWMA, "phi": 0.4, "baseline": {"points": 9}}, "/baseline"),
        ("", {"chart": {**EWMA, "limits": "exact"}, "baseline": {"points": 9}}, "/baseline"),
        ("", {"chart": {"kind": "ewma", "lambda_": 0.05}, "phi": 0.9}, "/chart/lambda_"),
        ("", {"chart": {"kind": "rules", "rule_set": "nelson"}, "slopes": [1]}, "/slopes"),
    ],
)
def test_nonsense_is_refused_by_its_pointer(
    client: TestClient, path: str, question: dict, pointer: str
) -> None:
    answer = client.post(PATH + path, json=question)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["errors"][0]["pointer"] == pointer


def test_the_command_line_says_the_same() -> None:
    words = ["profile", "ewma", "--lambda", "0.25", "--width", "3"]
    done = CliRunner().invoke(run_length_group, [*words, "--shift", "1", "--slope", "1", "--json"])
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["points"][0]["zero_state"] == pytest.approx(11.154267016)
    text = CliRunner().invoke(run_length_group, ["profile", "shewhart", "--baseline", "25"])
    assert "370.4" in text.stdout
    assert "with estimated limits: median 185" in text.stdout
    design = CliRunner().invoke(run_length_group, ["design", "--arl0", "500", "--shift", "0.5"])
    assert design.stdout.startswith("ewma")
    assert "western-electric" in design.stdout
