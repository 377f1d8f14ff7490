import numpy as np
import pytest
from statsmodels.robust.norms import HuberT, estimate_location
from statsmodels.stats.multitest import multipletests

from ops.drift.consensus import consensus_weights
from ops.drift.fleet import match_fleet
from ops.drift.fleet_cells import FleetCells, fleet_cells
from ops.drift.fleet_standing import FleetMatch, evidence_of
from ops.drift.multiplicity import holm
from ops.errors import BadData, NotEnoughData
from ops.values import Factor, FloatArray

PRODUCTS = np.array([0.0, 3.0, -2.0])


def noise(rng: np.random.Generator, n: int, phi: float) -> FloatArray:
    found = rng.normal(size=n)
    found[1:] *= np.sqrt(1 - phi**2)
    for i in range(1, n):
        found[i] += phi * found[i - 1]
    return found


def fleet(
    offset: FloatArray,
    *,
    seed: int = 0,
    n: int = 80,
    phi: float = 0.0,
    sd: FloatArray | None = None,
    slope: FloatArray | None = None,
) -> FleetCells:
    """Tools with offsets, each with a product mix of its own."""
    rng = np.random.default_rng(seed)
    k = offset.size
    scale = np.ones(k) if sd is None else sd
    creep = np.zeros(k) if slope is None else slope
    ts, y, product = [], [], []
    for i in range(k):
        made = rng.integers(0, 3 if i % 2 else 2, n)
        day = np.sort(rng.uniform(0.0, 30.0, n))
        y.append(PRODUCTS[made] + offset[i] + scale[i] * noise(rng, n, phi) + creep[i] * day)
        ts.append(day)
        product.append(made)
    return fleet_cells(
        (np.concatenate(ts) * 86_400e6).astype(np.int64),
        np.concatenate(y) + 150.0,
        Factor(np.repeat(np.arange(k), n), tuple(f"T{i:02d}" for i in range(k))),
        within=None,
        mix={"product": Factor(np.concatenate(product), ("a", "b", "c"))},
    )


def off_by(k: int, **moved: float) -> FloatArray:
    found = np.zeros(k)
    for name, value in moved.items():
        found[int(name.removeprefix("t"))] = value
    return found


def named(match: FleetMatch, standing: str) -> set[str]:
    return {t.tool for t in match.tools if t.standing == standing}


def test_the_tool_that_left_is_named_with_its_offset() -> None:
    match = match_fleet(fleet(off_by(12, t4=2.1), seed=1), margin=1.0)
    assert named(match, "left") == {"T04"}
    assert len(named(match, "matched")) == 11
    first = match.tools[0]
    assert first.offset.lower < 2.1 < first.offset.upper
    assert abs(first.shrunk) <= abs(first.offset.value)
    assert match.confounded == ()


def test_the_product_mix_is_no_difference_of_tools() -> None:
    cells = fleet(np.zeros(6), n=200)
    raw = np.bincount(cells.tool, cells.y) / np.bincount(cells.tool)
    assert np.ptp(raw) > 0.8  # what the mix makes
    assert named(match_fleet(cells, margin=0.6), "matched") == set(cells.tools)


def test_a_golden_tool_is_the_reference() -> None:
    match = match_fleet(fleet(off_by(5, t1=2.0)), margin=1.0, golden="T01")
    assert match.tools[-1].golden
    assert match.tools[-1].offset.value == 0.0
    assert named(match, "left") == {"T00", "T02", "T03", "T04"}
    assert all(t.offset.value < 0 for t in match.tools if not t.golden)


def test_one_far_tool_does_not_move_the_others() -> None:
    match = match_fleet(fleet(off_by(6, t2=50.0)), margin=1.0)
    assert named(match, "left") == {"T02"}


def test_spread_and_slope_are_judged_too() -> None:
    sd, slope = np.ones(8), np.zeros(8)
    sd[3], slope[5] = 4.0, 0.3
    match = match_fleet(fleet(np.zeros(8), sd=sd, slope=slope, n=120), margin=2.0)
    apart = {t.tool: t.apart for t in match.tools}
    assert apart["T03"] == ("spread",)
    assert "slope" in apart["T05"]
    ratio = next(t for t in match.tools if t.tool == "T03")
    assert ratio.ratio_lower < 4.0 < ratio.ratio_upper


@pytest.mark.parametrize("phi", [0.0, 0.6])
def test_a_quiet_fleet_stays_together(phi: float) -> None:
    false = 0
    for seed in range(12):
        match = match_fleet(fleet(np.zeros(8), seed=seed, n=40, phi=phi), margin=0.05)
        false += bool(named(match, "left"))
    assert false <= 2  # of 12 at 5 %: 3 or more have a chance of 2 %


