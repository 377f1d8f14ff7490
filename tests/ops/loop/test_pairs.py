from dataclasses import replace

import numpy as np

from ops.analyses.metrology_agreement_sample import sample_pairs
from ops.loop.pairs import joined


def test_the_same_wire_is_joined_and_the_newest_reading_counts() -> None:
    optical, x_ray = sample_pairs(units=6).series
    again = replace(
        x_ray,
        ts=np.concatenate([x_ray.ts, x_ray.ts[-1:] + 1]),
        value=np.concatenate([x_ray.value, [999.0]]),
        n=np.ones(25),
        subgroup=x_ray.subgroup.take(np.r_[0:24, 0]),
        unit_id=x_ray.unit_id.take(np.r_[0:24, 0]),
        position=x_ray.position.take(np.r_[0:24, 0]),
    )
    found = joined(again, optical)
    assert found.x.size == 24
    assert found.x[0] == 999.0
    assert np.array_equal(found.y, optical.value)
    assert np.unique(found.unit).size == 6


def test_units_that_only_one_has_are_left_out() -> None:
    optical, x_ray = sample_pairs(units=6).series
    other = replace(x_ray, unit_id=replace(x_ray.unit_id, levels=tuple("abcdef")))
    assert joined(other, optical).x.size == 0
    empty = x_ray.value.size * [-1]
    nameless = replace(x_ray, unit_id=replace(x_ray.unit_id, codes=np.array(empty)))
    assert joined(nameless, optical).x.size == 0
