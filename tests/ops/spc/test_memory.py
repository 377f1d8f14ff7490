"""Judging in portions is judging at once, to the last bit, whatever came late or was taken back."""

import json
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ops.spc.arrivals import Arrivals
from ops.spc.broken_rule import disposition_of, sentence_of
from ops.spc.cusum import cusum_chart
from ops.spc.design import ChartDesign, ChartKind, PartTarget, StreamLimits
from ops.spc.ewma import ewma_chart
from ops.spc.memory import Judgement, Memory
from ops.spc.onward import advance
from ops.spc.rules import NELSON, signals
from ops.values import FloatArray, factor_of

KINDS: tuple[ChartKind, ...] = (
    "individuals", "xbar-r", "xbar-s", "three-way", "moving-average", "ewma", "cusum",
    "short-run-nominal", "short-run-standardized", "p", "np", "c", "u", "laney-p", "laney-u",
    "g", "t",
)  # fmt: skip
SUBGROUPS = ("individuals", "count:3", "column", "gap:2")
LIMITS = (
    StreamLimits(center=1.0, sigma=0.5, scale=1.25, n=25),
    StreamLimits(level="B", center=2.0, sigma=1.0, n=25),
)
PARTS = (PartTarget(level="A", target=1.0, sigma=0.5), PartTarget(level="B", target=0.0))
Row = tuple[int, int, float, float, str | None, str]


def design_of(kind: ChartKind, subgroup: str = "individuals", **more: Any) -> ChartDesign:
    return ChartDesign(
        kind=kind, subgroup=subgroup, limits=LIMITS, headstart=2.0, parts=PARTS, **more
    )


def arrivals(rows: Sequence[Row]) -> Arrivals:
    ts, seq, value, n, label, level = zip(*rows, strict=True) if rows else ((),) * 6
    return Arrivals(
        np.array(ts, dtype=np.int64), np.array(seq, dtype=np.int64), np.array(value, dtype=float),
        np.array(n, dtype=float), factor_of(list(label)), factor_of(list(level)),
    )  # fmt: skip


def at_once(design: ChartDesign, rows: Sequence[Row]) -> tuple[Memory, tuple[Judgement, ...]]:
    judged = advance(Memory(), design, "A", arrivals(rows))
    return judged.memory, judged.judgements


class Ledger:
    """A stream that is judged as it comes: states after each portion, judgements by key."""

    def __init__(self, design: ChartDesign) -> None:
        self.design = design
        self.rows: dict[tuple[int, int], Row] = {}
        self.states = [((-1, -1), Memory())]
        self.judged: dict[tuple[int, int], Judgement] = {}

    def change(self, key: tuple[int, int], row: Row | None) -> None:
        if row is None:
            self.rows.pop(key, None)
        else:
            self.rows[key] = row
        while self.states[-1][0] >= key:
            self.states.pop()
        after, memory = self.states[-1]
        since = after if memory.open is None else (memory.open.ts, memory.open.seq - 1)
        self.judged = {k: j for k, j in self.judged.items() if k <= since}
        left = [self.rows[k] for k in sorted(self.rows) if k > after]
        kept = Memory.from_json(json.loads(json.dumps(memory.to_json())))
        result = advance(kept, self.design, "A", arrivals(left))
        self.judged |= {(j.ts, j.seq): j for j in result.judgements}
        if left:
            self.states.append(((result.memory.ts, result.memory.seq), result.memory))


values = st.one_of(st.floats(-4, 6), st.sampled_from([0.0, 1.0, 2.0, 2.5, 5.0]))
changes = st.lists(
    st.tuples(
        st.integers(0, 40), st.integers(0, 1), st.none() | values, st.integers(1, 4),
        st.sampled_from([None, "g1", "g2", "g3"]), st.sampled_from(["A", "B"]),
    ),
    max_size=50,
)  # fmt: skip


@settings(max_examples=60)
@given(changes=changes, kind=st.sampled_from(KINDS), subgroup=st.sampled_from(SUBGROUPS))
def test_any_order_of_arrivals_corrections_and_voids_ends_as_one_pass_does(
    changes: list[tuple[int, int, float | None, int, str | None, str]],
    kind: ChartKind,
    subgroup: str,
) -> None:
    ledger = Ledger(design_of(kind, subgroup))
    for ts, seq, value, n, label, level in changes:
        key = (ts * 1_000_000, seq)
        ledger.change(key, None if value is None else (*key, value, float(n), label, level))
    memory, judgements = at_once(ledger.design, [ledger.rows[k] for k in sorted(ledger.rows)])
    assert [ledger.judged[k] for k in sorted(ledger.judged)] == list(judgements)
    if ledger.rows:
        assert ledger.states[-1][1] == memory


@settings(max_examples=60)
@given(
    cuts=st.lists(st.integers(0, 120), max_size=8),
    kind=st.sampled_from(KINDS),
    seed=st.integers(0, 99),
)
def test_portions_judge_as_the_whole_does(cuts: list[int], kind: ChartKind, seed: int) -> None:
    design, rows = design_of(kind, "count:2"), noise(120, seed)
    memory, judged = Memory(), []
    bounds = [0, *sorted(cuts), 120]
    for first, after in pairwise(bounds):
        step = advance(memory, design, "A", arrivals(rows[first:after]))
        memory = Memory.from_json(json.loads(json.dumps(step.memory.to_json())))
        judged += step.judgements
    assert (memory, tuple(judged)) == at_once(design, rows)


