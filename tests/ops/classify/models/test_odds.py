"""Odds ratios beside tables of four counts, statsmodels, and profiles by hand."""

from math import exp, log, sqrt

import numpy as np
import pytest

from ops.classify.models.fit import fit_classifier
from ops.classify.models.odds import COLLINEAR, NO_ROWS, PENALISED, WEIGHTED, odds_ratios
from ops.classify.models.profile import profile_interval
from ops.classify.models.settings import DecisionTreeSettings, LogisticSettings
from tests.ops.classify.models.samples import three_classes, two_classes

NONE = LogisticSettings(penalty="none")
ONES = np.ones(4)
NAMES = ("p", "q", "r", "s")


def test_a_table_of_four_counts_gives_its_odds_ratio_and_woolf_interval() -> None:
    a, b, c, d = 12, 8, 5, 25
    x = np.repeat([1.0, 1.0, 0.0, 0.0], [a, b, c, d])[:, None]
    y = np.repeat([1, 0, 1, 0], [a, b, c, d])
    model = fit_classifier(x, y, ("good", "bad"), NONE, seed=0)
    found = odds_ratios(model, ["worn"], np.ones(1), x=x).ratios[0]
    half = 1.959963984540054 * sqrt(1 / a + 1 / b + 1 / c + 1 / d)
    middle = log(a * d / (b * c))
    assert (found.feature, found.of, found.against) == ("worn", "bad", "good")
    assert found.per_unit == found.per_sd == pytest.approx(7.5, rel=1e-9)
    assert found.per_unit_interval == pytest.approx(
        (exp(middle - half), exp(middle + half)), rel=1e-8
    )


def test_ratios_per_unit_and_per_standard_deviation_belong_together() -> None:
    x, y = two_classes()
    model = fit_classifier(x, y, ("a", "b"), NONE, seed=0)
    scale = np.array([2.0, 1.0, 0.1, 50.0])
    for j, ratio in enumerate(odds_ratios(model, NAMES, scale, x=x).ratios):
        assert ratio.per_unit is not None
        assert ratio.per_unit ** scale[j] == pytest.approx(ratio.per_sd)


def test_intervals_of_three_classes_are_those_of_statsmodels() -> None:
    api = pytest.importorskip("statsmodels.api")
    x, y = three_classes()
    peer = api.MNLogit(y, api.add_constant(x)).fit(disp=0, method="newton", tol=1e-14)
    model = fit_classifier(x, y, ("a", "b", "c"), NONE, seed=0)
    found = odds_ratios(model, NAMES, ONES, x=x, level=0.9).ratios
    limits = np.exp(peer.conf_int(0.1))[:, 1:].reshape(-1, 2)
    for ratio, limit in zip(found, limits, strict=True):
        assert ratio.per_sd_interval == pytest.approx(tuple(limit), rel=1e-7)


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        (LogisticSettings(), PENALISED),
        (LogisticSettings(penalty="l1"), PENALISED),
        (LogisticSettings(penalty="none", class_weights="balanced"), WEIGHTED),
    ],
)
def test_no_interval_is_given_that_would_not_hold(settings: LogisticSettings, reason: str) -> None:
    x, y = two_classes()
    model = fit_classifier(x, y, ("a", "b"), settings, seed=0)
    found = odds_ratios(model, NAMES, ONES, x=x)
    assert found.no_interval == reason
    assert all(r.per_unit_interval is None for r in found.ratios)


def test_a_fall_back_on_a_penalty_has_no_intervals() -> None:
    x, y = two_classes()
    x[:, 0] = y
    model = fit_classifier(x, y, ("a", "b"), NONE, seed=0)
    assert odds_ratios(model, NAMES, ONES, x=x).no_interval == PENALISED


def test_collinear_features_and_absent_rows_have_no_intervals() -> None:
    x, y = two_classes()
    x[:, 3] = x[:, 0]
    model = fit_classifier(x, y, ("a", "b"), NONE, seed=0)
    assert odds_ratios(model, NAMES, ONES, x=x).no_interval == COLLINEAR
    assert odds_ratios(model, NAMES, ONES).no_interval == NO_ROWS


def test_a_unit_far_from_the_spread_has_no_number() -> None:
    x, y = two_classes()
    model = fit_classifier(x, y, ("a", "b"), NONE, seed=0)
    assert odds_ratios(model, NAMES, np.full(4, 1e-6), x=x).ratios[0].per_unit is None


def test_only_a_logistic_regression_has_odds_ratios() -> None:
    x, y = two_classes()
    tree = fit_classifier(x, y, ("a", "b"), DecisionTreeSettings(), seed=0)
    with pytest.raises(ValueError, match="decision-tree"):
        odds_ratios(tree, NAMES, ONES)


def test_a_profile_ends_where_the_likelihood_has_fallen_by_half_a_chi_square() -> None:
    api = pytest.importorskip("statsmodels.api")
    x, y = two_classes(60)
    top = api.Logit(y, api.add_constant(x)).fit(disp=0, tol=1e-14).llf
    others = api.add_constant(x[:, 1:])
    for end in profile_interval(x, y, 0):
        binomial = api.families.Binomial()
        held = api.GLM(y, others, family=binomial, offset=end * x[:, 0]).fit(tol=1e-13)
        assert 2.0 * (top - held.llf) == pytest.approx(3.841458820694124, abs=1e-6)


def test_a_profile_is_open_where_the_likelihood_never_falls_enough() -> None:
    # one failure in ten, at the highest setting: nothing speaks against any steeper slope
    x, y = np.arange(10.0)[:, None] - 4.5, (np.arange(10) > 8).astype(np.int64)
    low, high = profile_interval(x, y, 0)
    assert high == np.inf
    api = pytest.importorskip("statsmodels.api")
    held = api.GLM(y, np.ones(10), family=api.families.Binomial(), offset=low * x[:, 0]).fit()
    assert -2.0 * held.llf == pytest.approx(3.841458820694124, abs=1e-5)
