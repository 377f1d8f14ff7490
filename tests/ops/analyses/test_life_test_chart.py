"""What happened to each unit is drawn: times on test, failures, and what is still good."""

import numpy as np

from ops.analyses.life_test_chart import MOST, life_test_chart
from ops.lifetime.rows import LifeRows
from tests.ops.lifetime.life_tables import life_rows


def test_each_unit_has_its_line_and_its_end() -> None:
    chart = life_test_chart(life_rows([5, 7, 2], [5, np.inf, 4]), {})
    assert chart is not None
    drawn = {layer.label: (layer.x, layer.y) for layer in chart.layers}
    assert drawn["failed between"] == ((2, 4, None), (1, 1, None))
    assert drawn["failed"] == ((4, 5), (1, 2))
    assert drawn["not failed"] == ((7,), (3,))


def test_of_many_units_some_are_drawn_the_first_and_the_last_among_them() -> None:
    times = np.arange(1.0, 1001.0)
    chart = life_test_chart(life_rows(times, times), {})
    assert chart is not None
    failed = next(layer for layer in chart.layers if layer.label == "failed")
    assert (len(failed.x), failed.x[0], failed.x[-1]) == (MOST, 1, 1000)


def test_nothing_is_drawn_of_no_rows() -> None:
    rows: LifeRows = life_rows([5.0], [5.0]).take(np.zeros(1, dtype=bool))
    assert life_test_chart(rows, {}) is None
