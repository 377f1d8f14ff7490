"""A later readout goes into the rows of an earlier one, and never backwards."""

import numpy as np
import pytest

from ops.errors import BadData
from ops.lifetime.from_rows import degradation_of, recurrent_of
from ops.lifetime.row_merge import merged
from ops.lifetime.rows import LifeRows, texts_of
from tests.ops.lifetime.life_tables import life_rows

INF = np.inf
BEFORE = life_rows(
    [500, 500, 300], [INF, INF, 300], unit_id=["a", "b", "c"], group=["L1", "L1", "L2"],
    temperature=[150, 150, 150],
)  # fmt: skip


def test_later_readout_replaces_what_was_known_of_a_unit() -> None:
    after = merged(
        BEFORE, life_rows([700, 500], [700, 700], unit_id=["a", "b"], mode=["lift", None])
    )
    assert after.numbers["lower"].tolist() == [700, 500, 300]
    assert after.numbers["upper"].tolist() == [700, 700, 300]
    assert after.texts["mode"].tolist() == ["lift", None, None]
    assert after.texts["group"].tolist() == ["L1", "L1", "L2"]
    assert after.stresses["temperature"].tolist() == [150, 150, 150]


def test_new_unit_is_put_behind_the_others() -> None:
    after = merged(BEFORE, life_rows([9], [9], unit_id=["d"], temperature=[175]))
    assert after.texts["unit_id"].tolist() == ["a", "b", "c", "d"]
    assert after.stresses["temperature"].tolist() == [150, 150, 150, 175]
    with pytest.raises(BadData, match="unit d: the level of its temperature is missing"):
        merged(BEFORE, life_rows([9], [9], unit_id=["d"]))


@pytest.mark.parametrize(
    ("unit", "lower", "upper", "reason"),
    [
        ("a", 400, INF, "unit a: was good at 500, and its time is 400 now"),
        ("a", 400, 400, "unit a: was good at 500, and its time is 400 now"),
        ("a", 400, 700, "unit a: was good at 500, and may have failed since 400 now"),
        ("c", 600, INF, "unit c: failed at 300, and has not failed now"),
        ("c", 310, 310, r"unit c: failed at 300, and at another time now \(310\)"),
    ],
)
def test_going_backwards_is_refused_and_named(
    unit: str, lower: float, upper: float, reason: str
) -> None:
    with pytest.raises(BadData, match=reason) as refused:
        merged(BEFORE, life_rows([lower], [upper], unit_id=[unit]))
    assert refused.value.problems[0].pointer == "/file"


def test_unit_stays_at_its_stress() -> None:
    with pytest.raises(BadData, match="unit a: was at another temperature"):
        merged(BEFORE, life_rows([700], [INF], unit_id=["a"], temperature=[175]))


def test_same_rows_once_more_change_nothing() -> None:
    again = merged(BEFORE, BEFORE)
    assert all((again.numbers[n] == c).all() for n, c in BEFORE.numbers.items())


def test_rows_without_units_are_replaced_as_a_whole() -> None:
    with pytest.raises(BadData, match="do not all name their unit"):
        merged(BEFORE, life_rows([7], [7]))


def _events(*rows: tuple[str, str, float]) -> LifeRows:
    n = len(rows)
    numbers = {"time": np.array([t for *_, t in rows]), "cost": np.ones(n)}
    texts = {
        "what": texts_of([w for w, *_ in rows], n),
        "system": texts_of([s for _, s, _ in rows], n),
        "mode": texts_of(None, n),
        "group": texts_of(None, n),
    }
    return LifeRows("recurrent", numbers, texts)


def test_watch_of_a_system_grows_and_events_are_kept_once() -> None:
    old = _events(("event", "x", 3.0), ("end", "x", 9.0))
    new = _events(("event", "x", 3.0), ("event", "x", 12.0), ("end", "x", 20.0))
    data = recurrent_of(merged(old, new))
    assert (data.time.tolist(), data.end.tolist()) == ([3, 12], [20])
    with pytest.raises(BadData, match="system x: was watched to 9, to 5 now"):
        merged(old, _events(("end", "x", 5.0)))
    with pytest.raises(BadData, match="system x: event at 12, after its watch"):
        merged(old, _events(("event", "x", 12.0)))


def _readings(*rows: tuple[str, float, float], temperature: float | None = None) -> LifeRows:
    n = len(rows)
    numbers = {"time": np.array([r[1] for r in rows]), "value": np.array([r[2] for r in rows])}
    units = {}
    if temperature is not None:
        numbers["stress:temperature"] = np.full(n, temperature)
        units = {"temperature": "degC"}
    texts = {"unit_id": texts_of([r[0] for r in rows], n), "group": texts_of(None, n)}
    return LifeRows("degradation", numbers, texts, stress_units=units)


def test_readings_are_added_and_do_not_change() -> None:
    old = _readings(("u", 0.0, 1.0), temperature=150)
    data = degradation_of(merged(old, _readings(("u", 0.0, 1.0), ("u", 5.0, 2.0))))
    assert (data.value.tolist(), data.stresses["temperature"].tolist()) == ([1, 2], [150])
    with pytest.raises(BadData, match="unit u: read 1 at 0, 3 now"):
        merged(old, _readings(("u", 0.0, 3.0)))


def test_field_returns_are_not_merged() -> None:
    field = LifeRows("field", {"shipped": np.zeros(1)}, {})
    with pytest.raises(BadData, match="mode=replace"):
        merged(field, field)


def test_entry_of_a_unit_stays_where_the_new_rows_say_none() -> None:
    entered = BEFORE.of_columns({**BEFORE.numbers, "entry": np.full(3, 100.0)}, BEFORE.texts)
    after = merged(entered, life_rows([700], [INF], unit_id=["a"]))
    assert after.numbers["entry"].tolist() == [100, 100, 100]
