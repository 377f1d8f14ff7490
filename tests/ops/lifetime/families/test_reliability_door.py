"""The library's fits are re-scored: accepted, polished or rejected, and nothing gets out."""

import ast
import sys
import warnings
from pathlib import Path

import numpy as np
import pytest

from ops.errors import BadData, NotReady
from ops.lifetime.data import LifeData, failures_and_suspensions, life_data
from ops.lifetime.families.reliability_door import fit_by_reliability, judge
from ops.lifetime.families.reliability_library import Fitter
from ops.lifetime.likelihood import loglik
from tests.ops.lifetime.families.test_mixture import two_kinds
from tests.reference import case

ROOT = Path(__file__).parents[4]
assert (ROOT / "ops").is_dir()


def _false_optimum() -> LifeData:
    rows = case("lifetime_latent", "false_optimum_library")["inputs"]
    return failures_and_suspensions(rows["failures"], [rows["censored_at"]] * rows["censored"])


def test_a_false_optimum_is_polished_to_the_maximum() -> None:
    said = case("lifetime_latent", "false_optimum_library")["expected"]
    found = fit_by_reliability(_false_optimum(), "weibull")
    assert found.verdict == "polished"
    assert found.scored == pytest.approx(said["wrong_loglik"], abs=1e-5)
    assert found.model is not None
    assert found.model.loglik == pytest.approx(said["loglik"], abs=1e-8)
    assert found.model.parameters["eta"] == pytest.approx(said["eta"], rel=1e-6)
    assert found.model.parameters["beta"] == pytest.approx(said["beta"], abs=1e-7)
    assert found.gain == pytest.approx(0.492, abs=1e-3)
    assert "lies 0.492 below the maximum" in found.words


@pytest.mark.parametrize(
    "fitter", ["lognormal", "loglogistic", "defective weibull", "zero-inflated weibull",
               "zero-inflated defective weibull"]
)  # fmt: skip
def test_a_sound_fit_is_accepted_and_scored_alike(fitter: Fitter) -> None:
    data = two_kinds(1)
    found = fit_by_reliability(data, fitter, zeros=4)
    assert found.verdict == "accepted"
    assert found.model is not None
    assert found.scored == pytest.approx(found.said["loglik"], rel=1e-9)
    zeros = 4 * np.log(4 / 84) if "zero" in fitter else 0.0
    assert found.model.loglik == pytest.approx(zeros + loglik(data, found.model), rel=1e-10)


@pytest.mark.parametrize("fitter", ["exponential", "gamma", "normal", "gumbel"])
def test_other_families_are_judged_alike(fitter: Fitter) -> None:
    t = 300.0 + 500.0 * np.random.default_rng(1).weibull(1.8, 60)
    data = failures_and_suspensions(t[t < 900], np.full(int((t >= 900).sum()), 900.0))
    found = fit_by_reliability(data, fitter)
    assert found.verdict in ("accepted", "polished")
    assert found.model is not None
    assert found.scored == pytest.approx(found.said["loglik"], rel=1e-8)
    assert found.model.loglik == pytest.approx(loglik(data, found.model), rel=1e-8)
    assert found.model.loglik >= found.scored - 1e-8


@pytest.mark.parametrize("fitter", ["threshold weibull", "threshold lognormal"])
def test_a_threshold_is_polished_or_refused(fitter: Fitter) -> None:
    t = 300.0 + 500.0 * np.random.default_rng(1).weibull(2.5, 80)
    said = {"alpha": 480.0, "mu": 6.0, "beta": 2.3, "sigma": 0.5, "gamma": 290.0}
    found = judge(life_data(t), fitter, said)
    assert found.verdict in ("polished", "rejected")
    assert found.scored is not None
    steep = judge(life_data(t), fitter, said | {"gamma": float(t.min()), "beta": 0.8})
    assert steep.verdict == "rejected"


def test_parameters_off_the_maximum_are_polished_whatever_the_model() -> None:
    data = two_kinds(1)
    off = {"alpha_1": 80.0, "beta_1": 1.0, "alpha_2": 850.0, "beta_2": 4.0, "proportion_1": 0.3}
    mixed = judge(data, "weibull mixture", off)
    risks = judge(data, "competing weibull", off | {"alpha_1": 1500.0})
    share = judge(data, "defective weibull", {"alpha": 700.0, "beta": 1.0, "DS": 0.9})
    dead = judge(data, "zero-inflated weibull", {"alpha": 700.0, "beta": 1.0, "ZI": 0.1}, zeros=0)
    for found in (mixed, risks, share, dead):
        assert found.verdict == "polished"
        assert found.gain is not None
        assert found.gain > 0.01
        assert found.slope is not None
        assert found.slope > 0.1


def test_a_climb_that_leads_to_no_maximum_is_rejected() -> None:
    data = life_data([100.0] * 5 + [101.0] * 5)
    off = {
        "alpha_1": 100.0,
        "beta_1": 500.0,
        "alpha_2": 101.0,
        "beta_2": 500.0,
        "proportion_1": 0.5,
    }
    found = judge(data, "weibull mixture", off)
    assert found.verdict == "rejected"
    assert found.model is None
    assert found.words


def test_what_the_library_breaks_off_at_is_rejected_in_words() -> None:
    found = fit_by_reliability(life_data([5.0]), "weibull mixture")
    assert (found.verdict, found.model, found.scored) == ("rejected", None, None)
    assert "breaks off" in found.words


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (life_data([0.0, 5.0], [3.0, 5.0]), "no readouts"),
        (life_data([4.0, 5.0], entry=[1.0, 1.0]), "no truncation"),
        (life_data([4.0, 5.0], weight=[0.5, 1.0]), "whole units"),
        (life_data([4.0, 5.0], weight=[1e6, 1.0]), "up to 100000 units"),
    ],
)
def test_rows_that_it_cannot_take_are_refused(data: LifeData, words: str) -> None:
    with pytest.raises(BadData, match=words):
        fit_by_reliability(data, "weibull")


def test_nothing_gets_out(capfd: pytest.CaptureFixture[str]) -> None:
    before = list(warnings.filters)
    fit_by_reliability(_false_optimum(), "weibull")
    assert capfd.readouterr() == ("", "")
    assert list(warnings.filters) == before


def test_without_the_library_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "reliability.Fitters", None)
    with pytest.raises(NotReady, match="reliability is not installed"):
        fit_by_reliability(_false_optimum(), "weibull")


def test_no_module_loads_it_at_its_start() -> None:
    heavy = {"reliability", "autograd", "autograd_gamma"}
    texts = {path: path.read_text() for path in (ROOT / "ops").rglob("*.py")}
    for path, text in texts.items():
        if not any(f"import {name}" in text or f"from {name}" in text for name in heavy):
            continue
        for node in ast.parse(text).body:
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            assert not heavy & {name.split(".")[0] for name in names}, path
