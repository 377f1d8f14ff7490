"""A small seeded agreement study: the example of the analysis, its documentation and its tests."""

import numpy as np

from ops.values import Characteristic, Factor, Measurements, Series, factor_of


def sample_judgements() -> Measurements:
    """Thirty units judged twice by three inspectors; the last one passes too much."""
    rng = np.random.default_rng(5)
    _, inspector, unit = (a.ravel() for a in np.indices((2, 3, 30)))
    truth = (np.arange(30) % 3 != 0).astype(np.int64)[unit]
    slip = rng.random(unit.size) < np.where(inspector == 2, 0.12, 0.01)
    rating = np.where(slip, 1 - truth, truth).astype(np.float64)
    start_us, step_us = 1_767_225_600_000_000, 60_000_000
    none = Factor(np.full(unit.size, -1), ())
    series = Series(
        characteristic=Characteristic(2, "PG1", "VISUAL", "Visual inspection", "1"),
        ts=start_us + step_us * np.arange(unit.size, dtype=np.int64),
        value=rating,
        n=np.ones(unit.size),
        subgroup=none,
        unit_id=Factor(unit, tuple(f"U-{i + 1:02d}" for i in range(30))),
        position=none,
        factors={
            "operator": Factor(inspector, ("OP-1", "OP-2", "OP-3")),
            "standard": factor_of([str(t) for t in truth]),
        },
    )
    return Measurements((series,))
