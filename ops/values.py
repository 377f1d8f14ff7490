"""Frozen values that several kernels share: arrays, factors, limits, measured series."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from math import inf
from typing import Literal

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]
LARGEST = 1e15  # beyond it the digits of a double end, and a number is shown by its power of ten
ZERO = 1e-12  # what is below it is a rounding error


class Status(IntEnum):
    """What a stored measurement stands for; only VALID and CORRECTED enter statistics."""

    VALID = 0
    VOID = 1
    CORRECTED = 2
    BEYOND_GAUGE = 3


@dataclass(frozen=True, slots=True)
class SpecLimits:
    """Specification limits of one characteristic, in its own unit; an absent side is infinite."""

    lower: float = -inf
    upper: float = inf
    target: float | None = None

    def __post_init__(self) -> None:
        if not self.lower < self.upper:
            raise ValueError(f"lower limit {self.lower} is not below upper limit {self.upper}")
        if self.target is not None and not self.lower <= self.target <= self.upper:
            raise ValueError(f"target {self.target} is outside {self.lower} to {self.upper}")


@dataclass(frozen=True, slots=True)
class Factor:
    """A dictionary-encoded column: `codes` index `levels`, -1 where there is no value.

    Parameters
    ----------
    codes : shape (n,)
        Index into `levels`, or -1.
    levels
        Distinct values, sorted.
    """

    codes: IntArray
    levels: tuple[str, ...]

    def take(self, index: IntArray | BoolArray | slice) -> "Factor":
        """Rows `index` of the factor, levels unchanged."""
        return Factor(self.codes[index], self.levels)


def stable_order(codes: IntArray) -> IntArray:
    """Order by code, ties as they stand; linear where the codes are few.

    Parameters
    ----------
    codes : shape (n,)
        At least -1.

    Examples
    --------
    >>> stable_order(np.array([1, 0, 1, -1])).tolist()
    [3, 1, 0, 2]
    """
    few = codes.size > 0 and int(codes.max()) < 2**15  # numpy sorts 16 bits by radix
    return np.argsort(codes.astype(np.int16) if few else codes, kind="stable")


def factor_of(values: list[str | None]) -> Factor:
    """Encode a list of strings.

    Examples
    --------
    >>> factor_of(["b", "a", None, "b"]).levels
    ('a', 'b')
    """
    levels = tuple(sorted({v for v in values if v is not None}))
    code = {level: i for i, level in enumerate(levels)}
    codes = np.array([-1 if v is None else code[v] for v in values], dtype=np.int64)
    return Factor(codes, levels)


@dataclass(frozen=True, slots=True)
class Characteristic:
    """What was measured: its key, its site and its unit."""

    id: int
    site: str
    code: str
    title: str
    unit: str


@dataclass(frozen=True, slots=True)
class Series:
    """Measurements of one characteristic in (ts, seq) order, void values already left out.

    Parameters
    ----------
    characteristic
        What was measured; `value` is in its unit.
    ts : shape (n,)
        Microseconds since 1970 UTC.
    value : shape (n,)
        Measured values; corrections applied.
    n : shape (n,)
        Sample size or area of an attribute count, 1 otherwise.
    subgroup, unit_id, position
        Rational subgroup, serial of the unit, place on the unit (wire, site).
    factors
        Slow context, each of shape (n,): tool, lot, capillary, shift ...
    spec
        Limits in force at the end of the window, None where none are defined.
    seq : shape (n,)
        Sequence of each measurement: with `ts` its key; None unless the query asked for it.
    """

    characteristic: Characteristic
    ts: IntArray
    value: FloatArray
    n: FloatArray
    subgroup: Factor
    unit_id: Factor
    position: Factor
    factors: Mapping[str, Factor] = field(default_factory=dict[str, Factor])
    spec: SpecLimits | None = None
    seq: IntArray | None = None

    def fingerprint(self) -> str:
        """SHA-256 over every array and label: equal data, equal fingerprint."""
        digest = hashlib.sha256(
            repr((self.characteristic.site, self.characteristic.code, self.spec)).encode()
        )
        for array in (self.ts, self.value, self.n):
            digest.update(np.ascontiguousarray(array).tobytes())
        named = {"": self.subgroup, "unit": self.unit_id, "position": self.position, **self.factors}
        for name in sorted(named):
            digest.update(repr((name, named[name].levels)).encode())
            digest.update(named[name].codes.tobytes())
        return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Measurements:
    """The answer to a `MeasurementQuery`: one series for each characteristic found."""

    series: tuple[Series, ...] = ()

    def fingerprint(self) -> str:
        """SHA-256 over the fingerprints of the series."""
        return hashlib.sha256("".join(s.fingerprint() for s in self.series).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class PlantEvent:
    """Something that happened at a site: a capillary change, a maintenance, a calibration.

    Parameters
    ----------
    ts, ended_at
        Microseconds since 1970 UTC; `ended_at` is None for an instant.
    tool, characteristic
        Codes, "" where it concerns all of the site.
    detail
        What was noted with it, e.g. ``{"capillary": "C-0123", "touch_downs": 1950000}``.
    """

    id: int
    site: str
    kind: str
    ts: int
    ended_at: int | None
    tool: str
    characteristic: str
    title: str
    detail: Mapping[str, object] = field(default_factory=dict[str, object])


@dataclass(frozen=True, slots=True)
class ReferenceWindow:
    """A qualified baseline of a characteristic, and what was measured in it.

    Parameters
    ----------
    start, end
        Half-open window, microseconds since 1970 UTC.
    where
        Factor to the levels that count; empty means all.
    approved_at, review_at
        When it was approved, and when it is due to be looked at again (None: never).
    series
        Values of the window that pass `where`; None if there are none.
    """

    id: int
    characteristic_id: int
    name: str
    start: int
    end: int
    where: Mapping[str, tuple[str, ...]]
    approved_by: str
    approved_at: int
    review_at: int | None
    series: Series | None

    def fingerprint(self) -> str:
        """Text that is equal for equal baselines with equal values."""
        said = (self.id, self.name, self.start, self.end, sorted(self.where.items()))
        return repr((said, None if self.series is None else self.series.fingerprint()))


MarkKind = Literal["annotate", "exclude", "include", "void", "restore"]


@dataclass(frozen=True, slots=True)
class PointMark:
    """What somebody said of a measured point; a mark is never removed, a later one outweighs it.

    Parameters
    ----------
    characteristic_id, ts, seq
        Key of the measurement.
    kind
        ``exclude`` leaves it out of the estimation of limits until ``include``; ``void`` takes it
        out of all statistics until ``restore``; ``annotate`` changes nothing.
    cause, action
        Codes of the site's catalogue, "" where none was given.
    at
        When it was said, microseconds since 1970 UTC.
    """

    characteristic_id: int
    ts: int
    seq: int
    kind: MarkKind
    cause: str
    action: str
    note: str
    person: str
    at: int


@dataclass(frozen=True, slots=True)
class Scope:
    """The sites a caller may see: their ids, or None for all."""

    sites: frozenset[int] | None = None

    def allows(self, site_id: int | None) -> bool:
        """Whether a row of `site_id` may be seen; a row without a site is seen by all."""
        return self.sites is None or site_id is None or site_id in self.sites


EVERYWHERE = Scope()

Role = Literal["viewer", "engineer", "planner", "admin"]
ROLES: tuple[Role, ...] = ("viewer", "engineer", "planner", "admin")


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: the name that the audit keeps, the role, the sites, the request it came with."""

    name: str
    role: Role
    scope: Scope = EVERYWHERE
    correlation_id: str | None = None

    def may(self, role: Role) -> bool:
        """Whether this actor's role includes `role`; engineer and planner are side by side."""
        return self.role in ("admin", role) or role == "viewer"


def fits(value: float, decimals: int) -> bool:
    """Whether so many decimals show a number: it is not too large for them, nor all zeros.

    What is smaller than rounding errors leave of a zero is shown as one.

    Examples
    --------
    >>> fits(0.04, 2), fits(0.00004, 2), fits(0.0, 2), fits(1e-15, 2), fits(1e18, 0)
    (True, False, True, True, False)
    """
    size = abs(value)
    return size < LARGEST and (size < ZERO or size >= 0.5 * 10.0**-decimals)
