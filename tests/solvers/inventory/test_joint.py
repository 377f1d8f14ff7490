"""The iteration on a small location problem: two centres, two customers, hand-written planner."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from solvers.errors import SolverError
from solvers.inventory.joint import Plan, Position, plan_jointly
from solvers.inventory.safety_points import safety_points

FREIGHT = np.array([[1.0, 3.0], [3.0, 1.2]])  # centre x customer
DEMAND = np.array([100.0, 50.0])
SD = np.array([40.0, 30.0])

Choice = tuple[int, int]  # centre of each customer
Curves = tuple[tuple[np.ndarray, np.ndarray], ...]


def _freight(choice: Choice) -> float:
    return float(sum(FREIGHT[c, j] * DEMAND[j] for j, c in enumerate(choice)))


def _stock_cost(choice: Choice, unit: float) -> list[float]:
    served = [np.array([c == centre for c in choice]) for centre in (0, 1)]
    return [unit * float(np.sqrt((SD[s] ** 2).sum())) for s in served]


def _planner(curves: Curves) -> Plan[Choice]:
    def reckoned(choice: Choice) -> float:
        out = [sum(DEMAND[j] for j, c in enumerate(choice) if c == centre) for centre in (0, 1)]
        return sum(float(np.interp(x, *curve)) for x, curve in zip(out, curves, strict=False))

    best = min(product((0, 1), repeat=2), key=lambda c: _freight(c) + reckoned(c))
    return Plan((best[0], best[1]), _freight(best))


def _positioner(unit: float):
    def position(_: Curves, flows: Choice) -> Position[Curves]:
        costs = _stock_cost(flows, unit)
        curves = []
        for centre, cost in enumerate(costs):
            out = sum(DEMAND[j] for j, c in enumerate(flows) if c == centre)
            first = unit * float(np.hypot(*SD))
            x, y = (out, cost) if out > 0 else (DEMAND.sum(), first)
            curves.append(safety_points(throughput=x, cost=y, most=DEMAND.sum()))
        return Position(sum(costs), tuple(curves))

    return position


def _joint(unit: float):
    return plan_jointly(
        (), plan=_planner, position=_positioner(unit), weigh=lambda _, curves: curves, rounds=6
    )


def test_dear_stock_pools_what_cheap_freight_splits() -> None:
    found = _joint(9.0)
    assert found.rounds[0].flows == (0, 1)
    assert found.rounds[found.best].flows in {(0, 0), (1, 1)}
    assert found.saved > 0
    assert found.stop == "repeated"


def test_cheap_stock_leaves_the_plan_alone() -> None:
    found = _joint(0.1)
    assert [r.flows for r in found.rounds] == [(0, 1), (0, 1)]
    assert found.best == 0


@given(unit=st.floats(0.01, 30))
def test_the_best_round_is_kept_and_never_beats_the_true_optimum(unit: float) -> None:
    found = _joint(unit)
    best = found.rounds[found.best].total
    assert best == min(r.total for r in found.rounds) <= found.rounds[0].total
    truth = min(_freight(c) + sum(_stock_cost(c, unit)) for c in product((0, 1), repeat=2))
    assert best >= truth - 1e-9


def test_who_watches_may_stop() -> None:
    found = plan_jointly(
        (),
        plan=_planner,
        position=_positioner(9.0),
        weigh=lambda _, curves: curves,
        watch=lambda number, _: number == 0,
    )
    assert (len(found.rounds), found.stop) == (1, "asked")


@given(
    throughput=st.floats(1, 1e5),
    cost=st.floats(0.1, 1e6),
    stretch=st.floats(0.1, 20),
    together=st.floats(0, 1),
)
def test_points_are_concave_and_meet_the_plan_at_hand(
    throughput: float, cost: float, stretch: float, together: float
) -> None:
    x, y = safety_points(
        throughput=throughput, cost=cost, most=throughput * stretch, together=together
    )
    assert x[0] == y[0] == 0.0
    assert np.all(np.diff(x) > 0)
    slope = np.diff(y) / np.diff(x)
    assert np.all(np.diff(slope) <= 1e-9 * slope[0])
    assert float(np.interp(throughput, x, y)) == pytest.approx(cost, rel=1e-9)


def test_no_throughput_has_no_curve() -> None:
    with pytest.raises(SolverError, match="throughput > 0"):
        safety_points(throughput=0.0, cost=1.0, most=5.0)
