"""A small seeded example: monthly shipments of a package, and what came back of them."""

import numpy as np

from ops.life_query import LifetimeData
from ops.lifetime.field.data import FieldData

_FIRST = 20_089.0  # 2025-01-01, days since 1970


def sample_returns(cohort: int = 600, months: int = 14, seed: int = 2) -> LifetimeData:
    """Cohorts of a Weibull life (eta 4000 d, beta 1.6) whose reports take 21 days on average."""
    rng = np.random.default_rng(seed)
    shipped = _FIRST + 30.0 * np.arange(months, dtype=np.float64)
    until = _FIRST + 30.0 * months
    number = np.repeat(np.arange(months, dtype=np.int64), cohort)
    failed = np.ceil(shipped[number] + 4000.0 * rng.weibull(1.6, number.size))
    reported = failed + np.round(rng.exponential(21.0, number.size))
    mode = (rng.uniform(size=number.size) < 0.3).astype(np.int64)
    known = reported <= until
    n = int(known.sum())
    return LifetimeData(
        code="FIELD-QFN32",
        title="Field returns of QFN32",
        revision=1,
        kind="field",
        field=FieldData(
            shipped=shipped,
            quantity=np.full(months, float(cohort)),
            cohort=number[known],
            failed_from=failed[known] - 1.0,
            failed_to=failed[known],
            reported=reported[known],
            returned=np.ones(n),
            mode=mode[known],
            group=np.zeros(months, dtype=np.int64),
            until=until,
            modes=("open bond", "leakage"),
        ),
    )
