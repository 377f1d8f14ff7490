"""Distances of wires against sampling them densely, and margins against sums by hand."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ops.loop.clearance import Allowance, margins, near_of, sweep_of
from ops.loop.distance_kernel import least_distances
from ops.loop.package import Package, Wire
from ops.loop.profile import PARTS, Part, UnitHeights, plan_of, shares

WIRES = [
    {
        "position": f"W{i + 1}",
        "first": {"x_um": 0.0, "y_um": 100.0 * i},
        "second": {"x_um": 1000.0, "y_um": 100.0 * i},
        "height_um": 150.0,
        "apex_at": 0.5,
    }
    for i in range(3)
]


def package(**changes: object) -> Package:
    about = {"cavity_height_um": 300.0, "wire_diameter_um": 20.0, "clearance_um": 50.0}
    return Package.model_validate({**about, "wires": WIRES, **changes})


def heights(apex: list[list[float]], **parts: list[list[float]]) -> UnitHeights:
    table = {"apex": np.array(apex), **{part: np.array(of) for part, of in parts.items()}}
    ordered: dict[Part, np.ndarray] = {part: table[part] for part in PARTS if part in table}
    units = tuple(f"D{i}" for i in range(len(apex)))
    return UnitHeights(units, np.arange(len(apex)), ordered)


def sampled(plan: np.ndarray, height: np.ndarray, many: int = 400) -> np.ndarray:
    line = np.column_stack((plan, height))
    t = np.linspace(0.0, 1.0, many)[:, None]
    pieces = [a + t * (b - a) for a, b in pairwise(line)]
    return np.concatenate(pieces)


coordinates = st.lists(st.floats(-50, 50), min_size=9, max_size=9)


@given(one=coordinates, other=coordinates)
@settings(max_examples=60, deadline=None)
def test_distance_is_that_of_densely_sampled_lines(one: list[float], other: list[float]) -> None:
    a, b = np.array(one).reshape(3, 3), np.array(other).reshape(3, 3)
    found = least_distances(
        np.ascontiguousarray(a[:, :2]),
        a[None, :, 2].copy(),
        np.ascontiguousarray(b[:, :2]),
        b[None, :, 2].copy(),
    )[0]
    p, q = sampled(a[:, :2], a[:, 2], 150), sampled(b[:, :2], b[:, 2], 150)
    brute = np.sqrt(((p[:, None] - q[None]) ** 2).sum(axis=2).min())
    assert found <= brute + 1e-9
    assert found >= brute - 1.5  # half a step of either line, 173 um at most in 149 steps


def test_wires_side_by_side_keep_their_pitch_less_a_diameter() -> None:
    found = margins(package(), heights([[150.0] * 3]), allowance=Allowance())
    by = {(m.one, m.other): float(m.value[0]) for m in found}
    assert by["W1", ""] == pytest.approx(300 - 50 - 150 - 10)
    assert by["W1", "W2"] == by["W2", "W3"] == pytest.approx(80.0)
    assert ("W1", "W3") not in by


def test_a_lower_neighbour_is_nearest_where_both_start() -> None:
    found = margins(package(), heights([[150.0, 90.0, 150.0]]), allowance=Allowance())
    # first bonds are both at height 0, a pitch apart
    assert {m.one: float(m.value[0]) for m in found if m.other}["W1"] == pytest.approx(80.0)


def test_crossing_wires_are_apart_by_their_heights() -> None:
    crossing = [
        WIRES[0],
        WIRES[0]
        | {
            "position": "X",
            "first": {"x_um": 500.0, "y_um": -500.0},
            "second": {"x_um": 500.0, "y_um": 500.0},
        },
    ]
    at = heights([[100.0, 200.0]])
    found = margins(package(wires=crossing), at, allowance=Allowance(), near_um=10.0)
    # apexes cross over each other: 100 um up, the legs are nearer; brute force tells
    a = sampled(np.array([[0.0, 0.0], [500.0, 0.0], [1000.0, 0.0]]), np.array([0.0, 100.0, 0.0]))
    b = sampled(
        np.array([[500.0, -500.0], [500.0, 0.0], [500.0, 500.0]]), np.array([0.0, 200.0, 0.0])
    )
    brute = np.sqrt(((a[:, None] - b[None]) ** 2).sum(axis=2).min())
    assert float(found[-1].value[0]) == pytest.approx(brute - 20.0, abs=0.05)


def test_heights_to_the_top_stand_half_a_diameter_lower() -> None:
    one = margins(package(), heights([[150.0] * 3]), allowance=Allowance())[0]
    other = margins(package(), heights([[150.0] * 3]), allowance=Allowance(from_top=True))[0]
    assert float(other.value[0] - one.value[0]) == pytest.approx(10.0)


def test_the_highest_of_the_profile_counts() -> None:
    at = heights([[150.0] * 3], rise=[[170.0, 1.0, 1.0]], descent=[[100.0] * 3])
    found = margins(package(), at, allowance=Allowance())
    assert float(found[0].value[0]) == pytest.approx(300 - 50 - 170 - 10)
    assert float(found[1].value[0]) == pytest.approx(300 - 50 - 150 - 10)


def test_a_wire_that_is_not_measured_has_no_margin() -> None:
    found = margins(package(), heights([[150.0, np.nan, 150.0]]), allowance=Allowance())
    without = {(m.one, m.other) for m in found if np.isnan(m.value[0])}
    assert without == {("W2", ""), ("W1", "W2"), ("W2", "W3")}


@pytest.mark.parametrize(
    ("flow", "pushed"), [(90.0, (0.0, 20.0)), (0.0, (0.0, 0.0)), (30.0, (0.0, 10.0)),
                         (-90.0, (0.0, -20.0))],
)  # fmt: skip
def test_sweep_goes_with_the_sine_of_the_angle(flow: float, pushed: tuple[float, float]) -> None:
    swept = package(mold_flow_deg=flow, sweep_share=0.02)
    assert sweep_of(swept, swept.wires[0]) == pytest.approx(pushed, abs=1e-9)


def test_wires_swept_together_keep_their_distance_and_the_worst_case_does_not() -> None:
    swept = package(mold_flow_deg=90.0, sweep_share=0.02)
    at = heights([[150.0] * 3])
    least = {
        sweep: float(margins(swept, at, allowance=Allowance(sweep=sweep))[3].value[0])
        for sweep in ("none", "together", "worst")
    }
    assert least["none"] == pytest.approx(80.0)
    # legs lean 20 um in 500, so that their lines are a pitch times a cosine apart
    assert least["together"] == pytest.approx(100.0 * np.cos(np.arctan(0.04)) - 20.0, abs=0.02)
    # the first apex is pushed 20 um towards the second, which stays: 80 - 20 at the apexes
    assert least["worst"] == pytest.approx(60.0)


def test_neighbours_reach_one_and_a_half_gaps() -> None:
    assert near_of(package()) == pytest.approx(150.0)
    assert near_of(package(wires=WIRES[:1])) == 0.0


def test_plan_moves_the_apex_alone_as_far() -> None:
    wire = Wire.model_validate(WIRES[0] | {"rise_at": 0.25})
    parts = ("rise", "apex", "descent")
    assert shares(wire, parts).tolist() == [0.0, 0.25, 0.5, 0.75, 1.0]
    assert plan_of(wire, parts, (0.0, 8.0))[:, 1].tolist() == [0.0, 4.0, 8.0, 4.0, 0.0]
