"""Gauge studies: the worked examples of the AIAG manual, and agreement of appraisers."""

from collections.abc import Iterator
from functools import partial

import numpy as np

from ops.gauge.average_range import average_range_study, single_range_constant
from ops.gauge.breakdown import Breakdown
from ops.gauge.crossed import crossed_study
from ops.gauge.kappa import cohen_kappa, fleiss_kappa
from ops.gauge.linearity import linearity_study
from ops.validation.case import Case, Tolerance, printed
from ops.validation.published import entry
from ops.values import FloatArray, IntArray

_PARTS = ("repeatability", "reproducibility", "gauge", "part", "total")


def cases() -> Iterator[Case]:
    """Cases of crossed studies, of linearity, and of kappa."""
    yield from _range_method()
    yield from _analysis_of_variance()
    yield from _linearity()
    psychiatrists = entry("gauge", "kappa_fleiss_1971")
    yield Case(
        "gauge/kappa_fleiss_1971",
        "Fleiss' kappa: 30 patients, 6 psychiatrists",
        psychiatrists["source"],
        (psychiatrists["expected"]["kappa"],),
        printed(3),
        lambda: [fleiss_kappa(np.array(psychiatrists["inputs"]["counts"])).value.value],
    )
    pairs = entry("gauge", "kappa_aiag_pairs")
    yield Case(
        "gauge/kappa_aiag_pairs",
        f"Cohen's kappa of the appraisers {', '.join(pairs['expected'])}",
        pairs["source"],
        tuple(pairs["expected"].values()),
        printed(2),
        lambda: [
            cohen_kappa(np.array(pairs["inputs"]["tables"][name])).value.value
            for name in pairs["expected"]
        ],
    )


def _range_method() -> Iterator[Case]:
    found = entry("gauge", "grr_aiag_xbar_range")
    expected = found["expected"]
    rest = Tolerance("the manual rounds its constants K to 4 decimals, means to 4", 5e-4)
    yield Case(
        "gauge/grr_aiag_xbar_range/parts",
        "Average and range: EV, AV, GRR, PV, TV",
        found["source"],
        tuple(expected[name] for name in ("EV", "AV", "GRR", "PV", "TV")),
        rest,
        lambda: _deviations(average_range_study(*_aiag())),
    )
    yield Case(
        "gauge/grr_aiag_xbar_range/share",
        "Average and range: GRR in % of total variation, categories ndc",
        found["source"],
        (expected["pct_GRR"], expected["ndc"]),
        printed(2),
        lambda: _share(average_range_study(*_aiag())),
    )
    yield Case(
        "gauge/grr_aiag_xbar_range/constants",
        "Constants K2 of 3 operators, K3 of 10 parts",
        found["source"],
        (found["inputs"]["K2"], found["inputs"]["K3"]),
        Tolerance("4 printed decimals, made of a d2* of 5 digits", 1e-4),
        lambda: [1.0 / single_range_constant(3), 1.0 / single_range_constant(10)],
    )


def _analysis_of_variance() -> Iterator[Case]:
    found = entry("gauge", "grr_aiag_anova")
    expected = found["expected"]
    yield Case(
        "gauge/grr_aiag_anova/parts",
        f"Analysis of variance: standard deviations of {', '.join(_PARTS)}",
        found["source"],
        tuple(expected[name] for name in _PARTS),
        Tolerance("6 printed decimals; sums are of rounded parts", 2e-6),
        lambda: _deviations(_anova()),
    )
    yield Case(
        "gauge/grr_aiag_anova/share",
        "Analysis of variance: GRR in % of total variation, categories ndc",
        found["source"],
        (expected["pct_grr"], expected["ndc"]),
        printed(2),
        lambda: _share(_anova()),
    )


def _linearity() -> Iterator[Case]:
    found = entry("gauge", "linearity_aiag")
    names = ("slope", "intercept", "residual_sd", "r_squared", "t_slope", "t_intercept")
    for name, decimals in zip(names, (6, 6, 5, 3, 3, 3), strict=True):
        yield Case(
            f"gauge/linearity_aiag/{name}",
            f"Linearity of bias: {name.replace('_', ' ')}",
            found["source"],
            (found["expected"][name],),
            printed(decimals),
            partial(_line, found["inputs"], name),
        )
    yield Case(
        "gauge/linearity_aiag/bias",
        "Linearity: bias at 5 reference values",
        found["source"],
        tuple(found["expected"]["bias"]),
        printed(6),
        partial(_bias, found["inputs"]),
    )


def _aiag() -> tuple[FloatArray, IntArray, IntArray]:
    y = np.array(entry("gauge", "grr_aiag_xbar_range")["inputs"]["y[op][trial][part]"])
    operator, _, part = np.indices(y.shape)
    return y.ravel(), part.ravel(), operator.ravel()


def _anova() -> Breakdown:
    return crossed_study(*_aiag(), rng=np.random.default_rng(1), interaction="pool")


def _deviations(found: Breakdown) -> list[float]:
    return [getattr(found, name).value ** 0.5 for name in _PARTS]


def _share(found: Breakdown) -> list[float]:
    return [100.0 * found.share.value, np.nan if found.distinct is None else found.distinct]


def _measured(of: dict[str, list[list[float]]]) -> tuple[FloatArray, FloatArray]:
    y = np.array(of["measured"])
    return y.ravel(), np.repeat(np.array(of["references"], dtype=np.float64), y.shape[1])


def _line(of: dict[str, list[list[float]]], name: str) -> list[float]:
    value = getattr(linearity_study(*_measured(of)), name)
    return [abs(value) if name.startswith("t_") else getattr(value, "value", value)]


def _bias(of: dict[str, list[list[float]]]) -> list[float]:
    return [at.bias.value for at in linearity_study(*_measured(of)).at]
