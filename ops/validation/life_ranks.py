"""Life data without a model, and lines through ranks, as books and packages print them."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

import numpy as np

from ops.lifetime.data import LifeData, failures_and_suspensions, life_data
from ops.lifetime.nonparametric.as_in import as_in
from ops.lifetime.nonparametric.fisher import Interval
from ops.lifetime.nonparametric.kaplan_meier import kaplan_meier
from ops.lifetime.nonparametric.nelson_aalen import nelson_aalen
from ops.lifetime.nonparametric.plotting import plotting_positions, probability_of_rank
from ops.lifetime.nonparametric.rank_bounds import rank_bounds
from ops.lifetime.nonparametric.rank_regression import rank_regression
from ops.lifetime.nonparametric.turnbull import turnbull
from ops.validation.case import Case, Tolerance, printed
from ops.validation.published import entry
from ops.values import FloatArray

_FILE = "life_ranks"
_BY_HAND = Tolerance("sums of numbers with four printed decimals", relative=1e-4)
_TABLE = Tolerance("four printed decimals, one of them rounded twice", absolute=6e-5)
_BOOK = Tolerance("read off a profile in the book", relative=7e-4)


def cases() -> Iterator[Case]:
    """Cases of ranks, of lines through them, and of nonparametric estimates."""
    yield from _ranks()
    yield from _lines()
    yield from _reports()
    yield from _steps()


def _ranks() -> Iterator[Case]:
    table = entry(_FILE, "ranks_of_ten")["expected"]
    for name in ("median", "low", "high"):
        yield _case("ranks_of_ten", name, table[name], printed(2), partial(_rank_of_ten, name))
    johnson = entry(_FILE, "johnson_adjusted_ranks")["expected"]
    for name, tolerance in (("order", printed(3)), ("position", printed(3))):
        yield _case(
            "johnson_adjusted_ranks", name, johnson[name], tolerance, partial(_johnson, name)
        )


def _lines() -> Iterator[Case]:
    nist = entry(_FILE, "nist_weibull_plot_rry")["expected"]
    yield _case("nist_weibull_plot_rry", "", nist.values(), printed(6), _nist)
    wiki = entry(_FILE, "reliawiki_three_parameters")["expected"]
    yield _case(
        "reliawiki_three_parameters", "", wiki.values(), Tolerance("gamma as printed", 1e-4), _three
    )
    six = entry(_FILE, "reliawiki_six_units")["expected"]
    yield _case("reliawiki_six_units", "ranks", six["rank"], _TABLE, _six_ranks)
    lines = (six["beta_rry"], six["beta_rrx"], six["eta_rrx"])
    yield _case("reliawiki_six_units", "lines", lines, _BY_HAND, _six_lines)
    top = (six["beta_ml"], six["eta_ml"])
    yield _case("reliawiki_six_units", "likelihood", top, printed(3), _six_likelihood)


def _reports() -> Iterator[Case]:
    fan = entry(_FILE, "fan_weibull")["expected"]
    yield _case("fan_weibull", "scale", fan["eta"], printed(1), partial(_fan, "eta"))
    yield _case("fan_weibull", "shape", fan["beta"], printed(4), partial(_fan, "beta"))
    cage = entry(_FILE, "bearing_cage_life_bounds")["expected"]
    yield _case(
        "bearing_cage_life_bounds", "", (cage["b10"], *cage["bounds"]), _BOOK, _bearing_cage
    )


def _steps() -> Iterator[Case]:
    remission = entry(_FILE, "remission_6mp")["expected"]
    for name, decimals in (("survival", 3), ("survival_error", 4), ("hazard", 4)):
        yield _case(
            "remission_6mp", name, remission[name], printed(decimals), partial(_remission, name)
        )
    masses = entry(_FILE, "breast_cosmesis_radiotherapy")["expected"]["mass"]
    yield _case("breast_cosmesis_radiotherapy", "", masses, printed(4), _cosmesis)


def _case(name: str, part: str, expected: Any, tolerance: Tolerance, obtain: Any) -> Case:
    found = entry(_FILE, name)
    return Case(
        f"{_FILE}/{name}" + (f"/{part}" if part else ""),
        found["title"] + (f": {part}" if part else ""),
        found["source"],
        tuple(float(x) for x in expected),
        tolerance,
        obtain,
    )


def _data(name: str) -> LifeData:
    inputs = entry(_FILE, name)["inputs"]
    if "failures" in inputs:
        return failures_and_suspensions(inputs["failures"], inputs.get("suspensions", ()))
    upper = [np.inf if x is None else x for x in inputs["upper"]]
    return life_data(inputs["lower"], upper, weight=inputs.get("weight"))


def _numbers(values: FloatArray) -> list[float]:
    return [float(x) for x in values]


def _rank_of_ten(name: str) -> list[float]:
    order = np.arange(1.0, 11.0)
    low, high = rank_bounds(order, 10, confidence=0.90)
    of: Mapping[str, FloatArray] = {
        "median": probability_of_rank(order, 10),
        "low": low,
        "high": high,
    }
    return _numbers(100.0 * of[name])


def _johnson(name: str) -> list[float]:
    found = plotting_positions(_data("johnson_adjusted_ranks"), ranks="benard")
    # the book ranks its rounded order numbers
    rounded = np.round(found.order, 3)
    positions = np.round(probability_of_rank(rounded, 8, "benard"), 4)
    return _numbers(found.order if name == "order" else positions)


def _nist() -> list[float]:
    line = rank_regression(_data("nist_weibull_plot_rry"), on="y", ranks="benard").parameters
    return [line["beta"], -line["beta"] * float(np.log10(line["eta"]))]


def _three() -> list[float]:
    gamma = entry(_FILE, "reliawiki_three_parameters")["inputs"]["gamma"]
    line = rank_regression(_data("reliawiki_three_parameters"), on="y", threshold=gamma).parameters
    return [line["beta"], line["eta"]]


def _six_ranks() -> list[float]:
    return _numbers(plotting_positions(_data("reliawiki_six_units")).probability)


def _six_lines() -> list[float]:
    data = _data("reliawiki_six_units")
    flat, steep = (rank_regression(data, on=on).parameters for on in ("y", "x"))
    return [flat["beta"], steep["beta"], steep["eta"]]


def _six_likelihood() -> list[float]:
    found = as_in(_data("reliawiki_six_units"), "weibull++", method="ml").parameters
    return [found["beta"].estimate, found["eta"].estimate]


def _fan(name: str) -> list[float]:
    return _four(as_in(_data("fan_weibull"), "minitab").parameters[name])


def _four(one: Interval) -> list[float]:
    return [one.estimate, one.std_error, one.lower, one.upper]


def _bearing_cage() -> list[float]:
    life = as_in(_data("bearing_cage_life_bounds"), "jmp", p=(0.1,)).lives[0.1]
    return [life.estimate, life.lower, life.upper]


def _remission(name: str) -> list[float]:
    data = _data("remission_6mp")
    if name == "hazard":
        return _numbers(nelson_aalen(data).hazard)
    found = kaplan_meier(data)
    return _numbers(found.survival if name == "survival" else found.std_error)


def _cosmesis() -> list[float]:
    return _numbers(turnbull(_data("breast_cosmesis_radiotherapy")).mass)
