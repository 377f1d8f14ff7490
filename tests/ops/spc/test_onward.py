"""Judging on arrival says what the chart of all points says."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ops.spc.arrivals import Arrivals, is_single
from ops.spc.broken_rule import SPREAD
from ops.spc.design import ChartDesign, ChartKind, PartTarget, StreamLimits
from ops.spc.designed import judge
from ops.spc.memory import Judged, Judgement, Memory
from ops.spc.onward import Coming, advance_all
from ops.spc.points import plotted
from ops.spc.rules import NELSON, WESTERN_ELECTRIC, Rule
from ops.values import Characteristic, Factor, FloatArray, Series, factor_of

KINDS: tuple[ChartKind, ...] = (
    "individuals", "xbar-r", "xbar-s", "three-way", "moving-average", "ewma", "cusum",
    "short-run-nominal", "short-run-standardized", "p", "np", "c", "u", "laney-p", "laney-u",
    "g", "t",
)  # fmt: skip
SHARES = ("p", "np", "laney-p")
HUGGING = Rule("hug", "hugs", "hugging", n=3, k=2, zone=0.5, limit=2.5)
NARROW = Rule("1", "beyond 3", "beyond", n=1, k=1, zone=3.0)
PARTS = (PartTarget(level="P", target=1.0, sigma=0.5), PartTarget(level="Q", target=2.0))
RULES = (NELSON, WESTERN_ELECTRIC, (HUGGING, NARROW), NELSON[1:])


@st.composite
def designs(draw: st.DrawFn) -> ChartDesign:
    kind = draw(st.sampled_from(KINDS))
    share = kind in SHARES
    levels = draw(st.sampled_from([("",), ("A", "B"), ("A", "")]))
    center = st.sampled_from([0.05, 0.2]) if share else st.sampled_from([0.8, 1.0, 3.0])
    limits = tuple(
        StreamLimits(
            level=level, center=draw(center), sigma=draw(st.sampled_from([0.3, 0.5, 1.3])),
            scale=draw(st.sampled_from([1.0, 1.25])), within=draw(st.sampled_from([None, 0.4])),
            n=25,
        )
        for level in levels
    )  # fmt: skip
    return ChartDesign(
        kind=kind,
        limits=limits,
        subgroup=draw(
            st.sampled_from(["individuals", "count:1", "count:3", "column", "factor:lot", "gap:90"])
        ),
        rules=draw(st.sampled_from(RULES)),
        width=draw(st.sampled_from([3.0, 2.0, 2.7])),
        probability=draw(st.booleans()),
        headstart=draw(st.sampled_from([0.0, 2.0])),
        span=draw(st.integers(2, 6)),
        stream=draw(st.sampled_from(["tool", "none"])),
        part="part",
        parts=PARTS,
    )


@st.composite
def series(draw: st.DrawFn, design: ChartDesign) -> Series:
    size = draw(st.integers(1, 60))
    rng = np.random.default_rng(draw(st.integers(0, 999)))
    whole = design.kind in (*SHARES, "c", "u", "laney-u", "g")
    jumps = 3.0 * (rng.random(size) < 0.1)
    value: FloatArray = np.abs(rng.normal(1.0, 0.7, size) + jumps).round(2)
    n = rng.integers(1, 9, size).astype(np.float64)
    n[rng.random(size) < 0.05] = 0.0 if design.kind in (*SHARES, "u", "laney-u") else 1.0
    if whole:
        value = np.floor(value) if design.kind not in SHARES else np.floor(value % (n + 1))
    lots = [f"L{i}" for i in np.cumsum(rng.random(size) < 0.3)]
    said = [None if rng.random() < 0.1 else lot for lot in lots]
    tools = rng.choice(["A", "B", "C"], size)
    none = Factor(np.full(size, -1), ())
    return Series(
        characteristic=Characteristic(1, "PG1", "LOOP-H", "Loop height", "um"),
        ts=np.cumsum(rng.integers(0, 3, size)) * 60_000_000,
        value=value,
        n=n,
        subgroup=factor_of(said),
        unit_id=none,
        position=none,
        factors={
            "tool": factor_of([None if rng.random() < 0.1 else str(tool) for tool in tools]),
            "lot": factor_of(said),
            "part": factor_of([str(part) for part in rng.choice(["P", "Q", "R"], size)]),
        },
        seq=np.arange(size),
    )


def streams_of(data: Series, design: ChartDesign) -> dict[str, Any]:
    """Rows of each stream, in their order."""
    if design.stream == "none":
        return {"": np.arange(data.ts.size)}
    factor = data.factors["tool"]
    found = {level: np.flatnonzero(factor.codes == i) for i, level in enumerate(factor.levels)}
    return found | {"": np.flatnonzero(factor.codes < 0)}


def arrivals(data: Series, design: ChartDesign, rows: Any) -> Arrivals:
    assert data.seq is not None
    said = {"column": data.subgroup, "factor:lot": data.factors["lot"]}
    label = None if is_single(design) else said.get(design.subgroup)
    return Arrivals(
        data.ts[rows], data.seq[rows], data.value[rows], data.n[rows],
        None if label is None else label.take(rows),
        data.factors["part"].take(rows) if design.kind.startswith("short-run") else None,
    )  # fmt: skip


def as_it_comes(
    data: Series, design: ChartDesign, cuts: Sequence[int]
) -> dict[tuple[int, int], Judgement]:
    """Judgements by the key of their first row; the streams come side by side, in portions."""
    memories = dict.fromkeys(streams_of(data, design), Memory())
    found: dict[tuple[int, int], Judgement] = {}
    for first, after in pairwise([0, *sorted(cuts), data.ts.size]):
        coming = [
            Coming(name, memories[name],
                   arrivals(data, design, rows[(rows >= first) & (rows < after)]))
            for name, rows in streams_of(data, design).items()
        ]  # fmt: skip
        told: list[Judged] = advance_all(design, coming)
        for each, judged in zip(coming, told, strict=True):
            memories[each.stream] = Memory.from_json(judged.memory.to_json())
            found |= {(j.ts, j.seq): j for j in judged.judgements}
    return found


@settings(max_examples=150, deadline=None)
@given(data=st.data(), cuts=st.lists(st.integers(0, 60), max_size=6))
def test_every_kind_of_chart_is_judged_on_arrival_as_by_the_chart(
    data: st.DataObject, cuts: list[int]
) -> None:
    design = data.draw(designs())
    rows = data.draw(series(design))
    assert rows.seq is not None
    found = as_it_comes(rows, design, [min(cut, rows.ts.size) for cut in cuts])
    points = plotted(rows, design)
    batch = judge(points, design)
    seen = set[tuple[int, int]]()
    for place in range(points.ts.size):
        key = int(points.ts[place]), int(rows.seq[points.row[place]])
        if key not in found:
            continue  # its subgroup is open
        seen.add(key)
        one, flag = found[key], int(batch.flags[place])
        names = [rule.name for bit, rule in enumerate(batch.rules) if flag >> bit & 1]
        names += [SPREAD[side.name] for side in batch.sides if side.beyond[place]]
        z, statistic = float(batch.line.z[place]), float(batch.line.statistic[place])
        assert one.rules == tuple(names), (design, place)
        assert one.z == (None if np.isnan(z) else pytest.approx(z, rel=1e-9, abs=1e-12))
        if np.isfinite(statistic):
            assert one.value == pytest.approx(statistic, rel=1e-9, abs=1e-12)
        else:
            assert one.value is None
    assert seen == set(found)
    open_ones = points.ts.size - len(found)
    assert open_ones <= (0 if is_single(design) else len(streams_of(rows, design)))


@pytest.mark.parametrize(
    ("kind", "name", "values"),
    [
        ("individuals", "moving-range", [0.0, 1.9, -1.9]),
        ("xbar-r", "range", [0.0, 0.1, -3.0, 3.0]),
        ("xbar-s", "sd", [0.0, 0.1, -3.0, 3.0]),
    ],
)
def test_spread_that_leaves_its_chart_is_told_at_once(
    kind: ChartKind, name: str, values: list[float]
) -> None:
    limits = (StreamLimits(center=0.0, sigma=1.0, n=25),)
    design = ChartDesign(kind=kind, subgroup="count:2", limits=limits)
    size = len(values)
    told = advance_all(design, [
        Coming("", Memory(), Arrivals(np.arange(size), np.zeros(size, dtype=np.int64),
                                      np.array(values), np.ones(size)))
    ])[0]  # fmt: skip
    assert [name in judgement.rules for judgement in told.judgements][-1]
    assert not any(name in judgement.rules for judgement in told.judgements[:-1])
