"""Fill, scale and levels of one column, learned from the training rows."""

import numpy as np

from ops.classify.features.part import CategoryPart, NumberPart
from ops.classify.spec import CategoryFeature, NumberFeature
from ops.errors import BadData, Problem
from ops.values import BoolArray, Factor, FloatArray

_TINY = 1e-100  # a smaller scale would make numbers of ordinary size overflow
_EPS = float(np.finfo(np.float64).eps)


def number_part(feature: NumberFeature, x: FloatArray, unit: str, *, flag: bool) -> NumberPart:
    """Fill and scale of a column of numbers.

    Centre and scale are those of the rows after filling: mean and standard deviation (n below),
    median and interquartile range (`robust`; the standard deviation where that range is 0). A
    constant column has its value and 1.

    Parameters
    ----------
    x : shape (n,)
        Values in `unit`, NaN where missing.
    flag
        Whether a 0/1 feature tells of its missing values.

    Raises
    ------
    BadData
        If a value is missing that must not be.
    """
    known = x[~np.isnan(x)]
    lacking = x.size - known.size
    if lacking and feature.missing == "refuse":
        text = f"{feature.column!r} lacks {lacking} of {x.size} values"
        mend = f"{text}: fill them, or set missing to 'median'"
        raise BadData(text, (Problem(f"/{feature.column}", mend),))
    fill = _fill(feature, known)
    center, scale = _scaling(feature, np.where(np.isnan(x), fill, x) if lacking else x)
    return NumberPart(feature.column, unit, feature.missing, fill, center, scale, flag)


def category_part(feature: CategoryFeature, factor: Factor) -> CategoryPart:
    """Levels of a column of texts.

    A level has a feature of its own if its share of all rows, those without a text included, is
    `min_frequency` or more; the others share one.

    Raises
    ------
    BadData
        If there is no text in any row.
    """
    counts = np.bincount(factor.codes + 1, minlength=len(factor.levels) + 1)
    missing, counts = int(counts[0]), counts[1:]
    least = feature.min_frequency * factor.codes.size
    seen = [(level, int(c)) for level, c in zip(factor.levels, counts, strict=True) if c > 0]
    kept = sorted(level for level, count in seen if count >= least)
    rare = tuple(sorted(level for level, count in seen if count < least))
    reference = None
    if feature.reference and kept:
        count = dict(seen)
        reference = max(kept, key=lambda level: count[level])  # the first of equals
        kept.remove(reference)
    flag = 0 < missing < factor.codes.size
    return CategoryPart(feature.column, tuple(kept), reference, rare, flag, feature.unknown)


def told_apart(missing: list[BoolArray | None]) -> list[bool]:
    """Which columns get a flag: some but not all values missing, no earlier one missing alike.

    Parameters
    ----------
    missing : shape (n,) each
        Where a column has no value; None if it wants no flag.
    """
    seen: set[bytes] = set()
    flags: list[bool] = []
    for pattern in missing:
        if pattern is None or not pattern.any() or pattern.all():
            flags.append(False)
            continue
        key = np.packbits(pattern).tobytes()
        flags.append(key not in seen)
        seen.add(key)
    return flags


def _fill(feature: NumberFeature, known: FloatArray) -> float:
    if known.size == 0 or feature.missing == "zero":
        return 0.0
    if feature.missing == "mean":
        return float(known.mean())
    return float(np.median(known))


def _scaling(feature: NumberFeature, x: FloatArray) -> tuple[float, float]:
    if feature.scale == "none":
        return 0.0, 1.0
    if x.min() == x.max():
        return float(x[0]), 1.0
    mean, variance = float(x.mean()), float(x.var())
    noise = x.size * _EPS * variance + (x.size * mean * _EPS) ** 2  # what rounding makes of none
    sd = variance**0.5 if variance > max(noise, _TINY**2) else 1.0
    if feature.scale == "standard":
        return mean, sd
    low, median, high = (float(q) for q in np.percentile(x, (25, 50, 75)))
    return median, high - low if high - low > max(_TINY, 10 * _EPS * abs(median)) else sd
