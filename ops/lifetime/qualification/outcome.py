"""What was found under the stresses of a plan, lot by lot, and the same as life data."""

from collections.abc import Sequence
from typing import Self

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, model_validator

from ops.errors import BadData, NotEnoughData, Problem
from ops.lifetime.data import LifeData, life_data
from ops.lifetime.qualification.plan import PlannedStress

MOST_UNITS = 1_000_000


class LotOutcome(BaseModel):
    """What one lot came to under one stress."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    stress: str = Field(min_length=1, max_length=40, description="Code of the planned stress.")
    lot: str = Field(min_length=1, max_length=100, description="Name of the lot.")
    units: int = Field(default=0, ge=0, le=MOST_UNITS, description="Units that went in.")
    readouts: tuple[float, ...] = Field(
        default=(), max_length=1000, description="Readouts done, ascending, in the stress' unit."
    )
    failures: tuple[int, ...] = Field(
        default=(), max_length=1000, description="Units found failed at each readout."
    )
    withdrawn: tuple[int, ...] = Field(
        default=(),
        max_length=1000,
        description="Units taken out at each readout without a failure; empty means none.",
    )
    values: tuple[float, ...] = Field(
        default=(), max_length=2000, description="Strength: each measured bond, gf."
    )

    @model_validator(mode="after")
    def _checked(self) -> Self:
        name = f"{self.stress}, lot {self.lot}"
        if list(self.readouts) != sorted(set(self.readouts)) or min(self.readouts, default=1) <= 0:
            raise ValueError(f"{name}: readouts must be above 0 and ascend, each once")
        for what, counts in (("failures", self.failures), ("withdrawn", self.withdrawn)):
            if (counts or what == "failures") and len(counts) != len(self.readouts):
                raise ValueError(f"{name}: {len(counts)} {what} for {len(self.readouts)} readouts")
            if min(counts, default=0) < 0:
                raise ValueError(f"{name}: {what} cannot be negative")
        if self.failed + sum(self.withdrawn) > self.units:
            raise ValueError(
                f"{name}: {self.failed} failed and {sum(self.withdrawn)} were withdrawn"
                f" of {self.units} units"
            )
        return self

    @property
    def failed(self) -> int:
        """Units that failed."""
        return sum(self.failures)

    @property
    def done(self) -> float:
        """Last readout, 0 if there was none."""
        return self.readouts[-1] if self.readouts else 0.0

    def unit_hours(self) -> float:
        """Time on test of all units; one found failed counts until the readout before."""
        begins = (0.0, *self.readouts[:-1])
        gone = self.withdrawn or (0,) * len(self.readouts)
        left = self.units - self.failed - sum(gone)
        total = left * self.done
        total += sum(f * begin for f, begin in zip(self.failures, begins, strict=True))
        return total + sum(w * at for w, at in zip(gone, self.readouts, strict=True))


def as_life_data(lots: Sequence[LotOutcome], unit: str) -> LifeData:
    """Life data of lots: failures between two readouts, the others lasted.

    Raises
    ------
    NotEnoughData
        If no unit was read out.
    """
    lower: list[float] = []
    upper: list[float] = []
    weight: list[int] = []
    for lot in lots:
        begins = (0.0, *lot.readouts[:-1])
        gone = list(lot.withdrawn or (0,) * len(lot.readouts))
        if gone:
            gone[-1] += lot.units - lot.failed - sum(gone)
        lower += [*begins, *lot.readouts]
        upper += [*lot.readouts, *(np.inf for _ in lot.readouts)]
        weight += [*lot.failures, *gone]
    there = np.array(weight, dtype=np.float64) > 0
    if not there.any():
        raise NotEnoughData("no unit was read out: give readouts and failures of a lot")
    rows = np.flatnonzero(there)
    return life_data(
        np.array(lower)[rows], np.array(upper)[rows], weight=np.array(weight)[rows], unit=unit
    )


def as_outcomes(data: LifeData, stress: PlannedStress) -> tuple[LotOutcome, ...]:
    """Read out a life test, a lot for each group, at the readouts of the plan.

    A failure counts at the readout after it; a unit that was taken off, at the one before. The
    earliest time at which a unit was taken off and the latest of all are readouts too.

    Raises
    ------
    BadData
        If a lot has more units than a plan can hold.
    """
    found: list[LotOutcome] = []
    for name in data.groups:
        rows = data.of_group(name)
        if not rows.units:
            continue
        if rows.units > MOST_UNITS:
            said = (
                f"lot {name or 'all units'} has {rows.units:g} units, at most {MOST_UNITS} are"
                " judged: give quantity as units on test, not as units shipped"
            )
            raise BadData(said, (Problem("/quantity", said),))
        ends = rows.lower[rows.right]
        latest = float(np.where(rows.right, rows.lower, rows.upper).max())
        planned = [r for r in stress.readouts if r <= latest]
        at = np.unique([*planned, *([ends.min()] if ends.size else []), latest])
        failed = np.bincount(
            np.searchsorted(at, rows.upper[rows.failed]),
            rows.weight[rows.failed],
            minlength=at.size,
        )
        off = np.searchsorted(at, ends, side="right") - 1
        gone = np.bincount(off, rows.weight[rows.right], minlength=at.size)
        gone[-1] = 0.0  # on test until the end
        found.append(
            LotOutcome(
                stress=stress.code,
                lot=name or "all units",
                units=round(rows.units),
                readouts=tuple(at.tolist()),
                failures=tuple(int(n) for n in np.rint(failed)),
                withdrawn=tuple(int(n) for n in np.rint(gone)),
            )
        )
    return tuple(found)
