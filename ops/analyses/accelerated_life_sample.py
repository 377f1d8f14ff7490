"""A small seeded example: the demo plant's bonded devices at three temperatures, two modes."""

from dataclasses import replace

import numpy as np

from ops.life_query import LifetimeData
from ops.lifetime.data import LifeData
from ops.simulate.life import MODES, LifeTestPlan, simulate_life_tests


def sample_temperatures(plan: LifeTestPlan | None = None, seed: int = 7) -> LifetimeData:
    """Devices of one product, read out weekly: ball lift (0.9 eV), heel crack (0.35 eV)."""
    truth = plan or replace(LifeTestPlan(), products=("QFN32-CU20",), units=77)
    tests = simulate_life_tests(truth, seed=seed)
    n = tests.hours.size
    life = LifeData(
        lower=tests.last_good_h,
        upper=tests.seen_h,
        weight=np.ones(n),
        entry=np.zeros(n),
        exit=np.full(n, np.inf),
        mode=tests.mode - 1,
        group=np.zeros(n, dtype=np.int64),
        modes=MODES[1:],
        stresses={"temperature": tests.temperature_c},
        stress_units={"temperature": "degC"},
    )
    stress = {"name": "temperature", "unit": "degC", "use": 125.0}
    return LifetimeData(
        code="HTS-QFN32",
        title="QFN32, 20 um copper wire: storage at high temperature",
        revision=1,
        document={"product": "QFN32-CU20", "stresses": [stress]},
        life=life,
    )
