"""Stochastic programs: the farmer of Birge and Louveaux, values of information, CVaR by hand."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csc_array

from solvers.errors import SolverError
from solvers.network.standard_form import StandardForm
from solvers.risk.extensive import TwoStage, decide, expected, information
from solvers.values import FloatArray, IntArray

REFERENCE = json.loads(
    (Path(__file__).parents[2] / "reference" / "stochastic_programming.json").read_text()
)
FIRST = np.array([0, 1, 2])


def _farmer(yields: FloatArray) -> StandardForm:
    """Acres of three crops; bought wheat, corn; sold wheat, corn, beets up to 6000, beyond."""
    matrix = np.array(
        [
            [1, 1, 1, 0, 0, 0, 0, 0, 0],
            [yields[0], 0, 0, 1, 0, -1, 0, 0, 0],
            [0, yields[1], 0, 0, 1, 0, -1, 0, 0],
            [0, 0, -yields[2], 0, 0, 0, 0, 1, 1],
        ],
        dtype=np.float64,
    )
    upper = np.full(9, np.inf)
    upper[7] = 6000
    return StandardForm(
        cost=np.array([150, 230, 260, 238, 210, -170, -150, -36, -10], dtype=np.float64),
        lower=np.zeros(9),
        upper=upper,
        integer=np.zeros(9, dtype=np.bool_),
        matrix=csc_array(matrix),
        row_lower=np.array([-np.inf, 200, 240, -np.inf]),
        row_upper=np.array([500, np.inf, np.inf, 0.0]),
        offset=0.0,
        columns={},
        rows={},
    )


MEAN = np.array([2.5, 3.0, 20.0])


def _program() -> TwoStage:
    forms = [_farmer(MEAN * factor) for factor in (1.2, 1.0, 0.8)]
    return TwoStage(forms, np.full(3, 1 / 3), [FIRST] * 3)


def test_the_farmer_of_birge_and_louveaux() -> None:
    farmer = REFERENCE["farmer"]
    program = _program()
    decision = decide(program)
    assert decision.outcome.value == pytest.approx(-farmer["recourse_profit"], abs=1)
    assert decision.x == pytest.approx(farmer["acres"], abs=1e-4)
    found = information(program, (_farmer(MEAN), FIRST), decision)
    assert found.here_and_now == pytest.approx(-farmer["recourse_profit"], abs=1)
    assert found.wait_and_see == pytest.approx(-farmer["wait_and_see_profit"], abs=1)
    assert found.evpi == pytest.approx(farmer["evpi"], abs=1)
    assert found.vss == pytest.approx(farmer["vss"], abs=1)


def test_cost_in_each_outcome_is_that_of_the_fixed_decision() -> None:
    program = _program()
    decision = decide(program)
    assert decision.x is not None
    assert expected(program, decision.x) == pytest.approx(decision.cost, rel=1e-6)


@settings(max_examples=20)
@given(st.floats(0, 1), st.sampled_from([0.0, 0.3, 0.6, 0.9]))
def test_the_decision_minimises_the_weighted_mean_and_tail(weight: float, level: float) -> None:
    program = _program()
    averse = decide(program, weight=weight, level=level)
    neutral = decide(program)

    def measure(cost: FloatArray) -> float:
        return (1 - weight) * cost.mean() + weight * _cvar(cost, level)

    assert averse.outcome.value == pytest.approx(measure(averse.cost), rel=1e-6)
    assert measure(averse.cost) <= measure(neutral.cost) + 1e-3
    assert neutral.cost.mean() <= averse.cost.mean() + 1e-3


def _cvar(cost: FloatArray, level: float) -> float:
    """Mean of the worst share of equally likely outcomes, the last one in part."""
    left, total = 1 - level, 0.0
    for value in np.sort(cost)[::-1]:
        part = min(left, 1 / cost.size)
        total += part * value
        left -= part
    return total / (1 - level)


def test_of_full_weight_and_level_0_cvar_is_the_mean() -> None:
    program = _program()
    assert decide(program, weight=1.0, level=0.0).outcome.value == pytest.approx(
        decide(program).outcome.value, rel=1e-7
    )


def test_a_column_that_an_outcome_lacks_is_free_there() -> None:
    forms = [_farmer(MEAN), _farmer(MEAN)]
    some: IntArray = np.array([0, 1, -1])
    decision = decide(TwoStage(forms, np.array([0.5, 0.5]), [FIRST, some]))
    assert decision.outcome.status == "optimal"


@pytest.mark.parametrize("probability", [[0.5, 0.4], [1.5, -0.5]])
def test_probabilities_that_are_none_are_refused(probability: list[float]) -> None:
    forms = [_farmer(MEAN)] * 2
    with pytest.raises(SolverError, match="probabilities"):
        TwoStage(forms, np.array(probability), [FIRST] * 2)


def test_levels_out_of_range_are_refused() -> None:
    with pytest.raises(SolverError, match="out of range"):
        decide(_program(), weight=0.5, level=1.0)
