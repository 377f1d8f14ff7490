"""A small example: a wire bonder as a block diagram, and a life test of one of its parts."""

import numpy as np

from ops.life_query import LifetimeData
from ops.lifetime.data import life_data
from ops.lifetime.system.diagram import (
    Diagram,
    ExponentialPart,
    FixedPart,
    KOfN,
    LognormalPart,
    One,
    Parallel,
    Series,
    Standby,
    WeibullPart,
)

SAMPLE_DIAGRAM = Diagram(
    parts={
        "clamp": WeibullPart(eta=30_000.0, beta=2.0),
        "transducer": WeibullPart(eta=60_000.0, beta=1.6, factor=1.5),
        "heater": ExponentialPart(mtbf=90_000.0, factor=2.0),
        "pump": LognormalPart(median=20_000.0, sigma=0.7, factor=1.3),
        "fan-1": ExponentialPart(mtbf=40_000.0),
        "fan-2": ExponentialPart(mtbf=40_000.0),
        "fan-3": ExponentialPart(mtbf=40_000.0),
        "interlock": FixedPart(reliability=0.999),
        "camera": WeibullPart(eta=50_000.0, beta=1.2),
    },
    system=Series(
        blocks=(
            One(part="clamp"),
            One(part="transducer"),
            Parallel(blocks=(One(part="heater"), One(part="heater"))),
            Standby(part="pump", spares=1, switch=0.98),
            KOfN(k=2, blocks=(One(part="fan-1"), One(part="fan-2"), One(part="fan-3"))),
            One(part="interlock"),
            One(part="camera"),
        )
    ),
)


def sample_part_test(units: int = 30, seed: int = 6) -> LifetimeData:
    """Clamps on test up to 25 000 h: Weibull, eta 35 000 h, shape 2.4."""
    rng = np.random.default_rng(seed)
    life = 35_000.0 * rng.weibull(2.4, units)
    end = 25_000.0
    lower = np.round(np.minimum(life, end))
    return LifetimeData(
        code="CLAMPS",
        title="Clamps on test",
        revision=1,
        life=life_data(lower, np.where(life <= end, lower, np.inf)),
    )
