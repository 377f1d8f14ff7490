"""Costs of mistakes by name, as the matrix that decides."""

from collections.abc import Sequence

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from ops.errors import BadData, Problem
from ops.values import FloatArray

UNNAMED = 1.0  # cost of a mistake that nobody has named


class MistakeCost(BaseModel):
    """What it costs to call one class where another one is true."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    true: str = Field(max_length=120, description="True class.")
    called: str = Field(max_length=120, description="Class that is called instead.")
    cost: float = Field(ge=0, le=1e9, description="Cost, in any one unit; right calls cost 0.")


def cost_matrix(mistakes: Sequence[MistakeCost], classes: tuple[str, ...]) -> FloatArray:
    """Cost by true class (row) and called class (column); of mistakes that are not named, 1.

    Parameters
    ----------
    classes
        Names, in the order of rows and columns.

    Raises
    ------
    BadData
        If a name is no class, a right call has a cost, a mistake is named twice, or all cost 0.

    Examples
    --------
    >>> cost_matrix([MistakeCost(true="b", called="a", cost=20)], ("a", "b")).tolist()
    [[0.0, 1.0], [20.0, 0.0]]
    """
    costs = np.full((len(classes), len(classes)), UNNAMED)
    np.fill_diagonal(costs, 0.0)
    seen = set[tuple[str, str]]()
    for i, one in enumerate(mistakes):
        _check(one, i, classes, seen)
        costs[classes.index(one.true), classes.index(one.called)] = one.cost
        seen.add((one.true, one.called))
    if not costs.any():
        _refuse("/costs", "one mistake at least costs more than 0, here none does")
    return costs


def _check(one: MistakeCost, at: int, classes: tuple[str, ...], seen: set[tuple[str, str]]) -> None:
    for field, name in (("true", one.true), ("called", one.called)):
        if name not in classes:
            _refuse(
                f"/costs/{at}/{field}", f"{name!r} is no class; use one of {', '.join(classes)}"
            )
    if one.true == one.called:
        _refuse(f"/costs/{at}/called", f"calling {one.true!r} rightly costs nothing; leave it out")
    if (one.true, one.called) in seen:
        _refuse(f"/costs/{at}", f"{one.true!r} called {one.called!r} is named twice")


def _refuse(pointer: str, detail: str) -> None:
    raise BadData(detail, (Problem(pointer, detail),))