def noise(size: int, seed: int = 1) -> list[Row]:
    rng = np.random.default_rng(seed)
    value = np.round(rng.normal(1.0, 0.6, size) + np.arange(size) // 60 % 2, 2)
    return [(i * 1_000_000, 0, float(v), 1.0, None, "A") for i, v in enumerate(value)]


def values_of(rows: list[Row]) -> FloatArray:
    return np.array([row[2] for row in rows])


@pytest.mark.parametrize("portion", [1, 7, 300])
def test_run_rules_are_those_of_the_whole_series(portion: int) -> None:
    rows = noise(300)
    design = ChartDesign(limits=(StreamLimits(center=1.0, sigma=0.5, n=25),), holds=("1", "5"))
    memory, found = Memory(), []
    for first in range(0, 300, portion):
        step = advance(memory, design, "", arrivals(rows[first : first + portion]))
        memory, found = step.memory, [*found, *(_run(j) for j in step.judgements)]
    begins = np.arange(300) == 0
    flags = signals((values_of(rows) - 1.0) / 0.5, begins, NELSON)
    names = [tuple(r.name for i, r in enumerate(NELSON) if flag >> i & 1) for flag in flags]
    assert found == names
    assert len({name for of_point in names for name in of_point}) >= 5, "the data say something"


def _run(judgement: Judgement) -> tuple[str, ...]:
    """Rules of the design that a point breaks, without the chart of spread."""
    return tuple(name for name in judgement.rules if name != "moving-range")


def test_an_average_signals_where_the_chart_of_all_values_does() -> None:
    rows = noise(200)
    design = ChartDesign(kind="ewma", width=2.7, limits=(StreamLimits(center=1, sigma=0.5, n=9),))
    _, judged = at_once(design, rows)
    chart = ewma_chart(values_of(rows), target=1.0, sigma=0.5, lambda_=0.2, width=2.7)
    assert tuple(i for i, j in enumerate(judged) if j.rules) == chart.outside
    assert chart.outside


def test_sums_signal_where_the_chart_of_all_values_does() -> None:
    rows = noise(200)
    design = ChartDesign(kind="cusum", limits=(StreamLimits(center=1.2, sigma=0.5, n=9),))
    _, judged = at_once(design, rows)
    chart = cusum_chart(values_of(rows), target=1.2, sigma=0.5)
    assert tuple(i for i, j in enumerate(judged) if j.rules) == chart.outside
    said = {sentence_of(design, name, j.z) for j in judged for name in j.rules}
    assert said == {
        "the upper sum is above the decision interval",
        "the lower sum is above the decision interval",
    }
    assert {disposition_of(design, j.rules) for j in judged} == {"ok", "hold"}


def test_a_head_start_halves_the_way_to_the_first_signal() -> None:
    """Montgomery 9.1.5: sums that start at h/2 signal earlier if the mean is off at the start."""
    rows = [(i, 0, 1.5, 1.0, None, "A") for i in range(12)]  # one sigma above
    slow = ChartDesign(kind="cusum", h=4.0, limits=LIMITS[:1])
    slow = slow.model_copy(update={"limits": (StreamLimits(center=1, sigma=0.5, n=9),)})
    fast = slow.model_copy(update={"headstart": 2.0})
    first = [
        next(i for i, j in enumerate(at_once(design, rows)[1]) if j.rules)
        for design in (slow, fast)
    ]
    assert first == [8, 4]


def test_a_mean_of_n_is_held_to_limits_that_are_narrower_by_root_n() -> None:
    rows = [(i, 0, 2.1, 1.0, None, "A") for i in range(4)]
    design = ChartDesign(
        kind="xbar-r", subgroup="count:4", limits=(StreamLimits(center=1, sigma=0.7, n=9),)
    )
    _, (point,) = at_once(design, rows)
    assert point.z == pytest.approx(1.1 / 0.35)
    assert point.rules == ("1",)
    alone = design.model_copy(update={"kind": "individuals", "subgroup": "individuals"})
    assert not any("1" in j.rules for j in at_once(alone, rows)[1])


def test_a_subgroup_is_provisional_until_another_begins() -> None:
    rows: list[Row] = [(i * 1_000_000, 0, 9.0, 1.0, label, "A") for i, label in enumerate("aab")]
    design = design_of("xbar-r", "column")
    step = advance(Memory(), design, "A", arrivals(rows[:2]))
    assert step.judgements == ()
    assert step.of.tolist() == [0, 0]
    after = advance(step.memory, design, "A", arrivals(rows[2:]))
    assert [(j.ts, j.value, "1" in j.rules) for j in after.judgements] == [(0, 9.0, True)]
    assert after.of.tolist() == [1], "the newest value is in the subgroup that is open now"


def test_a_share_is_held_to_limits_of_its_sample_size() -> None:
    """Of 4 % defective, 3 sigma limits of a sample of 100 end at 9.88 % (Montgomery 7.2)."""
    sigma = (0.04 * 0.96) ** 0.5
    design = ChartDesign(kind="p", limits=(StreamLimits(center=0.04, sigma=sigma, n=25),))
    rows = [(i, 0, float(d), n, None, "A") for i, (d, n) in enumerate([(9, 100.0), (10, 100.0),
                                                                        (10, 400.0)])]  # fmt: skip
    assert [("1" in j.rules) for j in at_once(design, rows)[1]] == [False, True, False]


def test_streams_without_limits_are_not_judged() -> None:
    design = ChartDesign(limits=(StreamLimits(level="B", center=0, sigma=1, n=9),))
    _, judged = at_once(design, noise(30))
    assert all(j.z is None and j.rules == () for j in judged)


def test_a_point_that_breaks_a_holding_rule_holds_the_lot() -> None:
    design = design_of("individuals")
    assert disposition_of(design, ()) == "ok"
    assert disposition_of(design, ("2",)) == "warn"
    assert disposition_of(design, ("2", "1")) == "hold"
    assert disposition_of(design, ("moving-range",)) == "warn"
