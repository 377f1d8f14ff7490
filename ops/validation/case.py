"""A reference case: what is published, how it is computed here, how far the two may differ."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import floor, isfinite, log10

from pydantic import BaseModel, ConfigDict, Field

_ROUNDING = 1.0 + 1e-9  # a value on the edge of what a printed digit allows is within it


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far a value may be from the published one, and why; the widest of the parts counts.

    Parameters
    ----------
    reason
        Why no less: the printed digits, a rounded input, the error of a simulation.
    absolute, relative
        In the unit of the value, and as a share of its size.
    digits
        Significant digits that are printed: half a unit of the last one is allowed.
    """

    reason: str
    absolute: float = 0.0
    relative: float = 0.0
    digits: int = 0

    def allowed(self, expected: float) -> float:
        """Largest distance from a published value."""
        wide = max(self.absolute, self.relative * abs(expected))
        if self.digits and expected:
            place = floor(log10(abs(expected))) - self.digits + 1
            wide = max(wide, 0.5 * 10.0**place)
        return wide * _ROUNDING

    def __str__(self) -> str:
        """Say it in short."""
        parts = [f"{self.digits} digits"] if self.digits else []
        parts += [f"±{self.absolute:.2g}"] if self.absolute else []
        parts += [f"±{self.relative:.2g} relative"] if self.relative else []
        return " or ".join(parts) or "exact"


def printed(decimals: int) -> Tolerance:
    """Half a unit of the last of some printed decimals."""
    return Tolerance(f"half a unit of the last of {decimals} printed decimals", 0.5 * 10**-decimals)


def significant(digits: int) -> Tolerance:
    """Half a unit of the last of some printed significant digits."""
    return Tolerance(f"half a unit of the last of {digits} printed digits", digits=digits)


EXACT = Tolerance("whole numbers: places, counts, decisions")


@dataclass(frozen=True, slots=True)
class Case:
    """One published result.

    Parameters
    ----------
    id
        ``file/entry`` of the reference files, with what part of it where that has several.
    title
        What is computed, in the words of the field.
    source
        Where it is published.
    expected
        Published numbers.
    tolerance
        How far from each of them is still right.
    obtain
        Computes them here, in the same order.
    unit
        Unit of the numbers; empty if they have none or several.
    long
        Whether it takes more than a second or two.
    """

    id: str
    title: str
    source: str
    expected: tuple[float, ...]
    tolerance: Tolerance
    obtain: Callable[[], Sequence[float]]
    unit: str = ""
    long: bool = False


class Outcome(BaseModel):
    """What a case came to on this machine."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(description="File, entry and part of the reference files.")
    title: str = Field(description="What was computed.")
    source: str = Field(description="Where it is published.")
    unit: str = Field(description="Unit of the numbers; empty if none or several.")
    expected: tuple[float, ...] = Field(description="Published numbers.")
    obtained: tuple[float | None, ...] = Field(description="Computed here; null: no number.")
    worst: int | None = Field(description="Place, from 0, of the number that is farthest off.")
    deviation: float | None = Field(description="Its distance from the published number.")
    allowed: float | None = Field(description="What its tolerance allows there.")
    tolerance: str = Field(description="Tolerance in short.")
    reason: str = Field(description="Why it is not less.")
    passed: bool = Field(description="Whether every number is within its tolerance.")
    error: str | None = Field(description="What went wrong where no numbers came.")


def judge(case: Case, obtained: Sequence[float], error: str | None = None) -> Outcome:
    """Compare numbers with the published ones.

    Too few, too many, or a number that is none are a failure, as is an `error`.
    """
    if error is None and len(obtained) != len(case.expected):
        error = f"{len(case.expected)} numbers are published, {len(obtained)} came"
    found = tuple(float(x) for x in obtained)
    worst = None if error else _worst(case, found)
    deviation = None if worst is None else abs(found[worst] - case.expected[worst])
    allowed = None if worst is None else case.tolerance.allowed(case.expected[worst])
    within = deviation is not None and allowed is not None and deviation <= allowed
    return Outcome(
        id=case.id,
        title=case.title,
        source=case.source,
        unit=case.unit,
        expected=case.expected,
        obtained=tuple(x if isfinite(x) else None for x in found),
        worst=worst,
        deviation=deviation if deviation is not None and isfinite(deviation) else None,
        allowed=allowed,
        tolerance=str(case.tolerance),
        reason=case.tolerance.reason,
        passed=within,
        error=error,
    )


def _worst(case: Case, found: tuple[float, ...]) -> int:
    """Place of the number that uses up most of its tolerance."""

    def used(i: int) -> tuple[float, float]:
        off = abs(found[i] - case.expected[i])
        if not isfinite(off):
            return (float("inf"), float("inf"))
        allowed = case.tolerance.allowed(case.expected[i])
        return (off / allowed if allowed else (float("inf") if off else 0.0), off)

    return max(range(len(found)), key=used)
