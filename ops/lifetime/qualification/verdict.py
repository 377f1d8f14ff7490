"""Whether a stress of a plan is passed, and what that means in numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from ops.capability.index import Interval, bissell
from ops.lifetime.planning.binomial import share_bounds
from ops.lifetime.qualification.failure_rate import StressedLot, temperature_acceleration
from ops.lifetime.qualification.ltpd import ltpd
from ops.lifetime.qualification.outcome import LotOutcome
from ops.lifetime.qualification.plan import PlannedStress

State = Literal["passed", "failed", "incomplete", "not tested"]
Want = Literal["lots", "units", "duration", "cpk", "limit", "failures"]
CONFIDENCE = 0.9


@dataclass(frozen=True, slots=True)
class LotVerdict:
    """One lot under one stress; `want` says what it falls short of."""

    lot: str
    state: State
    units: int
    failures: int
    done: float
    want: tuple[Want, ...]


@dataclass(frozen=True, slots=True)
class StressVerdict:
    """One stress of a plan.

    Parameters
    ----------
    state
        failed as soon as one lot has; passed when all lots planned have; else incomplete.
    units, failures
        Of the lots that reached the duration; units withdrawn before it are not counted.
    ltpd
        Share of bad units that such a result passes with 10 % probability; None without units.
    lower, upper
        Two-sided 90 % interval of the share that fails by the duration, exact binomial.
    cpk
        Of strengths, pooled within lots, with its two-sided 90 % interval (Bissell).
    want
        What is missing.
    """

    stress: PlannedStress
    state: State
    lots: tuple[LotVerdict, ...]
    units: int
    failures: int
    ltpd: float | None
    lower: float | None
    upper: float | None
    cpk: Interval | None
    want: tuple[Want, ...]


def judge_stress(stress: PlannedStress, outcomes: Sequence[LotOutcome]) -> StressVerdict:
    """Hold what was found against what was planned.

    Parameters
    ----------
    outcomes
        Of this stress.
    """
    strength = stress.kind == "strength"
    lots = tuple(_lot(stress, lot) for lot in outcomes)
    cpk = _cpk(stress, outcomes) if strength else None
    want = _wanted(stress, lots, cpk)
    reached = [lot for lot in lots if lot.done >= stress.duration]
    units = sum(lot.units for lot in reached)
    failures = sum(lot.failures for lot in reached)
    bounds = share_bounds(units, failures, CONFIDENCE) if units else (None, None)
    return StressVerdict(
        stress=stress,
        state=_state(lots, want, cpk),
        lots=lots,
        units=units,
        failures=failures,
        ltpd=ltpd(units, failures) if units else None,
        lower=bounds[0],
        upper=bounds[1],
        cpk=cpk,
        want=want,
    )


def acceleration_of(stress: PlannedStress) -> float | None:
    """Hours of use that an hour of the stress stands for; None if the plan does not say."""
    if stress.acceleration is not None:
        return stress.acceleration
    if stress.energy_ev is None or stress.use_c is None or stress.stress_c is None:
        return None
    return temperature_acceleration(stress.energy_ev, stress.use_c, stress.stress_c)


def stressed_lots(outcomes: Sequence[LotOutcome], acceleration: float) -> list[StressedLot]:
    """Device hours and failures of the lots, for the failure rate."""
    return [StressedLot(lot.unit_hours(), lot.failed, acceleration) for lot in outcomes]


def _lot(stress: PlannedStress, lot: LotOutcome) -> LotVerdict:
    if stress.kind == "strength":
        low = np.array(lot.values) < (stress.lower_limit or 0.0)
        units, failures, done = len(lot.values), int(low.sum()), stress.duration
    else:
        units, failures, done = _seen(stress, lot), _failed(stress, lot), lot.done
    want: list[Want] = []
    if failures > stress.accept:
        want.append("limit" if stress.kind == "strength" else "failures")
    if units < stress.sample:
        want.append("units")
    if done < stress.duration:
        want.append("duration")
    failed = failures > stress.accept
    state: State = "failed" if failed else "incomplete" if want else "passed"
    return LotVerdict(lot.lot, state, units, failures, done, tuple(want))


def _failed(stress: PlannedStress, lot: LotOutcome) -> int:
    """Count the units that failed by the duration; what fails in a longer test does not count."""
    return sum(f for f, at in zip(lot.failures, lot.readouts, strict=True) if at <= stress.duration)


def _seen(stress: PlannedStress, lot: LotOutcome) -> int:
    """Count the units that tell of the duration: failed before, or on test at its readout."""
    if not lot.readouts:
        return 0
    gone = lot.withdrawn or (0,) * len(lot.readouts)
    early = sum(w for w, at in zip(gone, lot.readouts, strict=True) if at < stress.duration)
    return lot.units - early


def _cpk(stress: PlannedStress, outcomes: Sequence[LotOutcome]) -> Interval | None:
    """Cpk of the lot that has the least, with the spread pooled over the lots."""
    values = [np.array(lot.values) for lot in outcomes if len(lot.values) > 1]
    df = sum(v.size - 1 for v in values)
    if not values or stress.lower_limit is None:
        return None
    sigma = float(np.sqrt(sum(float(np.sum((v - v.mean()) ** 2)) for v in values) / df))
    if not sigma > 0.0:
        return None
    worst = min(values, key=lambda v: float(v.mean()))
    index = (float(worst.mean()) - stress.lower_limit) / (3.0 * sigma)
    return bissell(index, n=worst.size, df=df, confidence=CONFIDENCE)


def _wanted(
    stress: PlannedStress, lots: tuple[LotVerdict, ...], cpk: Interval | None
) -> tuple[Want, ...]:
    want: dict[Want, None] = dict.fromkeys(w for lot in lots for w in lot.want)
    if sum(lot.state != "incomplete" for lot in lots) < stress.lots and len(lots) < stress.lots:
        want["lots"] = None
    if stress.cpk is not None and lots and (cpk is None or cpk.value < stress.cpk):
        want["cpk"] = None
    return tuple(want)


def _state(lots: tuple[LotVerdict, ...], want: tuple[Want, ...], cpk: Interval | None) -> State:
    if not lots:
        return "not tested"
    if (cpk is not None and "cpk" in want) or any(lot.state == "failed" for lot in lots):
        return "failed"
    return "incomplete" if want else "passed"
