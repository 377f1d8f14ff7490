"""Capability: indices with their intervals against the handbook and another implementation."""

from collections.abc import Iterator
from functools import partial
from typing import Any

import numpy as np

from ops.capability.index import Interval, chi_interval, cpm, indices
from ops.capability.sigma import overall_sigma, within_sigma
from ops.spc.constants import c4, d2
from ops.validation.case import Case, Tolerance, printed
from ops.validation.published import entry
from ops.values import SpecLimits

_D2_TABLE = 2.059  # the other implementation divides by the printed d2 of 4
_ONE_SIDED = 0.90  # its one-sided 95 % bounds are the two-sided 90 % interval
_PARTS = {
    "": ("two_sided", 0.95),
    "_l": ("lower", _ONE_SIDED),
    "_u": ("upper", _ONE_SIDED),
    "_k": ("minimum", 0.95),
}
_SIX = printed(6)


def cases() -> Iterator[Case]:
    """Cases of indices, of their intervals, and of the estimates of sigma behind them."""
    found = entry("capability", "nist_capability")
    names = ("Cp", "Cpk", "Cpl", "Cpu")
    yield Case(
        "capability/nist_capability",
        f"{', '.join(names)} of a mean and a standard deviation",
        found["source"],
        tuple(found["expected"][n] for n in names),
        printed(4),
        _nist,
    )
    yield from _qcc()
    strd = entry("capability", "strd_anova_SiRstv")
    yield Case(
        "capability/strd_anova_SiRstv",
        "Pooled standard deviation within instruments (SiRstv)",
        strd["source"],
        (strd["expected"]["resid_sd"],),
        Tolerance("certified; 12 digits hold in doubles", relative=1e-12),
        partial(_pooled, strd["inputs"]["groups"]),
    )


def _nist() -> list[float]:
    found = indices(16.0, 2.0, SpecLimits(8.0, 20.0), n=50, df=49)
    parts = (found.two_sided, found.minimum, found.lower, found.upper)
    return [np.nan if part is None else part.value for part in parts]


def _qcc() -> Iterator[Case]:
    found = entry("capability", "capability_with_CI_qcc3")
    for kind, letter in (("within", "C"), ("overall", "P")):
        for end in _PARTS:
            name = f"{letter}p{end}"
            yield Case(
                f"capability/capability_with_CI_qcc3/{name}",
                f"{name.replace('_', '')} with its 95 % interval or bounds, sigma {kind}",
                found["source"],
                tuple(found["expected"][name]),
                _SIX,
                partial(_index, found["inputs"], kind, end),
            )
        yield Case(
            f"capability/capability_with_CI_qcc3/{letter}pm",
            f"{letter}pm with its interval, sigma {kind}, by its degrees of freedom",
            found["source"],
            tuple(found["expected"][f"{letter}pm"]),
            _SIX,
            partial(_cpm, found["inputs"], kind),
        )


def _sample(of: dict[str, Any], kind: str) -> tuple[float, float, SpecLimits]:
    """Mean, sigma as the other implementation takes it, and limits."""
    x = np.array(of["subgroups"])
    group = np.repeat(np.arange(x.shape[0]), x.shape[1])
    if kind == "within":
        sigma = within_sigma(x.ravel(), group, "rbar").value * d2(x.shape[1]) / _D2_TABLE
    else:
        sigma = overall_sigma(x.ravel()).value
    return float(x.mean()), sigma, SpecLimits(of["LSL"], of["USL"], of["target"])


def _index(of: dict[str, Any], kind: str, end: str) -> list[float]:
    mean, sigma, limits = _sample(of, kind)
    part, confidence = _PARTS[end]
    return _triple(getattr(indices(mean, sigma, limits, n=12, df=11, confidence=confidence), part))


def _cpm(of: dict[str, Any], kind: str) -> list[float]:
    """Cpm, with the degrees of freedom of qcc, which leave out a square of Chan's."""
    mean, sigma, limits = _sample(of, kind)
    off = ((mean - of["target"]) / sigma) ** 2
    value = cpm(mean, sigma, limits, n=12).value
    return _triple(chi_interval(value, df=12 * (1 + off) / (1 + 2 * off), confidence=0.95))


def _triple(found: Interval) -> list[float]:
    return [found.value, found.lower, found.upper]


def _pooled(groups: list[list[float]]) -> list[float]:
    x = np.array(groups)
    found = within_sigma(x.ravel(), np.repeat(np.arange(x.shape[0]), x.shape[1]), "pooled")
    return [found.value * c4(round(found.df) + 1)]
