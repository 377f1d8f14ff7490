"""How the values of a series belong together: rational subgroups, and lots."""

from dataclasses import dataclass

import numpy as np

from ops.analyses.capability_params import CapabilityParams, subgroup_factor
from ops.capability.sigma import WithinMethod
from ops.values import IntArray, Series

_RANGES: tuple[WithinMethod, ...] = ("moving-range", "median-moving-range")


@dataclass(frozen=True, slots=True)
class Grouping:
    """Groups of the values of a series.

    Parameters
    ----------
    subgroup : shape (n,)
        Code of the rational subgroup, or of the stream of moving ranges.
    lot : shape (n,)
        Code of the lot, -1 for none; None: there are no lots.
    said
        Subgroup and estimator in words.
    """

    subgroup: IntArray
    method: WithinMethod
    lot: IntArray | None
    said: str

    @property
    def individuals(self) -> bool:
        """Whether moving ranges of single values are taken."""
        return self.method in _RANGES

    def lots_of(self, rows: IntArray) -> IntArray | None:
        """Lots of some of the values."""
        return None if self.lot is None else self.lot[rows]


def grouping(series: Series, params: CapabilityParams) -> Grouping:
    """Group the values of a series as the parameters say."""
    subgroup, method, said = _subgroups(series, params)
    return Grouping(subgroup, method, _lots(series, params.lot_factor), said)


def _lots(series: Series, name: str) -> IntArray | None:
    columns = {"subgroup": series.subgroup, "unit": series.unit_id}
    factor = columns.get(name) or series.factors.get(name)
    if factor is None or np.unique(factor.codes[factor.codes >= 0]).size < 2:
        return None
    return factor.codes


def _subgroups(series: Series, params: CapabilityParams) -> tuple[IntArray, WithinMethod, str]:
    """Code of the rational subgroup of each value, the estimator, and both in words."""
    wanted, n, method = params.subgroup, series.value.size, params.method
    if method in _RANGES:
        return _individuals(series, method)
    if isinstance(wanted, int):
        return (
            np.arange(n, dtype=np.int64) // wanted,
            method,
            f"{wanted} consecutive values, {method}",
        )
    filled = bool(np.any(np.bincount(series.subgroup.codes[series.subgroup.codes >= 0]) >= 2))
    if wanted == "column" or (wanted == "auto" and filled):
        return _own(series.subgroup.codes), method, f"subgroup column, {method}"
    for name in subgroup_factor(params):
        factor = series.factors.get(name)
        codes = np.full(n, -1, dtype=np.int64) if factor is None else factor.codes
        return _own(codes), method, f"values of one {name}, {method}"
    if wanted == "unit":
        return _own(series.unit_id.codes), method, f"values of one unit, {method}"
    return _individuals(series, "moving-range")


def _individuals(series: Series, method: WithinMethod) -> tuple[IntArray, WithinMethod, str]:
    tool = series.factors.get("tool")
    stream = np.zeros(series.value.size, np.int64) if tool is None else tool.codes
    kind = "" if method == "moving-range" else ", median"
    return stream, method, f"individuals: moving ranges of two within each tool{kind}"


def _own(codes: IntArray) -> IntArray:
    """Codes in which every value without a label is a subgroup of its own."""
    missing = codes < 0
    own = codes.copy()
    own[missing] = codes.max(initial=-1) + 1 + np.arange(int(missing.sum()))
    return own
