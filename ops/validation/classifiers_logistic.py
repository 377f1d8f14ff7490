"""Logistic regressions as books and packages print them."""

from collections.abc import Iterator, Sequence
from functools import partial

import numpy as np

from ops.classify.models.fit import fit_classifier
from ops.classify.models.fitted import FittedClassifier
from ops.classify.models.odds import odds_ratios, standard_errors
from ops.classify.models.settings import LogisticSettings
from ops.validation.case import Case, Tolerance, printed, significant
from ops.validation.published import entry
from ops.values import FloatArray, IntArray

_FILE = "classifiers_logistic"
_PART = {
    "coefficients": "intercept and coefficients",
    "errors": "standard errors",
    "odds_ratio": "odds ratio with its Wald interval",
}


def cases() -> Iterator[Case]:
    """Cases of coefficients, standard errors and odds ratios."""
    yield _case("challenger_23_flights", "coefficients", printed(4))
    yield _case("challenger_23_flights", "errors", printed(4))
    yield _case("challenger_24_flights", "intercept", printed(3))
    yield _case("challenger_24_flights", "slope", printed(5))
    yield _case("challenger_24_flights", "errors", significant(4))
    yield _case("challenger_24_flights", "odds_ratio", printed(2))
    yield _case("vasoconstriction", "coefficients", printed(3))
    yield _case("grades_spector_mazzeo", "coefficients", printed(3))
    yield _case("grades_spector_mazzeo", "errors", printed(3))
    yield _case("alligators", "fish_against_other", printed(3))
    yield _case("alligators", "invertebrates_against_other", printed(3))


def _case(name: str, part: str, tolerance: Tolerance) -> Case:
    found = entry(_FILE, name)
    return Case(
        f"{_FILE}/{name}/{part}",
        f"{found['title']}: {_PART.get(part, part.replace('_', ' '))}",
        found["source"],
        tuple(found["expected"][part]),
        tolerance,
        partial(_obtained, name, part),
    )


def _obtained(name: str, part: str) -> Sequence[float]:
    """Fit on standardised features, as everywhere, and tell of it in their own units."""
    x, y = _data(name)
    center, scale = x.mean(axis=0), x.std(axis=0)
    z = (x - center) / scale
    classes = tuple(str(c) for c in range(int(y.max()) + 1))
    model = fit_classifier(z, y, classes, LogisticSettings(penalty="none"), seed=0)
    if part == "odds_ratio":
        ratio = odds_ratios(model, ("x",), scale, x=z).ratios[0]
        return [v for v in (ratio.per_unit, *(ratio.per_unit_interval or ())) if v is not None]
    if part == "errors":
        # in original units the intercept is that of another origin: the rows decide
        errors = standard_errors(_in_units(model, center, scale), x)
        return [] if errors is None else [float(e) for e in errors[0]]
    row = {"invertebrates_against_other": 1}.get(part, 0)
    found = [float(v) for v in _in_units(model, center, scale)[row]]
    return {"intercept": found[:1], "slope": found[1:]}.get(part, found)


def _in_units(model: FittedClassifier, center: FloatArray, scale: FloatArray) -> FloatArray:
    """Intercept and coefficients of each class against the first, for features as measured."""
    theta = np.column_stack((model.estimator.intercept_, model.estimator.coef_))
    against = theta if len(theta) == 1 else theta[1:] - theta[0]
    slopes = against[:, 1:] / scale
    return np.column_stack((against[:, 0] - slopes @ center, slopes))


def _data(name: str) -> tuple[FloatArray, IntArray]:
    inputs = entry(_FILE, name)["inputs"]
    if name == "vasoconstriction":
        x = np.log(np.column_stack((inputs["volume"], inputs["rate"])))
    else:
        x = np.array(inputs["x"], dtype=np.float64)
    return x, np.array(inputs["y"], dtype=np.int64)
