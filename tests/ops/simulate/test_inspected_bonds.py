"""Bonds lie in the record, and are inspected after they were made."""

import numpy as np

from ops.simulate.defects import CLASSES
from ops.simulate.inspected_bonds import EVENT, inspected_bonds, inspection_of
from ops.simulate.plant import DAY_US, HOUR_US
from ops.simulate.sizes import plant_of

END = 1_790_000_000_000_000


def test_bonds_fill_the_record_and_wait_for_their_inspection() -> None:
    plant = plant_of("small")
    plan = inspection_of(plant)
    bonds = inspected_bonds(plan, plant, end_us=END)
    assert np.all(np.diff(bonds.bonded) > 0)
    assert END - plant.days * DAY_US <= bonds.bonded[0]
    assert bonds.bonded[-1] < END
    waited = (bonds.inspected - bonds.bonded) / HOUR_US
    assert waited.min() >= 0
    assert abs(waited.mean() - plan.delay_h) < 0.1
    assert np.array_equal(bonds.lifted(), bonds.found.label == CLASSES.index(EVENT))


def test_a_short_record_has_fewer_bonds() -> None:
    assert (
        inspection_of(plant_of("tiny")).defects.rows < inspection_of(plant_of("large")).defects.rows
    )
