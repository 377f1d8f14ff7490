"""The driver of HiGHS on models that are small enough to be known by heart."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog
from scipy.sparse import csc_array

from solvers.errors import SolverError
from solvers.network.highs import Solver
from solvers.network.numerics import diagnose, violation
from solvers.network.outcome import Options, relative_gap
from solvers.network.standard_form import Block, StandardForm
from solvers.watch import News

PROOF = Options(gap=0.0)


def form(
    cost: list[float],
    matrix: list[list[float]],
    sides: tuple[list[float], list[float]],
    *,
    upper: float | list[float] = np.inf,
    integer: bool | list[bool] = False,
) -> StandardForm:
    dense = np.array(matrix, dtype=np.float64)
    m, n = dense.shape
    return StandardForm(
        cost=np.array(cost, dtype=np.float64),
        lower=np.zeros(n),
        upper=np.broadcast_to(np.asarray(upper, dtype=np.float64), n).copy(),
        integer=np.broadcast_to(np.asarray(integer, dtype=np.bool_), n).copy(),
        matrix=csc_array(dense),
        row_lower=np.array(sides[0], dtype=np.float64),
        row_upper=np.array(sides[1], dtype=np.float64),
        offset=10.0,
        columns={"x": Block(0, (n,))},
        rows={"row": Block(0, (m,))},
    )


def facility(sites: int = 12, customers: int = 30, seed: int = 1) -> StandardForm:
    """A capacitated facility location problem with strong links."""
    rng = np.random.default_rng(seed)
    demand = rng.uniform(1, 10, customers)
    flows = sites * customers
    serve = np.hstack((np.tile(np.eye(customers), sites), np.zeros((customers, sites))))
    room = np.hstack((np.kron(np.eye(sites), np.ones(customers)), -40.0 * np.eye(sites)))
    link = np.hstack((np.eye(flows), -np.kron(np.eye(sites), demand.reshape(-1, 1))))
    free = np.full(sites + flows, -np.inf)
    return form(
        [*rng.uniform(1, 10, flows), *rng.uniform(30, 60, sites)],
        np.vstack((serve, room, link)).tolist(),
        ([*demand, *free], [*demand, *np.zeros(sites + flows)]),
        upper=[*np.full(flows, np.inf), *np.ones(sites)],
        integer=[*np.zeros(flows, bool), *np.ones(sites, bool)],
    )


def test_an_lp_answers_duals_that_prove_its_value() -> None:
    outcome = Solver(form([1, 2], [[1, 1]], ([4], [np.inf]), upper=[3, 9])).solve()
    assert (outcome.status, outcome.stop, outcome.value) == ("optimal", "optimal", 15.0)
    assert outcome.bound == pytest.approx(15.0)
    assert outcome.duals is not None
    assert outcome.duals.tolist() == [2.0]
    assert outcome.reduced_costs is not None
    assert outcome.reduced_costs.tolist() == [-1.0, 0.0]


@settings(max_examples=60)
@given(
    cost=st.lists(st.integers(0, 9), min_size=3, max_size=3),
    side=st.lists(st.integers(0, 20), min_size=2, max_size=2),
    rows=st.lists(st.lists(st.integers(0, 4), min_size=3, max_size=3), min_size=2, max_size=2),
)
def test_an_lp_agrees_with_scipy(cost: list[int], side: list[int], rows: list[list[int]]) -> None:
    model = form([float(c) for c in cost], rows, (side, [np.inf, np.inf]), upper=7.0)
    outcome = Solver(model).solve()
    oracle = linprog(cost, A_ub=-np.array(rows), b_ub=-np.array(side), bounds=(0, 7))
    assert (outcome.status == "optimal") == (oracle.status == 0)
    if outcome.value is not None:
        assert outcome.value - 10.0 == pytest.approx(oracle.fun, abs=1e-7)
        assert outcome.gap == pytest.approx(0.0, abs=1e-9)


@pytest.mark.parametrize("integer", [False, True])
@pytest.mark.parametrize(
    ("cost", "rows", "sides", "status"),
    [
        ([-1, 0], [[0, 1]], ([0], [1]), "unbounded"),
        ([-1, 0], [[0, 1]], ([2], [1.5]), "infeasible"),
        ([-1, 0], [[1, -1], [-1, 1]], ([1, 1], [np.inf, np.inf]), "infeasible"),
        ([-1, -1], [[1, -1]], ([0], [np.inf]), "unbounded"),
    ],
)
def test_unbounded_and_infeasible_are_told_apart(
    cost: list[float],
    rows: list[list[float]],
    sides: tuple[list[float], list[float]],
    status: str,
    integer: bool,
) -> None:
    if sides[0][0] > sides[1][0]:
        sides = ([2, 0], [np.inf, 1])
        rows = [[0, 1], [0, 1]]
    outcome = Solver(form(cost, rows, sides, integer=integer)).solve()
    assert (outcome.status, outcome.stop) == (status, status)
    assert outcome.x is None
    assert outcome.value is None


def test_a_relaxation_that_is_unbounded_hides_no_infeasible_mip() -> None:
    # 2x = 1 has no whole x; y is free to fall for ever
    model = form([0, -1], [[2, 0]], ([1], [1]), integer=[True, False])
    assert Solver(model).solve().status == "infeasible"
    assert Solver(model).solve(Options(relaxed=True)).status == "unbounded"


def test_the_ray_of_an_unbounded_model_shows_what_grows() -> None:
    solver = Solver(form([-1, 0, 1], [[0, 1, 0]], ([0], [1]), integer=[True, False, False]))
    assert solver.solve().status == "unbounded"
    ray = solver.ray()
    assert ray is not None
    assert np.flatnonzero(ray).tolist() == [0]


def test_a_mip_is_proven_and_equals_enumeration() -> None:
    model = facility(sites=5, customers=6)
    outcome = Solver(model).solve(PROOF)
    assert outcome.value is not None
    assert outcome.bound == pytest.approx(outcome.value)
    best = min(
        _fixed(model, np.array(choice, float)) for choice in itertools.product((0, 1), repeat=5)
    )
    assert outcome.value == pytest.approx(best)


def _fixed(model: StandardForm, choice: np.ndarray) -> float:
    solver = Solver(model)
    places = np.flatnonzero(model.integer)
    solver.change_bounds(places, choice, choice)
    value = solver.solve(Options(relaxed=True)).value
    return np.inf if value is None else value


def test_news_brings_better_and_better_solutions() -> None:
    told: list[News] = []

    def watch(news: News) -> bool:
        told.append(news)
        return False

    model = facility()
    outcome = Solver(model).solve(PROOF, watch)
    values = [one.value for one in outcome.improvements]
    assert values == sorted(values, reverse=True)
    assert values[-1] == pytest.approx(outcome.value)
    fractions = [news.fraction for news in told]
    assert fractions == sorted(fractions)
    solutions = [news.solution for news in told if news.solution is not None]
    assert len(solutions) == len(values)
    assert all(violation(model, x) < 1e-6 for x in solutions)


def test_a_watch_that_says_stop_gets_the_best_so_far() -> None:
    model = facility(sites=25, customers=60)
    outcome = Solver(model).solve(PROOF, lambda news: news.solution is not None)
    assert (outcome.status, outcome.stop) == ("feasible", "cancelled")
    assert outcome.x is not None
    assert outcome.value == pytest.approx(model.cost @ outcome.x + model.offset)


def test_an_error_of_the_watch_comes_through() -> None:
    def watch(news: News) -> bool:
        raise KeyError(news.message)

    with pytest.raises(KeyError):
        Solver(facility()).solve(PROOF, watch)


@pytest.mark.parametrize(
    ("options", "stop"),
    [(Options(gap=0.0, time_s=1e-3), "time"), (Options(gap=0.0, memory_mb=1.0), "memory")],
)
def test_limits_are_kept_and_named(options: Options, stop: str) -> None:
    outcome = Solver(facility(sites=25, customers=60)).solve(options)
    assert outcome.stop == stop
    assert outcome.status in ("feasible", "no-solution")


def test_a_time_limit_counts_from_each_solve() -> None:
    solver = Solver(facility())
    relaxed = Options(relaxed=True, time_s=5.0)
    first = solver.solve(PROOF)
    assert first.status == "optimal"
    for _ in range(3):
        assert solver.solve(relaxed).status == "optimal"
    assert solver.solve(Options(time_s=60.0)).status == "optimal"


def test_equal_seeds_give_equal_answers() -> None:
    one, two = (Solver(facility()).solve(Options(gap=0.0, seed=7)) for _ in range(2))
    assert one.x is not None
    assert two.x is not None
    assert one.x.tolist() == two.x.tolist()
    assert [i.value for i in one.improvements] == [i.value for i in two.improvements]


def test_changes_are_kept_and_the_basis_is_warm() -> None:
    model = facility()
    solver = Solver(model)
    relaxed = Options(relaxed=True)
    cold = solver.solve(relaxed)
    columns = np.arange(3)
    solver.change_costs(columns, model.cost[:3] * 1.01)
    solver.change_rows(np.array([0]), model.row_lower[:1] * 1.01, model.row_upper[:1] * 1.01)
    solver.change_bounds(columns, np.zeros(3), np.full(3, 5.0))
    solver.change_values(np.array([30]), np.array([model.cost.size - 12]), np.array([-41.0]))
    solver.change_offset(11.0)
    warm = solver.solve(relaxed)
    again = Solver(solver.form).solve(relaxed)
    assert warm.value == pytest.approx(again.value, rel=1e-9)
    assert warm.iterations < cold.iterations / 4
    assert model.cost[0] != solver.form.cost[0]


def test_a_basis_travels_to_another_solver() -> None:
    first, second = Solver(facility()), Solver(facility())
    first.solve(Options(relaxed=True))
    second.start_basis(first.basis())
    assert second.solve(Options(relaxed=True)).iterations == 0


def test_a_start_is_the_first_solution() -> None:
    model = facility(sites=20, customers=40)
    best = Solver(model).solve(PROOF)
    assert best.x is not None
    solver = Solver(model)
    solver.start(best.x)
    again = solver.solve(PROOF, lambda news: False)
    assert again.improvements[0].value == pytest.approx(best.value)


def test_the_log_is_kept_if_asked_for() -> None:
    assert any(
        "Solving" in line or "HiGHS" in line
        for line in Solver(facility()).solve(Options(log=True)).log
    )
    assert Solver(facility()).solve().log == ()


def test_bad_data_is_named() -> None:
    model = form([1e-4, 1e8], [[1e-3, 0], [0, 2e8]], ([1e-8, 1], [np.inf, np.inf]))
    names = {one.name for one in diagnose(model)}
    assert names == {"cost-range", "matrix-range", "tiny-side", "large-coefficient"}
    assert "row" in next(o.detail for o in diagnose(model) if o.name == "matrix-range")
    assert diagnose(facility()) == ()


def test_nan_is_named_and_refused() -> None:
    model = form([np.nan, 1.0], [[1, 1]], ([1], [2]))
    assert [one.name for one in diagnose(model)] == ["not-a-number"]


def test_options_out_of_range_are_refused() -> None:
    with pytest.raises(ValueError, match="gap"):
        Options(gap=1.0)
    with pytest.raises(ValueError, match="above 0"):
        Options(time_s=0.0)
    with pytest.raises(SolverError):
        Solver(facility()).change_costs(np.array([10_000]), np.array([1.0]))


def test_gap_is_relative_to_the_value() -> None:
    assert relative_gap(0.0, 0.0) == 0.0
    assert relative_gap(-100.0, -101.0) == pytest.approx(0.01)
    assert relative_gap(0.0, -1.0) == np.inf
