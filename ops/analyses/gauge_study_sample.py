"""A small seeded gauge study: the example of the analysis, its documentation and its tests."""

import numpy as np

from ops.values import Characteristic, Factor, Measurements, Series, SpecLimits

_START_US = 1_767_225_600_000_000  # 2026-01-01T00:00Z
_STEP_US = 60_000_000


def sample_study(parts: int = 10, operators: int = 3, trials: int = 3) -> Measurements:
    """Loop heights of some units, measured by every operator in turn.

    Parameters
    ----------
    parts, operators, trials
        How many of each.
    """
    rng = np.random.default_rng(11)
    _, operator, part = (a.ravel() for a in np.indices((trials, operators, parts)))
    height_um = (
        rng.normal(150.0, 2.0, parts)[part]
        + np.linspace(-0.2, 0.2, operators)[operator]
        + rng.normal(0.0, 0.3, part.size)
    )
    unit = Factor(part, tuple(f"MSA-{i + 1:02d}" for i in range(parts)))
    who = Factor(operator, tuple(f"OP-{i + 1}" for i in range(operators)))
    none = Factor(np.full(part.size, -1), ())
    series = Series(
        characteristic=Characteristic(1, "PG1", "LOOP-H", "Loop height", "um"),
        ts=_START_US + _STEP_US * np.arange(part.size, dtype=np.int64),
        value=np.round(height_um, 2),
        n=np.ones(part.size),
        subgroup=none,
        unit_id=unit,
        position=none,
        factors={"operator": who},
        spec=SpecLimits(138.0, 162.0, 150.0),
    )
    return Measurements((series,))
