"""Which baseline a characteristic is judged by, and what speaks against it.

The newest approved window whose levels match counts. Whatever is wrong with it is said: it is due
for review, it overlaps what is judged, it holds too few values or more than the record, it is in
another unit, the limits were others. Where none can be used the first stretch of the record stands
in, and that is said too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from ops.drift.evidence import MICROS_PER_DAY
from ops.values import BoolArray, FloatArray, IntArray, ReferenceWindow, Series

LEAST = 20  # values of a reference, and of a current window
FIRST_SHARE = 0.3  # of the record that stands in where there is no baseline

Flaw = Literal[
    "none-approved",  # there is no approved baseline at all
    "other-levels",  # it is of other levels than those judged
    "other-unit",  # its values are in another unit
    "too-few",  # it holds too few values
    "too-few-left",  # nearly all that is judged lies inside it
    "in-the-future",  # it begins after the judged window ends
    "due-for-review",  # its review date has passed
    "overlaps",  # it overlaps the judged window; what is in both counts as reference
    "longer-than-data",  # it holds more values than all that is judged
    "other-limits",  # the spec limits were others
    "not-qualified",  # the first stretch of the record stands in
]
FATAL: frozenset[Flaw] = frozenset(
    {"other-levels", "other-unit", "too-few", "too-few-left", "in-the-future"}
)


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to know about a baseline: what, of which, and the numbers or words it rests on."""

    flaw: Flaw
    name: str = ""
    said: str = ""

    @property
    def is_fatal(self) -> bool:
        """Whether the baseline cannot be used."""
        return self.flaw in FATAL


@dataclass(frozen=True, slots=True)
class BaselineChoice:
    """What counts as reference, and as current.

    Parameters
    ----------
    kind
        ``approved``; ``first-stretch`` of the record; ``none``: nothing can be compared.
    baseline
        The approved window; None otherwise.
    reference, current : shape (n0,), (n1,)
        Values in time order, in one unit.
    reference_rows
        Rows of the judged series that are reference and therefore not current.
    remarks
        Of the one chosen, and why newer ones were passed over, in order of approval.
    """

    kind: Literal["approved", "first-stretch", "none"]
    baseline: ReferenceWindow | None
    reference: FloatArray
    current: FloatArray
    reference_rows: IntArray
    remarks: tuple[Remark, ...]

    @property
    def is_due(self) -> bool:
        """Whether the chosen baseline is due for review."""
        name = None if self.baseline is None else self.baseline.name
        return any(r.flaw == "due-for-review" and r.name == name for r in self.remarks)


def choose_baseline(
    series: Series,
    baselines: Sequence[ReferenceWindow],
    *,
    as_of: int,
    where: Mapping[str, Sequence[str]] | None = None,
) -> BaselineChoice:
    """Choose the reference of one judged series (a characteristic, or a stratum of it).

    Parameters
    ----------
    series
        What is judged, in time order.
    baselines
        Approved ones; those of other characteristics are passed over in silence.
    as_of
        Now, microseconds since 1970 UTC.
    where
        Levels that the stratum is made of, e.g. ``{"tool": ("WB-07",)}``.
    """
    own = [b for b in baselines if b.characteristic_id == series.characteristic.id]
    remarks = list[Remark]()
    if not own:
        remarks.append(Remark("none-approved"))
    for one in sorted(own, key=lambda b: (-b.approved_at, -b.id)):
        found = _remarks(one, series, as_of, where or {})
        remarks += found
        if not any(remark.is_fatal for remark in found):
            return _approved(one, series, tuple(remarks))
    return _first_stretch(series, remarks)


def is_due(review_at: int | None, as_of: int) -> bool:
    """Whether a baseline is due for review.

    Examples
    --------
    >>> is_due(None, 5), is_due(5, 5), is_due(6, 5)
    (False, True, False)
    """
    return review_at is not None and review_at <= as_of


