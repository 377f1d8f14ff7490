"""A solution in bytes: what is left of a solve that is cut short."""

from io import BytesIO
from typing import cast

import numpy as np

from solvers.network.outcome import Outcome, Status, Stop, relative_gap
from solvers.network.plan import Plan
from solvers.values import FloatArray
from solvers.watch import News


def saved(news: News) -> bytes:
    """Bytes of the solution of a report, and of the bound at that moment."""
    assert news.solution is not None
    standing = news.incumbent
    value = None if standing is None else standing.value
    bound = None if standing is None else standing.bound
    return _packed(news.solution, value, bound, ("feasible", "cancelled"))


def saved_plan(plan: Plan) -> bytes:
    """Bytes of a finished plan."""
    assert plan.decided is not None
    return _packed(plan.decided.x, plan.value, plan.bound, (plan.status, plan.stop))


def restored(data: bytes) -> Outcome:
    """Outcome of what was saved."""
    with np.load(BytesIO(data), allow_pickle=False) as held:
        value, bound = (float(number) for number in held["numbers"])
        status, stop = (str(word) for word in held["words"])
        x = np.asarray(held["x"], dtype=np.float64)
    known = None if np.isnan(bound) else bound
    return Outcome(
        status=cast(Status, status),
        stop=cast(Stop, stop),
        x=x,
        value=None if np.isnan(value) else value,
        bound=known,
        gap=None if known is None or np.isnan(value) else relative_gap(value, known),
    )


def _packed(
    x: FloatArray, value: float | None, bound: float | None, words: tuple[str, str]
) -> bytes:
    numbers = [np.nan if number is None else number for number in (value, bound)]
    into = BytesIO()
    np.savez_compressed(into, x=x, numbers=np.array(numbers), words=np.array(words))
    return into.getvalue()
