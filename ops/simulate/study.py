"""A gauge study of a site: some devices, measured by every operator, again and again."""

import numpy as np

from ops.simulate.chance import stream
from ops.simulate.clock import WorkClock
from ops.simulate.plant import HOUR_US, Plant, PlantSite
from ops.simulate.record import Measured
from ops.values import Factor

_FIRST = 9_000_000  # numbers of the devices of a study begin here: before those of any bonder
_EACH_US = 90_000_000  # a minute and a half from reading to reading


def gauge_study(site: PlantSite, plant: Plant, clock: WorkClock) -> Measured:
    """Crossed study of the first optical gauge of a site, in the third working hour of the record.

    Every operator measures every device, in a new random order in each trial.
    """
    law = plant.study
    gauge = next(g for g in site.gauges if g.kind == "optical")
    product = plant.product(site.products[0])
    rng = stream(plant.seed, "study", site.code)
    true = product.height_um + rng.normal(0.0, law.part_um, law.parts)
    operators = len(law.operator_um)
    runs = law.trials * operators
    each = law.parts if clock.total > 0 else 0  # a site that never works has no study either
    part = np.concatenate([rng.permutation(each) for _ in range(runs)])
    operator = np.tile(np.repeat(np.arange(operators), each), law.trials)
    trial = np.repeat(np.arange(law.trials), operators * each)
    value = true[part] + np.asarray(law.operator_um)[operator] + gauge.bias_um
    value += rng.normal(0.0, gauge.sigma_um, part.size)
    begin_h = min(2.0, clock.total / 2)
    first = int(clock.at(np.array([begin_h]))[0]) // HOUR_US * HOUR_US
    same = np.zeros(part.size, np.int64)
    return Measured(
        site=site.code,
        kind="study",
        product="",
        ts=first + _EACH_US * np.arange(part.size),
        value=np.round(value, 2),
        unit=_FIRST + part,
        position=trial,
        factors={
            "tool": Factor(same, (gauge.code,)),
            "operator": Factor(operator, tuple(f"operator {i + 1}" for i in range(operators))),
        },
    )
