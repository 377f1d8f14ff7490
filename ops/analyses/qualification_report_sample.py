"""A small seeded example: copper wire that passes, and wears out in a longer operating life."""

from dataclasses import replace

import numpy as np

from ops.life_query import LifetimeData
from ops.lifetime.data import LifeData, life_data
from ops.lifetime.qualification.outcome import LotOutcome
from ops.lifetime.qualification.plan import PlannedStress, copper_wire_plan

_LOTS = ("L1", "L2", "L3")
_STRENGTH = {"WBS": (19.0, 1.1), "WBP": (8.2, 0.6)}


def sample_outcomes() -> tuple[LotOutcome, ...]:
    """Three lots under every stress of the default plan but the operating life, none failed."""
    rng = np.random.default_rng(11)
    return tuple(
        _outcome(stress, lot, rng)
        for stress in copper_wire_plan().stresses
        if stress.code != "HTOL"
        for lot in _LOTS
    )


def _outcome(stress: PlannedStress, lot: str, rng: np.random.Generator) -> LotOutcome:
    if stress.kind == "strength":
        mean, sigma = _STRENGTH[stress.code]
        values = np.round(rng.normal(mean, sigma, stress.sample), 2)
        return LotOutcome(stress=stress.code, lot=lot, values=tuple(values.tolist()))
    return LotOutcome(
        stress=stress.code,
        lot=lot,
        units=stress.sample,
        readouts=stress.readouts,
        failures=(0,) * len(stress.readouts),
    )


def sample_operating_life() -> LifetimeData:
    """Three lots of 77 until 4000 h; the failures come after the 1000 h of the plan."""
    rows = life_data(
        [1000.0, 2000.0, 3000.0, 4000.0],
        [2000.0, 3000.0, 4000.0, np.inf],
        weight=[1.0, 2.0, 4.0, 70.0],
    )
    data = _three(rows)
    return LifetimeData(code="HTOL-1", title="Operating life at 125 degC", revision=1, life=data)


def _three(rows: LifeData) -> LifeData:
    """Repeat the rows for each lot, with fewer failures in the later ones."""
    n = rows.lower.size
    taken = rows.take(np.tile(np.arange(n), len(_LOTS)))
    weight = np.array([1.0, 2.0, 4.0, 70.0, 1.0, 1.0, 3.0, 72.0, 1.0, 1.0, 2.0, 73.0])
    group = np.repeat(np.arange(len(_LOTS)), n)
    return replace(taken, weight=weight, group=group, groups=_LOTS)