def _remarks(
    one: ReferenceWindow, judged: Series, as_of: int, where: Mapping[str, Sequence[str]]
) -> list[Remark]:
    return [
        Remark(flaw, one.name, said)
        for flaw, said in (*_fatal(one, judged, where), *_to_know(one, judged, as_of))
    ]


def _fatal(
    one: ReferenceWindow, judged: Series, where: Mapping[str, Sequence[str]]
) -> list[tuple[Flaw, str]]:
    found = list[tuple[Flaw, str]]()
    for factor, levels in one.where.items():
        asked = where.get(factor, _levels(judged, factor))
        if asked and not set(asked) <= set(levels):
            found.append(("other-levels", f"{factor}: {', '.join(levels)}"))
    if one.series is None or _finite(one.series.value).size < LEAST:
        n = 0 if one.series is None else _finite(one.series.value).size
        found.append(("too-few", f"{n} of {LEAST}"))
    elif one.series.characteristic.unit != judged.characteristic.unit:
        units = one.series.characteristic.unit, judged.characteristic.unit
        found.append(("other-unit", " / ".join(units)))
    left = _finite(judged.value[~_in(one, judged)]).size
    if left < min(LEAST, judged.value.size):
        found.append(("too-few-left", f"{left} of {LEAST}"))
    if judged.ts.size and one.start > int(judged.ts[-1]):
        found.append(("in-the-future", ""))
    return found


def _to_know(one: ReferenceWindow, judged: Series, as_of: int) -> list[tuple[Flaw, str]]:
    found = list[tuple[Flaw, str]]()
    if is_due(one.review_at, as_of):
        days = (as_of - (one.review_at or as_of)) // MICROS_PER_DAY
        found.append(("due-for-review", f"{days} d"))
    inside = int(np.count_nonzero(_in(one, judged)))
    if inside:
        found.append(("overlaps", str(inside)))
    if one.series is not None and one.series.value.size > judged.value.size:
        found.append(("longer-than-data", f"{one.series.value.size} > {judged.value.size}"))
    if one.series is not None and one.series.spec != judged.spec:
        found.append(("other-limits", ""))
    return found


def _approved(one: ReferenceWindow, judged: Series, remarks: tuple[Remark, ...]) -> BaselineChoice:
    assert one.series is not None, "too few values are a fatal flaw"
    inside = _in(one, judged)
    return BaselineChoice(
        "approved", one, _finite(one.series.value), _finite(judged.value[~inside]),
        np.flatnonzero(inside), remarks,
    )  # fmt: skip


def _first_stretch(judged: Series, remarks: list[Remark]) -> BaselineChoice:
    """Take the first share of the record, at least the least number of values, as reference."""
    there = np.flatnonzero(np.isfinite(judged.value))
    n = max(LEAST, int(FIRST_SHARE * there.size))
    if there.size - n < LEAST:
        short = Remark("too-few", "", f"{there.size} of {2 * LEAST}")
        none = np.zeros(0)
        rows = np.zeros(0, dtype=np.int64)
        return BaselineChoice("none", None, none, judged.value[there], rows, (*remarks, short))
    first = there[:n]
    said = Remark("not-qualified", "", str(n))
    return BaselineChoice(
        "first-stretch", None, judged.value[first], judged.value[there[n:]], first,
        (*remarks, said),
    )  # fmt: skip


def _levels(judged: Series, factor: str) -> tuple[str, ...]:
    """Levels of a factor that the judged values have; () where it is not known."""
    of = judged.factors.get(factor)
    if of is None:
        return ()
    return tuple(of.levels[int(code)] for code in np.unique(of.codes) if code >= 0)


def _in(one: ReferenceWindow, judged: Series) -> BoolArray:
    return (judged.ts >= one.start) & (judged.ts < one.end)


def _finite(value: FloatArray) -> FloatArray:
    return value[np.isfinite(value)]
