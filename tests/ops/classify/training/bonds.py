"""Rows with a planted truth: two normal classes whose best possible score is known."""

import numpy as np

from ops.classify.document import DatasetColumn, DatasetDocument
from ops.classify.table import DataTable
from ops.values import Factor

START = 1_790_000_000_000_000
HOUR = 3_600_000_000


def two_normals(
    n: int = 1500, *, shift: float = 1.5, share: float = 0.2, seed: int = 1, noise: int = 2
) -> tuple[DataTable, DatasetDocument]:
    """`a` is shifted by `shift` standard deviations for an event; the best AUC is Phi(shift/2^.5).

    The columns `noise_0` ... say nothing; `at` is the time of the row, `lot` its lot of ten.
    """
    rng = np.random.default_rng(seed)
    event = rng.uniform(size=n) < share
    numbers = {"a": rng.standard_normal(n) + shift * event}
    numbers |= {f"noise_{i}": rng.standard_normal(n) for i in range(noise)}
    lots = tuple(f"L{i:04d}" for i in range(n // 10 + 1))
    table = DataTable(
        numbers=numbers,
        categories={
            "label": Factor(event.astype(np.int64), ("fail", "pass")[::-1]),
            "lot": Factor(np.arange(n, dtype=np.int64) // 10, lots),
        },
        times={"at": START + HOUR * np.arange(n, dtype=np.int64)},
        units=dict.fromkeys(numbers, "µm"),
    )
    columns = [DatasetColumn(name=name, unit="µm") for name in numbers]
    columns += [
        DatasetColumn(name="label", type="category", role="label"),
        DatasetColumn(name="lot", type="category", role="group"),
        DatasetColumn(name="at", type="time", role="time"),
    ]
    return table, DatasetDocument(subject="a row", columns=tuple(columns), positive="fail")
