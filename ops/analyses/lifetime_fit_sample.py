"""A small seeded example: heel cracks of copper wires under temperature cycling."""

from datetime import UTC, datetime

import numpy as np

from ops.forecast_query import EarlierRun
from ops.life_query import LifeApproval, LifetimeData
from ops.lifetime.data import failures_and_suspensions

END = 3000.0  # cycles


def sample_lives(units: int = 60, seed: int = 11) -> LifetimeData:
    """Lognormal lives of 60 units, seen up to 3000 cycles; two runs of before, one approved."""
    rng = np.random.default_rng(seed)
    lives = np.round(np.exp(rng.normal(np.log(2400.0), 0.55, units)))
    return LifetimeData(
        code="TC-HEEL",
        title="Temperature cycling of 20 um copper wire",
        revision=3,
        kind="life",
        document={
            "product": "QFN32, 20 um copper wire",
            "failure": "resistance of a daisy chain up by 20 % at 25 degC",
            "mechanism": "heel crack",
            "time_unit": "cycles",
        },
        life=failures_and_suspensions(
            lives[lives <= END], np.full(int((lives > END).sum()), END), unit="cycles"
        ),
        earlier=(
            _run("3f0b7d02-6c0a-4b53-9d1c-0d5f4f1c7a02", 2, datetime(2026, 6, 1, 3, tzinfo=UTC),
                 (1085.0, 870.0, 832.0, 1290.0), 31.0),
            _run("3f0b7d02-6c0a-4b53-9d1c-0d5f4f1c7a01", 1, datetime(2026, 5, 1, 3, tzinfo=UTC),
                 (1010.0, 720.0, 660.0, 1330.0), 14.0),
        ),
        approvals=(
            LifeApproval(
                "3f0b7d02-6c0a-4b53-9d1c-0d5f4f1c7a02",
                "R. Imhof",
                datetime(2026, 6, 2, 9, 30, tzinfo=UTC),
                "Sections of 12 failed units show heel cracks only.",
            ),
        ),
    )  # fmt: skip


def _run(
    run_id: str,
    revision: int,
    as_of: datetime,
    life: tuple[float, float, float, float],
    failures: float,
) -> EarlierRun:
    estimate, bound, lower, upper = life
    quoted = {"family": "Lognormal", "estimate": estimate, "lower": lower, "upper": upper}
    return EarlierRun(
        run_id,
        as_of,
        {
            "groups": [],
            "mode": "",
            "confidence": 0.95,
            "revision": revision,
            "failures": failures,
            "reported": [{"p": 0.1, "lower": bound, "life": quoted}],
        },
    )