def test_a_change_of_unit_changes_no_finding() -> None:
    cells = fleet(off_by(4, t1=1.0))
    inch = FleetCells(cells.t, cells.y / 25.4, cells.tool, cells.tools, cells.mix, cells.count)
    one, other = match_fleet(cells, margin=0.5), match_fleet(inch, margin=0.5 / 25.4)
    for a, b in zip(one.tools, other.tools, strict=True):
        assert (a.tool, a.standing) == (b.tool, b.standing)
        assert b.offset.value * 25.4 == pytest.approx(a.offset.value, rel=1e-6)
        assert b.p_level == pytest.approx(a.p_level, abs=1e-9)


def test_pairs_are_antisymmetric_and_agree_with_the_levels() -> None:
    match = match_fleet(fleet(off_by(5, t0=3.0)), margin=1.0)
    assert match.difference == pytest.approx(-match.difference.T)
    level = [t.level.value for t in match.tools]
    assert match.difference[0, 1] == pytest.approx(level[0] - level[1])
    assert not match.matched[0][1]
    assert match.matched[1][2]


def test_a_product_of_one_tool_cannot_be_told_from_it() -> None:
    cells = fleet(np.zeros(4))
    own = FleetCells(cells.t, cells.y, cells.tool, cells.tools, {"line": cells.tool}, cells.count)
    assert match_fleet(own, margin=1.0).confounded == ("line",)


def test_a_unit_counts_once() -> None:
    rng = np.random.default_rng(1)
    unit = np.repeat(np.arange(90), 50)
    level = rng.normal(size=90)
    tool = Factor(unit // 30, ("a", "b", "c"))
    y = level[unit] + 0.01 * rng.normal(size=unit.size)
    cells = fleet_cells(
        unit * 10**9,
        y,
        tool,
        within=Factor(unit, tuple(f"{i:02d}" for i in range(90))),
        mix={},
    )
    assert cells.y.size == 90
    assert cells.count.tolist() == [1500, 1500, 1500]
    half = match_fleet(cells, margin=1.0).tools[0].level
    assert half.upper - half.lower > 0.5  # 30 units, not 1500 values


def test_very_many_cells_are_joined() -> None:
    n = 30_000
    y = np.random.default_rng(2).normal(size=n)
    tool = Factor(np.arange(n) % 3, ("a", "b", "c"))
    cells = fleet_cells(np.arange(n) * 10**6, y, tool, within=None, mix={})
    assert cells.y.size <= 6000
    assert cells.count.sum() == n
    sizes = np.bincount(cells.tool)
    assert sizes.min() > 1500


def test_consensus_is_hubers_location() -> None:
    rng = np.random.default_rng(3)
    level = np.append(rng.normal(size=11), 9.0)
    scale = 1.4826 * float(np.median(np.abs(level - np.median(level))))
    peer = estimate_location(level, scale, norm=HuberT(1.345), maxiter=100, tol=1e-10)
    found = float(consensus_weights(level, np.full(12, 1e-12)) @ level)
    assert found == pytest.approx(float(peer), abs=1e-4)


def test_holm_is_that_of_statsmodels() -> None:
    p = np.array([0.01, 0.04, 0.03, 0.2, 0.001])
    assert holm(p) == pytest.approx(multipletests(p, method="holm")[1])


def test_evidence_says_present_and_absent() -> None:
    match = match_fleet(fleet(off_by(6, t2=4.0)), margin=1.0)
    level = evidence_of(match, match.tools[0])[0]
    assert level.present
    assert level.direction == 1
    assert not level.absent
    other = evidence_of(match, match.tools[-1])
    assert other[0].absent
    assert [e.mechanism for e in other] == ["level", "trend", "spread"]


def test_what_cannot_be_matched_says_why() -> None:
    two = fleet(np.zeros(2))
    with pytest.raises(NotEnoughData, match="needs 3 tools of 5"):
        match_fleet(two, margin=1.0)
    assert match_fleet(two, margin=1.0, golden="T00").tools[0].tool == "T01"
    with pytest.raises(BadData, match="golden tool T99 has no values"):
        match_fleet(two, margin=1.0, golden="T99")
    with pytest.raises(BadData, match="positive number, got 0"):
        match_fleet(two, margin=0.0)
    cells = fleet(np.zeros(3))
    flat = FleetCells(cells.t, np.ones(cells.y.size), cells.tool, cells.tools, {}, cells.count)
    with pytest.raises(BadData, match="all values are equal"):
        match_fleet(flat, margin=1.0)
