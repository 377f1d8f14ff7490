"""One value of a row, and the features made of the values before it, in plain floats."""

from collections.abc import Callable, Mapping
from math import nan
from numbers import Real

import numpy as np

from ops.classify.features.derive import sources
from ops.classify.features.part import HUGE, InputColumn
from ops.classify.features.refusal import refuse_lacking
from ops.classify.spec import Difference, LimitByCategory, Product, Ratio
from ops.errors import BadData, Problem

Values = Mapping[str, float | str | None]
Maker = Callable[[list[float], Values], float]


def number_of(x: object, name: str) -> float:
    """Value of a column of numbers: NaN if it is missing, infinite or beyond all measure."""
    if x is None:
        return nan
    if isinstance(x, float):  # asked first: an abstract class is slow to answer
        return float(x) if -HUGE <= x <= HUGE else nan
    if isinstance(x, Real) and not isinstance(x, bool | np.bool_):
        try:
            value = float(x)
        except OverflowError:
            return nan
        return value if -HUGE <= value <= HUGE else nan
    text = f"{name!r} is {x!r}: send a number, or null if it has no value"
    raise BadData(text, (Problem(f"/{name}", text),))


def is_beyond(x: object) -> bool:
    """Whether a value is a number that counts as missing for its size: beyond 1e100, infinite."""
    return isinstance(x, int | float) and abs(x) > HUGE


def text_of(values: Values, name: str) -> str | None:
    """Value of a column of texts."""
    try:
        text = values[name]
    except KeyError:
        refuse_lacking([InputColumn(name, "category")])
    if text is None or isinstance(text, str):
        return text
    said = f"{name!r} is {text!r}: send a text, or null if it has no value"
    raise BadData(said, (Problem(f"/{name}", said),))


def maker_of(
    made: Ratio | Product | Difference | LimitByCategory, slots: Mapping[str, int]
) -> Maker:
    """Make a feature of the slots before it: in floats what `derive.Columns` does in arrays."""
    at = [slots[name] for name in sources(made)]
    if isinstance(made, Ratio):
        return _ratio(*at)
    if isinstance(made, Difference):
        return _difference(*at)
    if isinstance(made, Product):
        return _product(at, made.factor)
    return _limit(at[0], made)


def _ratio(above: int, below: int) -> Maker:
    def make(x: list[float], _: Values) -> float:
        return x[above] / x[below] if x[below] else nan

    return make


def _difference(of: int, minus: int) -> Maker:
    def make(x: list[float], _: Values) -> float:
        return x[of] - x[minus]

    return make


def _product(at: list[int], factor: float) -> Maker:
    def make(x: list[float], _: Values) -> float:
        value = factor
        for i in at:
            value *= x[i]
        return value

    return make


def _limit(at: int, made: LimitByCategory) -> Maker:
    limits, category, relative = made.limits, made.category, made.relative

    def make(x: list[float], values: Values) -> float:
        level = text_of(values, category)
        limit = None if level is None else limits.get(level)
        if limit is None:
            return nan
        return x[at] / limit - 1.0 if relative else x[at] - limit

    return make
