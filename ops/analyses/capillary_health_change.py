"""When to change capillaries, for each characteristic; the present policy beside it."""

from typing import Literal, Protocol

import numpy as np

from ops.analyses.capillary_health_devices import Devices
from ops.analyses.capillary_health_result import ChangeOfCapillary, ChangeState
from ops.analyses.capillary_health_wear import pace
from ops.errors import BadData
from ops.loop.capillary import LEAST_CAPILLARIES, Bonded
from ops.loop.change_point import ChangePoint, change_point
from ops.values import BoolArray, FloatArray, Series, SpecLimits

LifeIs = Literal["planned", "median", "unknown"]


class Wanted(Protocol):
    """What is asked of a change point."""

    @property
    def requirement(self) -> float:
        """Index that must be kept."""
        ...

    @property
    def confidence(self) -> float:
        """Level of the interval."""
        ...


def changes_of(
    series: tuple[Series, ...],
    devices: Devices,
    kept: BoolArray,
    params: Wanted,
    *,
    start: float,
    rng: np.random.Generator,
) -> tuple[ChangeOfCapillary, ...]:
    """Judge each characteristic; those that ask for the earliest change come first."""
    found = [
        _change(number, one, devices, kept, params, start, rng) for number, one in enumerate(series)
    ]
    order = {"from-start": 0, "found": 1, "unsure": 2, "not-seen": 3, "none": 4}
    return tuple(sorted(found, key=lambda c: (order[c.state], c.lower or 0.0)))


def life_of(lives: FloatArray, planned: float | None) -> tuple[float | None, LifeIs]:
    """Touch-downs at which capillaries are changed now, and how that is known."""
    if planned is not None:
        return planned, "planned"
    if lives.size:
        return float(np.median(lives)), "median"
    return None, "unknown"


def _change(
    number: int,
    series: Series,
    devices: Devices,
    kept: BoolArray,
    params: Wanted,
    start: float,
    rng: np.random.Generator,
) -> ChangeOfCapillary:
    rows = np.flatnonzero(kept & (devices.series == number))
    capillaries = np.unique(devices.bonded.capillary[rows])
    if capillaries.size < LEAST_CAPILLARIES or rows.size < capillaries.size + LEAST_CAPILLARIES:
        return _unjudged(
            series, f"{capillaries.size} capillaries, {LEAST_CAPILLARIES} with devices are needed"
        )
    some = devices.bonded.take(rows)
    bonded = Bonded(
        some.t, some.mean + devices.centre[number], some.variance, some.wires, some.capillary
    )
    try:
        found = change_point(
            bonded,
            series.spec or SpecLimits(),
            params.requirement,
            rng=rng,
            first=start,
            other_variance=float(devices.position_variance[number]),
            confidence=params.confidence,
        )
    except BadData as error:
        return _unjudged(series, str(error))
    return _judged(series, found, pace(devices, capillaries), start)


def _state(found: ChangePoint, start: float) -> ChangeState:
    if found.from_start:
        return "from-start"
    if found.lower is not None and found.lower <= start:
        return "unsure"
    return "found" if found.within_seen else "not-seen"


def _judged(
    series: Series, found: ChangePoint, per_hour: float | None, start: float
) -> ChangeOfCapillary:
    state = _state(found, start)
    estimate = None if state == "from-start" else found.touch_downs
    lower = None if state in ("from-start", "unsure") else found.lower

    def hours(count: float | None) -> float | None:
        return None if count is None or per_hour is None else count / per_hour

    return ChangeOfCapillary(
        characteristic=series.characteristic.code,
        site=series.characteristic.site,
        state=state,
        touch_downs=estimate,
        lower=lower,
        upper=found.upper,
        hours=hours(lower),
        hours_estimate=hours(estimate),
        index_fresh=found.index_fresh,
        index_worn=found.index_worn,
        reason="",
    )


def _unjudged(series: Series, reason: str) -> ChangeOfCapillary:
    nothing = dict.fromkeys(
        ("touch_downs", "lower", "upper", "hours", "hours_estimate", "index_fresh", "index_worn")
    )
    about = series.characteristic
    return ChangeOfCapillary.model_validate(
        {
            "characteristic": about.code,
            "site": about.site,
            "state": "none",
            "reason": reason,
            **nothing,
        }
    )
