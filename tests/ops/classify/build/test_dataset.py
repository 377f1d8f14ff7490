"""Rows as of their moments: the past is not rewritten by what comes later."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.classify.build.columns import HOUR_US, RecipeData
from ops.classify.build.dataset import build_dataset
from ops.classify.build.report import Built
from ops.classify.recipe import DatasetRecipe
from ops.errors import BadData, NotEnoughData
from ops.values import Factor
from tests.ops.classify.build.facts import (
    as_known_at,
    below,
    data,
    events,
    measured,
    readings,
    recipe,
    shuffled,
)
from tests.strategies import few

SLOTS = recipe(
    measured("LOOP", match="tool", hours=6, aggregates=["mean", "last", "slope", "count"]),
    measured("PULL", match="tool", hours=9, until_hours=-1),
    {"kind": "since_event", "events": ["change"]},
    {"kind": "event_count", "events": ["change"], "hours": 5},
    {"kind": "context", "factor": "lot"},
    rows={"kind": "slot", "characteristics": ["LOOP"], "hours": 2},
    label={"kind": "value", "characteristics": ["PULL"], "match": "tool", "lower": 5,
           "horizon_hours": 4},
    waived=["LOOP mean", "PULL mean", "LOOP last", "hours since change", "LOOP count"],
)  # fmt: skip
UNITS = recipe(
    measured("LOOP", aggregates=["mean", "last", "max"]),
    measured("PULL"),
    measured("LOOP", name="tool", match="tool", hours=8),
    {"kind": "since_event", "events": ["change"]},
    rows={"kind": "unit", "characteristics": ["LOOP"], "pause_hours": 2, "wait_hours": 1},
    waived=["LOOP mean", "PULL mean"],
)
times = st.integers(0, 40).map(lambda k: k / 2)
lags = st.sampled_from([0.0, 0.0, 0.5, 3.0, 12.0])
facts = st.lists(st.tuples(times, st.integers(0, 9), st.sampled_from("uvw"), lags,
                           st.sampled_from("AB")), min_size=6, max_size=20)  # fmt: skip


def _plant(loop: list, pull: list, change: list) -> RecipeData:  # type: ignore[type-arg]
    def read(code: str, drawn: list) -> object:  # type: ignore[type-arg]
        rows = [(t, float(v), u) for t, v, u, _, _ in drawn]
        known = [t + lag for t, _, _, lag, _ in drawn]
        lot = [f"lot {v}" for _, v, _, _, _ in drawn]
        return readings(code, rows, known=known, tool=[d[4] for d in drawn], lot=lot)

    changed = events(*(("change", tool, t, t + lag) for t, _, _, lag, tool in change))
    return data(60, read("LOOP", loop), read("PULL", pull), events=changed)  # type: ignore[arg-type]


def _features(built: Built) -> dict[tuple[str, int], list[object]]:
    """Features by row and moment, in plain values that can be compared."""
    table, names = built.table, [c.name for c in built.document.of_role("feature")]
    name = table.categories["row"]
    columns = []
    for column in names:
        if column in table.numbers:
            columns.append([None if np.isnan(v) else v for v in table.numbers[column]])
        else:
            columns.append(_texts(table.categories[column]))
    keys = zip(_texts(name), table.times["moment"].tolist(), strict=True)
    return {key: list(row) for key, row in zip(keys, zip(*columns, strict=True), strict=True)}  # type: ignore[misc]


def _texts(factor: Factor) -> list[str | None]:
    return [None if c < 0 else factor.levels[c] for c in factor.codes]


def _tried(wanted: DatasetRecipe, facts_: RecipeData) -> Built | None:
    try:
        return build_dataset(wanted, facts_)
    except (NotEnoughData, BadData):
        return None


@few(25)
@pytest.mark.parametrize("wanted", [SLOTS, UNITS], ids=["slots", "units"])
@given(loop=facts, pull=facts, change=facts, hour=st.integers(8, 40))
def test_features_as_of_an_earlier_instant_are_those_of_a_later_one(
    wanted: DatasetRecipe,
    loop: list,  # type: ignore[type-arg]
    pull: list,  # type: ignore[type-arg]
    change: list,  # type: ignore[type-arg]
    hour: int,
) -> None:
    all_ = _plant(loop, pull, change)
    early, late = _tried(wanted, as_known_at(all_, hour)), _tried(wanted, all_)
    if early is None or late is None:
        return
    then, now = _features(early), _features(late)
    for key, row in then.items():
        assert now[key] == row
    settled = wanted.rows.kind == "unit" and 4 * HOUR_US
    due = {key for key in now if key[1] + settled <= hour * HOUR_US}
    assert due <= then.keys()


@few(25)
@pytest.mark.parametrize("wanted", [SLOTS, UNITS], ids=["slots", "units"])
@given(loop=facts, pull=facts, change=facts, more=facts)
def test_what_arrives_later_changes_no_feature(
    wanted: DatasetRecipe,
    loop: list,  # type: ignore[type-arg]
    pull: list,  # type: ignore[type-arg]
    change: list,  # type: ignore[type-arg]
    more: list,  # type: ignore[type-arg]
) -> None:
    all_ = _plant(loop, pull, change)
    late = [(t, float(v), u) for t, v, u, _, _ in more]
    known = [50.0] * len(more)  # after every moment
    added = {
        code: below(all_.readings[code], readings(code, late, known=known))
        for code in ("LOOP", "PULL")
    }
    grown = RecipeData(all_.as_of, added, all_.events)
    before, after = _tried(wanted, all_), _tried(wanted, grown)
    if before is not None and after is not None:
        assert _features(after) == _features(before)


@few(25)
@pytest.mark.parametrize("wanted", [SLOTS, UNITS], ids=["slots", "units"])
@given(loop=facts, pull=facts, change=facts, seed=st.integers(0, 99))
def test_the_order_of_the_facts_does_not_matter(
    wanted: DatasetRecipe,
    loop: list,  # type: ignore[type-arg]
    pull: list,  # type: ignore[type-arg]
    change: list,  # type: ignore[type-arg]
    seed: int,
) -> None:
    all_ = _plant(loop, pull, change)
    one, other = _tried(wanted, all_), _tried(wanted, shuffled(all_, seed))
    assert (one is None) == (other is None)
    if one is not None and other is not None:
        assert one.table.fingerprint() == other.table.fingerprint()
        assert one.report == other.report


def test_a_late_correction_is_not_seen_but_an_early_one_is() -> None:
    rows = [(1.0, 40.0, "u"), (1.0, 44.0, "u"), (1.0, 50.0, "v"), (1.0, 55.0, "v")]
    loop = readings(
        "LOOP", rows, known=[1, 30, 1, 1.5], until=[30, np.inf, 1.5, np.inf],
        original=[True, False, True, False],
    )  # fmt: skip
    wanted = recipe(rows={"kind": "unit", "characteristics": ["LOOP"], "pause_hours": 1,
                          "wait_hours": 1})  # fmt: skip
    built = build_dataset(wanted, data(60, loop, readings("PULL", [])))
    assert built.table.numbers["LOOP mean"].tolist() == [40.0, 55.0]


def test_history_that_was_loaded_at_once_counts_as_known_after_a_delay() -> None:
    loop = readings("LOOP", [(1.0, 40.0, "u"), (1.0, 42.0, "u")], known=[50, 55],
                    until=[55, np.inf], original=[True, False])  # fmt: skip
    rows = {"kind": "unit", "characteristics": ["LOOP"], "pause_hours": 1, "wait_hours": 1}
    with pytest.raises(BadData, match="let `arrival` assume a delay"):
        build_dataset(recipe(rows=rows), data(60, loop, readings("PULL", [])))
    assumed = recipe(rows=rows, arrival={"rule": "assumed", "delay_minutes": 30})
    built = build_dataset(assumed, data(60, loop, readings("PULL", [])))
    assert built.table.numbers["LOOP mean"].tolist() == [40.0]  # the correction came at 55
    assert "assumed: 30 min" in built.document.cautions[0]


def test_a_unit_that_is_measured_again_later_keeps_its_moment() -> None:
    loop = readings("LOOP", [(1.0, 1.0, "u"), (1.5, 2.0, "u"), (9.0, 3.0, "u")])
    built = build_dataset(recipe(), data(60, loop, readings("PULL", [])))
    assert (built.table.times["moment"] / HOUR_US).tolist() == [1.5]
    assert built.table.numbers["LOOP mean"].tolist() == [1.5]


def test_rows_that_are_not_settled_are_told() -> None:
    loop = readings("LOOP", [(1.0, 1.0, "u"), (59.0, 2.0, "v")])
    built = build_dataset(recipe(), data(60, loop, readings("PULL", [])))
    assert built.report.rows == 1
    assert built.report.dropped == {"it had not settled at the instant of the build": 1}
    with pytest.raises(NotEnoughData, match="had not settled"):
        build_dataset(recipe(), data(1.5, loop, readings("PULL", [])))


def test_positions_limits_and_several_characteristics_become_columns() -> None:
    loop = readings(
        "LOOP", [(1.0, 40.0, "u"), (1.0, 50.0, "u")], position=["W1", "W2"], limits=(40, 60)
    )
    wide = readings("WIDE", [(0.9, 90.0, "u")], position=["W1"], limits=(80, 120))
    both = {"kind": "measured", "name": "h", "characteristics": ["LOOP", "WIDE"],
            "scale": "limits", "each_position": True, "aggregates": ["mean", "count"]}  # fmt: skip
    built = build_dataset(recipe(both), data(60, loop, wide, readings("PULL", [])))
    numbers = built.table.numbers
    assert numbers["h W1 mean"].tolist() == [-0.75]  # of -1 and -0.5
    assert numbers["h W2 mean"].tolist() == [0.0]
    assert numbers["h W1 count"].tolist() == [2.0]


def test_age_of_a_part_counts_hours_uses_and_a_counter() -> None:
    loop = readings("LOOP", [(10.0, 1.0, "u")])
    counter = readings("USES", [(3.0, 100.0, ""), (5.0, 130.0, ""), (9.0, 180.0, "")])
    changed = events(("change", "A", 6.0, 6.0), ("change", "A", 9.0, 12.0), ("other", "A", 9, 9))
    age = {"kind": "part_age", "events": ["change"]}
    built = build_dataset(
        recipe(age, {**age, "name": "uses", "per_hour": 100},
               {**age, "name": "counted", "counter": "USES"}),
        data(60, loop, counter, readings("PULL", []), events=changed),
    )  # fmt: skip
    numbers = built.table.numbers
    assert numbers["age since change"].tolist() == [4.0]  # that of 9:00 was entered at 12:00
    assert numbers["uses"].tolist() == [400.0]
    assert numbers["counted"].tolist() == [50.0]  # 180 now, 130 at the change


def test_an_event_of_no_tool_concerns_all() -> None:
    loop = readings("LOOP", [(10.0, 1.0, "u"), (10.0, 1.0, "v")], tool=["A", "B"])
    happened = events(("audit", "", 7.0, 7.0), ("audit", "B", 8.0, 8.0))
    since = {"kind": "since_event", "events": ["audit"]}
    count = {"kind": "event_count", "events": ["audit"], "hours": 5}
    built = build_dataset(
        recipe(since, count), data(60, loop, readings("PULL", []), events=happened)
    )
    assert built.table.numbers["hours since audit"].tolist() == [3.0, 2.0]
    assert built.table.numbers["audit in 5 h"].tolist() == [1.0, 2.0]


def test_group_and_strata_get_names_of_their_own_beside_features() -> None:
    loop = readings("LOOP", [(1.0, 1.0, "u")], lot=["L1"])
    wanted = recipe({"kind": "context", "factor": "lot"}, group="lot", strata=["tool"])
    built = build_dataset(wanted, data(60, loop, readings("PULL", [])))
    assert built.document.one("group") == "lot (group)"
    assert [c.name for c in built.document.of_role("stratum")] == ["tool"]
    with pytest.raises(BadData, match="no factor 'shift'") as refused:
        build_dataset(recipe(group="shift"), data(60, loop, readings("PULL", [])))
    assert refused.value.problems[0].pointer == "/group"


def test_two_columns_of_one_name_are_refused() -> None:
    loop = readings("LOOP", [(1.0, 1.0, "u")])
    with pytest.raises(BadData, match="give it a `name`") as refused:
        build_dataset(recipe(measured("LOOP"), measured("LOOP", hours=3)),
                      data(60, loop, readings("PULL", [])))  # fmt: skip
    assert refused.value.problems[0].pointer == "/features/1/name"
