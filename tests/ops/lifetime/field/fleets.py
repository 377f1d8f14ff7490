"""Simulated fleets in the field, of known life and delay of reports."""

import numpy as np

from ops.lifetime.field.data import FieldData


def fleet(
    rng: np.random.Generator,
    *,
    delay: float = 0.0,
    cohort: int = 200,
    months: int = 12,
    eta: float = 1200.0,
    beta: float = 1.8,
) -> tuple[FieldData, np.ndarray]:
    """Monthly cohorts up to day 30 * months, and the days on which later returns are reported."""
    until = 30.0 * months
    shipped = np.arange(months) * 30.0
    number = np.repeat(np.arange(months), cohort)
    failed = np.ceil(shipped[number] + eta * rng.weibull(beta, number.size))
    wait = np.round(rng.exponential(delay, number.size)) if delay else np.zeros(number.size)
    known = failed + wait <= until
    n = int(known.sum())
    data = FieldData(
        shipped=shipped,
        quantity=np.full(months, float(cohort)),
        cohort=number[known],
        failed_from=failed[known] - 1.0,
        failed_to=failed[known],
        reported=(failed + wait)[known],
        returned=np.ones(n),
        mode=np.full(n, -1),
        group=np.zeros(months, dtype=np.int64),
        until=until,
    )
    return data, (failed + wait)[~known]
