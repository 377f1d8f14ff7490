"""Rows of life tests that tests keep and read."""

import numpy as np

from ops.lifetime.rows import STRESS, LifeRows, texts_of


def life_rows(
    lower: object,
    upper: object,
    *,
    unit_id: object = None,
    mode: object = None,
    group: object = None,
    temperature: object | None = None,
) -> LifeRows:
    """Rows of units, one a row."""
    low = np.asarray(lower, dtype=np.float64)
    n = low.size
    numbers = {
        "lower": low,
        "upper": np.asarray(upper, dtype=np.float64),
        "weight": np.ones(n),
        "entry": np.zeros(n),
        "exit": np.full(n, np.inf),
    }
    units = {}
    if temperature is not None:
        numbers[STRESS + "temperature"] = np.asarray(temperature, dtype=np.float64)
        units = {"temperature": "degC"}
    texts = {"unit_id": texts_of(unit_id, n), "mode": texts_of(mode, n)}
    return LifeRows("life", numbers, texts | {"group": texts_of(group, n)}, stress_units=units)
