"""Stochastic programming: the farmer of the textbook, with the values of information."""

from collections.abc import Iterator

import numpy as np
from scipy.sparse import csc_array

from ops.validation.case import Case, Tolerance
from ops.validation.published import entry
from solvers.network.standard_form import StandardForm
from solvers.risk.extensive import TwoStage, decide, information
from solvers.values import FloatArray

_FIRST = np.array([0, 1, 2])
_MEAN = np.array([2.5, 3.0, 20.0])
_MONEY = ("recourse_profit", "wait_and_see_profit", "evpi", "vss")


def cases() -> Iterator[Case]:
    """Cases of a two-stage program."""
    found = entry("stochastic_programming", "farmer")
    yield Case(
        "stochastic_programming/farmer/acres",
        "Farmer: acres of wheat, corn and beets",
        found["source"],
        tuple(found["acres"]),
        Tolerance("tolerance of the linear program", 1e-4),
        _acres,
        "acres",
    )
    yield Case(
        "stochastic_programming/farmer/money",
        "Farmer: profit with recourse and with foresight, value of information, of the program",
        found["source"],
        tuple(found[name] for name in _MONEY),
        Tolerance("rounded to whole dollars", 0.5),
        _money,
        "USD",
    )


def _acres() -> list[float]:
    x = decide(_program()).x
    return [] if x is None else list(x)


def _money() -> list[float]:
    program = _program()
    decision = decide(program)
    found = information(program, (_farmer(_MEAN), _FIRST), decision)
    parts = (found.here_and_now, found.wait_and_see)
    return [*(-float(part) for part in parts), float(found.evpi), float(found.vss)]


def _program() -> TwoStage:
    forms = [_farmer(_MEAN * factor) for factor in (1.2, 1.0, 0.8)]
    return TwoStage(forms, np.full(3, 1 / 3), [_FIRST] * 3)


def _farmer(yields: FloatArray) -> StandardForm:
    """Acres of three crops; bought wheat, corn; sold wheat, corn, beets up to 6000, beyond."""
    rows = [
        [1, 1, 1, 0, 0, 0, 0, 0, 0],
        [yields[0], 0, 0, 1, 0, -1, 0, 0, 0],
        [0, yields[1], 0, 0, 1, 0, -1, 0, 0],
        [0, 0, -yields[2], 0, 0, 0, 0, 1, 1],
    ]
    upper = np.full(9, np.inf)
    upper[7] = 6000
    return StandardForm(
        cost=np.array([150, 230, 260, 238, 210, -170, -150, -36, -10], dtype=np.float64),
        lower=np.zeros(9),
        upper=upper,
        integer=np.zeros(9, dtype=np.bool_),
        matrix=csc_array(np.array(rows, dtype=np.float64)),
        row_lower=np.array([-np.inf, 200, 240, -np.inf]),
        row_upper=np.array([500, np.inf, np.inf, 0.0]),
        offset=0.0,
        columns={},
        rows={},
    )
